/** Texts that are put together from parts of a file, and the places their words have in it. */
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import { isBlankAt, type LogicalLine, type PhysicalLine } from './logical-lines.ts';

/** `length` characters of the text, from `at`, that stand in the file from `start` to `end`. */
export interface LocatedSpan {
    readonly at: number;
    readonly length: number;
    readonly start: number;
    readonly end: number;
    /** Whether the characters are the value of the variable that is used there, which has another length. */
    readonly isValue: boolean;
}

/** A text with the places of all its characters. Spans are in order and leave no gap. */
export interface LocatedText {
    readonly text: string;
    readonly spans: readonly LocatedSpan[];
}

/** Offsets of a file as lines and columns. */
export interface Places {
    readonly rangeOf: (start: number, end: number) => SourceRange;
}

/** Places in a file; `lines` are its lines. */
export function placesIn(file: string, lines: readonly PhysicalLine[]): Places {
    return {
        rangeOf: (start, end) => {
            const first = lineAt(lines, start);
            const last = end <= (lines[first]?.end ?? 0) ? first : lineAt(lines, end);
            return {
                file,
                line: first + 1,
                column: start - (lines[first]?.start ?? 0) + 1,
                endLine: last + 1,
                endColumn: end - (lines[last]?.start ?? 0) + 1,
            };
        },
    };
}

function lineAt(lines: readonly PhysicalLine[], offset: number): number {
    return lastAtMost(lines, offset, ({ start }) => start);
}

/** The index of the last item whose position is at most `limit`; 0 when there is none. */
function lastAtMost<T>(items: readonly T[], limit: number, positionOf: (item: T) => number): number {
    let low = 0;
    let high = items.length;
    while (high - low > 1) {
        const middle = (low + high) >>> 1;
        const item = items[middle];
        if (item !== undefined && positionOf(item) <= limit) low = middle;
        else high = middle;
    }
    return low;
}

/** The part of a logical line from `from` to `to`, as it stands in the file. */
export function spansOf({ pieces }: LogicalLine, from: number, to: number): readonly LocatedSpan[] {
    const spans: LocatedSpan[] = [];
    for (let i = lastAtMost(pieces, from, ({ at }) => at); i < pieces.length; i++) {
        const piece = pieces[i];
        if (piece === undefined || piece.at >= to) break;
        const at = Math.max(piece.at, from);
        const length = Math.min(pieces[i + 1]?.at ?? to, to) - at;
        const start = piece.offset + at - piece.at;
        if (length > 0) spans.push({ at, length, start, end: start + length, isValue: false });
    }
    return spans;
}

/** The words of a text, without the blanks at their ends. */
export interface Words {
    readonly text: string;
    /** Of an empty word, the place is where it should stand, or the use of the empty variable that stands there. */
    readonly wordOf: (from: number, to: number) => Word;
    /** The same, with the names between its slashes. */
    readonly pathOf: (from: number, to: number) => PathWord;
}

/** The path of an instance as it is written. */
export interface PathWord extends Word {
    /** What stands after each slash, blanks included; what stands before the first one is in none. */
    readonly segments: readonly Word[];
}

/** Reads words of a text whose places are given. */
export function wordsIn({ text, spans }: LocatedText, places: Places): Words {
    const exactly = (start: number, end: number): Word => ({
        text: text.slice(start, end),
        range: rangeOf(spans, places, start, end),
    });
    const wordOf: Words['wordOf'] = (from, to) => exactly(...trimmed(text, from, to));
    const pathOf: Words['pathOf'] = (from, to) => {
        const [start, end] = trimmed(text, from, to);
        const segments: Word[] = [];
        for (let slash = text.indexOf('/', start); slash >= 0 && slash < end;) {
            const next = text.indexOf('/', slash + 1);
            segments.push(exactly(slash + 1, next < 0 ? end : Math.min(next, end)));
            slash = next;
        }
        return { ...exactly(start, end), segments };
    };
    return { text, wordOf, pathOf };
}

function trimmed(text: string, from: number, to: number): readonly [number, number] {
    let start = from;
    let end = to;
    while (start < end && isBlankAt(text, start)) start++;
    while (end > start && isBlankAt(text, end - 1)) end--;
    return [start, end];
}

function rangeOf(spans: readonly LocatedSpan[], places: Places, from: number, to: number): SourceRange {
    if (from === to) {
        const [start, end] = emptyPlace(spans, from);
        return places.rangeOf(start, end);
    }
    const first = spans[lastAtMost(spans, from, ({ at }) => at)];
    const last = spans[lastAtMost(spans, to - 1, ({ at }) => at)];
    return places.rangeOf(offsetIn(first, from, 'start'), offsetIn(last, to, 'end'));
}

function emptyPlace(spans: readonly LocatedSpan[], at: number): readonly [number, number] {
    const index = lastAtMost(spans, at, (span) => span.at);
    const span = spans[index];
    for (const near of [span, spans[index - 1]])
        if (near !== undefined && near.isValue && near.length === 0 && near.at === at) return [near.start, near.end];
    const offset = offsetIn(span, at, 'start');
    return [offset, offset];
}

function offsetIn(span: LocatedSpan | undefined, at: number, side: 'start' | 'end'): number {
    if (span === undefined) return 0;
    if (!span.isValue) return span.start + Math.min(at - span.at, span.length);
    return side === 'end' || at >= span.at + span.length ? span.end : span.start;
}

/** Whether a word stands in the file as it is, without a variable or a continuation inside. */
export function isLiteral({ text, range }: Word, uses: readonly { readonly range: SourceRange }[]): boolean {
    if (range.line !== range.endLine || range.endColumn - range.column !== text.length) return false;
    return uses.every(
        (use) =>
            use.range.line > range.line ||
            use.range.endLine < range.line ||
            (use.range.line === range.line && use.range.column >= range.endColumn) ||
            (use.range.endLine === range.line && use.range.endColumn <= range.column),
    );
}
