/**
 * Lines at right angles around boxes: the cheapest way over a grid that has a line on both sides of every box. Cheap is short, with few bends,
 * and not along a line that means something else.
 */
import { firstAfter, freshScratch, gridOf, STUB, type Grid, type Ground, type Scratch, type Terminal } from './grid.ts';
import type { Point } from './laid-out-graph.ts';
import { createQueue } from './queue.ts';

export interface Track {
    readonly points: readonly Point[];
    /** Tracks of the same key may lie on each other. */
    readonly key: string;
}

const BEND_COST = 48;
const SHARED_COST = 4;
/** Nearer to each other, lines look like one. */
const TOO_CLOSE = 5;

export interface Router {
    /** From one end to the other; null when there is no way. */
    readonly route: (from: Terminal, to: Terminal, key: string) => readonly Point[] | null;
    /** Makes a line known to those that are routed later. */
    readonly occupy: (track: Track) => void;
}

/** `ends`: everything that will be asked for, so that there are grid lines through them. */
export function createRouter(ground: Ground, ends: readonly Terminal[]): Router {
    const grid = gridOf(ground, ends);
    const tracks: Track[] = [];
    return {
        route: (from, to, key) => search(grid, { from, to, taken: takenLines(grid, tracks, key) }),
        occupy: (track) => tracks.push(track),
    };
}

/** Stretches of grid lines that other lines take, by index of the line: from, to, from, to … */
interface Taken {
    readonly rows: ReadonlyMap<number, readonly number[]>;
    readonly columns: ReadonlyMap<number, readonly number[]>;
}

function takenLines({ xs, ys }: Grid, tracks: readonly Track[], key: string): Taken {
    const rows = new Map<number, number[]>();
    const columns = new Map<number, number[]>();
    for (const track of tracks) {
        if (track.key === key) continue;
        track.points.forEach((to, index) => {
            const from = track.points[index - 1];
            if (from === undefined) return;
            if (Math.abs(from.y - to.y) < 0.5) take(rows, ys, to.y, [from.x, to.x]);
            else take(columns, xs, to.x, [from.y, to.y]);
        });
    }
    return { rows, columns };
}

function take(
    taken: Map<number, number[]>,
    lines: readonly number[],
    at: number,
    stretch: readonly [number, number],
): void {
    for (let index = firstAfter(lines, at - TOO_CLOSE); (lines[index] ?? Infinity) < at + TOO_CLOSE; index += 1) {
        const list = taken.get(index) ?? [];
        list.push(Math.min(...stretch), Math.max(...stretch));
        taken.set(index, list);
    }
}

function sharedLength(stretches: readonly number[] | undefined, from: number, to: number): number {
    if (stretches === undefined) return 0;
    let sum = 0;
    for (let index = 0; index < stretches.length; index += 2) {
        const length = Math.min(to, stretches[index + 1] ?? 0) - Math.max(from, stretches[index] ?? 0);
        if (length > 0) sum += length;
    }
    return sum;
}

interface Task {
    readonly from: Terminal;
    readonly to: Terminal;
    readonly taken: Taken;
}

/** A step along the grid: by columns and rows. The one with the opposite direction is two further on. */
const WAYS = [
    { columns: 1, rows: 0 },
    { columns: 0, rows: 1 },
    { columns: -1, rows: 0 },
    { columns: 0, rows: -1 },
] as const;
const RIGHT = 0;
const LEFT = 2;

/** Places, with the way one came by, as one number. */
interface State {
    readonly place: number;
    readonly way: number;
}

function numberOf({ place, way }: State): number {
    return place * WAYS.length + way;
}

function stateOf(value: number): State {
    return { place: Math.floor(value / WAYS.length), way: value % WAYS.length };
}

