import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLayout, type Layout } from '../../../server/layout.ts';
import { expectSound } from './invariants.ts';
import { SHOP, SHOP_TYPES, workers } from './sample-views.ts';

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
        layout.layout(SHOP, 'landscape', none),
        layout.layout(SHOP_TYPES, 'landscape', none),
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
    const [one, two] = await Promise.all([
        layout.layout(SHOP, 'landscape', none),
        layout.layout(moved, 'landscape', none),
    ]);
    const three = await layout.layout(moved, 'landscape', none);
    expect([one.width, two.width, three.width]).toEqual([1, 1, 1]);
    expect((await layout.layout(SHOP, 'portrait', none)).width).toBe(2);
    expect(one.nodes[0]?.range).toBe(null);
    expect(two.nodes[0]?.range).toEqual(range);
    expect(three.nodes[0]?.range).toEqual(range);
});

test('who gives up is told so at once, and a graph nobody waits for is not laid out', async () => {
    layout = createLayout({ workerPath: scriptedWorker('counting.cjs', COUNTING) });
    const stop = new AbortController();
    const first = layout.layout(SHOP, 'landscape', none);
    const given = layout.layout(SHOP_TYPES, 'landscape', stop.signal);
    const last = layout.layout(workers(2), 'landscape', none);
    stop.abort(new Error('newer text'));
    await expect(given).rejects.toThrow('newer text');
    expect([(await first).width, (await last).width]).toEqual([1, 2]);
    await expect(layout.layout(SHOP, 'landscape', stop.signal)).rejects.toThrow('newer text');
});

test('a worker that dies costs the routing, not the picture, and is replaced', async () => {
    const dying = `parentPort.on('message', ({ view }) => { throw new Error('boom'); });`;
    layout = createLayout({ workerPath: scriptedWorker('dying.cjs', dying) });
    for (const view of [SHOP, SHOP_TYPES]) {
        const graph = await layout.layout(view, 'landscape', none);
        expect(graph.arrangement).toBe('packed');
        expectSound(view, graph);
    }
});

test('a worker that is stuck is given up', async () => {
    layout = createLayout({
        workerPath: scriptedWorker('stuck.cjs', `parentPort.on('message', () => { for (;;); });`),
        timeoutMs: 50,
    });
    expect((await layout.layout(SHOP, 'landscape', none)).arrangement).toBe('packed');
});

test('without a worker there are still pictures', async () => {
    layout = createLayout({ workerPath: join(folder, 'missing.cjs') });
    expect((await layout.layout(SHOP, 'landscape', none)).arrangement).toBe('packed');
});

test('disposing rejects what is under way and what comes later', async () => {
    layout = createLayout({ workerPath: scriptedWorker('silent.cjs', `parentPort.on('message', () => {});`) });
    const waiting = layout.layout(SHOP, 'landscape', none);
    const refused = expect(waiting).rejects.toThrow('disposed');
    await layout.dispose();
    await refused;
    await expect(layout.layout(SHOP, 'landscape', none)).rejects.toThrow('disposed');
});
