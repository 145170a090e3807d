/** Which closing bracket belongs to which opening one, by counting alone: what tells a nested block from one whose `}` was forgotten. */
import { isBlankAt, type Line } from './text-lines.ts';

/** For each line (by index) the index of the line that closes the block it opens; undefined where nothing is opened, or nothing closes it. */
export type Closings = ReadonlyMap<number, number>;

/** Pairs the brackets of all lines, innermost first, in one pass. */
export function closingsOf(text: string, lines: readonly Line[]): Closings {
    const closings = new Map<number, number>();
    const open: number[] = [];
    let index = -1;
    for (const line of lines) {
        index++;
        if (line.from === line.to) continue;
        const behind = closeIn(text, line, () => {
            const opening = open.pop();
            if (opening !== undefined) closings.set(opening, index);
        });
        if (opensBlock(text, { start: behind, end: line.to })) open.push(index);
    }
    return closings;
}

/** Calls back for each bracket at the beginning of the line; answers the offset behind them. */
function closeIn(text: string, line: Line, close: () => void): number {
    let offset = line.from;
    while (offset < line.to && (text[offset] === '}' || isBlankAt(text, offset))) {
        if (text[offset] === '}') close();
        offset++;
    }
    return offset;
}

/** A bracket opens a block unless it stands in the value of a property, or is closed on its own line. */
function opensBlock(text: string, span: { start: number; end: number }): boolean {
    const line = text.slice(span.start, span.end);
    const bracket = line.indexOf('{');
    if (bracket < 0 || line.endsWith('}')) return false;
    return !/[:;]/.test(line.slice(0, bracket));
}
