/**
 * What of a scene is drawn as elements: what the window touches and a margin around it, as long as that is not too much. Where thousands of nodes
 * would be a few pixels each, they are drawn merged instead (see merged.ts), and only those that matter keep an element of their own.
 */
import type { PlacedNode, Rectangle, RoutedEdge } from '../../../server/layout.ts';
import { touches, type Scene } from './scene.ts';

export interface Sight {
    /** Nodes and edges without an element of their own are drawn merged. */
    readonly isMerged: boolean;
    /** Containers before what is inside of them. */
    readonly nodes: readonly PlacedNode[];
    readonly edges: readonly RoutedEdge[];
    /** Edges in sight that are too many for an element each. */
    readonly mergedEdges: readonly RoutedEdge[];
    /** False when making elements would take longer than a frame has: the next frame goes on. */
    readonly isWhole: boolean;
}

export interface SightWish {
    /** In pixels of the picture. */
    readonly window: Rectangle;
    readonly area: Rectangle;
    /** Nodes that are drawn wherever they are. */
    readonly forced: ReadonlySet<string>;
    /** Nodes whose edges are wanted where others are left out. */
    readonly emphasised: ReadonlySet<string>;
    /** Nodes that have an element already. */
    readonly drawn: ReadonlySet<string>;
    /** How many elements can be made in this frame. */
    readonly budget: number;
    /** More nodes than this in the window are drawn merged. */
    readonly most: number;
}

/** More nodes than this in the window are drawn merged, once the picture is at rest. */
export const MAX_EACH = 300;
/** More edges than this in sight are drawn merged. */
export const MAX_EDGES_EACH = 400;

/** What is drawn for a wish. */
export function sightOf(scene: Scene, wish: SightWish): Sight {
    const isMerged = countIn(scene, wish.window) > wish.most;
    const wanted = isMerged ? forcedNodes(scene, wish) : nodesIn(scene, wish);
    const nodes = withinBudget(wanted, wish);
    const edges = edgesOf(scene, wish);
    const areEach = edges.length <= MAX_EDGES_EACH && !(isMerged && scene.graph.arrangement === 'layered');
    return {
        isMerged,
        nodes,
        edges: areEach ? edges : [],
        mergedEdges: areEach ? [] : edges,
        isWhole: nodes.length === wanted.length,
    };
}

function countIn({ graph, nodeBoxes }: Scene, window: Rectangle): number {
    let count = 0;
    for (let i = 0; i < graph.nodes.length; i++) if (touches(nodeBoxes, i, window)) count++;
    return count;
}

function nodesIn({ graph, nodeBoxes }: Scene, { area, forced }: SightWish): readonly PlacedNode[] {
    return graph.nodes.filter((node, index) => touches(nodeBoxes, index, area) || forced.has(node.id));
}

/** Outer containers first, as in the graph. */
function forcedNodes({ nodes }: Scene, { forced }: SightWish): readonly PlacedNode[] {
    return [...forced].flatMap((id) => nodes.get(id) ?? []).sort((one, other) => one.depth - other.depth);
}

/** Those there are and those that must be; of the rest the nearest to the middle of the window. */
function withinBudget(
    nodes: readonly PlacedNode[],
    { window, forced, drawn, budget }: SightWish,
): readonly PlacedNode[] {
    const fresh = nodes.filter(({ id }) => !drawn.has(id) && !forced.has(id));
    if (fresh.length <= budget) return nodes;
    const [x, y] = [window.x + window.width / 2, window.y + window.height / 2];
    const distance = (node: PlacedNode): number =>
        Math.hypot(node.x + node.width / 2 - x, node.y + node.height / 2 - y);
    const late = new Set(fresh.sort((a, b) => distance(a) - distance(b)).slice(budget));
    return nodes.filter((node) => !late.has(node));
}

/** A packed picture shows the edges of what one looks at: all of them at once would hide everything else. */
function edgesOf(scene: Scene, { area, emphasised }: SightWish): readonly RoutedEdge[] {
    const { graph, edgeBoxes } = scene;
    if (graph.arrangement === 'layered') return graph.edges.filter((_, index) => touches(edgeBoxes, index, area));
    const found = new Set<RoutedEdge>();
    for (const id of emphasised) for (const edge of scene.edgesAt().get(id) ?? []) found.add(edge);
    // A hub may have thousands: those that only pass elsewhere cost as much to paint as those one sees.
    return [...found].filter((edge) => passes(edge, area));
}

function passes({ points }: RoutedEdge, area: Rectangle): boolean {
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    return (
        Math.min(...xs) <= area.x + area.width &&
        Math.max(...xs) >= area.x &&
        Math.min(...ys) <= area.y + area.height &&
        Math.max(...ys) >= area.y
    );
}
