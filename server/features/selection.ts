/** `textDocument/selectionRange`: word, name, item, value, property, block, what is around the block, file. */
import type { Position, SelectionRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSyntax, OutlineItem, TextRange } from '../../language/index.ts';

/** Offsets of a part of a text, the end exclusive. */
interface Part {
    readonly start: number;
    readonly end: number;
}

/** What a part of a text is selected from. */
export interface SelectableText {
    readonly text: TextDocument;
    readonly syntax: () => FileSyntax;
}

/** The ranges around a position, each inside the next; the last one is the whole text. */
export function selectionRangeAt(document: SelectableText, position: Position): SelectionRange {
    const { text } = document;
    const offset = text.offsetAt(position);
    const whole = { start: 0, end: text.getText().length };
    const around = [...partsOfLine(text, offset), ...partsOfSyntax(document, offset), whole]
        .filter(({ start, end }) => start <= offset && offset <= end && start < end)
        .sort((one, other) => one.end - one.start - (other.end - other.start));
    const nested: Part[] = [];
    for (const part of around) {
        const last = nested.at(-1);
        if (last === undefined || isInside(last, part)) nested.push(part);
    }
    const outermost = toSelection(text, whole, undefined);
    return nested.reduceRight((parent, part) => toSelection(text, part, parent), undefined as Chain) ?? outermost;
}

type Chain = SelectionRange | undefined;

function isInside(inner: Part, outer: Part): boolean {
    const isSame = inner.start === outer.start && inner.end === outer.end;
    return !isSame && outer.start <= inner.start && inner.end <= outer.end;
}

function toSelection(text: TextDocument, { start, end }: Part, parent: Chain): SelectionRange {
    const range = { start: text.positionAt(start), end: text.positionAt(end) };
    return parent === undefined ? { range } : { range, parent };
}

/** Runs of these, from the smallest to the largest. */
const WORDS = [/[\p{L}\p{N}_]+/gu, /[\p{L}\p{N}_-]+/gu, /[\p{L}\p{N}_.-]+/gu, /[\p{L}\p{N}_./$()-]+/gu];
/** A key with its separator; the value follows. */
const KEY = /^\s*[^\s:=#"]+\s*[:=]\s*/;

function* partsOfLine(text: TextDocument, offset: number): Generator<Part> {
    const { line } = text.positionAt(offset);
    const start = text.offsetAt({ line, character: 0 });
    const written = text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trimEnd();
    for (const pattern of WORDS)
        for (const { 0: word, index } of written.matchAll(pattern)) yield partAt(start + index, word.length);
    const comment = written.indexOf('#');
    const statement = (comment < 0 ? written : written.slice(0, comment)).trimEnd();
    yield trimmed(statement, start);
    if (comment >= 0) yield partAt(start + comment, written.length - comment);
    yield trimmed(written, start);
    yield* partsOfValue(statement, start);
}

function* partsOfValue(statement: string, start: number): Generator<Part> {
    const key = KEY.exec(statement)?.[0].length;
    if (key === undefined) return;
    const value = statement.endsWith(';') ? statement.slice(key, -1) : statement.slice(key);
    yield trimmed(value, start + key);
    let from = start + key;
    for (const item of value.split(',')) {
        yield trimmed(item, from);
        const equals = item.indexOf('=');
        if (equals >= 0) yield trimmed(item.slice(equals + 1), from + equals + 1);
        from += item.length + 1;
    }
}

function partAt(start: number, length: number): Part {
    return { start, end: start + length };
}

function trimmed(written: string, start: number): Part {
    return partAt(start + (written.length - written.trimStart().length), written.trim().length);
}

function* partsOfSyntax({ text, syntax }: SelectableText, offset: number): Generator<Part> {
    const { outline, folds } = syntax();
    const line = text.positionAt(offset).line + 1;
    yield* partsOfOutline(text, outline, line);
    for (const { first, last, kind } of folds)
        if (kind !== 'region' && first <= line && line <= last) yield linesOf(text, first, last);
}

/** Entries around a line, the insides of their blocks, and the comments right above them. */
function* partsOfOutline(text: TextDocument, items: readonly OutlineItem[], line: number): Generator<Part> {
    for (const { range, children } of items) {
        const above = firstCommentAbove(text, range.line);
        if (line < above || range.endLine < line) continue;
        const own = partOf(text, range);
        yield own;
        if (above < range.line) yield { start: linesOf(text, above, above).start, end: own.end };
        if (range.endLine - range.line > 1) yield linesOf(text, range.line + 1, range.endLine - 1);
        yield* partsOfOutline(text, children, line);
    }
}

const MOST_COMMENTS = 100;

function firstCommentAbove(text: TextDocument, line: number): number {
    let first = line;
    while (first > 1 && line - first < MOST_COMMENTS && /^\s*#/.test(lineAt(text, first - 1))) first -= 1;
    return first;
}

function lineAt(text: TextDocument, line: number): string {
    return text.getText({ start: { line: line - 1, character: 0 }, end: { line, character: 0 } });
}

function partOf(text: TextDocument, range: TextRange): Part {
    return {
        start: text.offsetAt({ line: range.line - 1, character: range.column - 1 }),
        end: text.offsetAt({ line: range.endLine - 1, character: range.endColumn - 1 }),
    };
}

/** Whole lines, without the blanks in front of the first and the line end of the last. */
function linesOf(text: TextDocument, first: number, last: number): Part {
    const start = text.offsetAt({ line: first - 1, character: 0 });
    const end = text.offsetAt({ line: last, character: 0 });
    const written = text.getText().slice(start, end);
    return { start: start + (written.length - written.trimStart().length), end: start + written.trimEnd().length };
}
