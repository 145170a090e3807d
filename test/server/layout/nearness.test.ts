/** Pictures that follow edits and that people arrange themselves. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GraphEdge, GraphNode, GraphView } from '../../../language/index.ts';
import type { LaidOutGraph, LayoutWish, PlacedNode } from '../../../server/layout.ts';
import { createArranger, type Arranger } from '../../../server/layout/arrange.ts';
import { inProcessElk } from './elk.ts';
import { expectSound } from './invariants.ts';
import { edge, instance, LANDSCAPE, PORTRAIT, SHOP, tiers, workers } from './sample-views.ts';

const runElk = inProcessElk();
const REMEMBERED: LayoutWish = { ...LANDSCAPE, memory: 'panel' };

const view = (nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphView => ({
    perspective: 'instances',
    nodes,
    edges,
});
const plus = (one: GraphView, nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): GraphView =>
    view([...one.nodes, ...nodes], [...one.edges, ...edges]);
const without = (one: GraphView, id: string): GraphView =>
    view(
        one.nodes.filter((node) => node.id !== id),
        one.edges.filter(({ source, target }) => source !== id && target !== id),
    );

async function drawn(arranger: Arranger, graphView: GraphView, wish = REMEMBERED): Promise<LaidOutGraph> {
    const { graph } = await arranger.arrange(graphView, wish);
    expectSound(graphView, graph);
    return graph;
}

const placesOf = (graph: LaidOutGraph) => new Map(graph.nodes.map((node) => [node.id, node]));

/** How far each node that is in both moved, least first. */
function movesBetween(one: LaidOutGraph, other: LaidOutGraph): readonly number[] {
    const places = placesOf(one);
    return other.nodes
        .flatMap((node) => {
            const before = places.get(node.id);
            return before === undefined ? [] : [Math.hypot(before.x - node.x, before.y - node.y)];
        })
        .sort((a, b) => a - b);
}

const medianOf = (values: readonly number[]): number => values[Math.floor(values.length / 2)] ?? 0;

/** Pairs of siblings that were clearly one behind the other and no longer are. */
function turnedPairs(one: LaidOutGraph, other: LaidOutGraph): readonly string[] {
    const before = placesOf(one);
    const now = other.nodes.filter(({ id }) => before.has(id));
    const follows = (a: PlacedNode, b: PlacedNode): boolean => b.x >= a.x + a.width || b.y >= a.y + a.height;
    return now.flatMap((a) =>
        now.flatMap((b) => {
            const [oldA, oldB] = [before.get(a.id), before.get(b.id)];
            if (a === b || a.parent !== b.parent || oldA === undefined || oldB === undefined) return [];
            const isTurned = follows(oldA, oldB) && !follows(oldB, oldA) && !follows(a, b);
            return isTurned ? [`${a.label} ${b.label}`] : [];
        }),
    );
}

const HUNDRED = tiers(100);

test.each<readonly [string, GraphView]>([
    ['a leaf more', plus(HUNDRED, [instance('/host-2/more')])],
    [
        'a leaf more that imports',
        plus(
            HUNDRED,
            [instance('/host-2/more')],
            [edge('instance:/host-2/more', HUNDRED.edges[3]!.target, { variables: ['A.ip'] })],
        ),
    ],
    ['a leaf less', without(HUNDRED, HUNDRED.edges[5]!.source)],
    ['an edge more', plus(HUNDRED, [], [edge(HUNDRED.edges[0]!.source, HUNDRED.edges[9]!.target, { id: 'more' })])],
    ['an edge less', view(HUNDRED.nodes, HUNDRED.edges.slice(1))],
    ['a host more', plus(HUNDRED, [instance('/more', 'Machine'), instance('/more/leaf')])],
    [
        'a longer name',
        view(
            HUNDRED.nodes.map((node, index) =>
                index === 7 ? { ...node, label: 'a name of some length, longer' } : node,
            ),
            HUNDRED.edges,
        ),
    ],
])('%s moves little in a picture of a hundred nodes', async (_, edited) => {
    const arranger = createArranger(runElk);
    const first = await drawn(arranger, HUNDRED);
    const second = await drawn(arranger, edited);
    expect(medianOf(movesBetween(first, second))).toBeLessThan(4);
    expect(turnedPairs(first, second)).toEqual([]);
});

