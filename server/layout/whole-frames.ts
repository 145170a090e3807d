/** A picture that was laid out as a whole, cut into frames at the borders of its containers, so that parts of it can be changed by themselves. */
import type { Course, Division, Exit, Side } from './content.ts';
import { contentOf, type Flow } from './contents.ts';
import type { Forest, Tree } from './forest.ts';
import type { Arrangement, Frame } from './frame.ts';
import type { EdgeLabel, LaidOutGraph, PlacedNode, Point, Rectangle, RoutedEdge } from './laid-out-graph.ts';
import { ownExits } from './own-exits.ts';

/** By container; put together they are the same picture. Lines that cannot be cut are missing. */
export function arrangementsOf(
    graph: LaidOutGraph,
    forest: Forest,
    division: Division,
    flow: Flow,
): ReadonlyMap<string | null, Arrangement> {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const pieces = piecesOf(graph, division, nodes);
    const frames = new Map<string | null, Frame>();
    const arrangements = new Map<string | null, Arrangement>();
    const visit = (container: Tree | null, children: readonly Tree[]): void => {
        for (const child of children) if (child.children.length > 0) visit(child, child.children);
        const id = container?.node.id ?? null;
        const content = contentOf(container, children, { division, flow, frames });
        const box: Rectangle = (id === null ? undefined : nodes.get(id)) ?? { x: 0, y: 0, ...sizeOf(graph) };
        const bare = bareFrame(box, children, nodes, pieces.get(id) ?? []);
        const exits = new Map([...bare.exits, ...ownExits(content, bare), ...touches(content.own, graph, box)]);
        const frame: Frame = { ...bare, exits };
        frames.set(id, frame);
        arrangements.set(id, { content, frame });
    };
    visit(null, forest.roots);
    return arrangements;
}

function sizeOf({ width, height }: LaidOutGraph): { readonly width: number; readonly height: number } {
    return { width, height };
}

/** A stretch of a line within one container, absolute in the picture. */
interface Piece {
    readonly edge: string;
    readonly points: readonly Point[];
    readonly label: EdgeLabel | null;
    /** Which of its ends lies on the container's border. */
    readonly border: 'first' | 'last' | null;
}

function piecesOf(
    graph: LaidOutGraph,
    { courses }: Division,
    nodes: ReadonlyMap<string, PlacedNode>,
): ReadonlyMap<string | null, readonly Piece[]> {
    const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
    const pieces = new Map<string | null, Piece[]>();
    for (const course of courses) {
        const edge = edges.get(course.edge.id);
        const cut = edge === undefined ? null : cutLine(course, edge, nodes);
        for (const [container, piece] of cut ?? []) pieces.set(container, [...(pieces.get(container) ?? []), piece]);
    }
    return pieces;
}

/** Null when the line does not cross the borders it should, or runs between a container and what is inside of it. */
function cutLine(
    { edge, isTurned, containers }: Course,
    { points, label }: RoutedEdge,
    nodes: ReadonlyMap<string, PlacedNode>,
): readonly (readonly [string | null, Piece])[] | null {
    if (containers.includes(edge.source) || containers.includes(edge.target)) return null;
    const depths = containers.map((id) => (id === null ? -1 : (nodes.get(id)?.depth ?? 0)));
    const top = depths.indexOf(Math.min(...depths));
    let rest = isTurned ? points.toReversed() : points;
    const pieces: (readonly [string | null, Piece])[] = [];
    for (const [index, container] of containers.entries()) {
        const isLeaving = index < top;
        const next = isLeaving ? container : containers[index + 1];
        const halves = next === undefined ? { before: rest, after: [] } : splitAt(rest, boxOf(next, nodes), isLeaving);
        if (halves === null) return null;
        const border = isLeaving ? 'last' : index > top ? 'first' : null;
        const here = label !== null && holds(halves.before, label) ? label : null;
        pieces.push([container, { edge: edge.id, points: halves.before, label: here, border }]);
        rest = halves.after;
    }
    return pieces;
}

const NOWHERE: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

function boxOf(id: string | null, nodes: ReadonlyMap<string, PlacedNode>): Rectangle {
    return (id === null ? undefined : nodes.get(id)) ?? NOWHERE;
}

