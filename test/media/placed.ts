/** A graph with every kind of node where it was put by hand: pictures of it change only when drawing does. */
import type { GraphNode } from '../../language/index.ts';
import type { LaidOutGraph, PlacedNode, Point, RoutedEdge } from '../../server/layout.ts';

/** A node at a place; a card of the usual size that says its name unless told otherwise. */
export function placedNode(id: string, x: number, y: number, fields: Partial<PlacedNode> = {}): PlacedNode {
    const kind: GraphNode['kind'] = 'instance';
    const label = fields.label ?? id.slice(id.lastIndexOf('/') + 1);
    const detail = fields.detail ?? 'Server';
    const isBox = fields.shape === 'container';
    return {
        ...{ id, kind, label, detail, installer: 'script', copy: null, component: detail, facets: [], folded: [] },
        ...{ parent: null, range: null, x, y, width: isBox ? 256 : 176, height: isBox ? 136 : 56 },
        ...{ shape: 'leaf', depth: 0, isPinned: false },
        caption: { text: label, width: 60 },
        detailCaption: { text: detail, width: 50 },
        ...fields,
    };
}

function placedEdge(
    source: string,
    target: string,
    points: readonly Point[],
    more: Partial<RoutedEdge> = {},
): RoutedEdge {
    const id = `import:${source}->${target}`;
    const facts = { kind: 'import', variables: ['Db.ip'], optional: false, external: false, count: 1 } as const;
    return { id, source, target, ...facts, points, label: null, ...more };
}

/** A machine around two servers, one of them with something from elsewhere, beside a pile of machines and a database that was pinned. */
export const PLACED: LaidOutGraph = {
    perspective: 'instances',
    arrangement: 'layered',
    width: 640,
    height: 360,
    nodes: [
        placedNode('instance:/vm', 24, 24, { shape: 'container', height: 216, installer: 'target', detail: 'Machine' }),
        placedNode('instance:/vm/web', 64, 80, { parent: 'instance:/vm', depth: 1 }),
        placedNode('instance:/vm/app', 64, 164, { parent: 'instance:/vm', depth: 1, installer: 'puppet' }),
        placedNode('instance:/db', 400, 24, { isPinned: true, installer: 'docker', copy: { index: 2, count: 3 } }),
        placedNode('instance:/pool', 400, 120, {
            ...{ width: 208, height: 80, installer: 'target', detail: 'Machine' },
            folded: [
                'instance:/pool/1',
                'instance:/pool/2',
                'instance:/pool/3',
                'instance:/pool/4',
                'instance:/pool/5',
            ],
        }),
        placedNode('outside:Mail', 400, 250, { kind: 'outside', label: 'Mail', installer: '', detail: '' }),
    ],
    edges: [
        placedEdge('instance:/vm/web', 'instance:/db', [
            { x: 240, y: 108 },
            { x: 320, y: 108 },
            { x: 320, y: 52 },
            { x: 400, y: 52 },
        ]),
        placedEdge(
            'instance:/vm/app',
            'instance:/pool',
            [
                { x: 240, y: 180 },
                { x: 400, y: 180 },
            ],
            { optional: true, count: 4 },
        ),
        placedEdge(
            'instance:/vm/app',
            'outside:Mail',
            [
                { x: 240, y: 200 },
                { x: 320, y: 200 },
                { x: 320, y: 278 },
                { x: 400, y: 278 },
            ],
            { external: true },
        ),
    ],
};

const corner = (x: number, y: number): Point => ({ x, y });

/** What types have in common. */
const TYPE = { kind: 'component', copy: null } as const;

/** Types with every other kind of line, straight and around corners, one with a text. */
export const PLACED_TYPES: LaidOutGraph = {
    perspective: 'components',
    arrangement: 'layered',
    width: 640,
    height: 300,
    nodes: [
        placedNode('component:Machine', 24, 24, { ...TYPE, shape: 'container', label: 'Machine', installer: 'target' }),
        placedNode('component:Balancer', 64, 80, {
            ...{ ...TYPE, label: 'Balancer', installer: 'ansible', detail: 'ansible', depth: 1 },
            parent: 'component:Machine',
        }),
        placedNode('component:Big', 24, 220, { ...TYPE, label: 'Big', installer: 'logger', detail: 'logger' }),
        placedNode('component:App', 400, 24, { ...TYPE, label: 'App', installer: '', detail: '' }),
        placedNode('facet:Sold', 400, 120, { kind: 'facet', label: 'Sold', installer: '', detail: '' }),
        placedNode('outside:Mail', 400, 220, { kind: 'outside', label: 'Mail', installer: '', detail: '' }),
    ],
    edges: [
        placedEdge(
            'component:Balancer',
            'component:App',
            [corner(240, 100), corner(320, 100), corner(320, 40), corner(400, 40)],
            {
                label: { text: 'ip, port', x: 330, y: 32, width: 52, height: 16 },
            },
        ),
        placedEdge('component:Big', 'component:Machine', [corner(112, 220), corner(112, 160)], {
            kind: 'extends',
            variables: [],
        }),
        placedEdge('component:App', 'facet:Sold', [corner(488, 80), corner(488, 120)], {
            kind: 'facet',
            variables: [],
        }),
        placedEdge('facet:Sold', 'component:Machine', [corner(400, 148), corner(280, 148)], {
            kind: 'child',
            variables: [],
        }),
        placedEdge('component:Big', 'outside:Mail', [corner(200, 248), corner(400, 248)], {
            external: true,
            optional: true,
        }),
    ],
};
