import { expect, test } from 'vitest';
import { crumbsOf } from '../../../media/graph/breadcrumbs.ts';
import { pinOf } from '../../../media/graph/pins.ts';
import { containersToOpen, matchesOf, nameInId } from '../../../media/graph/search.ts';
import { rowsOf, stateCells } from '../../../media/graph/table-rows.ts';
import { FRESH_LOOK } from '../../../media/protocol.ts';
import { ENGLISH } from '../../../media/texts.ts';
import { packGraph } from '../../../server/layout/packing.ts';
import type { LaidOutGraph } from '../../../server/layout.ts';
import { SHOP } from '../../server/layout/sample-views.ts';
import { runState } from '../run-state.ts';

const graph = packGraph(SHOP, 'landscape');
const detail = { description: null, exports: [], moreExports: 0, imports: [], moreImports: 0 };
const details = {
    'instance:/store/database': {
        ...detail,
        exports: [{ name: 'Database.port', value: '3306', isRandom: false }],
    },
    'instance:/edge/balancer': { ...detail, description: 'Répartit les visites.' },
};

function found(query: string, states: Readonly<Record<string, string>> = {}, from: LaidOutGraph = graph) {
    return matchesOf(query, { nodes: from.nodes, details, stateOf: (id) => states[id] ?? '' }).map(({ id }) => id);
}

test.each([
    ['', []],
    ['   ', []],
    ['DATABASE', ['instance:/store/database']],
    ['3306', ['instance:/store/database']],
    ['repartit', ['instance:/edge/balancer']],
    ['port data', ['instance:/store/database']],
    ['port nothing', []],
    ['<b>', []],
])('“%s” finds %j', (query, ids) => expect(found(query)).toEqual(ids));

test('run states are found by their words', () => {
    expect(found('exit code', { 'instance:/store': 'problem\nexit code 3' })).toEqual(['instance:/store']);
});

test('what is folded away is found by its name, and its containers are named that have to be opened', () => {
    const nodes = graph.nodes
        .filter(({ id }) => !id.startsWith('instance:/store/'))
        .map((node) =>
            node.id === 'instance:/store'
                ? { ...node, folded: ['instance:/store/rack', 'instance:/store/rack/db', 'instance:/store/rack2'] }
                : node,
        );
    const [match] = matchesOf('db', { nodes, details: {}, stateOf: () => '' });
    expect(match).toEqual({ id: 'instance:/store/rack/db', shownBy: 'instance:/store' });
    expect(containersToOpen(match!, nodes)).toEqual(['instance:/store', 'instance:/store/rack']);
});

test.each([
    ['component:Tomcat', 'Tomcat'],
    ['instance:/a/b c', 'b c'],
    ['odd', 'odd'],
])('the name in %s is %s', (id, name) => expect(nameInId(id)).toBe(name));

test('a query as long as a file is searched for without harm', () => {
    expect(found('x'.repeat(1_000_000))).toEqual([]);
});

test('breadcrumbs lead from the application through the containers to the one that is selected', () => {
    const place = { application: 'shop', look: FRESH_LOOK, nodes: graph.nodes };
    const textsOf = (selected: readonly string[], look = FRESH_LOOK) =>
        crumbsOf({ ...place, look, selected }, ENGLISH).map(({ text }) => text);
    expect(textsOf([])).toEqual(['shop']);
    expect(textsOf(['instance:/store/database'])).toEqual(['shop', 'store', 'database']);
    expect(textsOf(['instance:/store', 'instance:/edge'])).toEqual(['shop']);
    expect(textsOf(['instance:/gone'])).toEqual(['shop']);
    const focus = { node: 'instance:/gone/away', distance: 2 };
    expect(textsOf([], { ...FRESH_LOOK, focus })).toEqual(['shop', 'around away, distance 2']);
});

test('the place of a node is told from the corner of its container, and does not leave it upwards or to the left', () => {
    const store = graph.nodes.find(({ id }) => id === 'instance:/store')!;
    const database = graph.nodes.find(({ id }) => id === 'instance:/store/database')!;
    expect(pinOf(database, graph.nodes, { x: 10.4, y: 8 })).toEqual({
        x: Math.round(database.x - store.x + 10.4),
        y: database.y - store.y + 8,
    });
    expect(pinOf(database, graph.nodes, { x: -1e6, y: -1e6 })).toEqual({ x: 0, y: 0 });
    expect(pinOf(store, graph.nodes, { x: 1, y: 2 })).toEqual({
        x: Math.round(store.x + 1),
        y: Math.round(store.y + 2),
    });
});

test('the table has every node once, in the order of the tree', () => {
    const rows = rowsOf({ graph: { ...graph, nodes: [...graph.nodes].sort((a, b) => a.depth - b.depth) }, details });
    expect(new Set(rows.map(({ node }) => node.id))).toEqual(new Set(graph.nodes.map(({ id }) => id)));
    rows.forEach(({ node }, index) => {
        if (node.parent === null) return;
        const parent = rows.findIndex((row) => row.node.id === node.parent);
        const between = rows.slice(parent + 1, index);
        expect(parent).toBeLessThan(index);
        expect(between.every((row) => row.node.depth >= node.depth)).toBe(true);
    });
    const database = rows.find(({ node }) => node.label === 'database')!;
    expect(database).toMatchObject({ isOpen: null, exports: 'Database.port = 3306' });
    const balancer = rows.find(({ node }) => node.label === 'balancer')!;
    expect(balancer.imports).not.toBe('');
});

test('a row says a state and for how long, and nothing without one', () => {
    expect(stateCells(undefined, 0, ENGLISH)).toEqual({ state: '', tone: '', since: '' });
    expect(stateCells(runState('STARTING', { since: 1_000 }), 13_500, ENGLISH)).toEqual({
        ...{ state: 'starting', tone: 'busy', since: '12 s' },
    });
});

test('nodes whose parents lead nowhere, or in a circle, are no reason to hang', () => {
    const [one, two] = graph.nodes;
    const circle = [
        { ...one!, parent: two!.id },
        { ...two!, parent: one!.id },
    ];
    expect(rowsOf({ graph: { ...graph, nodes: circle }, details })).toEqual([]);
    const place = { application: 'shop', look: FRESH_LOOK, nodes: circle, selected: [one!.id] };
    expect(crumbsOf(place, ENGLISH)).toHaveLength(3);
});