interface Halves {
    readonly before: readonly Point[];
    readonly after: readonly Point[];
}

/** Where a line leaves a box for the first time, or enters it for the last time. */
function splitAt(points: readonly Point[], box: Rectangle, isLeaving: boolean): Halves | null {
    const indexes = points.map((_, index) => index).slice(1);
    for (const index of isLeaving ? indexes : indexes.toReversed()) {
        const [from, to] = [points[index - 1], points[index]];
        if (from === undefined || to === undefined) continue;
        const [inner, outer] = isLeaving ? [from, to] : [to, from];
        if (!isWithin(inner, box) || isStrictlyWithin(outer, box)) continue;
        const at = {
            x: Math.min(Math.max(outer.x, box.x), box.x + box.width),
            y: Math.min(Math.max(outer.y, box.y), box.y + box.height),
        };
        return { before: [...points.slice(0, index), at], after: [at, ...points.slice(index)] };
    }
    return null;
}

const NEAR = 0.5;

function isWithin({ x, y }: Point, box: Rectangle): boolean {
    return x >= box.x - NEAR && x <= box.x + box.width + NEAR && y >= box.y - NEAR && y <= box.y + box.height + NEAR;
}

function isStrictlyWithin({ x, y }: Point, box: Rectangle): boolean {
    return x > box.x + NEAR && x < box.x + box.width - NEAR && y > box.y + NEAR && y < box.y + box.height - NEAR;
}

function holds(points: readonly Point[], label: EdgeLabel): boolean {
    const [x, y] = [label.x + label.width / 2, label.y + label.height / 2];
    return points.some((to, index) => {
        const from = points[index - 1] ?? to;
        const isAcross = x >= Math.min(from.x, to.x) - NEAR && x <= Math.max(from.x, to.x) + NEAR;
        return isAcross && y >= Math.min(from.y, to.y) - 2 && y <= Math.max(from.y, to.y) + 2;
    });
}

function bareFrame(
    box: Rectangle,
    children: readonly Tree[],
    nodes: ReadonlyMap<string, PlacedNode>,
    pieces: readonly Piece[],
): Frame {
    const inside = <P extends Point>(point: P): P => ({ ...point, x: point.x - box.x, y: point.y - box.y });
    const exits = pieces.flatMap(({ edge, points, border }) => {
        const at = border === 'first' ? points.at(0) : border === 'last' ? points.at(-1) : undefined;
        return at === undefined ? [] : [[edge, exitAt(inside({ x: at.x, y: at.y }), border)] as const];
    });
    return {
        width: box.width,
        height: box.height,
        places: new Map(
            children.flatMap(({ node: { id } }) => {
                const node = nodes.get(id);
                return node === undefined ? [] : [[id, inside({ x: node.x, y: node.y })] as const];
            }),
        ),
        exits: new Map(exits),
        routes: new Map(pieces.map(({ edge, points }) => [edge, points.map(inside)] as const)),
        labels: new Map(pieces.flatMap(({ edge, label }) => (label === null ? [] : [[edge, inside(label)] as const]))),
    };
}

function exitAt(point: Point, border: Piece['border']): Exit {
    const side: Side = border === 'first' ? 'start' : 'end';
    return { side, ...point };
}

/** Lines of the container itself, where they touch it. */
function touches(
    own: readonly { readonly edge: string; readonly side: Side }[],
    { edges }: LaidOutGraph,
    box: Rectangle,
): ReadonlyMap<string, Exit> {
    const sides = new Map(own.map(({ edge, side }) => [edge, side]));
    return new Map(
        edges.flatMap(({ id, points }) => {
            const side = sides.get(id);
            const at = [points.at(0), points.at(-1)].find((point) => point !== undefined && isOnBorder(point, box));
            if (side === undefined || at === undefined) return [];
            return [[id, { side, x: at.x - box.x, y: at.y - box.y }] as const];
        }),
    );
}

function isOnBorder(point: Point, box: Rectangle): boolean {
    return isWithin(point, box) && !isStrictlyWithin(point, box);
}
