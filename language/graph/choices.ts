/** What filters can choose from. */
import type { GraphChoices } from '../graph-look.ts';
import type { GraphNode, GraphView } from '../graph-view.ts';
import { isHost } from './hosts-view.ts';

/** The names in a view, sorted; hosts in the order of the view. Where nodes are types there are no hosts. */
export function choicesOf({ nodes, perspective }: GraphView): GraphChoices {
    const components = new Set<string>();
    const facets = new Set<string>();
    for (const node of nodes) {
        if (node.component !== '') components.add(node.component);
        for (const facet of facetsOf(node)) facets.add(facet);
    }
    return {
        components: [...components].sort(),
        facets: [...facets].sort(),
        hosts: perspective === 'components' ? [] : hostChoices(nodes),
        nodeCount: nodes.length,
    };
}

/** The facets a node is chosen by: those it has, or the one it is. */
export function facetsOf({ kind, label, facets }: GraphNode): readonly string[] {
    return kind === 'facet' ? [label] : facets;
}

/** Hosts with one name are told apart by their paths. */
function hostChoices(nodes: readonly GraphNode[]): GraphChoices['hosts'] {
    const hosts = nodes.filter(isHost);
    const named = Map.groupBy(hosts, ({ label }) => label);
    return hosts.map(({ id, label }) => ({
        id,
        label: (named.get(label)?.length ?? 0) > 1 ? id.slice(id.indexOf(':') + 1) : label,
    }));
}
