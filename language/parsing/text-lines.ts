/**
 * Lines of a model file, as the language reads them (reference: language, sections 2.1 and 2.2): a line ends with LF, CR counts as a blank at its
 * ends, `#` starts a comment wherever it stands, "blank" is U+0000 to U+0020.
 */

/** Offsets are UTF-16 units into the text; `from`/`to` delimit what is left without comment and surrounding blanks. */
export interface Line {
    /** 1-based. */
    readonly number: number;
    readonly start: number;
    /** Exclusive, without the line feed. */
    readonly end: number;
    readonly from: number;
    readonly to: number;
    /** Offset of the `#`, -1 when the line has no comment. */
    readonly comment: number;
}

/** A part of one line. The end is exclusive. */
export interface Span {
    readonly start: number;
    readonly end: number;
}

const LAST_BLANK = 0x20;

/** Whether the character at an offset is a blank; false outside the text. */
export function isBlankAt(text: string, offset: number): boolean {
    return text.charCodeAt(offset) <= LAST_BLANK;
}

/** The span without the blanks at its ends; an empty span keeps its start. */
export function trimSpan(text: string, span: Span): Span {
    let { start, end } = span;
    while (start < end && isBlankAt(text, start)) start++;
    while (end > start && isBlankAt(text, end - 1)) end--;
    return start === end ? { start: span.start, end: span.start } : { start, end };
}

/** A text without the blanks at its ends. */
export function trimBlanks(text: string): string {
    const { start, end } = trimSpan(text, { start: 0, end: text.length });
    return text.slice(start, end);
}

/** The lines of a text, at most `limit`. A text that ends with LF has one empty line more, which is not listed. */
export function linesOf(text: string, limit: number): Line[] {
    const lines: Line[] = [];
    for (let start = 0; start < text.length && lines.length < limit;) {
        const feed = text.indexOf('\n', start);
        const end = feed < 0 ? text.length : feed;
        lines.push(lineOf(text, { start, end }, lines.length + 1));
        start = end + 1;
    }
    return lines;
}

function lineOf(text: string, span: Span, number: number): Line {
    const comment = commentIn(text, span);
    const { start: from, end: to } = trimSpan(text, { start: span.start, end: comment < 0 ? span.end : comment });
    return { number, start: span.start, end: span.end, from, to, comment };
}

function commentIn(text: string, span: Span): number {
    for (let i = span.start; i < span.end; i++) {
        if (text.charCodeAt(i) === 0x23) return i;
    }
    return -1;
}
