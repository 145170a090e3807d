/** Graphs as the language would make them, written the short way. */
import type { GraphEdge, GraphNode, GraphView } from '../../../language/index.ts';
import type { LayoutWish } from '../../../server/layout.ts';

/** An instance at a path, inside its parent path. */
export function instance(path: string, component = 'Component'): GraphNode {
    const cut = path.lastIndexOf('/');
    const parent = cut === 0 ? null : `instance:${path.slice(0, cut)}`;
    return {
        id: `instance:${path}`,
        kind: 'instance',
        label: path.slice(cut + 1),
        detail: component,
        installer: component === 'Machine' ? 'target' : 'script',
        copy: null,
        component,
        facets: [],
        folded: [],
        parent,
        range: null,
    };
}

export function component(name: string, installer = 'script', parent: string | null = null): GraphNode {
    const parentId = parent === null ? null : `component:${parent}`;
    return {
        id: `component:${name}`,
        kind: 'component',
        label: name,
        detail: installer,
        installer,
        component: name,
        facets: [],
        folded: [],
        copy: null,
        parent: parentId,
        range: null,
    };
}

/** An edge between ids; an import unless told otherwise. */
export function edge(source: string, target: string, more: Partial<GraphEdge> = {}): GraphEdge {
    const kind = more.kind ?? 'import';
    const id = `${kind}:${source}>${target}`;
    return { id, kind, source, target, variables: [], optional: false, external: false, count: 1, ...more };
}

const importOf = (source: string, target: string, variables: readonly string[], more: Partial<GraphEdge> = {}) =>
    edge(`instance:${source}`, `instance:${target}`, { variables, ...more });

/** Laid out for itself, from nothing. */
export const LANDSCAPE: LayoutWish = { orientation: 'landscape', direction: 'auto', pins: {}, memory: '' };
export const PORTRAIT: LayoutWish = { ...LANDSCAPE, orientation: 'portrait' };

/** A shop on three machines: balancer, application server with two applications, database. */
export const SHOP: GraphView = {
    perspective: 'instances',
    nodes: [
        instance('/edge', 'Machine'),
        instance('/edge/balancer', 'Balancer'),
        instance('/middle', 'Machine'),
        instance('/middle/server', 'AppServer'),
        instance('/middle/server/shop', 'Shop'),
        instance('/middle/server/admin', 'Admin'),
        instance('/store', 'Machine'),
        instance('/store/database', 'Database'),
    ],
    edges: [
        importOf('/edge/balancer', '/middle/server', ['AppServer.ip', 'AppServer.port']),
        importOf('/middle/server/shop', '/store/database', ['Database.ip', 'Database.port']),
        importOf('/middle/server/admin', '/store/database', ['Database.*'], { optional: true }),
        importOf('/middle/server/admin', '/edge/balancer', ['Login.token'], { external: true }),
    ],
};

/** Types of the same shop, with every kind of edge, a loop and an edge out of a container's inside. */
export const SHOP_TYPES: GraphView = {
    perspective: 'components',
    nodes: [
        component('Machine', 'target'),
        component('BigMachine', 'target'),
        component('Balancer', 'script', 'Machine'),
        component('AppServer', 'puppet'),
        component('Database', 'docker'),
        component('Watcher', 'logger'),
        {
            id: 'facet:Sellable',
            kind: 'facet',
            label: 'Sellable',
            detail: '',
            installer: '',
            copy: null,
            component: '',
            facets: [],
            folded: [],
            parent: null,
            range: null,
        },
    ],
    edges: [
        edge('component:BigMachine', 'component:Machine', { kind: 'extends' }),
        edge('component:Machine', 'component:Balancer', { kind: 'child' }),
        edge('component:Machine', 'component:AppServer', { kind: 'child' }),
        edge('component:BigMachine', 'component:AppServer', { kind: 'child' }),
        edge('component:AppServer', 'facet:Sellable', { kind: 'facet' }),
        edge('component:Balancer', 'component:AppServer', { variables: ['AppServer.ip', 'AppServer.port'] }),
        edge('component:AppServer', 'component:Database', {
            variables: ['Database.*'],
            external: true,
            optional: true,
        }),
        edge('component:Balancer', 'component:Machine', { variables: ['Machine.ip'] }),
        edge('component:Watcher', 'component:Watcher', { variables: ['Watcher.seed'], optional: true }),
    ],
};

/** Workers on machines of their own, all importing from one store; `count` of them, and as many idle machines. */
export function workers(count: number): GraphView {
    const names = Array.from({ length: count }, (_, index) => `/machine-${String(index)}`);
    return {
        perspective: 'instances',
        nodes: [
            instance('/store', 'Machine'),
            instance('/store/keys', 'KeyStore'),
            ...names.flatMap((name) => [instance(name, 'Machine'), instance(`${name}/worker`, 'Worker')]),
            ...names.map((name) => instance(`${name}-idle`, 'Machine')),
        ],
        edges: names.map((name) => importOf(`${name}/worker`, '/store/keys', ['KeyStore.ip', 'KeyStore.port'])),
    };
}

/** An application of about `count` nodes: hosts with one to three services of five tiers; each imports from the tier behind its own. */
export function tiers(count: number): GraphView {
    const nodes: GraphNode[] = [];
    const edges: GraphEdge[] = [];
    const members: string[][] = [[], [], [], [], []];
    for (let host = 0; nodes.length < count; host += 1) {
        const path = `/host-${String(host)}`;
        nodes.push(instance(path, 'Machine'));
        for (let at = 0; at <= host % 3 && nodes.length < count; at += 1) {
            const tier = (host + 2 * at) % 5;
            const service = `${path}/s${String(tier)}-${String(at)}`;
            nodes.push(instance(service, `Tier${String(tier)}`));
            members[tier]?.push(service);
        }
    }
    members.forEach((importers, tier) => {
        const exporters = members[tier + 1] ?? [];
        importers.forEach((importer, index) => {
            const exporter = exporters[(index * 7) % Math.max(1, Math.ceil(exporters.length / 3))];
            if (exporter !== undefined) edges.push(importOf(importer, exporter, [`Tier${String(tier + 1)}.ip`]));
        });
    });
    return { perspective: 'instances', nodes, edges };
}
