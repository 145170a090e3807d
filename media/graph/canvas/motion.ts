/** From one picture to the next: what is in both moves, with its lines; what is gone stays a moment, to fade. */
import type { EdgeLabel, LaidOutGraph, PlacedNode, Point, Rectangle, RoutedEdge } from '../../../server/layout.ts';
import { between, lineBetween } from '../../picture/polyline.ts';

/** What is seen only on the way from one picture to the next, or for the first time, by the ids of nodes and edges. */
export interface Passing {
    /** In the picture only to fade: the next one does not have them. */
    readonly leaving: ReadonlySet<string>;
    /** The picture before did not have them. */
    readonly entering: ReadonlySet<string>;
}

/** A picture on its way to another. */
export interface MovingGraph extends Passing {
    readonly graph: LaidOutGraph;
}

/** Nothing comes, nothing goes. */
export const STILL: Passing = { leaving: new Set(), entering: new Set() };

/** More moving at once would be no movement but a flicker. */
const MAX_MOVING = 300;

/** Whether the way between two pictures can be shown: they share something that moves, appears or goes, and not too much of it. */
export function canMove(from: LaidOutGraph, to: LaidOutGraph): boolean {
    if (from.perspective !== to.perspective || Math.max(from.nodes.length, to.nodes.length) > 2 * MAX_MOVING)
        return false;
    const before = new Map(from.nodes.map((node) => [node.id, node]));
    const shared = to.nodes.filter(({ id }) => before.has(id));
    const moved = shared.filter((node) => !isSamePlace(node, before.get(node.id)));
    const isChanged = moved.length > 0 || shared.length < Math.max(from.nodes.length, to.nodes.length);
    return shared.length > 0 && isChanged && moved.length <= MAX_MOVING;
}

/** The picture after a share of the way, from 0 to 1. Cards keep their size: their texts were cut for it. */
export function graphBetween(from: LaidOutGraph, to: LaidOutGraph, share: number): MovingGraph {
    const oldNodes = new Map(from.nodes.map((node) => [node.id, node]));
    const oldEdges = new Map(from.edges.map((edge) => [edge.id, edge]));
    const newNodes = new Set(to.nodes.map(({ id }) => id));
    const newEdges = new Set(to.edges.map(({ id }) => id));
    const goneNodes = from.nodes.filter(({ id }) => !newNodes.has(id));
    const goneEdges = from.edges.filter(({ id }) => !newEdges.has(id));
    const graph = {
        ...to,
        nodes: [...goneNodes, ...to.nodes.map((node) => nodeBetween(oldNodes.get(node.id), node, share))],
        edges: [...goneEdges, ...to.edges.map((edge) => edgeBetween(oldEdges.get(edge.id), edge, share))],
    };
    return {
        graph,
        leaving: new Set([...goneNodes, ...goneEdges].map(({ id }) => id)),
        entering: new Set([...newNodes, ...newEdges].filter((id) => !oldNodes.has(id) && !oldEdges.has(id))),
    };
}

/** The picture with a node, all that is inside of it and the ends of their lines moved by an offset. */
export function displaced(graph: LaidOutGraph, moved: ReadonlySet<string>, offset: Point): LaidOutGraph {
    const shift = (point: Point): Point => ({ x: point.x + offset.x, y: point.y + offset.y });
    const nodes = graph.nodes.map((node) => (moved.has(node.id) ? { ...node, ...shift(node) } : node));
    const edges = graph.edges.map((edge) => {
        const [atSource, atTarget] = [moved.has(edge.source), moved.has(edge.target)];
        if (!atSource && !atTarget) return edge;
        const last = Math.max(1, edge.points.length - 1);
        const weight = (index: number): number =>
            atSource && atTarget ? 1 : atTarget ? index / last : 1 - index / last;
        const points = edge.points.map((point, index) => between(point, shift(point), weight(index)));
        return {
            ...edge,
            points,
            label: atSource && atTarget && edge.label !== null ? { ...edge.label, ...shift(edge.label) } : null,
        };
    });
    return { ...graph, nodes, edges };
}

function nodeBetween(from: PlacedNode | undefined, to: PlacedNode, share: number): PlacedNode {
    if (from === undefined || share >= 1 || isSamePlace(from, to)) return to;
    const { width, height } = to.shape === 'container' ? sizeBetween(from, to, share) : to;
    return { ...to, ...between(from, to, share), width, height };
}

function edgeBetween(from: RoutedEdge | undefined, to: RoutedEdge, share: number): RoutedEdge {
    if (from === undefined || share >= 1) return to;
    return {
        ...to,
        points: lineBetween(from.points, to.points, share),
        label: labelBetween(from.label, to.label, share),
    };
}

function labelBetween(from: EdgeLabel | null, to: EdgeLabel | null, share: number): EdgeLabel | null {
    return from === null || to === null ? to : { ...to, ...between(from, to, share) };
}

function sizeBetween(
    from: Rectangle,
    to: Rectangle,
    share: number,
): { readonly width: number; readonly height: number } {
    return {
        width: from.width + (to.width - from.width) * share,
        height: from.height + (to.height - from.height) * share,
    };
}

function isSamePlace(one: Rectangle, other: Rectangle | undefined): boolean {
    return (
        other !== undefined &&
        one.x === other.x &&
        one.y === other.y &&
        one.width === other.width &&
        one.height === other.height
    );
}
