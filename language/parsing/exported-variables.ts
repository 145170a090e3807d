/** The items of an `exports` property (reference: language, section 2.8). */
import { isBlankAt, trimSpan, type Span } from './text-lines.ts';

/** `[random[kind]] name [= value]`. Spans are offsets into the whole text. */
export interface ExportItem {
    /** `random[`, the kind, and `]`; absent for ordinary variables. */
    readonly random: { readonly keyword: Span; readonly kind: Span; readonly closing: Span } | undefined;
    readonly name: Span;
    readonly equals: number | undefined;
    /** Absent when there is no value: `a` and `a =` alike. */
    readonly value: { readonly span: Span; readonly isQuoted: boolean } | undefined;
    /** Where the quotes are wrong, if they are. */
    readonly fault: Span | undefined;
    /** A quote that opens at the very end of the property, and is read as an empty text. */
    readonly isUnclosed: boolean;
    /** The comma between the previous item and this one; undefined for the first, and after a fault. */
    readonly comma: number | undefined;
}

export interface ExportItems {
    readonly items: readonly ExportItem[];
    /** Commas that stand where no item is, but are accepted. */
    readonly extraCommas: readonly number[];
}

const RANDOM = /^(?<keyword>random\[)(?<kind>[^\]]*)\]/i;

interface Assigned {
    readonly value: ExportItem['value'];
    readonly fault?: Span;
    readonly isUnclosed?: boolean;
    /** Where the scan goes on: at a comma (left to the next item), or behind what was consumed. */
    readonly next: number;
}

/** How far the items have been read. */
interface Position {
    readonly cursor: number;
    readonly isFirst: boolean;
    /** A comma that the previous item took with it. */
    readonly consumed: number | undefined;
}

/**
 * Splits a value in items, in one pass.
 * Each item may be preceded by one comma; a quoted value consumes the comma behind it. This is why a comma is accepted at the beginning and after
 * a quoted value, and refused behind another one. Behind a misplaced quote the scan goes on as if an item began there.
 */
export function exportItems(text: string, value: Span): ExportItems {
    const items: ExportItem[] = [];
    const extraCommas: number[] = [];
    let position: Position = { cursor: value.start, isFirst: true, consumed: undefined };
    while (position.cursor < value.end) {
        const { item, extraComma, next } = stepAt(text, value, position);
        items.push(item);
        if (extraComma !== undefined) extraCommas.push(extraComma);
        position = next;
    }
    if (position.consumed !== undefined) extraCommas.push(position.consumed);
    return { items, extraCommas };
}

function stepAt(text: string, value: Span, position: Position) {
    const { cursor, isFirst, consumed } = position;
    const written = text[cursor] === ',' ? cursor : undefined;
    const isUnneeded = isFirst || consumed !== undefined;
    const comma = isFirst ? undefined : (consumed ?? written);
    const { item, next } = itemAt(text, { start: written === undefined ? cursor : written + 1, end: value.end }, comma);
    const tookComma = item.value?.isQuoted === true && text[next - 1] === ',';
    return {
        item,
        extraComma: isUnneeded && isSpan(item.name) ? written : undefined,
        next: { cursor: next, isFirst: false, consumed: tookComma ? next - 1 : undefined } satisfies Position,
    };
}

function isSpan(span: Span): boolean {
    return span.start < span.end;
}

function itemAt(text: string, span: Span, comma: number | undefined): { item: ExportItem; next: number } {
    let stop = span.start;
    while (stop < span.end && text[stop] !== ',' && text[stop] !== '=') stop++;
    const hasValue = stop < span.end && text[stop] === '=';
    const assigned: Assigned = hasValue
        ? assignedAt(text, { start: stop + 1, end: span.end })
        : { value: undefined, next: stop };
    const item = {
        ...namedAt(text, trimSpan(text, { start: span.start, end: stop })),
        equals: hasValue ? stop : undefined,
        value: assigned.value,
        fault: assigned.fault,
        isUnclosed: assigned.isUnclosed ?? false,
        comma,
    };
    return { item, next: assigned.next };
}

function namedAt(text: string, span: Span): Pick<ExportItem, 'random' | 'name'> {
    const match = RANDOM.exec(text.slice(span.start, span.end));
    if (match === null) return { random: undefined, name: span };
    const kindStart = span.start + (match.groups?.['keyword']?.length ?? 0);
    const end = span.start + match[0].length;
    return {
        random: {
            keyword: { start: span.start, end: kindStart },
            kind: { start: kindStart, end: end - 1 },
            closing: { start: end - 1, end },
        },
        name: trimSpan(text, { start: end, end: span.end }),
    };
}

function assignedAt(text: string, span: Span): Assigned {
    let stop = span.start;
    while (stop < span.end && text[stop] !== ',' && text[stop] !== '"') stop++;
    const raw = trimSpan(text, { start: span.start, end: stop });
    const value = raw.start === raw.end ? undefined : { span: raw, isQuoted: false };
    if (stop === span.end || text[stop] === ',') return { value, next: stop };
    return value === undefined ? quotedAt(text, { start: stop, end: span.end }) : { value, fault: raw, next: stop + 1 };
}

/** A value from its opening quote on. */
function quotedAt(text: string, span: Span): Assigned {
    let closing = span.start + 1;
    while (closing < span.end && text[closing] !== '"') closing++;
    if (closing === span.end) {
        const isAlone = closing === span.start + 1;
        const value = { span, isQuoted: isAlone };
        return isAlone ? { value, isUnclosed: true, next: closing } : { value, fault: span, next: closing };
    }
    const value = { span: { start: span.start, end: closing + 1 }, isQuoted: true };
    let next = closing + 1;
    while (next < span.end && isBlankAt(text, next)) next++;
    if (next === span.end) return { value, next };
    if (text[next] === ',') return { value, next: next + 1 };
    return { value, fault: wordAt(text, { start: next, end: span.end }), next: closing + 1 };
}

function wordAt(text: string, span: Span): Span {
    let end = span.start;
    while (end < span.end && text[end] !== ',' && text[end] !== '"' && !isBlankAt(text, end)) end++;
    end = Math.max(end, span.start + 1);
    return { start: span.start, end };
}
