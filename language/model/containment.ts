/** Which components may be placed inside which (reference: language, section 3.2). */
import { closureOf, memo, unique, type TypeGraph } from './type-graph.ts';

export interface Containment {
    /** Components whose instances may stand inside an instance of this one. */
    readonly childrenOf: (component: string) => readonly string[];
    /** The dual: empty for a root component. */
    readonly ancestorsOf: (component: string) => readonly string[];
    /** A facet's or component's name to all components it stands for: with extensions, through facets. */
    readonly bearersOf: (type: string) => readonly string[];
}

/** Containment of all components of a graph. */
export function containmentOf(graph: TypeGraph): Containment {
    const bearersOf = bearersIn(graph);
    const children = new Map<string, readonly string[]>();
    for (const name of graph.componentsSuperFirst) children.set(name, childrenIn(graph, name, children, bearersOf));
    const ancestors = invert(graph, children);
    return {
        childrenOf: (name) => children.get(name) ?? [],
        ancestorsOf: (name) => ancestors.get(name) ?? [],
        bearersOf,
    };
}

function bearersIn(graph: TypeGraph): (type: string) => readonly string[] {
    const extenders = new Map<string, string[]>();
    const facetExtenders = new Map<string, string[]>();
    const wearers = new Map<string, string[]>();
    for (const [name, type] of graph.components) {
        const parent = graph.writtenSuperOf(name);
        if (parent !== null) append(extenders, parent, name);
        for (const facet of unique(type.facets.map((word) => word.text))) append(wearers, facet, name);
    }
    for (const name of graph.facets.keys())
        for (const parent of graph.writtenSuperFacetsOf(name)) append(facetExtenders, parent, name);
    const withExtensions = (names: readonly string[]): readonly string[] =>
        closureOf(names, (name) => extenders.get(name) ?? []);
    const facetsBelow = (facet: string): readonly string[] =>
        closureOf([facet], (name) => facetExtenders.get(name) ?? []);
    return memo((type) => {
        const own = graph.components.has(type) ? [type] : [];
        const through = graph.facets.has(type) ? facetsBelow(type).flatMap((facet) => wearers.get(facet) ?? []) : [];
        return withExtensions([...own, ...through]);
    });
}

function childrenIn(
    graph: TypeGraph,
    name: string,
    known: ReadonlyMap<string, readonly string[]>,
    bearersOf: (type: string) => readonly string[],
): readonly string[] {
    const parent = graph.superOf(name);
    const inherited = parent === null ? [] : (known.get(parent) ?? []);
    // Without a link to follow, there is a lineage in a loop only: all of it counts as the component's own.
    const components = (parent === null ? graph.lineageOf(name) : [name]).map((one) => graph.components.get(one));
    const facets = components
        .flatMap((type) => type?.facets ?? [])
        .flatMap((facet) => (graph.facets.has(facet.text) ? graph.facetClosureOf(facet.text) : []));
    const types = [...components, ...unique(facets).map((facet) => graph.facets.get(facet))];
    const own = types.flatMap((type) => type?.children ?? []);
    if (own.length === 0) return inherited;
    return unique([...own.flatMap((child) => bearersOf(child.text)), ...inherited]);
}

function invert(
    graph: TypeGraph,
    children: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
    const ancestors = new Map<string, string[]>();
    for (const name of graph.components.keys())
        for (const child of children.get(name) ?? []) append(ancestors, child, name);
    return ancestors;
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else list.push(value);
}
