/** Folding: containers drawn without what is inside of them, which they then stand for. */
import type { GraphLook } from '../graph-look.ts';
import type { GraphEdge, GraphView } from '../graph-view.ts';
import { allInside, containmentOf, withContainers, type Containment } from './containment.ts';
import { edgeId, joined } from './parts.ts';

/** So many nodes are shown before anybody opens or closes a container. */
const MOST_SHOWN = 300;

/** Folds the containers that a look closes, and those folded by default that it does not open. What it has its focus on is open by default. */
export function fold(
    view: GraphView,
    { closed, opened, focus }: Pick<GraphLook, 'closed' | 'opened' | 'focus'>,
): GraphView {
    const containment = containmentOf(view.nodes);
    const folded = new Set(foldedByDefault(containment, view.nodes.length));
    const focused = focus === null ? [] : withContainers(containment, [focus.node]);
    for (const id of [...opened, ...focused]) folded.delete(id);
    for (const id of closed) if (containment.inside.has(id)) folded.add(id);
    return folded.size === 0 ? view : foldedView(view, folded, containment);
}

/**
 * The containers folded by default; none in a view of at most `MOST_SHOWN` nodes.
 *
 * 1. Containers are opened from the top down, as long as no more than `MOST_SHOWN` nodes are shown; of those at one depth, small ones first.
 * 2. Sizes count by their number of binary digits. Containers of one size at one depth are opened together or not at all: what is alike looks alike.
 * 3. What a person opened or closed makes no difference: to open one container never folds another.
 */
function foldedByDefault(containment: Containment, nodeCount: number): ReadonlySet<string> {
    const { inside, roots } = containment;
    if (nodeCount <= MOST_SHOWN) return new Set();
    const open = new Set<string>();
    let shown = roots.length;
    let level: readonly string[] = roots;
    while (level.length > 0) {
        const next: string[] = [];
        for (const alike of bySize(containersAmong(level, inside), inside)) {
            const children = alike.flatMap((id) => inside.get(id) ?? []);
            if (shown + children.length > MOST_SHOWN) continue;
            shown += children.length;
            for (const id of alike) open.add(id);
            next.push(...children);
        }
        level = next;
    }
    return new Set([...inside.keys()].filter((id) => !open.has(id)));
}

type Inside = Containment['inside'];

function containersAmong(ids: readonly string[], inside: Inside): readonly string[] {
    return ids.filter((id) => inside.has(id));
}

/** Those of one size together, the smallest first. */
function bySize(ids: readonly string[], inside: Inside): readonly (readonly string[])[] {
    const digitsOf = (id: string): number => 32 - Math.clz32(inside.get(id)?.length ?? 0);
    const sizes = [...Map.groupBy(ids, digitsOf)];
    return sizes.sort(([one], [other]) => one - other).map(([, alike]) => alike);
}

function foldedView(view: GraphView, folded: ReadonlySet<string>, containment: Containment): GraphView {
    const shownAs = shownAsOf(folded, containment);
    const nodes = view.nodes
        .filter(({ id }) => shownAs(id) === id)
        .map((node) => (folded.has(node.id) ? { ...node, folded: allInside(containment, node.id) } : node));
    return { ...view, nodes, edges: liftedEdges(view.edges, shownAs) };
}

/** The node that stands for another one: the outermost folded container around it, else itself. */
function shownAsOf(folded: ReadonlySet<string>, { roots, inside }: Containment): (id: string) => string {
    const shown = new Map<string, string>();
    const pending = [...roots];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
        const own = shown.get(id) ?? id;
        const standsFor = folded.has(own) ? own : null;
        for (const child of inside.get(id) ?? []) {
            if (standsFor !== null) shown.set(child, standsFor);
            pending.push(child);
        }
    }
    return (id) => shown.get(id) ?? id;
}

/** Relations whose ends were folded away end at the containers that stand for them; those that then lead nowhere are left out. */
function liftedEdges(edges: readonly GraphEdge[], shownAs: (id: string) => string): readonly GraphEdge[] {
    const lifted = new Map<string, GraphEdge>();
    for (const edge of edges) {
        const [source, target] = [shownAs(edge.source), shownAs(edge.target)];
        const isLifted = source !== edge.source || target !== edge.target;
        if (isLifted && source === target) continue;
        const made = isLifted ? { ...edge, source, target, id: edgeId({ ...edge, source, target }) } : edge;
        const known = lifted.get(made.id);
        lifted.set(made.id, known === undefined ? made : joined(known, made));
    }
    return [...lifted.values()];
}
