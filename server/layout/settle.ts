/**
 * Boxes that keep their places as far as they can: what overlaps gives way by the shortest move, what has no place yet gets the free one that is
 * nearest to where it belongs. Lines run to the right, so boxes of one layer stand below each other.
 */
import type { Point, Rectangle } from './laid-out-graph.ts';

export interface Box extends Rectangle {
    readonly id: string;
    /** A person put it there: it never gives way. */
    readonly isPinned: boolean;
}

/** Between boxes below each other, and beside each other. */
const GAP_BELOW = 28;
const GAP_BESIDE = 48;
/** Boxes nearer than this to each other are moved apart. */
const LEAST_GAP = 12;
/** A move to the side leaves the layer. */
const SIDE_COST = 2;
const UP_COST = 1.25;

/** All boxes without overlaps; none left of or above `corner`. Pinned ones that overlap each other stay as a person put them. */
export function settleBoxes(boxes: readonly Box[], corner: Point): readonly Box[] {
    const settled = boxes.filter(({ isPinned }) => isPinned);
    const others = boxes.filter(({ isPinned }) => !isPinned).sort((one, other) => one.y - other.y || one.x - other.x);
    for (const box of others) settled.push({ ...box, ...freePlace(box, settled, corner) });
    const byId = new Map(settled.map((box) => [box.id, box]));
    return boxes.map((box) => byId.get(box.id) ?? box);
}

/** The free place for a box that costs the least movement from where it is. */
export function freePlace(box: Rectangle, others: readonly Rectangle[], corner: Point): Point {
    const queue: Candidate[] = [{ x: Math.max(box.x, corner.x), y: Math.max(box.y, corner.y), cost: 0 }];
    const seen = new Set<string>();
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const next = takeCheapest(queue);
        if (next === null) break;
        const blocker = others.find((other) => isTooNear({ ...box, x: next.x, y: next.y }, other));
        if (blocker === undefined) return { x: next.x, y: next.y };
        for (const { x, y } of around(next, box, blocker)) {
            const key = `${String(x)},${String(y)}`;
            if (x < corner.x || y < corner.y || seen.has(key)) continue;
            seen.add(key);
            queue.push({ x, y, cost: costOf(box, x, y) });
        }
    }
    return { x: Math.max(box.x, corner.x), y: bottomOf(others) + GAP_BELOW };
}

/** Tells whether two boxes overlap or stand closer together than is good to look at. */
function isTooNear(one: Rectangle, other: Rectangle): boolean {
    return (
        one.x < other.x + other.width + LEAST_GAP &&
        other.x < one.x + one.width + LEAST_GAP &&
        one.y < other.y + other.height + LEAST_GAP &&
        other.y < one.y + one.height + LEAST_GAP
    );
}

const MAX_TRIES = 400;

interface Candidate extends Point {
    readonly cost: number;
}

function takeCheapest(queue: Candidate[]): Candidate | null {
    let best = 0;
    queue.forEach(({ cost }, index) => {
        if (cost < (queue[best]?.cost ?? Infinity)) best = index;
    });
    return queue.splice(best, 1)[0] ?? null;
}

function costOf(box: Rectangle, x: number, y: number): number {
    const [right, down] = [x - box.x, y - box.y];
    return Math.abs(right) * SIDE_COST + (down < 0 ? -down * UP_COST : down);
}

function around(at: Point, box: Rectangle, blocker: Rectangle): readonly Point[] {
    return [
        { x: at.x, y: blocker.y + blocker.height + GAP_BELOW },
        { x: at.x, y: blocker.y - GAP_BELOW - box.height },
        { x: blocker.x + blocker.width + GAP_BESIDE, y: at.y },
        { x: blocker.x - GAP_BESIDE - box.width, y: at.y },
    ];
}

function bottomOf(boxes: readonly Rectangle[]): number {
    return boxes.reduce((most, { y, height }) => Math.max(most, y + height), 0);
}

/** A box and the width it had in the picture that is adapted. */
export interface Grown {
    readonly box: Box;
    readonly oldWidth: number;
}

/** How far everything right of a column is moved, so that boxes that became wider do not push single boxes out of their layers. */
export interface Widening {
    readonly from: number;
    readonly by: number;
}

/** In the order in which they have to be applied. */
export function wideningsOf(boxes: readonly Grown[]): readonly Widening[] {
    const grown = boxes.filter(({ box, oldWidth }) => box.width > oldWidth && !box.isPinned);
    const byColumn = Map.groupBy(grown, ({ box, oldWidth }) => box.x + oldWidth);
    return [...byColumn]
        .map(([from, members]) => ({ from, by: Math.max(...members.map((member) => missingRoom(member, boxes))) }))
        .filter(({ by }) => by > 0)
        .sort((one, other) => other.from - one.from);
}

function missingRoom({ box, oldWidth }: Grown, boxes: readonly Grown[]): number {
    const oldRight = box.x + oldWidth;
    const right = boxes.filter(
        ({ box: other }) => other.x >= oldRight && other.y < box.y + box.height && box.y < other.y + other.height,
    );
    const gaps = right.map(({ box: other }) => {
        const least = Math.min(other.x - oldRight, GAP_BESIDE);
        return box.x + box.width + least - other.x;
    });
    return Math.max(0, ...gaps);
}

/** Applies widenings to one coordinate. */
export function widened(x: number, widenings: readonly Widening[]): number {
    return widenings.reduce((sum, { from, by }) => (x >= from - 0.5 ? sum + by : sum), x);
}
