/**
 * Finished layouts by what they depend on. The places of declarations are not part of it: typing above a component moves every range of the
 * file and nothing of the picture.
 */
import { createHash } from 'node:crypto';
import type { GraphView } from '../../language/index.ts';
import type { LaidOutGraph, LayoutWish } from './laid-out-graph.ts';

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
export function layoutKeyOf(view: GraphView, wish: LayoutWish): string {
    const nodes = view.nodes.map(({ id, kind, label, detail, copy, folded, parent }) => [
        id,
        kind,
        label,
        detail,
        copy,
        folded.length > 0,
        parent,
    ]);
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
        .update(JSON.stringify([view.perspective, wish, nodes, edges]))
        .digest('base64');
}

/** A layout of a view that is laid out the same way, with what this view says of its nodes and edges besides. */
export function withFactsOf(view: GraphView, graph: LaidOutGraph): LaidOutGraph {
    const [nodes, edges] = [firstById(view.nodes), firstById(view.edges)];
    return {
        ...graph,
        nodes: graph.nodes.map((node) => ({ ...node, ...nodes.get(node.id), parent: node.parent })),
        edges: graph.edges.map((edge) => ({ ...edge, ...edges.get(edge.id) })),
    };
}

function firstById<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
    const found = new Map<string, T>();
    for (const one of all) if (!found.has(one.id)) found.set(one.id, one);
    return found;
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
