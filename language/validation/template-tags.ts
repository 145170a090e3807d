/** Tags of Mustache templates with their places: enough to know what a template asks for. */
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';

export interface TemplateTags {
    /** What is asked for, by values and by sections. */
    readonly names: readonly Word[];
    readonly faults: readonly TemplateFault[];
}

export interface TemplateFault {
    readonly kind: 'unclosedTag' | 'unclosedSection' | 'unopenedSection';
    readonly name: string;
    readonly range: SourceRange;
}

/** Any text; one that changes the delimiters of tags is read up to there. */
export function templateTagsIn(text: string, file: string): TemplateTags {
    const names: Word[] = [];
    const faults: TemplateFault[] = [];
    const open: Word[] = [];
    const rangeOf = rangesIn(text, file);
    for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
        const isTriple = text.startsWith('{{{', at);
        const end = text.indexOf(isTriple ? '}}}' : '}}', at);
        if (end < 0) {
            faults.push({ kind: 'unclosedTag', name: '', range: rangeOf(at, at + 2) });
            return { names, faults };
        }
        const tag = tagIn(text.slice(at + (isTriple ? 3 : 2), end));
        const start = at + (isTriple ? 3 : 2) + tag.start;
        const word = { text: tag.name, range: rangeOf(start, start + tag.name.length) };
        if (tag.sign === '=') return { names, faults };
        readTag(tag.sign, word, { names, faults, open });
        at = end + (isTriple ? 3 : 2);
    }
    for (const { text: name, range } of open) faults.push({ kind: 'unclosedSection', name, range });
    return { names, faults };
}

interface Reading {
    readonly names: Word[];
    readonly faults: TemplateFault[];
    readonly open: Word[];
}

function readTag(sign: string, word: Word, { names, faults, open }: Reading): void {
    if (sign === '!' || sign === '>') return;
    if (sign === '/') {
        if (open.at(-1)?.text === word.text) open.pop();
        else faults.push({ kind: 'unopenedSection', name: word.text, range: word.range });
        return;
    }
    if (sign === '#' || sign === '^') open.push(word);
    names.push(word);
}

/** The sign of a tag, its name, and where the name begins in it. */
function tagIn(body: string): { readonly sign: string; readonly name: string; readonly start: number } {
    const trimmed = body.trimStart();
    const [first = ''] = trimmed;
    const sign = '#^/!>&='.includes(first) ? first : '';
    const rest = trimmed.slice(sign.length);
    return { sign, name: rest.trim(), start: body.length - rest.trimStart().length };
}

/** Places by offsets that only grow, of a text with any line ends. */
function rangesIn(text: string, file: string): (start: number, end: number) => SourceRange {
    const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
    let line = 0;
    const positionOf = (offset: number): { line: number; column: number } => {
        while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= offset) line++;
        while (line > 0 && (starts[line] ?? 0) > offset) line--;
        return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    };
    return (start, end) => {
        const from = positionOf(start);
        const to = positionOf(end);
        return { file, ...from, endLine: to.line, endColumn: to.column };
    };
}
