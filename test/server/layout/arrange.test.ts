import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GraphEdge, GraphNode, GraphView } from '../../../language/index.ts';
import type { LaidOutGraph, LayoutWish } from '../../../server/layout.ts';
import { edgesAgainst } from '../../../server/layout/against.ts';
import { createArranger, type RunElk } from '../../../server/layout/arrange.ts';
import { forestOf } from '../../../server/layout/forest.ts';
import { TITLE_HEIGHT } from '../../../server/layout/measures.ts';
import { packGraph } from '../../../server/layout/packing.ts';
import { inProcessElk } from './elk.ts';
import { breachesOf, expectSound } from './invariants.ts';
import { component, edge, instance, LANDSCAPE, PORTRAIT, SHOP, SHOP_TYPES, tiers, workers } from './sample-views.ts';

const runElk = inProcessElk();
const arrangeGraph = async (graphView: GraphView, wish: LayoutWish, run: RunElk): Promise<LaidOutGraph> =>
    (await createArranger(run).arrange(graphView, wish)).graph;
const arrange = (graphView: GraphView) => arrangeGraph(graphView, LANDSCAPE, runElk);
const view = (nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): GraphView => ({
    perspective: 'components',
    nodes,
    edges,
});

test.each([
    ['a shop', SHOP],
    ['its types, with every kind of edge', SHOP_TYPES],
    ['many workers', workers(12)],
    ['nothing', view([])],
    ['one node', view([component('A')])],
    ['nodes without edges', view(['A', 'B', 'C', 'D', 'E'].map((name) => component(name)))],
])('%s is laid out soundly by ELK', async (_, graphView) => {
    const graph = await arrange(graphView);
    expect(graph.arrangement).toBe('layered');
    expectSound(graphView, graph);
});

test('the same view gives the same picture', async () => {
    expect(await arrange(SHOP)).toEqual(await arrangeGraph(SHOP, LANDSCAPE, inProcessElk()));
});

/** A monitor beside the store all import from, which in turn imports from all: nodes have no cycle, their machines have. */
function watched(count: number): GraphView {
    const { perspective, nodes, edges } = workers(count);
    const back = edges.map(({ source }) =>
        edge('instance:/store/monitor', source, { optional: true, variables: ['a'] }),
    );
    return { perspective, nodes: [...nodes, instance('/store/monitor', 'Monitor')], edges: [...edges, ...back] };
}

test('lines that run against the flow do not run around the picture', async () => {
    const graph = await arrange(watched(4));
    expectSound(watched(4), graph);
    const x = (id: string) => graph.nodes.find((node) => node.id === id)!.x;
    expect(x('instance:/machine-3')).toBeLessThan(x('instance:/store'));
    const back = graph.edges.find(({ source }) => source === 'instance:/store/monitor')!;
    const ends = [back.points.at(0)!.x, back.points.at(-1)!.x];
    expect(back.points.every((point) => point.x >= ends[1]! - 1 && point.x <= ends[0]! + 1)).toBe(true);
});

test('an optional edge gives way to a mandatory one, a later one to an earlier one', () => {
    const [a, b] = [component('A'), component('B')];
    const there = edge(a.id, b.id);
    const back = edge(b.id, a.id);
    const against = (...edges: readonly GraphEdge[]) => [...edgesAgainst(forestOf(view([a, b], edges)))];
    expect(against(there)).toEqual([]);
    expect(against(there, back)).toEqual([back.id]);
    expect(against({ ...there, optional: true }, back)).toEqual([there.id]);
});

test('what would be a long column stands in several', async () => {
    const graph = await arrange(watched(12));
    const columns = new Set(graph.nodes.filter(({ label }) => label.startsWith('machine')).map((node) => node.x));
    expect(columns.size).toBeGreaterThan(1);
    expect(graph.height).toBeLessThan(1600);
});

test('an importer stands left of what it imports from', async () => {
    const { nodes } = await arrange(workers(3));
    const x = (id: string) => nodes.find((node) => node.id === id)!.x;
    expect(x('instance:/machine-0/worker')).toBeLessThan(x('instance:/store/keys'));
});

test.each([
    ['a shop', SHOP],
    ['its types, with every kind of edge', SHOP_TYPES],
    ['many workers', workers(12)],
    ['a long name', view([component('A'.repeat(60), 'b'.repeat(60)), component('C', 'x', 'A'.repeat(60))])],
])('%s is laid out soundly for a panel that is higher than wide', async (_, graphView) => {
    const graph = await arrangeGraph(graphView, PORTRAIT, runElk);
    expect(graph.arrangement).toBe('layered');
    expectSound(graphView, graph);
});

test('in a panel that is higher than wide, an importer stands above what it imports from', async () => {
    const { nodes, width, height } = await arrangeGraph(SHOP, PORTRAIT, runElk);
    const y = (id: string) => nodes.find((node) => node.id === id)!.y;
    expect(y('instance:/edge/balancer')).toBeLessThan(y('instance:/middle/server'));
    expect(y('instance:/middle/server')).toBeLessThan(y('instance:/store/database'));
    expect(height).toBeGreaterThan(width);
});

