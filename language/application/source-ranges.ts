/** From offsets into a text to places in a file. */
import type { SourceRange } from '../model/application-model.ts';

/** The place of a part of a text, by UTF-16 offsets; the end is exclusive. Offsets outside the text are taken to its ends. */
export type RangeOf = (start: number, end: number) => SourceRange;

/** `file` is what ranges name. A line ends with LF. */
export function sourceRangesIn(text: string, file: string): RangeOf {
    const starts = [0];
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1);
    const placeOf = (offset: number): { readonly line: number; readonly column: number } => {
        const inside = Math.min(Math.max(offset, 0), text.length);
        const index = lastNotAfter(starts, inside);
        return { line: index + 1, column: inside - (starts[index] ?? 0) + 1 };
    };
    return (start, end) => {
        const from = placeOf(start);
        const to = placeOf(Math.max(start, end));
        return { file, ...from, endLine: to.line, endColumn: to.column };
    };
}

/** The last index whose number is not above `limit`; the numbers ascend and the first one never is. */
function lastNotAfter(numbers: readonly number[], limit: number): number {
    let low = 0;
    let high = numbers.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((numbers[middle] ?? 0) <= limit) low = middle;
        else high = middle - 1;
    }
    return low;
}
