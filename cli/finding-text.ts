/** A finding for people: one line as compilers write it and, on a terminal, the source line with what is meant underlined. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, SourceRange } from '../language/index.ts';
import { plainLine } from '../runner/terminal-text.ts';
import { findingLine, placeOf, type Found } from './application.ts';
import { displayWidth, fitted } from './display-width.ts';
import type { Output } from './output.ts';

const TAB = '    ';
const WIDEST = 110;

/** The lines for one finding, without the last line end. */
export function findingText({ directory, finding }: Found, output: Pick<Output, 'paint' | 'isTerminal'>): string {
    const head = findingLine(directory, finding, output.paint);
    if (!output.isTerminal) return head;
    const excerpt = finding.range === null ? [] : excerptOf(directory, finding.range, finding, output);
    const related = finding.related.map(({ message, range }) =>
        output.paint('quiet', `      ${placeOf(directory, range)}: ${message}`),
    );
    return [head, ...excerpt, ...related].join('\n');
}

function excerptOf(
    directory: string,
    range: SourceRange,
    { severity }: Finding,
    { paint }: Pick<Output, 'paint'>,
): readonly string[] {
    const source = sourceLine(join(directory, range.file), range.line);
    if (source === null || source.trim() === '') return [];
    const end = range.endLine === range.line ? range.endColumn - 1 : source.length;
    const { text, before, marked } = windowOf(source, range.column - 1, Math.max(end, range.column));
    const number = String(range.line).padStart(4);
    const carets = paint(severity === 'error' ? 'error' : 'warning', '^'.repeat(Math.max(1, marked)));
    return [
        `${paint('quiet', `${number} |`)} ${text}`,
        `${paint('quiet', `${' '.repeat(number.length)} |`)} ${' '.repeat(before)}${carets}`,
    ];
}

/** The part of a line to show, tabs widened, with the columns before and under the mark. `start` and `end` are UTF-16 offsets. */
function windowOf(
    line: string,
    start: number,
    end: number,
): { readonly text: string; readonly before: number; readonly marked: number } {
    const [head, middle, tail] = [line.slice(0, start), line.slice(start, end), line.slice(end)].map(shown);
    const indentation = /^ */.exec(head ?? '')?.[0] ?? '';
    const left = displayWidth(head ?? '') > WIDEST / 2 ? `${indentation}…${endOf(head ?? '')}` : (head ?? '');
    const marked = fitted(middle ?? '', WIDEST);
    return {
        text: fitted(`${left}${marked}${tail ?? ''}`, WIDEST * 2),
        before: displayWidth(left),
        marked: displayWidth(marked),
    };
}

function endOf(text: string): string {
    return Array.from(text)
        .slice(-WIDEST / 4)
        .join('');
}

function shown(text: string): string {
    return plainLine(text.replaceAll('\t', TAB));
}

function sourceLine(file: string, line: number): string | null {
    try {
        const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
        return text.split('\n')[line - 1]?.replace(/\r$/, '') ?? null;
    } catch {
        // The finding tells that it cannot be read; there is no line to show.
        return null;
    }
}
