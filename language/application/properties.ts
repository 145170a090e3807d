/** The Java properties format, with places (reference: language, section 1.1). Text is Unicode; `\uXXXX` works as well. */
import type { SourceRange } from '../model/application-model.ts';
import { recordOf } from '../model/instance-exports.ts';
import { readablePart } from './readable-part.ts';

/** Where an entry stands in its text, as offsets: `key[blanks and sign]value`. */
export interface PropertyOffsets {
    readonly keyStart: number;
    readonly keyEnd: number;
    readonly valueStart: number;
    readonly valueEnd: number;
}

export interface PropertyEntry {
    readonly key: string;
    readonly offsets: PropertyOffsets;
    readonly keyRange: SourceRange;
    readonly value: string;
    /** Empty and behind the separator when there is no value. */
    readonly valueRange: SourceRange;
    /** The place of a part of the value, by offsets into the value. */
    readonly rangeOfPart: (start: number, end: number) => SourceRange;
}

export interface PropertiesFile {
    readonly entries: readonly PropertyEntry[];
    /** Lines of comment, from their sign to their end, as offsets. */
    readonly comments: readonly { readonly start: number; readonly end: number }[];
    /** The place of a part of the text, by offsets. */
    readonly rangeOf: (start: number, end: number) => SourceRange;
    /** `\u` without four hexadecimal digits; read as the letter u. */
    readonly malformedEscapes: readonly SourceRange[];
    /** Where the part begins that is not read: one place, or none when all is read. */
    readonly leftOut: readonly SourceRange[];
    /** Where facts about the whole file are shown: its first line. */
    readonly firstLine: SourceRange;
}

interface Source {
    readonly text: string;
    readonly rangeOf: (start: number, end: number) => SourceRange;
    readonly malformed: SourceRange[];
}

/** A decoded text with the offset of each of its characters, and of its end. */
interface Decoded {
    readonly text: string;
    readonly offsets: readonly number[];
    readonly end: number;
}

const BLANK = /[ \t\f]/;
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** Reads any text; `file` is what ranges name. The last entry of a key counts: see `lastEntries`. */
export function parseProperties(whole: string, file: string): PropertiesFile {
    const text = readablePart(whole);
    const source = sourceOf(text, file);
    const entries: PropertyEntry[] = [];
    const comments: { start: number; end: number }[] = [];
    for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length;) {
        const begin = skipBlanks(text, start);
        const char = text[begin] ?? '';
        if (char === '#' || char === '!') {
            const end = endOfLine(text, begin);
            comments.push({ start: begin, end });
            start = end + 1;
        } else if (char === '' || isLineEnd(char)) start = begin + 1;
        else start = readEntry(source, begin, entries);
    }
    const { malformed: malformedEscapes, rangeOf } = source;
    const leftOut = text.length < whole.length ? [rangeOf(text.length, text.length)] : [];
    return { entries, comments, rangeOf, malformedEscapes, leftOut, firstLine: rangeOf(0, endOfLine(text, 0)) };
}

/** The entries by key; a repeated key has its last entry. */
export function lastEntries(file: Pick<PropertiesFile, 'entries'>): ReadonlyMap<string, PropertyEntry> {
    return new Map(file.entries.map((entry) => [entry.key, entry]));
}

/** Keys with what holds for them, without places. */
export function propertiesIn(text: string): Readonly<Record<string, string>> {
    const entries = [...lastEntries(parseProperties(text, ''))].map(([key, { value }]) => [key, value] as const);
    return recordOf(entries);
}

function sourceOf(text: string, file: string): Source {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
        if (text[i] === '\n' || (text[i] === '\r' && text[i + 1] !== '\n')) starts.push(i + 1);
    }
    const positionOf = (offset: number): { line: number; column: number } => {
        const line = lineIndex(starts, offset);
        return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    };
    return {
        text,
        malformed: [],
        rangeOf: (start, end) => {
            const from = positionOf(start);
            const to = positionOf(end);
            return { file, ...from, endLine: to.line, endColumn: to.column };
        },
    };
}

function lineIndex(starts: readonly number[], offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
    }
    return low;
}

function readEntry(source: Source, begin: number, entries: PropertyEntry[]): number {
    const key = decode(source, begin, true);
    const afterKey = skipGap(source.text, key.end);
    const hasSign = source.text[afterKey] === '=' || source.text[afterKey] === ':';
    const valueStart = hasSign ? skipGap(source.text, afterKey + 1) : afterKey;
    const value = decode(source, valueStart, false);
    const rangeOfPart = (start: number, end: number): SourceRange => {
        const from = value.offsets[start] ?? value.end;
        return source.rangeOf(from, end >= value.text.length ? value.end : (value.offsets[end] ?? value.end));
    };
    entries.push({
        key: key.text,
        offsets: { keyStart: begin, keyEnd: key.end, valueStart, valueEnd: value.end },
        keyRange: source.rangeOf(begin, key.end),
        value: value.text,
        valueRange: rangeOfPart(0, value.text.length),
        rangeOfPart,
    });
    return value.end + 1;
}

function decode(source: Source, begin: number, isKey: boolean): Decoded {
    const { text } = source;
    const parts: string[] = [];
    const offsets: number[] = [];
    let at = begin;
    while (at < text.length) {
        const char = text[at] ?? '';
        if (isLineEnd(char) || (isKey && (char === '=' || char === ':' || BLANK.test(char)))) break;
        const piece = char === '\\' ? escapeAt(source, at) : { text: char, end: at + 1 };
        for (const unit of piece.text) {
            parts.push(unit);
            for (let i = 0; i < unit.length; i++) offsets.push(at);
        }
        at = piece.end;
    }
    return { text: parts.join(''), offsets, end: Math.min(at, text.length) };
}

function escapeAt(source: Source, at: number): { text: string; end: number } {
    const { text } = source;
    const next = text[at + 1] ?? '';
    if (isLineEnd(next)) return { text: '', end: skipBlanks(text, afterLineEnd(text, at + 1)) };
    if (next !== 'u') return { text: ESCAPES[next] ?? next, end: at + 2 };
    const digits = text.slice(at + 2, at + 6);
    if (/^[0-9a-fA-F]{4}$/.test(digits)) return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
    source.malformed.push(source.rangeOf(at, at + 2));
    return { text: 'u', end: at + 2 };
}

function skipBlanks(text: string, from: number): number {
    let at = from;
    while (at < text.length && BLANK.test(text[at] ?? '')) at++;
    return at;
}

/** Blanks, also over lines that go on. */
function skipGap(text: string, from: number): number {
    let at = skipBlanks(text, from);
    while (text[at] === '\\' && isLineEnd(text[at + 1] ?? '')) at = skipBlanks(text, afterLineEnd(text, at + 1));
    return at;
}

/** Behind the line end at an offset. */
function afterLineEnd(text: string, at: number): number {
    return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

function endOfLine(text: string, from: number): number {
    let at = from;
    while (at < text.length && !isLineEnd(text[at] ?? '')) at++;
    return at;
}

function isLineEnd(char: string): boolean {
    return char === '\n' || char === '\r';
}
