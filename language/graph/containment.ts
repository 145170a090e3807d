/** Which nodes are inside of which. A node whose container is not among the nodes stands at the top. */
import type { GraphNode } from '../graph-view.ts';

export interface Containment {
    /** Nodes at the top, in the order of the view. */
    readonly roots: readonly string[];
    /** Nodes right inside of a container; containers alone have an entry. */
    readonly inside: ReadonlyMap<string, readonly string[]>;
    /** The container of each node that is not at the top. */
    readonly containerOf: ReadonlyMap<string, string>;
}

/** Linear in the nodes. */
export function containmentOf(nodes: readonly Pick<GraphNode, 'id' | 'parent'>[]): Containment {
    const known = new Set(nodes.map(({ id }) => id));
    const roots: string[] = [];
    const inside = new Map<string, string[]>();
    const containerOf = new Map<string, string>();
    for (const { id, parent } of nodes) {
        if (parent === null || !known.has(parent)) {
            roots.push(id);
            continue;
        }
        containerOf.set(id, parent);
        const siblings = inside.get(parent);
        if (siblings === undefined) inside.set(parent, [id]);
        else siblings.push(id);
    }
    return { roots, inside, containerOf };
}

/** Everything inside of a node, at any depth, containers before what is inside of them. */
export function allInside({ inside }: Containment, id: string): readonly string[] {
    const found: string[] = [];
    const pending = [(inside.get(id) ?? []).values()];
    for (let level = pending.at(-1); level !== undefined; level = pending.at(-1)) {
        const { value: next, done } = level.next();
        if (done === true) {
            pending.pop();
            continue;
        }
        found.push(next);
        pending.push((inside.get(next) ?? []).values());
    }
    return found;
}

/** Some nodes and all containers around them. */
export function withContainers({ containerOf }: Containment, ids: Iterable<string>): ReadonlySet<string> {
    const kept = new Set<string>();
    for (const id of ids) {
        for (let one: string | undefined = id; one !== undefined && !kept.has(one); one = containerOf.get(one))
            kept.add(one);
    }
    return kept;
}