test('what would be too wide from top to bottom is laid out from left to right', async () => {
    const graph = await arrangeGraph(workers(12), PORTRAIT, runElk);
    const x = (id: string) => graph.nodes.find((node) => node.id === id)!.x;
    expect(x('instance:/machine-0/worker')).toBeLessThan(x('instance:/store/keys'));
});

test('siblings that look alike keep the order of the model', async () => {
    const { nodes } = await arrange(workers(2));
    const y = (id: string) => nodes.find((node) => node.id === id)!.y;
    expect(y('instance:/machine-0')).toBeLessThan(y('instance:/machine-1'));
});

test('many importers of one node stand in several columns', async () => {
    const graph = await arrange(workers(80));
    expect(graph.width / graph.height).toBeGreaterThan(0.6);
});

test('lines bend at right angles only', async () => {
    const { edges } = await arrange(SHOP);
    const bends = edges.flatMap(({ points }) =>
        points.slice(1).map((point, index) => [points[index]!, point] as const),
    );
    expect(bends.filter(([from, to]) => Math.abs(from.x - to.x) > 0.01 && Math.abs(from.y - to.y) > 0.01)).toEqual([]);
});

test('the label of an edge lies on its line and leaves out the prefix everybody knows', async () => {
    const { edges } = await arrange(SHOP);
    expect(edges.map(({ label }) => label?.text)).toEqual(['ip, port', 'ip, port', '*', 'Login.token']);
    for (const { label, points } of edges) {
        const middle = { x: label!.x + label!.width / 2, y: label!.y + label!.height / 2 };
        const onLine = points.slice(1).some((to, index) => {
            const from = points[index]!;
            return Math.abs(from.y - middle.y) < 2 && Math.abs(to.y - middle.y) < 2;
        });
        expect(onLine).toBe(true);
    }
});

test('siblings without edges are packed instead of stacked', async () => {
    const graph = await arrange(view(Array.from({ length: 16 }, (_, index) => component(`C${String(index)}`))));
    expect(graph.width / graph.height).toBeGreaterThan(0.8);
    expect(graph.width / graph.height).toBeLessThan(4);
});

test('nesting in a circle, doubles, loops and dangling edges are drawn as far as they make sense', async () => {
    const nodes = [
        component('A', 'x', 'B'),
        component('B', 'x', 'A'),
        component('C', 'x', 'C'),
        component('C'),
        component('D', 'x', 'Nowhere'),
    ];
    const edges = [
        edge('component:C', 'component:C'),
        edge('component:C', 'component:C'),
        edge('component:A', 'component:Nowhere'),
        edge('component:A', 'component:B'),
        edge('component:D', 'component:A'),
    ];
    const graph = await arrange(view(nodes, edges));
    expectSound(view(nodes, edges), graph);
    expect(graph.edges.map(({ id }) => id)).toEqual([edges[0]!.id, edges[3]!.id, edges[4]!.id]);
    expect(graph.nodes.map(({ id, parent }) => [id, parent])).toEqual([
        ['component:B', null],
        ['component:A', 'component:B'],
        ['component:C', null],
        ['component:D', null],
    ]);
});

test('a child edge that the nesting shows already is left out', async () => {
    const { edges } = await arrange(SHOP_TYPES);
    expect(edges.map(({ id }) => id)).not.toContain('child:component:Machine>component:Balancer');
    expect(edges).toHaveLength(SHOP_TYPES.edges.length - 1);
});

test('larger graphs are laid out container by container, and edges still end at their nodes', async () => {
    const large = workers(80);
    const graph = await arrange(large);
    expect(graph.arrangement).toBe('layered');
    expectSound(large, graph);
});

test('above 1,000 nodes the graph is packed without asking ELK', async () => {
    const huge = workers(400);
    const graph = await arrangeGraph(huge, LANDSCAPE, () => Promise.reject(new Error('asked')));
    expect(graph.arrangement).toBe('packed');
    expectSound(huge, graph);
    expect(graph.width / graph.height).toBeGreaterThan(0.8);
    expect(graph.width / graph.height).toBeLessThan(3);
});

test('when ELK fails, the graph is packed', async () => {
    const graph = await arrangeGraph(SHOP, LANDSCAPE, () => Promise.reject(new Error('no')));
    expect(graph.arrangement).toBe('packed');
    expectSound(SHOP, graph);
});

test('when ELK forgets a node, the graph is packed', async () => {
    const graph = await arrangeGraph(SHOP, LANDSCAPE, (input) => Promise.resolve({ ...input, children: [] }));
    expect(graph.arrangement).toBe('packed');
});

const many = (count: number, make: (index: number) => GraphNode): readonly GraphNode[] =>
    Array.from({ length: count }, (_, index) => make(index));

