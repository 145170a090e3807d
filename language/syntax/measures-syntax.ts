/** The syntax of measures files. */
import { sourceRangesIn } from '../application/source-ranges.ts';
import { parseMeasures, type MeasuresFile, type Probe } from '../measures/measures-file.ts';
import { FILE_ACTIONS, NAGIOS_SERVER, probeHandlerCalled } from '../measures/probe-handlers.ts';
import { restPartsIn } from '../measures/probe-body.ts';
import type { Word } from '../model/declarations.ts';
import type { Span } from '../parsing/text-lines.ts';
import type { FileSyntax, OutlineItem, SyntaxToken, TextRange, TokenType } from './file-syntax.ts';
import { blockFold, commentFolds, orderedTokens, tokenAt, withoutFile } from './syntax-parts.ts';

const COMMENT = /^[ \t]*(?<comment>#[^\n]*)/gm;

/** Any text has some syntax. */
export function measuresSyntax(text: string): FileSyntax {
    const measures = parseMeasures(text, '');
    const rangeOf = sourceRangesIn(text, '');
    const comments = [...text.matchAll(COMMENT)].map((match) => {
        const comment = (match.groups?.['comment'] ?? '').trimEnd();
        const start = match.index + match[0].indexOf('#');
        return tokenAt(rangeOf(start, start + comment.length), 'comment');
    });
    const lines = comments.flatMap((comment) => (comment === null ? [] : [comment.line]));
    return {
        outline: measures.probes.map(outlineOf),
        tokens: orderedTokens([...comments, ...tokensIn(measures)]),
        folds: [...measures.probes.flatMap(({ block }) => blockFold(block)), ...commentFolds(lines)],
    };
}

function outlineOf({ handler, event, header, block }: Probe): OutlineItem {
    return {
        kind: 'probe',
        name: event.text,
        detail: handler.text,
        range: withoutFile(block),
        nameRange: withoutFile(event.range.line === header.line ? event.range : header),
        children: [],
    };
}

function tokensIn({ probes, keys }: MeasuresFile): readonly (SyntaxToken | null)[] {
    const keysByLine = Map.groupBy(keys, ({ range }) => range.line);
    return [
        ...keys.map(({ range }) => tokenAt(range, 'variable')),
        ...probes.flatMap((probe) => [
            tokenAt(eventWord(probe), 'keyword'),
            tokenAt(probe.handler.range, 'keyword'),
            tokenAt(probe.event.range, 'event', true),
            ...probe.lines.flatMap((line, i) =>
                cutAround(bodyTokens(probe, line, i), keysByLine.get(line.range.line) ?? []),
            ),
        ]),
    ];
}

/** `EVENT`, behind the bracket. */
function eventWord({ header }: Probe): TextRange {
    const column = header.column + 1;
    return { line: header.line, column, endLine: header.line, endColumn: column + 'event'.length };
}

/** A part of a line with its type, by offsets into the line. */
interface Part {
    readonly start: number;
    readonly text: string;
    readonly type: TokenType;
}

function bodyTokens(probe: Probe, line: Word, i: number): readonly (SyntaxToken | null)[] {
    return partsOf(probe, line.text, i).map(({ start, text, type }) => {
        const column = line.range.column + start;
        return tokenAt({ ...line.range, column, endColumn: column + text.length }, type);
    });
}

function partsOf(probe: Probe, line: string, i: number): readonly Part[] {
    const handler = probeHandlerCalled(probe.handler.text)?.name;
    switch (handler) {
        case 'file':
            return wordsThenRest(line, Object.values(FILE_ACTIONS), 'path');
        case 'nagios':
            return i === 0 ? wordsThenRest(line, [NAGIOS_SERVER], 'string').slice(0, 2) : [];
        case 'rest':
            return restParts(line);
        case 'docker':
            return [...line.matchAll(/ROBOCONF_\w+/g)].map(({ 0: text, index }) => ({
                start: index,
                text,
                type: 'variable',
            }));
        case undefined:
            return [];
        default:
            return handler satisfies never;
    }
}

/** Fixed words at the start of a line and what follows them; without such words, all of it. A nagios query keeps its colour. */
function wordsThenRest(line: string, words: readonly string[], type: TokenType): readonly Part[] {
    const found = words.find((each) => line.toLowerCase().startsWith(each.toLowerCase()));
    if (found === undefined) return type === 'path' ? [{ start: 0, text: line, type }] : [];
    const rest = line.slice(found.length).trimStart();
    return [
        { start: 0, text: line.slice(0, found.length), type: 'keyword' },
        { start: line.length - rest.length, text: rest, type },
    ];
}

function restParts(line: string): readonly Part[] {
    const [url, parameter, operator, threshold] = restPartsIn(line) ?? [];
    if (url === undefined || parameter === undefined || operator === undefined || threshold === undefined) return [];
    const part = ({ start, end }: Span, type: TokenType): Part => ({ start, text: line.slice(start, end), type });
    const check = line.slice(0, url.start).trimEnd().length - 'check'.length;
    const that = line.slice(0, parameter.start).trimEnd().length - 'that'.length;
    return [
        part({ start: check, end: check + 'check'.length }, 'keyword'),
        part(url, 'string'),
        part({ start: that, end: that + 'that'.length }, 'keyword'),
        part(parameter, 'variable'),
        part(operator, 'operator'),
        part(threshold, /^[\d.+-]/.test(line.slice(threshold.start)) ? 'number' : 'string'),
    ];
}

/** The tokens of a line without the keys in it, which have a colour of their own. */
function cutAround(tokens: readonly (SyntaxToken | null)[], keys: readonly Word[]): readonly (SyntaxToken | null)[] {
    return tokens.flatMap((token) => {
        const pieces: (SyntaxToken | null)[] = [];
        let rest = token;
        for (const { range } of keys) {
            if (rest === null || range.column < rest.column || range.column >= rest.column + rest.length) continue;
            const end = rest.column + rest.length;
            pieces.push({ ...rest, length: range.column - rest.column });
            rest = range.endColumn < end ? { ...rest, column: range.endColumn, length: end - range.endColumn } : null;
        }
        return [...pieces, rest].filter((piece) => piece === null || piece.length > 0);
    });
}
