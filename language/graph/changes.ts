/**
 * How two models differ, as one picture: the nodes and relations of both, and what became of each.
 *
 * 1. What is in the newer model is drawn as it is there. What was removed stands where it stood, and its place in the texts is gone.
 * 2. A node is `changed` when it says something else itself, `rewired` when only its relations differ.
 * 3. Equal models have no changes, and their picture is that of either.
 */
import type { GraphEdge, GraphNode, GraphView, Perspective } from '../graph-view.ts';
import type { ApplicationModel } from '../model/application-model.ts';
import { createNotes, nameIn, type Notes } from './change-notes.ts';
import { edgeId } from './parts.ts';
import { graphViewOf } from './view-of-model.ts';

/** `rewired`: itself the same, but with other relations. `notes`: what differs, a line each. */
export interface NodeDifference {
    readonly change: 'added' | 'removed' | 'changed' | 'rewired';
    readonly notes: readonly string[];
}

/** What differs between two models, by id of nodes and relations. What is the same is absent. */
export interface ModelChanges {
    readonly nodes: Readonly<Record<string, NodeDifference>>;
    readonly edges: Readonly<Record<string, 'added' | 'removed'>>;
}

/** The picture of two models together, and how the second differs from the first. Safe on models with faults. */
export function changesBetween(
    before: ApplicationModel,
    after: ApplicationModel,
    perspective: Perspective,
): { readonly view: GraphView; readonly changes: ModelChanges } {
    const [old, fresh] = [graphViewOf(before, perspective), graphViewOf(after, perspective)];
    const removed = { ...old, nodes: old.nodes.map((node) => ({ ...node, range: null })) };
    const view = {
        perspective,
        nodes: mergedById(fresh.nodes, removed.nodes),
        edges: mergedById(fresh.edges, removed.edges),
    };
    const edges = edgeChanges(old.edges, fresh.edges);
    const notes = createNotes({ before, after, old, fresh });
    return { view, changes: { nodes: nodeChanges({ old, fresh, view, edges }, notes), edges } };
}

/** Changes as they show in a part of the picture: relations that end at folded containers are told as one, if they are all of a kind. */
export function changesSeenIn(seen: GraphView, whole: GraphView, changes: ModelChanges): ModelChanges {
    const shownAs = new Map(seen.nodes.flatMap(({ id, folded }) => [id, ...folded].map((inside) => [inside, id])));
    const seenIds = new Set(seen.edges.map(({ id }) => id));
    const marks = new Map<string, Set<'added' | 'removed' | 'same'>>();
    for (const edge of whole.edges) {
        const [source, target] = [shownAs.get(edge.source), shownAs.get(edge.target)];
        if (source === undefined || target === undefined) continue;
        const id = edgeId({ ...edge, source, target });
        if (!seenIds.has(id)) continue;
        const known = marks.get(id) ?? new Set();
        marks.set(id, known.add(changes.edges[edge.id] ?? 'same'));
    }
    const edges = [...marks].flatMap(([id, [mark = 'same', ...others]]) =>
        mark === 'same' || others.length > 0 ? [] : [[id, mark] as const],
    );
    const nodes = Object.entries(changes.nodes).filter(([id]) => shownAs.has(id));
    return { nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
}

/** All of the first list, and what only the second one has, each after what it follows there. */
function mergedById<T extends { readonly id: string }>(first: readonly T[], second: readonly T[]): readonly T[] {
    const known = new Set(first.map(({ id }) => id));
    const after = new Map<string, T[]>();
    // No id is empty: what comes before all that is in the first list.
    let last = '';
    for (const item of second) {
        if (known.has(item.id)) last = item.id;
        else appendTo(after, last, item);
    }
    return [...(after.get('') ?? []), ...first.flatMap((item) => [item, ...(after.get(item.id) ?? [])])];
}

function edgeChanges(old: readonly GraphEdge[], fresh: readonly GraphEdge[]): ModelChanges['edges'] {
    const [before, after] = [new Set(old.map(({ id }) => id)), new Set(fresh.map(({ id }) => id))];
    return Object.fromEntries([
        ...[...after].filter((id) => !before.has(id)).map((id) => [id, 'added'] as const),
        ...[...before].filter((id) => !after.has(id)).map((id) => [id, 'removed'] as const),
    ]);
}

interface Compared {
    readonly old: GraphView;
    readonly fresh: GraphView;
    readonly view: GraphView;
    readonly edges: ModelChanges['edges'];
}

function nodeChanges({ old, fresh, view, edges }: Compared, notes: Notes): ModelChanges['nodes'] {
    const [before, after] = [byId(old.nodes), byId(fresh.nodes)];
    const rewiring = rewiringOf(view, edges);
    const changeOf = ({ id }: GraphNode): NodeDifference | null => {
        const [was, is] = [before.get(id), after.get(id)];
        if (was === undefined) return { change: 'added', notes: notes.ofAdded(id) };
        if (is === undefined) return { change: 'removed', notes: notes.ofRemoved(id) };
        const own = notes.ofKept(was, is);
        const wires = rewiring.get(id) ?? [];
        if (own.length > 0) return { change: 'changed', notes: shortened([...own, ...wires]) };
        return wires.length > 0 ? { change: 'rewired', notes: shortened(wires) } : null;
    };
    return Object.fromEntries(
        view.nodes.flatMap((node) => {
            const change = changeOf(node);
            return change === null ? [] : [[node.id, change] as const];
        }),
    );
}

function byId(nodes: readonly GraphNode[]): ReadonlyMap<string, GraphNode> {
    return new Map(nodes.map((node) => [node.id, node]));
}

const MOST_NOTES = 20;

function shortened(notes: readonly string[]): readonly string[] {
    return notes.length <= MOST_NOTES ? notes : [...notes.slice(0, MOST_NOTES), `… + ${notes.length - MOST_NOTES}`];
}

/** Relations that came or went, told at both their ends. */
function rewiringOf(view: GraphView, changes: ModelChanges['edges']): ReadonlyMap<string, readonly string[]> {
    const rewiring = new Map<string, string[]>();
    for (const edge of view.edges) {
        const change = changes[edge.id];
        if (change === undefined) continue;
        const note = relationNote(edge, change);
        for (const id of new Set([edge.source, edge.target])) appendTo(rewiring, id, note);
    }
    return rewiring;
}

function relationNote({ kind, source, target, variables }: GraphEdge, change: 'added' | 'removed'): string {
    const sign = change === 'added' ? '+' : '−';
    if (kind === 'import') return `${sign} ${nameIn(source)} imports ${variables.join(', ')} (${nameIn(target)})`;
    const word = { extends: 'extends', facet: 'facets', child: 'children' } as const;
    return `${sign} ${nameIn(source)} ${word[kind]} ${nameIn(target)}`;
}

function appendTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [item]);
    else list.push(item);
}
