/** Lines that ways can run along: one or more on both sides of every box, and those through the ends of ways. */
import type { Point, Rectangle } from './laid-out-graph.ts';

/** Where a line begins or ends, and which way it runs there: -1 to the left, 1 to the right. */
export interface Terminal extends Point {
    readonly heading: -1 | 1;
}

/** What lines have to keep to. */
export interface Ground {
    readonly boxes: readonly Rectangle[];
    /** Lines stay right of and below this corner. */
    readonly corner: Point;
    /** Width and height that lines had better keep to. */
    readonly right: number;
    readonly bottom: number;
}

/** Between a box and a line that passes it. */
const CLEARANCE = 8;
/** Distances from a box at which lines may pass it. */
const LANES: readonly number[] = [10, 20, 30];
/** Beside how many boxes so many lanes are kept: the time to find a way grows with the square of the number of lines. */
const LANES_FOR = [
    { boxes: 12, lanes: 3 },
    { boxes: 40, lanes: 2 },
] as const;
/** How far a line goes straight on at its ends: between a border and a box there is room for one lane. */
export const STUB = 10;

export interface Grid {
    readonly xs: readonly number[];
    readonly ys: readonly number[];
    /** Whether the way from a place to the next one to the right, or below, is closed; by place. */
    readonly closedRight: Uint8Array;
    readonly closedDown: Uint8Array;
    readonly scratch: Scratch;
}

/** By state: what it costs to come there, and from which state one comes; -1 = from none. */
export interface Scratch {
    readonly costs: Float64Array;
    readonly before: Int32Array;
}

/** Cleared; the one search at a time has it for itself. */
export function freshScratch({ scratch }: Grid): Scratch {
    scratch.costs.fill(Infinity);
    scratch.before.fill(-1);
    return scratch;
}

/** `ends`: those of all ways that will be looked for. */
export function gridOf({ boxes, corner, right, bottom }: Ground, ends: readonly Terminal[]): Grid {
    const lanes = LANES.slice(0, LANES_FOR.find((step) => boxes.length <= step.boxes)?.lanes ?? 1);
    const inX = boxes.flatMap(({ x, width }) => lanes.flatMap((lane) => [x - lane, x + width + lane]));
    const inY = boxes.flatMap(({ y, height }) => lanes.flatMap((lane) => [y - lane, y + height + lane]));
    const xs = linesOf(
        [...inX, right - CLEARANCE].filter((x) => x >= corner.x),
        ends.flatMap(({ x, heading }) => [x, x + heading * STUB]),
    );
    const ys = linesOf(
        [...inY, bottom - CLEARANCE].filter((y) => y >= corner.y),
        ends.map(({ y }) => y),
    );
    const closedRight = new Uint8Array(xs.length * ys.length);
    const closedDown = new Uint8Array(xs.length * ys.length);
    for (const box of boxes) close(box, { xs, ys, closedRight, closedDown });
    const states = 4 * xs.length * ys.length;
    const scratch = { costs: new Float64Array(states), before: new Int32Array(states) };
    return { xs, ys, closedRight, closedDown, scratch };
}

function linesOf(lanes: readonly number[], ends: readonly number[]): readonly number[] {
    const rounded = [...lanes, ...ends].map((value) => Math.round(value * 10) / 10);
    return [...new Set(rounded)].sort((one, other) => one - other);
}

/** No way leads through a box or along its border. */
function close(box: Rectangle, { xs, ys, closedRight, closedDown }: Omit<Grid, 'scratch'>): void {
    const columns = linesAcross(xs, box.x - CLEARANCE, box.x + box.width + CLEARANCE);
    const rows = linesAcross(ys, box.y - CLEARANCE, box.y + box.height + CLEARANCE);
    for (let row = rows.before; row <= rows.last; row += 1) {
        for (let column = columns.before; column <= columns.last; column += 1) {
            const at = row * xs.length + column;
            if (row >= rows.first && column >= 0) closedRight[at] = 1;
            if (column >= columns.first && row >= 0) closedDown[at] = 1;
        }
    }
}

interface Across {
    /** The last line before the interval, -1 when there is none, and the first and the last one in it. */
    readonly before: number;
    readonly first: number;
    readonly last: number;
}

function linesAcross(lines: readonly number[], from: number, to: number): Across {
    const first = firstAfter(lines, from);
    const last = firstAfter(lines, to - 0.01) - 1;
    return { before: first - 1, first, last };
}

/** Index of the first line beyond a value; their number when there is none. */
export function firstAfter(lines: readonly number[], value: number): number {
    let [low, high] = [0, lines.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((lines[middle] ?? Infinity) > value) high = middle;
        else low = middle + 1;
    }
    return low;
}
