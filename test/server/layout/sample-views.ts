/** Graphs as the language would make them, written the short way. */
import type { GraphEdge, GraphNode, GraphView } from '../../../language/index.ts';

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
        copy: null,
        parent: parentId,
        range: null,
    };
}

/** An edge between ids; an import unless told otherwise. */
export function edge(source: string, target: string, more: Partial<GraphEdge> = {}): GraphEdge {
    const kind = more.kind ?? 'import';
    const id = `${kind}:${source}>${target}`;
    return { id, kind, source, target, variables: [], optional: false, external: false, ...more };
}

const importOf = (source: string, target: string, variables: readonly string[], more: Partial<GraphEdge> = {}) =>
    edge(`instance:${source}`, `instance:${target}`, { variables, ...more });

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
