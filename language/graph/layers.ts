/** Layers: kinds of relation that are shown or not, with the nodes that are there for their sake alone. */
import type { Layer } from '../graph-look.ts';
import type { GraphEdge, GraphNode, GraphView } from '../graph-view.ts';

/**
 * Leaves out relations of other layers. What other applications export goes with the imports; facets that components have go with the layer of
 * facets, while a facet that no component has is always shown: it would be seen nowhere else.
 */
export function withLayers(view: GraphView, layers: readonly Layer[]): GraphView {
    const shown = new Set(layers);
    const worn = wornFacets(view.nodes);
    const isShown = ({ kind, label }: GraphNode): boolean => {
        if (kind === 'outside') return shown.has('imports');
        return kind !== 'facet' || shown.has('facets') || !worn.has(label);
    };
    const nodes = view.nodes.filter(isShown);
    const left = new Set(
        nodes.length === view.nodes.length ? [] : view.nodes.filter((node) => !isShown(node)).map(({ id }) => id),
    );
    const edges = view.edges.filter(
        (edge) => shown.has(layerOf(edge)) && !left.has(edge.source) && !left.has(edge.target),
    );
    return { ...view, nodes, edges };
}

function wornFacets(nodes: readonly GraphNode[]): ReadonlySet<string> {
    return new Set(nodes.flatMap(({ kind, facets }) => (kind === 'facet' ? [] : facets)));
}

function layerOf({ kind }: GraphEdge): Layer {
    switch (kind) {
        case 'import':
            return 'imports';
        case 'extends':
            return 'inheritance';
        case 'facet':
            return 'facets';
        case 'child':
            return 'children';
        default:
            return kind satisfies never;
    }
}
