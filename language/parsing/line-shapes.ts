/**
 * What one line can be (reference: language, sections 2.5 and 2.6). Each function looks at a span that has neither comment nor blanks at its
 * ends, and answers undefined when the line has another shape. Offsets in answers are offsets into the whole text.
 */
import { trimSpan, type Span } from './text-lines.ts';

export interface ImportShape {
    /** The word `import`. */
    readonly keyword: Span;
    readonly path: Span;
    /** Where the semicolon stands, or undefined. */
    readonly semicolon: number | undefined;
    /** What follows the semicolon; empty when nothing does. */
    readonly rest: Span;
}

export interface HeaderShape {
    /** `facet` or `instance of`; empty for components. */
    readonly keyword: Span;
    readonly name: Span;
    /** Where the opening bracket stands, or undefined. */
    readonly bracket: number | undefined;
    /** A second bracket glued to the first, which is accepted; empty when there is none. */
    readonly doubled: Span;
    /** What wrongly follows the bracket; empty when nothing does. */
    readonly rest: Span;
}

export interface PropertyShape {
    readonly key: Span;
    readonly colon: number;
    /** From the first character that is not white space up to the semicolon; blanks before the semicolon belong to it. */
    readonly value: Span;
    readonly semicolon: number | undefined;
}

const IMPORT = /import[ \t\v\f\r]+/i;
const IMPORT_ALONE = /^import$/i;
const FACET = /^facet(?=[ \t\v\f\r]|$)/i;
const INSTANCE_OF = /^instance of(?=[ \t\v\f\r]|$)/i;
const LETTER_F = 0x66;
const LETTER_I = 0x69;
const LOWER_CASE = 0x20;
const HEADER_NAME = /^(?:[a-zA-Z_][\w.-]*)?$/;
/** Characters that do not end a line of the file, and that a property may not contain. */
const FOREIGN_LINE_ENDS = /[\u0085\u2028\u2029]/;

/** `import path;`, searched anywhere in the line. */
export function importShape(text: string, span: Span): ImportShape | undefined {
    const line = text.slice(span.start, span.end);
    const match = IMPORT.exec(line);
    if (match === null) return undefined;
    const keyword = { start: span.start + match.index, end: span.start + match.index + 'import'.length };
    const pathStart = span.start + match.index + match[0].length;
    const stop = line.indexOf(';', pathStart - span.start);
    const semicolon = stop < 0 ? undefined : span.start + stop;
    const path = trimSpan(text, { start: pathStart, end: semicolon ?? span.end });
    const rest = trimSpan(text, { start: semicolon === undefined ? span.end : semicolon + 1, end: span.end });
    return { keyword, path, semicolon, rest };
}

/** `facet name {`. */
export function facetHeader(text: string, span: Span): HeaderShape | undefined {
    if (!startsWithLetter(text, span, LETTER_F)) return undefined;
    return headerAfter(FACET.exec(text.slice(span.start, span.end)), text, span);
}

/** `instance of name {`, with exactly one space between the two words. */
export function instanceHeader(text: string, span: Span): HeaderShape | undefined {
    if (!startsWithLetter(text, span, LETTER_I)) return undefined;
    return headerAfter(INSTANCE_OF.exec(text.slice(span.start, span.end)), text, span);
}

/** `name {`: what a line is when it is nothing else. The word `import` alone is an import without end, not a name. */
export function componentHeader(text: string, span: Span): HeaderShape | undefined {
    if (span.end - span.start === 'import'.length && IMPORT_ALONE.test(text.slice(span.start, span.end)))
        return undefined;
    return headerIn(text, span, { start: span.start, end: span.start });
}

/** In either case. Nearly every line is told by it, before a part of the text is copied. */
function startsWithLetter(text: string, span: Span, letter: number): boolean {
    return span.start < span.end && (text.charCodeAt(span.start) | LOWER_CASE) === letter;
}

function headerAfter(match: RegExpExecArray | null, text: string, span: Span): HeaderShape | undefined {
    if (match === null) return undefined;
    return headerIn(text, span, { start: span.start, end: span.start + match[0].length });
}

function headerIn(text: string, span: Span, keyword: Span): HeaderShape | undefined {
    const found = text.slice(keyword.end, span.end).indexOf('{');
    const bracket = found < 0 ? undefined : keyword.end + found;
    const name = trimSpan(text, { start: keyword.end, end: bracket ?? span.end });
    const nothing = { start: span.end, end: span.end };
    if (bracket === undefined) {
        return HEADER_NAME.test(text.slice(name.start, name.end))
            ? { keyword, name, bracket, doubled: nothing, rest: nothing }
            : undefined;
    }
    let end = bracket + 1;
    while (end < span.end && text[end] === '{') end++;
    const rest = trimSpan(text, { start: end, end: span.end });
    return { keyword, name, bracket, doubled: { start: bracket + 1, end }, rest };
}

/** `key: value;`. The first word that a colon follows is the key, whatever stands before it. */
export function propertyShape(text: string, span: Span): PropertyShape | undefined {
    const line = text.slice(span.start, span.end);
    for (let colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
        const key = wordBefore(line, colon);
        if (key === undefined) continue;
        if (FOREIGN_LINE_ENDS.test(line)) return undefined;
        return propertyAt(line, span.start, { key, colon });
    }
    return undefined;
}

function propertyAt(line: string, base: number, found: { key: Span; colon: number }): PropertyShape {
    let start = found.colon + 1;
    while (start < line.length && isSpace(line, start)) start++;
    const ends = line.endsWith(';') && line.length > found.colon + 1;
    const end = Math.max(start, ends ? line.length - 1 : line.length);
    return {
        key: { start: base + found.key.start, end: base + found.key.end },
        colon: base + found.colon,
        value: { start: base + start, end: base + end },
        semicolon: ends ? base + line.length - 1 : undefined,
    };
}

/** The characters up to a blank or a colon, before optional white space before a colon. */
function wordBefore(line: string, colon: number): Span | undefined {
    let end = colon;
    while (end > 0 && isSpace(line, end - 1)) end--;
    let start = end;
    while (start > 0 && !isSpace(line, start - 1) && line[start - 1] !== ':') start--;
    return start === end ? undefined : { start, end };
}

/** White space within a line: blank, tabulators, form feed, carriage return. */
function isSpace(text: string, offset: number): boolean {
    const code = text.charCodeAt(offset);
    return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);
}

/** The first semicolon of a value that no pair of quotes surrounds, or undefined. An opening quote without closing one means nothing. */
export function semicolonOutsideQuotes(text: string, span: Span): number | undefined {
    const value = text.slice(span.start, span.end);
    const lastQuote = value.lastIndexOf('"');
    for (let i = 0; i < value.length; i++) {
        if (value[i] === ';') return span.start + i;
        if (value[i] === '"' && i < lastQuote) i = value.indexOf('"', i + 1);
    }
    return undefined;
}
