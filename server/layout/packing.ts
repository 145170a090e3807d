/** Hand-written packing for graphs too large for routing: nodes on shelves inside their containers, edges as straight lines. Linear time. */
import type { GraphView } from '../../language/index.ts';
import { ASPECTS } from './fit.ts';
import { forestOf, type Forest, type Tree } from './forest.ts';
import type { LaidOutGraph, Orientation, PlacedNode, Rectangle, RoutedEdge } from './laid-out-graph.ts';
import { MARGIN, measureNode, PADDING, TITLE_HEIGHT, type NodeMeasure } from './measures.ts';
import { packShelves, type Shelved } from './shelves.ts';
import { straightRoute } from './straight-route.ts';

/** A tree with its size and the places of its children, relative to its corner. */
interface Box {
    readonly tree: Tree;
    readonly measure: NodeMeasure;
    readonly width: number;
    readonly height: number;
    readonly inside: readonly Shelved<Box>[];
}

/** Always succeeds. */
export function packGraph(view: GraphView, orientation: Orientation): LaidOutGraph {
    const aspect = ASPECTS[orientation];
    const forest = forestOf(view);
    const shelves = packShelves(
        forest.roots.map((tree) => boxOf(tree, aspect)),
        aspect,
    );
    const nodes = shelves.placed.flatMap((placed) => placeNodes(placed, MARGIN, MARGIN));
    return {
        perspective: view.perspective,
        arrangement: 'packed',
        width: shelves.width + 2 * MARGIN,
        height: shelves.height + 2 * MARGIN,
        nodes,
        edges: straightEdges(forest, nodes),
    };
}

function boxOf(tree: Tree, aspect: number): Box {
    if (tree.children.length === 0) {
        const measure = measureNode(tree.node, 'leaf');
        return { tree, measure, width: measure.width, height: measure.height, inside: [] };
    }
    const measure = measureNode(tree.node, 'container');
    const shelves = packShelves(
        tree.children.map((child) => boxOf(child, aspect)),
        aspect,
    );
    const top = TITLE_HEIGHT + PADDING;
    return {
        tree,
        measure,
        width: Math.max(measure.width, shelves.width + 2 * PADDING),
        height: shelves.height + top + PADDING,
        inside: shelves.placed.map(({ box, x, y }) => ({ box, x: x + PADDING, y: y + top })),
    };
}

function placeNodes({ box, x, y }: Shelved<Box>, left: number, top: number): PlacedNode[] {
    const { tree, measure, width, height, inside } = box;
    const corner = { x: left + x, y: top + y };
    const node: PlacedNode = {
        ...tree.node,
        parent: tree.depth === 0 ? null : tree.node.parent,
        ...corner,
        width,
        height,
        shape: inside.length === 0 ? 'leaf' : 'container',
        depth: tree.depth,
        isPinned: false,
        caption: measure.caption,
        detailCaption: measure.detailCaption,
    };
    return [node, ...inside.flatMap((child) => placeNodes(child, corner.x, corner.y))];
}

function straightEdges(forest: Forest, nodes: readonly PlacedNode[]): RoutedEdge[] {
    const places = new Map<string, Rectangle>(nodes.map((node) => [node.id, node]));
    return forest.edges.flatMap((edge) => {
        const [source, target] = [places.get(edge.source), places.get(edge.target)];
        if (source === undefined || target === undefined) return [];
        return [{ ...edge, points: straightRoute(source, target), label: null }];
    });
}
