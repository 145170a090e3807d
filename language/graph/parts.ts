/** What nodes and edges are made with: their ids, and the fields that most of them leave empty. */
import type { GraphEdge, GraphNode } from '../graph-view.ts';

/** Id of the node of a component. */
export function componentId(name: string): string {
    return `component:${name}`;
}

/** Id of the node of a facet. */
export function facetId(name: string): string {
    return `facet:${name}`;
}

/** Id of the node of an instance. */
export function instanceId(path: string): string {
    return `instance:${path}`;
}

/** Id of the node of what other applications export under a prefix. */
export function outsideId(prefix: string): string {
    return `outside:${prefix}`;
}

/** Id of an edge. Two edges with one id are one relation. */
export function edgeId({
    kind,
    source,
    target,
    optional,
}: Pick<GraphEdge, 'kind' | 'source' | 'target' | 'optional'>): string {
    return `${kind}:${source}->${target}${optional ? ':optional' : ''}`;
}

/** An edge that stands for one relation. */
export function edge(
    kind: GraphEdge['kind'],
    source: string,
    target: string,
    facts: Partial<Pick<GraphEdge, 'variables' | 'optional' | 'external' | 'count'>> = {},
): GraphEdge {
    const { variables = [], optional = false, external = false, count = 1 } = facts;
    return {
        id: edgeId({ kind, source, target, optional }),
        kind,
        source,
        target,
        variables,
        optional,
        external,
        count,
    };
}

/** A node at the top that is neither a component nor an instance. */
export function bareNode(node: Pick<GraphNode, 'id' | 'kind' | 'label' | 'range'>): GraphNode {
    return { ...node, detail: '', installer: '', copy: null, component: '', facets: [], folded: [], parent: null };
}

/** The relations of two edges with the same id as one edge, which lists the variables of both. */
export function joined(one: GraphEdge, other: GraphEdge): GraphEdge {
    const variables = other.variables.every((name) => one.variables.includes(name))
        ? one.variables
        : [...new Set([...one.variables, ...other.variables])];
    return { ...one, variables, count: one.count + other.count };
}
