/** A small graph that touches what real ones use: nesting, ports, labels, an edge across containers. */
import type { GraphEdge, GraphNode, GraphView } from '../../language/index.ts';
import type { LayoutWish } from './laid-out-graph.ts';

export const WARM_UP_VIEW: GraphView = {
    perspective: 'instances',
    nodes: [node('a', null), node('b', 'a'), node('c', null), node('d', 'c'), node('e', 'c')],
    edges: [edge('b', 'd'), edge('b', 'e'), edge('e', 'd')],
};

function node(id: string, parent: string | null): GraphNode {
    return {
        id,
        kind: 'instance',
        label: id,
        detail: id,
        installer: '',
        copy: null,
        component: id,
        facets: [],
        folded: [],
        parent,
        range: null,
    };
}

function edge(source: string, target: string): GraphEdge {
    const id = `${source}${target}`;
    return { id, kind: 'import', source, target, variables: ['v'], optional: false, external: false, count: 1 };
}

export const WARM_UP_WISH: LayoutWish = { orientation: 'landscape', direction: 'auto', pins: {}, memory: '' };