test('an edit costs the container it is in and those around it', async () => {
    let calls = 0;
    const arranger = createArranger((graph) => {
        calls += 1;
        return runElk(graph);
    });
    const { work } = await arranger.arrange(HUNDRED, REMEMBERED);
    const containers = work.laidOut;
    expect(work).toMatchObject({ kept: 0, adapted: 0 });
    calls = 0;
    const edited = await arranger.arrange(plus(HUNDRED, [instance('/host-2/more')]), REMEMBERED);
    expect(edited.work).toEqual({ kept: containers - 2, adapted: 2, laidOut: 0 });
    expect((await arranger.arrange(HUNDRED, { ...REMEMBERED, memory: 'other' })).work.laidOut).toBe(0);
    expect(calls).toBe(0);
});

test('what went and comes back is where it was', async () => {
    const arranger = createArranger(runElk);
    const first = await drawn(arranger, SHOP);
    const second = await drawn(arranger, without(SHOP, 'instance:/middle/server/admin'));
    expect(Math.max(...movesBetween(first, second))).toBe(0);
    const third = await drawn(arranger, SHOP);
    expect(Math.max(...movesBetween(first, third))).toBe(0);
});

test('what gets another name stays where it was, with all that is inside', async () => {
    const rename = (text: string): string => text.replace('/middle', '/centre');
    const renamed = view(
        SHOP.nodes.map((node) => ({
            ...node,
            id: rename(node.id),
            label: node.label === 'middle' ? 'centre' : node.label,
            parent: node.parent === null ? null : rename(node.parent),
        })),
        SHOP.edges.map((one) => ({
            ...one,
            id: rename(one.id),
            source: rename(one.source),
            target: rename(one.target),
        })),
    );
    const arranger = createArranger(runElk);
    const first = await drawn(arranger, SHOP);
    const second = placesOf(await drawn(arranger, renamed));
    for (const { id, x, y } of first.nodes) expect(second.get(rename(id))).toMatchObject({ x, y });
});

test('the same history gives the same picture, another name knows nothing of it', async () => {
    const edited = plus(SHOP, [instance('/store/cache')]);
    const [one, other] = [createArranger(runElk), createArranger(inProcessElk())];
    for (const arranger of [one, other]) await drawn(arranger, SHOP);
    expect(await drawn(one, edited)).toEqual(await drawn(other, edited));
    const alone = await drawn(createArranger(runElk), edited, LANDSCAPE);
    expect(await drawn(one, edited, { ...REMEMBERED, memory: 'beside' })).toEqual(alone);
});

test('another direction, or mostly other nodes, is laid out from scratch', async () => {
    const arranger = createArranger(runElk);
    await drawn(arranger, SHOP);
    const down = await drawn(arranger, SHOP, { ...REMEMBERED, direction: 'down' });
    expect(down).toEqual(await drawn(createArranger(runElk), SHOP, { ...LANDSCAPE, direction: 'down' }));
    await drawn(arranger, SHOP);
    const other = await drawn(arranger, workers(4));
    expect(other).toEqual(await drawn(createArranger(runElk), workers(4), LANDSCAPE));
});

test.each([
    ['to the right', LANDSCAPE],
    ['downwards', { ...PORTRAIT, direction: 'down' } as const],
])('a node stays exactly where a person put it, in a picture that runs %s', async (_, wish) => {
    const pins = { 'instance:/store': { x: 400, y: 420 }, 'instance:/middle/server/shop': { x: 300, y: 200 } };
    const graph = await drawn(createArranger(runElk), SHOP, { ...wish, pins });
    const places = placesOf(graph);
    const [store, server, shop] = ['/store', '/middle/server', '/middle/server/shop'].map((path) => {
        const place = places.get(`instance:${path}`);
        if (place === undefined) throw new Error('not drawn');
        return place;
    });
    expect(store).toMatchObject({ x: 400, y: 420, isPinned: true });
    expect([shop!.x - server!.x, shop!.y - server!.y]).toEqual([300, 200]);
    expect(graph.nodes.filter(({ isPinned }) => isPinned)).toHaveLength(2);
    const free = await drawn(createArranger(runElk), SHOP, wish);
    expect(placesOf(free).get('instance:/store')).not.toMatchObject({ x: 400, y: 420 });
});

