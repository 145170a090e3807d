/**
 * A laid-out graph as something to look things up in: by id, by place. Boxes lie in flat arrays and are tested one by one: for 20,000 of them that
 * takes a fraction of a millisecond, less than keeping a tree of them up to date would.
 */
import type { LaidOutGraph, PlacedNode, Rectangle, RoutedEdge } from '../../../server/layout.ts';

export interface Scene {
    readonly graph: LaidOutGraph;
    readonly nodes: ReadonlyMap<string, PlacedNode>;
    /** In the order of the graph. */
    readonly containers: readonly PlacedNode[];
    /** Left, top, right, bottom of each node and edge, in the order of the graph. */
    readonly nodeBoxes: Float64Array;
    readonly edgeBoxes: Float64Array;
    /** Edges by the ids of both of their ends. Made when it is first asked for: the first picture of thousands of nodes shows no line. */
    readonly edgesAt: () => ReadonlyMap<string, readonly RoutedEdge[]>;
    /** By id; made when it is first asked for. */
    readonly edges: () => ReadonlyMap<string, RoutedEdge>;
}

/** Room for what is drawn around a node: badges, shadows, rings. */
const NODE_RIM = 24;
/** Room for heads and signs. */
const EDGE_RIM = 12;

/** The scene of a graph. */
export function sceneOf(graph: LaidOutGraph): Scene {
    const nodes = new Map<string, PlacedNode>();
    for (const node of graph.nodes) nodes.set(node.id, node);
    return {
        graph,
        nodes,
        containers: graph.nodes.filter(({ shape }) => shape === 'container'),
        nodeBoxes: boxesOfNodes(graph.nodes),
        edgeBoxes: boxesOfEdges(graph.edges),
        edgesAt: onceAsked(() => edgesByEnd(graph.edges)),
        edges: onceAsked(() => new Map(graph.edges.map((edge) => [edge.id, edge]))),
    };
}

function onceAsked<Value extends object>(make: () => Value): () => Value {
    let made: Value | null = null;
    return () => (made ??= make());
}

/** Whether box `index` of an array of boxes touches a rectangle. */
export function touches(boxes: Float64Array, index: number, { x, y, width, height }: Rectangle): boolean {
    const at = index * 4;
    return (
        (boxes[at] ?? 0) <= x + width &&
        (boxes[at + 1] ?? 0) <= y + height &&
        (boxes[at + 2] ?? 0) >= x &&
        (boxes[at + 3] ?? 0) >= y
    );
}

/** The innermost node at a point of the picture; null when there is none. */
export function nodeAtPoint({ graph }: Scene, x: number, y: number): PlacedNode | null {
    const holds = (node: PlacedNode): boolean =>
        x >= node.x && y >= node.y && x <= node.x + node.width && y <= node.y + node.height;
    // Containers come before what is inside them.
    return graph.nodes.findLast(holds) ?? null;
}

function boxesOfNodes(nodes: readonly PlacedNode[]): Float64Array {
    const boxes = new Float64Array(nodes.length * 4);
    let at = 0;
    for (const { x, y, width, height } of nodes) {
        boxes[at++] = x - NODE_RIM;
        boxes[at++] = y - NODE_RIM;
        boxes[at++] = x + width + NODE_RIM;
        boxes[at++] = y + height + NODE_RIM;
    }
    return boxes;
}

function boxesOfEdges(edges: readonly RoutedEdge[]): Float64Array {
    const boxes = new Float64Array(edges.length * 4);
    edges.forEach(({ points, label }, index) => {
        const at = index * 4;
        boxes.fill(Infinity, at, at + 2).fill(-Infinity, at + 2, at + 4);
        for (const { x, y } of points) widen(boxes, at, x, y);
        if (label === null) return;
        widen(boxes, at, label.x, label.y);
        widen(boxes, at, label.x + label.width, label.y + label.height);
    });
    return boxes;
}

/** Widens the box that begins at an index by a point and the room around it. */
function widen(boxes: Float64Array, at: number, x: number, y: number): void {
    boxes[at] = Math.min(boxes[at] ?? x, x - EDGE_RIM);
    boxes[at + 1] = Math.min(boxes[at + 1] ?? y, y - EDGE_RIM);
    boxes[at + 2] = Math.max(boxes[at + 2] ?? x, x + EDGE_RIM);
    boxes[at + 3] = Math.max(boxes[at + 3] ?? y, y + EDGE_RIM);
}

function edgesByEnd(edges: readonly RoutedEdge[]): ReadonlyMap<string, readonly RoutedEdge[]> {
    const found = new Map<string, RoutedEdge[]>();
    const add = (end: string, edge: RoutedEdge): void => {
        const list = found.get(end);
        if (list === undefined) found.set(end, [edge]);
        else list.push(edge);
    };
    for (const edge of edges) {
        add(edge.source, edge);
        if (edge.target !== edge.source) add(edge.target, edge);
    }
    return found;
}
