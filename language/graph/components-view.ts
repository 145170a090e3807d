/** The types of the graph files as a picture. */
import type { GraphEdge, GraphNode, GraphView } from '../graph-view.ts';
import type { ApplicationModel, ComponentModel, FacetModel } from '../model/application-model.ts';
import { exportersOf, importEdgesOf, outsideNodes } from './imports.ts';
import { bareNode, componentId, edge, facetId } from './parts.ts';

/**
 * A component stands inside the only one that may contain it, else `child` edges lead to it.
 * What a facet may contain is drawn at the components that have it, at the facet itself only where none has.
 */
export function componentsView(model: ApplicationModel): GraphView {
    const parents = containersOf(model.components);
    const nodes = [
        ...model.components.map((component) => componentNode(component, parents.get(component.name))),
        ...model.facets.map(({ name, range }) => bareNode({ id: facetId(name), kind: 'facet', label: name, range })),
        ...outsideNodes(model.components),
    ];
    const edges = [
        ...model.components.flatMap((component) => childEdges(component, parents)),
        ...typeEdges(model),
        ...importEdges(model.components),
    ];
    return { perspective: 'components', nodes: uniqueById(nodes), edges: uniqueById(edges) };
}

function componentNode(component: ComponentModel, parent: string | undefined): GraphNode {
    const installer = component.resolvedInstaller ?? '';
    return {
        id: componentId(component.name),
        kind: 'component',
        label: component.name,
        detail: installer,
        installer,
        copy: null,
        component: component.name,
        facets: component.allFacets,
        folded: [],
        parent: parent === undefined ? null : componentId(parent),
        range: component.range,
    };
}

/** The container of every component that has exactly one, unless the way up leads back to the component. */
function containersOf(components: readonly ComponentModel[]): ReadonlyMap<string, string> {
    const only = new Map<string, string>();
    for (const { name, resolvedAncestors } of components) {
        const [first] = resolvedAncestors;
        if (first !== undefined && resolvedAncestors.length === 1) only.set(name, first);
    }
    for (const name of inCircles(only)) only.delete(name);
    return only;
}

/** Names from which the way up leads back to themselves. Each name is passed once. */
function inCircles(parents: ReadonlyMap<string, string>): readonly string[] {
    const circles: string[] = [];
    const seen = new Set<string>();
    for (const start of parents.keys()) {
        const way: string[] = [];
        let name: string | undefined = start;
        while (name !== undefined && !seen.has(name)) {
            seen.add(name);
            way.push(name);
            name = parents.get(name);
        }
        const back = name === undefined ? -1 : way.indexOf(name);
        if (back >= 0) circles.push(...way.slice(back));
    }
    return circles;
}

function childEdges(component: ComponentModel, parents: ReadonlyMap<string, string>): readonly GraphEdge[] {
    return component.resolvedChildren
        .filter((child) => parents.get(child) !== component.name)
        .map((child) => edge('child', componentId(component.name), componentId(child)));
}

/** Who extends what, who has which facet, and what facets may contain that no component has. */
function typeEdges({ components, facets }: ApplicationModel): readonly GraphEdge[] {
    const knownComponents = new Set(components.map(({ name }) => name));
    const knownFacets = new Set(facets.map(({ name }) => name));
    const worn = new Set(components.flatMap(({ allFacets }) => allFacets));
    const childrenOf = ({ name, children }: FacetModel): readonly string[] =>
        worn.has(name) ? [] : children.filter((child) => knownComponents.has(child));
    return [
        ...components.flatMap(({ name, extends: parent }) =>
            parent !== null && knownComponents.has(parent)
                ? [edge('extends', componentId(name), componentId(parent))]
                : [],
        ),
        ...components.flatMap((component) =>
            component.facets
                .filter((facet) => knownFacets.has(facet))
                .map((facet) => edge('facet', componentId(component.name), facetId(facet))),
        ),
        ...facets.flatMap((facet) =>
            facet.extends
                .filter((name) => knownFacets.has(name))
                .map((name) => edge('extends', facetId(facet.name), facetId(name))),
        ),
        ...facets.flatMap((facet) =>
            childrenOf(facet).map((child) => edge('child', facetId(facet.name), componentId(child))),
        ),
    ];
}

/** A component may import from itself: one of its instances from another. */
function importEdges(components: readonly ComponentModel[]): readonly GraphEdge[] {
    const exporters = exportersOf(components, ({ name, exports }) => ({
        id: componentId(name),
        variables: Object.keys(exports),
    }));
    return importEdgesOf(
        components.map(({ name, imports }) => ({ id: componentId(name), imports })),
        exporters,
        true,
    );
}

/** A name declared twice is one node; a list that names something twice makes one edge. */
function uniqueById<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
    const byId = new Map<string, T>();
    for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item);
    return [...byId.values()];
}
