/** What runs where: the machines as boxes, and in each, side by side, all instances that live on it. */
import type { GraphNode, GraphView } from '../graph-view.ts';
import type { ApplicationModel } from '../model/application-model.ts';
import { instancesView } from './instances-view.ts';

/** A machine that is declared inside of another one is a box of its own; what lives on no machine stands in no box. */
export function hostsView(model: ApplicationModel): GraphView {
    const { nodes, edges } = instancesView(model);
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const hosts = new Map<string, string | null>();
    const hostAbove = ({ parent }: GraphNode): string | null => {
        const container = parent === null ? undefined : byId.get(parent);
        if (container === undefined) return null;
        return isHost(container) ? container.id : (hosts.get(container.id) ?? null);
    };
    const placed = nodes.map((node) => {
        const host = isHost(node) ? null : hostAbove(node);
        hosts.set(node.id, host);
        return { ...node, parent: host };
    });
    return { perspective: 'hosts', nodes: placed, edges };
}

/** Whether a node is a machine, or a kind of machine. */
export function isHost({ installer }: GraphNode): boolean {
    return installer === 'target';
}