function search(grid: Grid, { from, to, taken }: Task): readonly Point[] | null {
    const first = placeAt(grid, from);
    const last = placeAt(grid, to);
    if (first === null || last === null) return null;
    const scratch = freshScratch(grid);
    const queue = createQueue();
    const start = numberOf({ place: first, way: from.heading === 1 ? RIGHT : LEFT });
    const arrival = { place: last, way: to.heading === 1 ? LEFT : RIGHT };
    const goal = numberOf(arrival);
    const turned = (step: Step): Step => turnedAt(arrival, step);
    const target = pointAt(grid, last);
    scratch.costs[start] = 0;
    queue.push(start, 0);
    for (let state = queue.pop(); state !== null; state = queue.pop()) {
        if (state === goal) return [from, ...pointsTo(grid, state, scratch), to].map(({ x, y }) => ({ x, y }));
        for (const step of stepsFrom(grid, stateOf(state), taken).map(turned)) {
            const next = numberOf(step);
            const cost = (scratch.costs[state] ?? 0) + step.cost;
            if (cost >= (scratch.costs[next] ?? 0)) continue;
            scratch.costs[next] = cost;
            scratch.before[next] = state;
            queue.push(next, cost + distance(pointAt(grid, step.place), target));
        }
    }
    return null;
}

function distance(one: Point, other: Point): number {
    return Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
}

/** Where the straight beginning of a line stops. */
function placeAt({ xs, ys }: Grid, { x, y, heading }: Terminal): number | null {
    const column = lineAt(xs, x + heading * STUB);
    const row = lineAt(ys, y);
    return column === null || row === null ? null : row * xs.length + column;
}

/** Lines are rounded. */
const ROUNDING = 0.2;

function lineAt(lines: readonly number[], value: number): number | null {
    const index = firstAfter(lines, value - ROUNDING);
    const line = lines[index];
    return line !== undefined && line < value + ROUNDING ? index : null;
}

function pointAt({ xs, ys }: Grid, place: number): Point {
    return { x: xs[place % xs.length] ?? 0, y: ys[Math.floor(place / xs.length)] ?? 0 };
}

interface Step extends State {
    readonly cost: number;
}

/** A way that comes to the last place from the side turns there. */
function turnedAt({ place, way }: State, step: Step): Step {
    const isTurning = step.place === place && Math.abs(step.way - way) % 2 === 1;
    return isTurning ? { place, way, cost: step.cost + BEND_COST } : step;
}

/** Every way but back. */
function stepsFrom(grid: Grid, { place, way }: State, taken: Taken): readonly Step[] {
    return WAYS.flatMap((_, next) => {
        if (Math.abs(next - way) === 2) return [];
        const to = placeBeside(grid, place, next);
        if (to === null) return [];
        const cost = lengthOf(grid, Math.min(place, to), Math.max(place, to), taken);
        return [{ place: to, way: next, cost: cost + (next === way ? 0 : BEND_COST) }];
    });
}

/** Null outside of the grid, and where something is in the way. */
function placeBeside({ xs, ys, closedRight, closedDown }: Grid, place: number, way: number): number | null {
    const { columns, rows } = WAYS[way] ?? WAYS[RIGHT];
    const [column, row] = [(place % xs.length) + columns, Math.floor(place / xs.length) + rows];
    if (column < 0 || row < 0 || column >= xs.length || row >= ys.length) return null;
    const to = row * xs.length + column;
    const closed = rows === 0 ? closedRight : closedDown;
    return closed[Math.min(place, to)] === 1 ? null : to;
}

/** What a line takes already counts several times. `one` is left of or above `other`. */
function lengthOf(grid: Grid, one: number, other: number, { rows, columns }: Taken): number {
    const [from, to] = [pointAt(grid, one), pointAt(grid, other)];
    const width = grid.xs.length;
    const shared =
        from.y === to.y
            ? sharedLength(rows.get(Math.floor(one / width)), from.x, to.x)
            : sharedLength(columns.get(one % width), from.y, to.y);
    return to.x - from.x + to.y - from.y + SHARED_COST * shared;
}

function pointsTo(grid: Grid, goal: number, { before }: Scratch): readonly Point[] {
    const points: Point[] = [];
    for (let state = goal; state >= 0; state = before[state] ?? -1) points.push(pointAt(grid, stateOf(state).place));
    return points.toReversed();
}