test('a place over the title of its container is moved inside', async () => {
    const pins = { 'instance:/store/database': { x: -50, y: 0 } };
    const places = placesOf(await drawn(createArranger(runElk), SHOP, { ...LANDSCAPE, pins }));
    const [store, database] = [places.get('instance:/store')!, places.get('instance:/store/database')!];
    expect([database.x - store.x, database.y - store.y]).toEqual([20, 60]);
});

test('what is let go returns to where the layout would put it', async () => {
    const arranger = createArranger(runElk);
    const twelve = tiers(80);
    const first = await drawn(arranger, twelve);
    const [host] = first.nodes;
    await drawn(arranger, twelve, { ...REMEMBERED, pins: { [host!.id]: { x: 900, y: 900 } } });
    expect(Math.max(...movesBetween(first, await drawn(arranger, twelve)))).toBe(0);
});

const NAMES = Array.from({ length: 9 }, (_, index) => `n${String(index)}`);

/** A tree of up to nine nodes by the index of each one's parent, and edges between any. */
const scenes = fc
    .record({
        parents: fc.array(fc.integer({ min: -3, max: 8 }), { minLength: 9, maxLength: 9 }),
        present: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
        ends: fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.boolean()), { maxLength: 10 }),
        pins: fc.array(fc.tuple(fc.nat(8), fc.nat(900), fc.nat(700)), { maxLength: 3 }),
    })
    .map(({ parents, present, ends, pins }) => {
        const nodes = NAMES.flatMap((name, index) => {
            const parent = parents[index] ?? -1;
            const inside = parent >= 0 ? `instance:/${String(NAMES[parent])}` : null;
            return present[index] === true ? [{ ...instance(`/${name}`), parent: inside }] : [];
        });
        const edges = ends.map(([from, to, optional]) =>
            edge(`instance:/${String(NAMES[from])}`, `instance:/${String(NAMES[to])}`, {
                id: `e${String(from)}-${String(to)}${optional ? '?' : ''}`,
                optional,
                variables: ['A.b'],
            }),
        );
        const wished = Object.fromEntries(pins.map(([at, x, y]) => [`instance:/${String(NAMES[at])}`, { x, y }]));
        return { view: view(nodes, edges), pins: wished };
    });

/** Places that do not fit are moved inside, so only those well within count. */
function expectPinned(graph: LaidOutGraph, pins: LayoutWish['pins']): void {
    const places = placesOf(graph);
    for (const [id, pin] of Object.entries(pins)) {
        const [node, container] = [places.get(id), places.get(places.get(id)?.parent ?? '')];
        if (node === undefined || pin.x < 40 || pin.y < 64) continue;
        expect([node.x - (container?.x ?? 0), node.y - (container?.y ?? 0)]).toEqual([pin.x, pin.y]);
    }
}

test.each([
    ['to the right', REMEMBERED],
    ['downwards', { ...REMEMBERED, direction: 'down' } as const],
])('whatever is edited and put somewhere, pictures that run %s stay sound', async (_, wish) => {
    await fc.assert(
        fc.asyncProperty(fc.array(scenes, { minLength: 1, maxLength: 5 }), async (history) => {
            const arranger = createArranger(runElk);
            for (const { view: graphView, pins } of history) {
                const { graph } = await arranger.arrange(graphView, { ...wish, pins });
                const isApart = Object.keys(pins).length < 2;
                // Two that people put over each other stay so.
                if (isApart) expectSound(graphView, graph);
                if (graph.arrangement === 'layered') expectPinned(graph, pins);
            }
        }),
        { numRuns: 12 },
    );
});

test('the texts of lines that run downwards keep their room when containers are folded', async () => {
    const arranger = createArranger(runElk);
    const wish: LayoutWish = { ...PORTRAIT, memory: 'panel' };
    const [front, back] = [instance('/front', 'Machine'), instance('/back', 'Machine')];
    const [web, store] = [instance('/front/web'), instance('/back/store')];
    const open = view([front, back, web, store], [edge(web.id, store.id, { variables: ['ip', 'port'] })]);
    const lifted = edge(front.id, back.id, { variables: ['Store.ip', 'Store.port'] });
    const shut = view(
        [
            { ...front, folded: [web.id] },
            { ...back, folded: [store.id] },
        ],
        [lifted],
    );
    await drawn(arranger, open, wish);
    const { edges } = await drawn(arranger, shut, wish);
    expect(edges.map(({ label }) => label?.text)).toEqual(['Store: ip, port']);
});
