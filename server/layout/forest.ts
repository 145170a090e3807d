/**
 * A graph view made safe to lay out: each node once, nesting without cycles, edges only between nodes that exist. What a half-typed model says
 * twice or in a circle is cut at the later mention, so the same view always gives the same forest.
 */
import type { GraphEdge, GraphNode, GraphView } from '../../language/index.ts';

export interface Tree {
    readonly node: GraphNode;
    readonly depth: number;
    readonly children: readonly Tree[];
}

export interface Forest {
    readonly roots: readonly Tree[];
    readonly edges: readonly GraphEdge[];
    /** Node id to the id it is drawn inside of, null at the top; has an entry for every node. */
    readonly parents: ReadonlyMap<string, string | null>;
}

/** Deeper nesting is drawn at the top: boxes inside boxes stop being readable long before. */
const MAX_DEPTH = 32;

/** The view's nodes as trees, in the view's order. */
export function forestOf(view: GraphView): Forest {
    const nodes = new Map<string, GraphNode>();
    for (const node of view.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
    const parents = parentsOf(nodes);
    return { roots: treesOf(nodes, parents), edges: edgesOf(view, parents), parents };
}

/** The ids a node lies inside of, from the top down to the node itself. */
export function pathOf(forest: Forest, id: string): readonly string[] {
    const path: string[] = [];
    for (let at: string | null = id; at !== null; at = forest.parents.get(at) ?? null) path.unshift(at);
    return path;
}

/** All trees, each before those inside of it. */
export function nodesOf({ roots }: Forest): readonly Tree[] {
    const all = (trees: readonly Tree[]): Tree[] => trees.flatMap((tree) => [tree, ...all(tree.children)]);
    return all(roots);
}

function parentsOf(nodes: ReadonlyMap<string, GraphNode>): Map<string, string | null> {
    const parents = new Map<string, string | null>();
    for (const { id, parent } of nodes.values()) {
        const fits = parent !== null && nodes.has(parent) && !closesCycle(parents, id, parent);
        parents.set(id, fits ? parent : null);
    }
    return parents;
}

/** Also true when the nesting would become too deep. */
function closesCycle(parents: ReadonlyMap<string, string | null>, id: string, parent: string): boolean {
    let steps = 0;
    for (let at: string | null = parent; at !== null; at = parents.get(at) ?? null) {
        steps += 1;
        if (at === id || steps > MAX_DEPTH) return true;
    }
    return false;
}

function treesOf(nodes: ReadonlyMap<string, GraphNode>, parents: ReadonlyMap<string, string | null>): readonly Tree[] {
    const inside = Map.groupBy(nodes.values(), (node) => parents.get(node.id) ?? null);
    const grow = (node: GraphNode, depth: number): Tree => ({
        node,
        depth,
        children: (inside.get(node.id) ?? []).map((child) => grow(child, depth + 1)),
    });
    return (inside.get(null) ?? []).map((node) => grow(node, 0));
}

function edgesOf(view: GraphView, parents: ReadonlyMap<string, string | null>): readonly GraphEdge[] {
    const seen = new Set<string>();
    return view.edges.filter((edge) => {
        const isKnown = parents.has(edge.source) && parents.has(edge.target) && !seen.has(edge.id);
        // Nesting says it already.
        const isNesting = edge.kind === 'child' && parents.get(edge.target) === edge.source;
        seen.add(edge.id);
        return isKnown && !isNesting;
    });
}
