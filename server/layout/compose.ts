/** Frames put into each other: places of all nodes and whole lines, absolute in the picture. */
import type { GraphEdge, GraphView } from '../../language/index.ts';
import type { Division } from './content.ts';
import type { Forest, Tree } from './forest.ts';
import type { Frame } from './frame.ts';
import type { EdgeLabel, LaidOutGraph, LayoutWish, PlacedNode, Point, RoutedEdge } from './laid-out-graph.ts';
import { MARGIN, measureNode } from './measures.ts';
import { straightRoute } from './straight-route.ts';

/** Frames by container; null = that of the picture. */
export type Frames = ReadonlyMap<string | null, Frame>;

/** Throws when a frame or a place is missing. */
export function composeGraph(
    view: GraphView,
    forest: Forest,
    { courses }: Division,
    { frames, pins }: { readonly frames: Frames; readonly pins: LayoutWish['pins'] },
): LaidOutGraph {
    const nodes = placedNodes(forest, frames, pins);
    const placed = new Map(nodes.map((node) => [node.id, node]));
    const corners = new Map<string | null, Point>([[null, { x: 0, y: 0 }], ...placed]);
    const lines = new Map<string, Line>();
    for (const { edge, isTurned, containers } of courses) {
        const line = lineOf(edge.id, containers, { frames, corners });
        if (line !== null) lines.set(edge.id, isTurned ? { ...line, points: line.points.toReversed() } : line);
    }
    const edges = forest.edges.flatMap((edge) => routedEdge(edge, placed, lines.get(edge.id)));
    const root = frames.get(null);
    return { perspective: view.perspective, arrangement: 'layered', ...extentOf(root, nodes, edges), nodes, edges };
}

function placedNodes(forest: Forest, frames: Frames, pins: LayoutWish['pins']): PlacedNode[] {
    const nodes: PlacedNode[] = [];
    const visit = (trees: readonly Tree[], container: string | null, corner: Point): void => {
        for (const tree of trees) {
            const place = frames.get(container)?.places.get(tree.node.id);
            if (place === undefined) throw new Error(`the layout lacks ${tree.node.id}`);
            const at = { x: round(corner.x + place.x), y: round(corner.y + place.y) };
            nodes.push(placedNode(tree, at, { frames, pins }));
            visit(tree.children, tree.node.id, at);
        }
    };
    visit(forest.roots, null, { x: 0, y: 0 });
    return nodes;
}

function placedNode(
    tree: Tree,
    at: Point,
    { frames, pins }: { readonly frames: Frames; readonly pins: LayoutWish['pins'] },
): PlacedNode {
    const { node, depth } = tree;
    const shape = tree.children.length === 0 ? 'leaf' : 'container';
    const measure = measureNode(node, shape);
    const { width, height } = frames.get(node.id) ?? measure;
    const parent = depth === 0 ? null : node.parent;
    const { caption, detailCaption } = measure;
    const isPinned = Object.hasOwn(pins, node.id);
    return { ...node, parent, ...at, width, height, shape, depth, isPinned, caption, detailCaption };
}

interface Line {
    readonly points: readonly Point[];
    readonly label: EdgeLabel | null;
}

interface Places {
    readonly frames: Frames;
    readonly corners: ReadonlyMap<string | null, Point>;
}

/** Null when a part is missing: the line is drawn straight then. */
function lineOf(edge: string, containers: readonly (string | null)[], { frames, corners }: Places): Line | null {
    const points: Point[] = [];
    let label: EdgeLabel | null = null;
    for (const container of containers) {
        const [frame, corner] = [frames.get(container), corners.get(container)];
        const part = frame?.routes.get(edge);
        if (corner === undefined || part === undefined) return null;
        for (const { x, y } of part) points.push({ x: round(x + corner.x), y: round(y + corner.y) });
        const here = frame?.labels.get(edge);
        if (here !== undefined) label = { ...here, x: here.x + corner.x, y: here.y + corner.y };
    }
    return { points: withoutNeedless(points), label };
}

/** Without points on the way between their neighbours; at least two stay. */
function withoutNeedless(points: readonly Point[]): readonly Point[] {
    const kept: Point[] = [];
    for (const point of points) {
        const [before, last] = [kept.at(-2), kept.at(-1)];
        if (last !== undefined && isNear(last.x, point.x) && isNear(last.y, point.y)) continue;
        if (before !== undefined && last !== undefined && isBetween(before, last, point)) kept.pop();
        kept.push(point);
    }
    const [only] = kept;
    return kept.length === 1 && only !== undefined ? [only, only] : kept;
}

function isBetween(one: Point, middle: Point, other: Point): boolean {
    const onColumn =
        isNear(one.x, middle.x) && isNear(middle.x, other.x) && (middle.y - one.y) * (other.y - middle.y) >= 0;
    const onRow =
        isNear(one.y, middle.y) && isNear(middle.y, other.y) && (middle.x - one.x) * (other.x - middle.x) >= 0;
    return onColumn || onRow;
}

function isNear(one: number, other: number): boolean {
    return Math.abs(one - other) < 0.05;
}

function routedEdge(edge: GraphEdge, placed: ReadonlyMap<string, PlacedNode>, line: Line | undefined): RoutedEdge[] {
    const [source, target] = [placed.get(edge.source), placed.get(edge.target)];
    if (source === undefined || target === undefined) return [];
    return [{ ...edge, ...(line ?? { points: straightRoute(source, target), label: null }) }];
}

/** Lines may leave the box around all nodes. */
function extentOf(
    root: Frame | undefined,
    nodes: readonly PlacedNode[],
    edges: readonly RoutedEdge[],
): { readonly width: number; readonly height: number } {
    let [width, height] = [(root?.width ?? 0) - MARGIN, (root?.height ?? 0) - MARGIN];
    for (const node of nodes) {
        width = Math.max(width, node.x + node.width);
        height = Math.max(height, node.y + node.height);
    }
    for (const { points } of edges) {
        for (const point of points) {
            width = Math.max(width, point.x);
            height = Math.max(height, point.y);
        }
    }
    return { width: Math.ceil(width) + MARGIN, height: Math.ceil(height) + MARGIN };
}

function round(length: number): number {
    return Math.round(length * 100) / 100;
}
