/**
 * The lines of a command file as instructions see them (reference: language, section 5.1): a backslash right before a line end glues the next
 * text to it, without the white space in between. All offsets of a file are UTF-16 units, a byte order mark is not counted.
 */

/** Where a part of a glued text comes from: the characters at `at` and after stand at `offset` and after. */
export interface Piece {
    readonly at: number;
    readonly offset: number;
}

/** One line, or several that are glued. */
export interface LogicalLine {
    /** The first physical line, 1-based. */
    readonly line: number;
    /** Everything, comment included, without line ends and what gluing takes away. */
    readonly text: string;
    /** In order, the first at 0. */
    readonly pieces: readonly Piece[];
    /** What can be an instruction lies from here in `text`, without the blanks before it. */
    readonly from: number;
    /** Exclusive: the end without blanks, or the comment; blanks before a comment belong to the instruction. */
    readonly to: number;
    /** Offset of the `#` in `text`, -1 when there is no comment. */
    readonly comment: number;
}

/** A line as an editor counts them. */
export interface PhysicalLine {
    readonly start: number;
    /** Exclusive, without the line end. */
    readonly end: number;
    /** Where the next line starts; the same as `end` for the last one. */
    readonly next: number;
}

export const BYTE_ORDER_MARK = '\uFEFF';

/** The text that offsets count in. */
export function withoutMark(text: string): string {
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** All lines; a text that ends with a line end has an empty one more. */
export function physicalLinesOf(text: string): readonly PhysicalLine[] {
    const lines: PhysicalLine[] = [];
    let start = 0;
    for (const { 0: ending, index } of text.matchAll(/\r\n|[\r\n]/g)) {
        lines.push({ start, end: index, next: index + ending.length });
        start = index + ending.length;
    }
    lines.push({ start, end: text.length, next: text.length });
    return lines;
}

/** All lines of a text, glued where backslashes ask for it. */
export function logicalLinesOf(text: string, physical: readonly PhysicalLine[]): readonly LogicalLine[] {
    const lines: LogicalLine[] = [];
    for (let i = 0; i < physical.length; i++) {
        const line = i + 1;
        const glued = new Glue();
        let rest = physical[i];
        while (rest !== undefined && isContinued(text, rest)) {
            glued.add(text.slice(rest.start, rest.end - 1), rest.start);
            const start = afterSpace(text, rest.next);
            while ((physical[i + 1]?.start ?? Infinity) <= start) i++;
            rest = { ...(physical[i] ?? rest), start };
        }
        if (rest !== undefined) glued.add(text.slice(rest.start, rest.end), rest.start);
        lines.push(logicalLine(line, glued));
    }
    return lines;
}

/** Whether the character is white space to the patterns of section 5.2. */
export function isSpaceAt(text: string, offset: number): boolean {
    const code = text.charCodeAt(offset);
    return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** The first offset from `offset` on that holds no white space; `limit` when there is none before it. */
export function afterSpace(text: string, offset: number, limit = text.length): number {
    let end = offset;
    while (end < limit && isSpaceAt(text, end)) end++;
    return end;
}

class Glue {
    readonly parts: string[] = [];
    readonly pieces: Piece[] = [];
    #length = 0;

    add(part: string, offset: number): void {
        this.parts.push(part);
        this.pieces.push({ at: this.#length, offset });
        this.#length += part.length;
    }
}

function isContinued(text: string, { start, end, next }: PhysicalLine): boolean {
    return next > end && end > start && text[end - 1] === '\\';
}

function logicalLine(line: number, { parts, pieces }: Glue): LogicalLine {
    const text = parts.join('');
    const comment = text.indexOf('#');
    let from = 0;
    let to = text.length;
    while (to > 0 && isBlankAt(text, to - 1)) to--;
    if (comment >= 0) to = Math.min(to, comment);
    while (from < to && isBlankAt(text, from)) from++;
    return { line, text, pieces, from, to, comment };
}

/** Whether a character is cut off at the ends of a line: white space and all control characters. */
export function isBlankAt(text: string, offset: number): boolean {
    return text.charCodeAt(offset) <= 0x20;
}
