/** The simplest line between two boxes, for when nothing routes around what lies between. */
import type { Point, Rectangle } from './laid-out-graph.ts';

const LOOP = 20;

/** From border to border. Also for a box and itself, and for a box and one it contains. */
export function straightRoute(source: Rectangle, target: Rectangle): readonly Point[] {
    if (source === target) return selfLoop(source);
    if (contains(target, source)) return toSide(source, target);
    if (contains(source, target)) return toSide(target, source).toReversed();
    return [borderPoint(source, centreOf(target)), borderPoint(target, centreOf(source))];
}

/** Where the line from a box's centre to a point leaves the box. */
function borderPoint(box: Rectangle, towards: Point): Point {
    const centre = centreOf(box);
    const [dx, dy] = [towards.x - centre.x, towards.y - centre.y];
    if (dx === 0 && dy === 0) return { x: box.x + box.width, y: centre.y };
    const byWidth = dx === 0 ? Infinity : box.width / 2 / Math.abs(dx);
    const byHeight = dy === 0 ? Infinity : box.height / 2 / Math.abs(dy);
    const share = Math.min(byWidth, byHeight);
    return { x: round(centre.x + dx * share), y: round(centre.y + dy * share) };
}

/** Tells whether a box lies inside another. */
function contains(outer: Rectangle, inner: Rectangle): boolean {
    return (
        inner.x >= outer.x &&
        inner.y >= outer.y &&
        inner.x + inner.width <= outer.x + outer.width &&
        inner.y + inner.height <= outer.y + outer.height
    );
}

function toSide(inner: Rectangle, outer: Rectangle): readonly Point[] {
    const y = inner.y + inner.height / 2;
    return [
        { x: inner.x, y },
        { x: outer.x, y },
    ];
}

/** Out of the right side of a box and back. */
export function selfLoop(box: Rectangle): readonly Point[] {
    const right = box.x + box.width;
    const [upper, lower] = [box.y + box.height * 0.3, box.y + box.height * 0.7].map(round);
    const [top = box.y, bottom = box.y + box.height] = [upper, lower];
    return [
        { x: right, y: top },
        { x: right + LOOP, y: top },
        { x: right + LOOP, y: bottom },
        { x: right, y: bottom },
    ];
}

function centreOf(box: Rectangle): Point {
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function round(length: number): number {
    return Math.round(length * 100) / 100;
}
