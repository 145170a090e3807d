/**
 * Finished layouts by what they depend on. The places of declarations are not part of it: typing above a component moves every range of the
 * file and nothing of the picture.
 */
import { createHash } from 'node:crypto';
import type { GraphView, SourceRange } from '../../language/index.ts';
import type { LaidOutGraph, Orientation } from './laid-out-graph.ts';

/** Enough for both perspectives of many applications; what one layout weighs is bounded by the size of its graph. */
const MAX_ENTRIES = 64;
const MAX_NODES = 20_000;

export interface LayoutCache {
    readonly get: (key: string) => LaidOutGraph | undefined;
    readonly put: (key: string, graph: LaidOutGraph) => void;
}

/** Keeps the most recently used layouts. */
export function createLayoutCache(): LayoutCache {
    const entries = new Map<string, LaidOutGraph>();
    const put = (key: string, graph: LaidOutGraph): void => {
        entries.delete(key);
        entries.set(key, graph);
        shrink(entries);
    };
    const get = (key: string): LaidOutGraph | undefined => {
        const found = entries.get(key);
        if (found !== undefined) put(key, found);
        return found;
    };
    return { get, put };
}

/** The same for views that are laid out the same way for the same orientation. */
export function layoutKeyOf(view: GraphView, orientation: Orientation): string {
    const nodes = view.nodes.map(({ id, kind, label, detail, parent }) => [id, kind, label, detail, parent]);
    const edges = view.edges.map((edge) => [
        edge.id,
        edge.kind,
        edge.source,
        edge.target,
        edge.variables,
        edge.optional,
        edge.external,
    ]);
    return createHash('sha256')
        .update(JSON.stringify([view.perspective, orientation, nodes, edges]))
        .digest('base64');
}

/** A layout of an equal view, with the places of this view's declarations. */
export function withRangesOf(view: GraphView, graph: LaidOutGraph): LaidOutGraph {
    const ranges = new Map<string, SourceRange | null>();
    for (const { id, range } of view.nodes) if (!ranges.has(id)) ranges.set(id, range);
    return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, range: ranges.get(node.id) ?? null })) };
}

function shrink(entries: Map<string, LaidOutGraph>): void {
    let nodeCount = 0;
    for (const graph of entries.values()) nodeCount += graph.nodes.length;
    for (const [key, graph] of entries) {
        if (entries.size === 1 || (entries.size <= MAX_ENTRIES && nodeCount <= MAX_NODES)) return;
        entries.delete(key);
        nodeCount -= graph.nodes.length;
    }
}
