/** Lines of several points: where their middle is, and what lies between two of them. Pure arithmetic. */
import type { Point } from '../../server/layout.ts';

/** The point halfway along a line; the origin for a line without points. */
export function middleOf(points: readonly Point[]): Point {
    return pointAt(points, lengthOf(points) / 2);
}

/** How long a line is, in its own unit. */
export function lengthOf(points: readonly Point[]): number {
    let length = 0;
    for (let i = 1; i < points.length; i++) length += distance(points[i - 1], points[i]);
    return length;
}

/** The point at a distance along a line, at its end when it is shorter. */
export function pointAt(points: readonly Point[], at: number): Point {
    let left = at;
    for (let i = 1; i < points.length; i++) {
        const [from, to] = [points[i - 1], points[i]];
        if (from === undefined || to === undefined) break;
        const step = distance(from, to);
        if (left <= step && step > 0) return between(from, to, left / step);
        left -= step;
    }
    return points.at(-1) ?? { x: 0, y: 0 };
}

/** The point that divides the way from one to another: 0 = `from`, 1 = `to`. */
export function between(from: Point, to: Point, share: number): Point {
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/**
 * The line between two lines. Lines of as many points are mixed point by point; otherwise both are walked in as many even steps as the longer list
 * has, so that the line stays in one piece. At 0 and 1 they are `from` and `to` themselves.
 */
export function lineBetween(from: readonly Point[], to: readonly Point[], share: number): readonly Point[] {
    if (share <= 0) return from;
    if (share >= 1) return to;
    const count = Math.max(from.length, to.length);
    const [one, other] = from.length === to.length ? [from, to] : [evenly(from, count), evenly(to, count)];
    return one.map((point, index) => between(point, other[index] ?? point, share));
}

function evenly(points: readonly Point[], count: number): readonly Point[] {
    if (points.length === count) return points;
    const step = lengthOf(points) / Math.max(1, count - 1);
    return Array.from({ length: count }, (_, index) => pointAt(points, step * index));
}

function distance(from: Point | undefined, to: Point | undefined): number {
    return from === undefined || to === undefined ? 0 : Math.hypot(to.x - from.x, to.y - from.y);
}
