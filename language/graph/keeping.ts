/** What of a view is kept: filters, and the neighbourhood of a node. */
import type { GraphFilter, GraphFocus } from '../graph-look.ts';
import type { GraphEdge, GraphNode, GraphView } from '../graph-view.ts';
import { choicesOf, facetsOf } from './choices.ts';
import { allInside, containmentOf, withContainers, type Containment } from './containment.ts';

/**
 * A view without what a focus and a filter leave out; containers of what is kept are kept. Names and ids that the view does not have do not
 * count, so that a choice made in one perspective does no harm in another.
 */
export function keepIn(view: GraphView, focus: GraphFocus | null, filter: GraphFilter): GraphView {
    if (focus === null && saysNothing(filter)) return view;
    const containment = containmentOf(view.nodes);
    const chosen = chosenIn(view, filter, containment);
    const near = focus === null ? null : neighbourhood(view, focus, containment);
    if (chosen === null && near === null) return view;
    const ids = view.nodes.map(({ id }) => id).filter((id) => chosen?.has(id) !== false && near?.has(id) !== false);
    const kept = withContainers(containment, ids);
    return {
        ...view,
        nodes: view.nodes.filter(({ id }) => kept.has(id)),
        edges: view.edges.filter(({ source, target }) => kept.has(source) && kept.has(target)),
    };
}

function saysNothing({ components, facets, hosts, only }: GraphFilter): boolean {
    return components.length + facets.length + hosts.length === 0 && only === null;
}

/** What all lists of a filter keep, with the facets and the other applications related to it; null when no list says anything. */
function chosenIn(view: GraphView, filter: GraphFilter, containment: Containment): ReadonlySet<string> | null {
    const tests = testsOf(view, filter, containment);
    if (tests.length === 0) return null;
    const chosen = new Set(view.nodes.filter((node) => tests.every((test) => test(node))).map(({ id }) => id));
    const related = view.edges.flatMap(({ source, target }) => {
        if (chosen.has(source)) return [target];
        return chosen.has(target) ? [source] : [];
    });
    const companions = new Set(view.nodes.filter(isCompanion).map(({ id }) => id));
    return new Set([...chosen, ...related.filter((id) => companions.has(id))]);
}

/** Facets and other applications are there for the sake of what is related to them. */
function isCompanion({ kind }: GraphNode): boolean {
    return kind === 'facet' || kind === 'outside';
}

type Test = (node: GraphNode) => boolean;

function testsOf(view: GraphView, filter: GraphFilter, containment: Containment): readonly Test[] {
    const choices = choicesOf(view);
    const components = among(filter.components, choices.components);
    const facets = among(filter.facets, choices.facets);
    const hosts = among(
        filter.hosts,
        choices.hosts.map(({ id }) => id),
    );
    const onHosts = new Set([...hosts].flatMap((id) => [id, ...allInside(containment, id)]));
    const only = new Set(filter.only);
    return [
        ...(components.size === 0 ? [] : [({ component }: GraphNode) => components.has(component)]),
        ...(facets.size === 0 ? [] : [(node: GraphNode) => facetsOf(node).some((facet) => facets.has(facet))]),
        ...(hosts.size === 0 ? [] : [({ id }: GraphNode) => onHosts.has(id)]),
        ...(filter.only === null ? [] : [({ id }: GraphNode) => only.has(id)]),
    ];
}

function among(names: readonly string[], known: readonly string[]): ReadonlySet<string> {
    const all = new Set(known);
    return new Set(names.filter((name) => all.has(name)));
}

/** Ids at most `distance` relations away from a node or from what is inside of it, whichever way the relations go; null when the node is not there. */
function neighbourhood(
    { nodes, edges }: GraphView,
    { node, distance }: GraphFocus,
    containment: Containment,
): ReadonlySet<string> | null {
    if (!nodes.some(({ id }) => id === node)) return null;
    const near = new Set([node, ...allInside(containment, node)]);
    const neighbours = neighboursIn(edges);
    let border: readonly string[] = [...near];
    for (let step = 0; step < distance && border.length > 0; step += 1) {
        const reached = new Set(border.flatMap((id) => neighbours.get(id) ?? []).filter((id) => !near.has(id)));
        for (const id of reached) near.add(id);
        border = [...reached];
    }
    return near;
}

function neighboursIn(edges: readonly GraphEdge[]): ReadonlyMap<string, readonly string[]> {
    const neighbours = new Map<string, string[]>();
    const add = (from: string, to: string): void => {
        const known = neighbours.get(from);
        if (known === undefined) neighbours.set(from, [to]);
        else known.push(to);
    };
    for (const { source, target } of edges) {
        add(source, target);
        add(target, source);
    }
    return neighbours;
}