test.each<readonly [string, GraphView]>([
    [
        'a container with 500 children',
        view([component('Box'), ...many(500, (index) => component(`C${String(index)}`, 'script', 'Box'))]),
    ],
    [
        'a chain of containers, 200 deep',
        view(many(200, (index) => component(`C${String(index)}`, 'x', index === 0 ? null : `C${String(index - 1)}`))),
    ],
    ['labels of 10 KB', view([component('A'.repeat(10_000), 'ب'.repeat(10_000)), component('🦆'.repeat(5_000))])],
    [
        'edges between containers and what is inside of them',
        view(
            [component('A'), component('B', 'x', 'A'), component('C', 'x', 'B'), component('D', 'x', 'B')],
            [
                edge('component:A', 'component:C'),
                edge('component:D', 'component:A'),
                edge('component:B', 'component:B'),
                edge('component:C', 'component:D'),
            ],
        ),
    ],
    [
        'a ring of a hundred',
        view(
            many(100, (index) => component(`C${String(index)}`)),
            Array.from({ length: 100 }, (_, index) =>
                edge(`component:C${String(index)}`, `component:C${String((index + 1) % 100)}`),
            ),
        ),
    ],
])('%s is laid out soundly', async (_, graphView) => {
    const graph = await arrange(graphView);
    expect(graph.arrangement).toBe('layered');
    expectSound(graphView, graph);
});

test('lines of a container begin beside its title', async () => {
    const hosts = tiers(80);
    const [from, to] = ['instance:/host-0', 'instance:/host-1'];
    const graph = await arrange({ ...hosts, edges: [...hosts.edges, edge(from, to)] });
    const { points } = graph.edges.at(-1)!;
    const top = (id: string) => graph.nodes.find((node) => node.id === id)!.y;
    expect(points[0]!.y - top(from)).toBeLessThan(TITLE_HEIGHT);
    expect(points.at(-1)!.y - top(to)).toBeLessThan(TITLE_HEIGHT);
});

test('lines run through no node that is not theirs', async () => {
    for (const graphView of [SHOP, tiers(100), workers(80)]) {
        const { nodes, edges } = await arrange(graphView);
        const leaves = nodes.filter(({ shape }) => shape === 'leaf');
        for (const { source, target, points } of edges) {
            const others = leaves.filter(({ id }) => id !== source && id !== target);
            points.slice(1).forEach((to, index) => {
                const from = points[index]!;
                const hit = others.find(
                    (box) =>
                        Math.max(from.x, to.x) > box.x + 1 &&
                        Math.min(from.x, to.x) < box.x + box.width - 1 &&
                        Math.max(from.y, to.y) > box.y + 1 &&
                        Math.min(from.y, to.y) < box.y + box.height - 1,
                );
                expect(hit?.id).toBeUndefined();
            });
        }
    }
});

test.each([
    ['right', 'portrait'],
    ['down', 'landscape'],
] as const)('lines run %s when asked to, whatever the room is', async (direction, orientation) => {
    const graph = await arrangeGraph(SHOP, { ...LANDSCAPE, direction, orientation }, runElk);
    const place = (id: string) => graph.nodes.find((node) => node.id === id)!;
    const [importer, exporter] = [place('instance:/edge'), place('instance:/middle')];
    if (direction === 'right') expect(importer.x + importer.width).toBeLessThan(exporter.x);
    else expect(importer.y + importer.height).toBeLessThan(exporter.y);
});

test('the invariants notice a breach of each kind', async () => {
    const graph = await arrange(SHOP);
    const broken = graph.nodes.map((node, index) => (index === 1 ? { ...node, x: node.x - 300, width: 20 } : node));
    const text = breachesOf(SHOP, { ...graph, nodes: broken }).join('\n');
    expect(text).toContain('leaves');
    expect(text).toContain('clipped');
    expect(text).toContain('does not start on');
});

const views: fc.Arbitrary<GraphView> = fc
    .record({
        names: fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 1, maxLength: 14 }),
        parents: fc.array(fc.nat(20), { minLength: 14, maxLength: 14 }),
        ends: fc.array(fc.tuple(fc.nat(14), fc.nat(14), fc.boolean(), fc.boolean()), { maxLength: 16 }),
    })
    .map(({ names, parents, ends }) => {
        const nodes = names.map((label, index) => {
            const parent = parents[index]!;
            return {
                ...instance(`/${String(index)}`),
                label,
                parent: parent < 10 ? `instance:/${String(parent)}` : null,
            };
        });
        const edges = ends.map(([from, to, optional, external], index) =>
            edge(`instance:/${String(from)}`, `instance:/${String(to)}`, {
                id: `e${String(index)}`,
                optional,
                external,
                variables: index % 3 === 0 ? [] : [`X.v${String(index)}`],
            }),
        );
        return { perspective: 'instances', nodes, edges };
    });

test('any graph is laid out soundly', async () => {
    await fc.assert(
        fc.asyncProperty(views, async (graphView) => {
            expectSound(graphView, await arrange(graphView));
        }),
        { numRuns: 20 },
    );
});

test('any graph is packed soundly', () => {
    fc.assert(
        fc.property(views, (graphView) => expectSound(graphView, packGraph(graphView, 'landscape'))),
        { numRuns: 100 },
    );
});
