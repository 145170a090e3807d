/** Lines of an adapted frame: as they were where that still fits, bent a little where one end moved, else on another way around the boxes. */
import type { Content, Part } from './content.ts';
import type { PartEnds } from './ends.ts';
import type { Frame } from './frame.ts';
import type { Point, Rectangle } from './laid-out-graph.ts';
import type { Ground, Terminal } from './grid.ts';
import { createRouter, type Router } from './router.ts';
import type { Box } from './settle.ts';
import { selfLoop } from './straight-route.ts';

export interface RerouteTask {
    readonly content: Content;
    readonly before: Frame;
    readonly boxes: readonly Box[];
    readonly size: { readonly width: number; readonly height: number };
    readonly ends: ReadonlyMap<string, PartEnds>;
}

/** By edge. Every part whose ends are known gets a line. */
export function reroute(task: RerouteTask): Frame['routes'] {
    const routes = new Map<string, readonly Point[]>();
    const open: Part[] = [];
    for (const part of task.content.parts) {
        const known = knownRoute(task, part);
        if (known === null) open.push(part);
        else routes.set(part.edge, known);
    }
    const drawn = routeAll(task, open, routes);
    // In the order of the content, so that equal inputs give equal frames.
    return new Map(
        task.content.parts.flatMap(({ edge }) => {
            const points = routes.get(edge) ?? drawn.get(edge);
            return points === undefined ? [] : [[edge, points] as const];
        }),
    );
}

/** Null when it has to be searched. */
function knownRoute(task: RerouteTask, part: Part): readonly Point[] | null {
    const ends = task.ends.get(part.edge);
    const loop = loopOf(task, part);
    if (loop !== null || ends === undefined) return loop;
    const before = task.before.routes.get(part.edge);
    if (before === undefined) return null;
    const fits = [before, moved(before, ends), bent(before, ends)].find(
        (points) => points !== null && joins(points, ends) && isClear(points, task.boxes),
    );
    return fits ?? null;
}

function loopOf({ boxes }: RerouteTask, { from, to }: Part): readonly Point[] | null {
    if (from.kind !== 'child' || to.kind !== 'child' || from.id !== to.id) return null;
    const box = boxes.find(({ id }) => id === from.id);
    return box === undefined ? null : selfLoop(box);
}

/** The whole line, when both ends moved alike. */
function moved(points: readonly Point[], { from }: PartEnds): readonly Point[] | null {
    const first = points[0];
    if (first === undefined) return null;
    const [right, down] = [from.x - first.x, from.y - first.y];
    return points.map(({ x, y }) => ({ x: x + right, y: y + down }));
}

/** The line with other ends, when it leaves and arrives level and has a bend to take up the difference. */
function bent(points: readonly Point[], { from, to }: PartEnds): readonly Point[] | null {
    const [first, second, beforeLast, last] = [points[0], points[1], points.at(-2), points.at(-1)];
    if (first === undefined || second === undefined || beforeLast === undefined || last === undefined) return null;
    if (points.length === 2) return elbow(from, to);
    if (points.length === 3 || !isLevel(first, second) || !isLevel(beforeLast, last)) return null;
    return [
        { x: from.x, y: from.y },
        { x: second.x, y: from.y },
        ...points.slice(2, -2),
        { x: beforeLast.x, y: to.y },
        { x: to.x, y: to.y },
    ];
}

function isLevel(one: Point, other: Point): boolean {
    return Math.abs(one.y - other.y) < 0.5;
}

function elbow(from: Terminal, to: Terminal): readonly Point[] {
    const middle = (from.x + to.x) / 2;
    return [
        { x: from.x, y: from.y },
        { x: middle, y: from.y },
        { x: middle, y: to.y },
        { x: to.x, y: to.y },
    ];
}

const LEAST_STUB = 4;

/** Tells whether a line begins and ends at its ends, and leaves them outwards. */
function joins(points: readonly Point[], { from, to }: PartEnds): boolean {
    return leaves(points, from) && leaves(points.toReversed(), to);
}

function leaves([first, second]: readonly Point[], { x, y, heading }: Terminal): boolean {
    if (first === undefined || second === undefined) return false;
    if (Math.abs(first.x - x) > 0.6 || Math.abs(first.y - y) > 0.6) return false;
    return (second.x - first.x) * heading >= LEAST_STUB;
}

/** Tells whether a line runs through no box. */
function isClear(points: readonly Point[], boxes: readonly Rectangle[]): boolean {
    return points.every((to, index) => {
        const from = points[index - 1];
        return from === undefined || !boxes.some((box) => crosses(from, to, box));
    });
}

function crosses(from: Point, to: Point, box: Rectangle): boolean {
    return (
        Math.max(from.x, to.x) > box.x + 1 &&
        Math.min(from.x, to.x) < box.x + box.width - 1 &&
        Math.max(from.y, to.y) > box.y + 1 &&
        Math.min(from.y, to.y) < box.y + box.height - 1
    );
}

/** Kept lines are known to the router, so that others keep off them. */
function routeAll(
    { content, boxes, size, ends }: RerouteTask,
    open: readonly Part[],
    kept: Frame['routes'],
): Frame['routes'] {
    const wanted = open.flatMap((part) => {
        const found = ends.get(part.edge);
        return found === undefined ? [] : [{ part, ...found }];
    });
    const drawn = new Map<string, readonly Point[]>();
    if (wanted.length === 0) return drawn;
    const router = createRouter(
        groundOf(content, boxes, size),
        wanted.flatMap(({ from, to }) => [from, to]),
    );
    for (const { edge, key } of content.parts) {
        const points = kept.get(edge);
        if (points !== undefined) router.occupy({ points, key });
    }
    for (const { part, from, to } of wanted) drawn.set(part.edge, routeOne(router, part.key, from, to));
    return drawn;
}

function routeOne(router: Router, key: string, from: Terminal, to: Terminal): readonly Point[] {
    const points = router.route(from, to, key) ?? elbow(from, to);
    router.occupy({ points, key });
    return points;
}

/** Room between the border or title and the lines. */
const BORDER_GAP = 8;

function groundOf({ padding }: Content, boxes: readonly Rectangle[], { width, height }: RerouteTask['size']): Ground {
    return {
        boxes,
        corner: { x: BORDER_GAP, y: Math.max(BORDER_GAP, padding.top - 2 * BORDER_GAP) },
        right: width,
        bottom: height,
    };
}
