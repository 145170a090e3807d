/** Small graphs as the layout gives them, for the tests of the formats. */
import type { LaidOutGraph, PlacedNode, RoutedEdge } from '../../../server/layout.ts';

/** A node at the top, unless facts say otherwise. */
export function placed(id: string, facts: Partial<PlacedNode> = {}): PlacedNode {
    const label = facts.label ?? id.slice(id.indexOf(':') + 1);
    return {
        id,
        kind: 'instance',
        label,
        detail: '',
        installer: 'script',
        copy: null,
        component: '',
        facets: [],
        folded: [],
        parent: null,
        range: null,
        x: 0,
        y: 0,
        width: 176,
        height: 56,
        shape: 'leaf',
        depth: 0,
        isPinned: false,
        caption: { text: label, width: 80 },
        detailCaption: { text: '', width: 0 },
        ...facts,
    };
}

/** An import from one node to another, unless facts say otherwise. */
export function routed(source: string, target: string, facts: Partial<RoutedEdge> = {}): RoutedEdge {
    return {
        id: `import:${source}->${target}`,
        kind: 'import',
        source,
        target,
        variables: ['Db.ip', 'Db.port'],
        optional: false,
        external: false,
        count: 1,
        points: [
            { x: 100, y: 56 },
            { x: 100, y: 100 },
            { x: 240, y: 100 },
            { x: 240, y: 160 },
        ],
        label: null,
        ...facts,
    };
}

/** A machine with a web server in it, which imports from a database, and from elsewhere. */
export function shopGraph(): LaidOutGraph {
    return {
        perspective: 'instances',
        width: 500,
        height: 300,
        arrangement: 'layered',
        nodes: [
            placed('instance:/vm', { shape: 'container', width: 220, height: 140, x: 20, y: 20, detail: 'Machine' }),
            placed('instance:/vm/web', { parent: 'instance:/vm', x: 42, y: 80, depth: 1, detail: 'Web' }),
            placed('instance:/db', { x: 300, y: 160, detail: 'Db' }),
            placed('outside:Mail', { kind: 'outside', x: 300, y: 20 }),
        ],
        edges: [
            routed('instance:/vm/web', 'instance:/db'),
            routed('instance:/vm/web', 'outside:Mail', { optional: true, external: true, variables: ['Mail.host'] }),
            routed('instance:/vm', 'instance:/db', { count: 3, id: 'import:many' }),
        ],
    };
}
