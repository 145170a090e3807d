import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLayout, type Layout, type LayoutWish } from '../../../server/layout.ts';
import { expectSound } from './invariants.ts';
import { instance, LANDSCAPE, PORTRAIT, SHOP, SHOP_TYPES, workers } from './sample-views.ts';

const folder = mkdtempSync(join(tmpdir(), 'layout-'));
const workerPath = join(folder, 'layout-worker.cjs');
const none = new AbortController().signal;
let layout: Layout;

beforeAll(async () => {
    const entry = resolve(import.meta.dirname, '../../../server/layout/worker.ts');
    await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile: workerPath });
});
afterEach(() => layout.dispose());
afterAll(() => rmSync(folder, { recursive: true }));

/** A worker that answers by the given lines; `parentPort` is in scope. */
function scriptedWorker(name: string, lines: string): string {
    const path = join(folder, name);
    writeFileSync(path, `const { parentPort } = require('node:worker_threads');\n${lines}`);
    return path;
}

test('graphs are laid out in the worker', async () => {
    layout = createLayout({ workerPath });
    layout.warmUp();
    const [shop, types] = await Promise.all([
        layout.layout(SHOP, LANDSCAPE, none),
        layout.layout(SHOP_TYPES, LANDSCAPE, none),
    ]);
    expect([shop.arrangement, types.arrangement]).toEqual(['layered', 'layered']);
    expectSound(SHOP, shop);
    expectSound(SHOP_TYPES, types);
});

const COUNTING = `let count = 0;
parentPort.on('message', ({ id, view }) => setTimeout(() => parentPort.postMessage({ id, graph: {
    perspective: view.perspective, arrangement: 'layered', width: ++count, height: 0, edges: [],
    nodes: view.nodes.map((node) => ({ ...node, x: 0 })),
} }), 10));`;

test('equal graphs are laid out once, and get the places of their own declarations', async () => {
    layout = createLayout({ workerPath: scriptedWorker('counting.cjs', COUNTING) });
    const range = { file: 'a.graph', line: 7, column: 1, endLine: 7, endColumn: 2 };
    const moved = { ...SHOP, nodes: SHOP.nodes.map((node) => ({ ...node, range })) };
    const [one, two] = await Promise.all([layout.layout(SHOP, LANDSCAPE, none), layout.layout(moved, LANDSCAPE, none)]);
    const three = await layout.layout(moved, LANDSCAPE, none);
    expect([one.width, two.width, three.width]).toEqual([1, 1, 1]);
    expect((await layout.layout(SHOP, PORTRAIT, none)).width).toBe(2);
    expect(one.nodes[0]?.range).toBe(null);
    expect(two.nodes[0]?.range).toEqual(range);
    expect(three.nodes[0]?.range).toEqual(range);
});

test('who gives up is told so at once, and a graph nobody waits for is not laid out', async () => {
    layout = createLayout({ workerPath: scriptedWorker('counting.cjs', COUNTING) });
    const stop = new AbortController();
    const first = layout.layout(SHOP, LANDSCAPE, none);
    const given = layout.layout(SHOP_TYPES, LANDSCAPE, stop.signal);
    const last = layout.layout(workers(2), LANDSCAPE, none);
    stop.abort(new Error('newer text'));
    await expect(given).rejects.toThrow('newer text');
    expect([(await first).width, (await last).width]).toEqual([1, 2]);
    await expect(layout.layout(SHOP, LANDSCAPE, stop.signal)).rejects.toThrow('newer text');
});

const REMEMBERED: LayoutWish = { ...LANDSCAPE, memory: 'panel' };

test('a picture that a newer one under the same name overtakes is not laid out, and whoever waits for it gets the newer', async () => {
    layout = createLayout({ workerPath: scriptedWorker('counting.cjs', COUNTING) });
    const first = layout.layout(SHOP, REMEMBERED, none);
    const second = layout.layout(workers(1), REMEMBERED, none);
    const beside = layout.layout(workers(1), { ...REMEMBERED, memory: 'beside' }, none);
    const third = layout.layout(workers(2), REMEMBERED, none);
    const widths = (await Promise.all([first, second, beside, third])).map(({ width }) => width);
    expect(widths).toEqual([1, 3, 2, 3]);
    expect((await second).nodes).toHaveLength(workers(2).nodes.length);
});

test('whoever waits for a picture that was overtaken can still give up', async () => {
    layout = createLayout({ workerPath: scriptedWorker('counting.cjs', COUNTING) });
    const stop = new AbortController();
    const first = layout.layout(SHOP, REMEMBERED, none);
    const given = layout.layout(workers(1), REMEMBERED, stop.signal);
    const third = layout.layout(workers(2), REMEMBERED, none);
    stop.abort(new Error('closed'));
    await expect(given).rejects.toThrow('closed');
    expect([(await first).width, (await third).width]).toEqual([1, 2]);
});

test('under a name, only the newest picture is known already: others depend on the one before', async () => {
    layout = createLayout({ workerPath: scriptedWorker('counting.cjs', COUNTING) });
    const widths: number[] = [];
    for (const view of [SHOP, SHOP, workers(1), SHOP]) widths.push((await layout.layout(view, REMEMBERED, none)).width);
    expect(widths).toEqual([1, 1, 2, 3]);
});

test('a picture follows its edits in the worker as well', async () => {
    layout = createLayout({ workerPath });
    const first = await layout.layout(SHOP, REMEMBERED, none);
    const edited = { ...SHOP, nodes: [...SHOP.nodes, instance('/store/cache')] };
    const second = await layout.layout(edited, REMEMBERED, none);
    expectSound(edited, second);
    const places = new Map(second.nodes.map((node) => [node.id, node]));
    for (const { id, x, y } of first.nodes) expect(places.get(id)).toMatchObject({ x, y });
});

test('a worker that dies costs the routing, not the picture, and is replaced', async () => {
    const dying = `parentPort.on('message', ({ view }) => { throw new Error('boom'); });`;
    layout = createLayout({ workerPath: scriptedWorker('dying.cjs', dying) });
    for (const view of [SHOP, SHOP_TYPES]) {
        const graph = await layout.layout(view, LANDSCAPE, none);
        expect(graph.arrangement).toBe('packed');
        expectSound(view, graph);
    }
});

test('a worker that is stuck is given up', async () => {
    layout = createLayout({
        workerPath: scriptedWorker('stuck.cjs', `parentPort.on('message', () => { for (;;); });`),
        timeoutMs: 50,
    });
    expect((await layout.layout(SHOP, LANDSCAPE, none)).arrangement).toBe('packed');
});

test('without a worker there are still pictures', async () => {
    layout = createLayout({ workerPath: join(folder, 'missing.cjs') });
    expect((await layout.layout(SHOP, LANDSCAPE, none)).arrangement).toBe('packed');
});

test('disposing rejects what is under way and what comes later', async () => {
    layout = createLayout({ workerPath: scriptedWorker('silent.cjs', `parentPort.on('message', () => {});`) });
    const waiting = layout.layout(SHOP, LANDSCAPE, none);
    const refused = expect(waiting).rejects.toThrow('disposed');
    await layout.dispose();
    await refused;
    await expect(layout.layout(SHOP, LANDSCAPE, none)).rejects.toThrow('disposed');
});
