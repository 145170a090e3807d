/** The items of `children`, `facets`, `extends` and `imports` (reference: language, section 2.7). */
import { isBlankAt, trimSpan, type Span } from './text-lines.ts';

/** One item without surrounding blanks; it may be empty. `comma` is the one before it. */
export interface ListItem extends Span {
    readonly comma: number | undefined;
}

/** `[external] Prefix.name [(optional)]`. `name` is what is left without the keywords. */
export interface ImportItem {
    readonly comma: number | undefined;
    readonly external: Span | undefined;
    /** `external` and the name stand together without blank. */
    readonly isGlued: boolean;
    readonly name: Span;
    readonly optional: Span | undefined;
}

const EXTERNAL = 'external';
const OPTIONAL = '(optional)';

/** Splits at commas. Empty items at the end vanish, those with a blank in them do not. */
export function listItems(text: string, value: Span): ListItem[] {
    let end = value.end;
    while (end > value.start && text[end - 1] === ',') end--;
    const items: ListItem[] = [];
    for (let start = value.start; start < end;) {
        let stop = start;
        while (stop < end && text[stop] !== ',') stop++;
        items.push({ ...trimSpan(text, { start, end: stop }), comma: items.length === 0 ? undefined : start - 1 });
        start = stop + 1;
    }
    return items;
}

/** The items of `imports`. */
export function importItems(text: string, value: Span): ImportItem[] {
    return listItems(text, value).map((item) => importItem(text, item));
}

function importItem(text: string, item: ListItem): ImportItem {
    const optional = endsWith(text, item, OPTIONAL) ? { start: item.end - OPTIONAL.length, end: item.end } : undefined;
    const left = trimSpan(text, { start: item.start, end: optional?.start ?? item.end });
    const external = startsWith(text, left, EXTERNAL)
        ? { start: left.start, end: left.start + EXTERNAL.length }
        : undefined;
    const behind = external?.end ?? left.start;
    return {
        comma: item.comma,
        external,
        isGlued: external !== undefined && behind < left.end && !isBlankAt(text, behind),
        name: trimSpan(text, { start: behind, end: left.end }),
        optional,
    };
}

function startsWith(text: string, span: Span, word: string): boolean {
    return text.slice(span.start, Math.min(span.end, span.start + word.length)).toLowerCase() === word;
}

function endsWith(text: string, span: Span, word: string): boolean {
    return text.slice(Math.max(span.start, span.end - word.length), span.end).toLowerCase() === word;
}
