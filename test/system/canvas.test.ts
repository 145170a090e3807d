/** The drawing surface in a real browser: what comes into the document and leaves it, what moves, and what stays where it is. */
import { expect, test } from 'vitest';
import { packGraph } from '../../server/layout/packing.ts';
import type { LaidOutGraph } from '../../server/layout.ts';
import { fleetView, modelMessage, statesMessage } from '../bench/graph-page/fleet.ts';
import { sharedGraphPage } from '../support/graph-page.ts';

const opened = await sharedGraphPage('no-preference');
const { page } = opened;

const large = packGraph(fleetView(2_000), 'landscape');
/** Everything is in sight, and its lines are shown. */
const small: LaidOutGraph = { ...packGraph(fleetView(20), 'landscape'), arrangement: 'layered' };

const drawnNodes = () => page.locator('.stage [data-node]').count();
const node = (id: string) => page.locator(`.stage [data-node="${id}"]`);
const idOf = (graph: LaidOutGraph, name: string): string =>
    graph.nodes.find(({ label }) => label === name)?.id ?? `no ${name}`;

async function show(graph: LaidOutGraph): Promise<void> {
    await opened.send(modelMessage(graph));
    await page.locator('.stage .layers').waitFor({ state: 'attached' });
}

test('thousands of nodes are a few dozen paths from afar, and elements where one is near', async () => {
    await show(large);
    await opened.atRest();
    expect(await drawnNodes()).toBeLessThan(5);
    expect(await page.locator('.stage .merged.leaf').count()).toBeGreaterThan(10);
    await page.keyboard.press('0');
    await expect.poll(() => page.locator('.scale').textContent()).toBe('100%');
    await opened.atRest();
    // The last elements take some frames more; until they are there, merged ones stand in.
    await expect.poll(() => page.locator('.stage .merged').count()).toBe(0);
    const drawn = await drawnNodes();
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(100);
});

test('the colours of merged nodes follow their states', async () => {
    await show(large);
    await opened.send(statesMessage(large, 0));
    await expect.poll(() => page.locator('.stage .merged.leaf.bad').count()).toBeGreaterThan(0);
    const green = statesMessage(large, 0);
    const started = Object.fromEntries(
        Object.entries(green.states).map(([id, state]) => [id, { ...state, status: 'DEPLOYED_STARTED' as const }]),
    );
    await opened.send({ ...green, states: started });
    await expect.poll(() => page.locator('.stage .merged.leaf.bad').count()).toBe(0);
    expect(await page.locator('.stage .merged.leaf.good').count()).toBeGreaterThan(0);
});

test('what has the focus stays in the document, wherever the picture is moved', async () => {
    await show(large);
    await page.keyboard.press('Home');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-node'));
    await expect.poll(focused).toBe(large.nodes[0]?.id);
    await page.keyboard.press('0');
    for (let i = 0; i < 20; i++) await page.keyboard.press('+');
    await expect.poll(() => page.locator('.scale').textContent()).toBe('400%');
    await opened.atRest();
    expect(await focused()).toBe(large.nodes[0]?.id);
});

test('a node that comes before others leaves those where they are, with the focus', async () => {
    const without: LaidOutGraph = {
        ...small,
        nodes: small.nodes.filter(({ label }) => label !== 'apache-0'),
        edges: [],
    };
    await show(without);
    await node(idOf(small, 'tomcat-0')).focus();
    await opened.send(modelMessage(small));
    await expect.poll(drawnNodes).toBe(small.nodes.length);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe(idOf(small, 'tomcat-0'));
    const order = await page
        .locator('.layer-leaves [data-node]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-node')));
    expect(order).toEqual(small.nodes.filter(({ shape }) => shape === 'leaf').map(({ id }) => id));
});

test('nodes move to where they are next, and what is gone fades before it leaves', async () => {
    await show(small);
    const id = idOf(small, 'tomcat-0');
    const moved: LaidOutGraph = {
        ...small,
        nodes: small.nodes
            .filter(({ label }) => label !== 'proxy-1')
            .map((one) => (one.id === id ? { ...one, x: one.x + 80 } : one)),
    };
    const places = await page.evaluate(
        async ({ message, wanted }) => {
            // Each frame is 20 ms after the one before, however long it takes.
            const [frame, begunAt] = [window.requestAnimationFrame.bind(window), performance.now()];
            let passed = 0;
            performance.now = () => begunAt + passed;
            window.requestAnimationFrame = (act) => frame(() => act(performance.now()));
            const delivered = new Promise((done) => window.addEventListener('message', done, { once: true }));
            window.postMessage(message, '*');
            await delivered;
            const seen: { readonly x: number; readonly leaving: number }[] = [];
            for (let i = 0; i < 30; i++) {
                await new Promise(frame);
                passed += 20;
                const one = document.querySelector(`.stage [data-node="${wanted}"]`);
                const x = Number(/translate\(([-\d.]+)/.exec(one?.getAttribute('transform') ?? '')?.[1]);
                seen.push({ x, leaving: document.querySelectorAll('.stage .leaving').length });
            }
            return seen;
        },
        { message: modelMessage(moved), wanted: id },
    );
    const [from, to] = [small, moved].map(({ nodes }) => nodes.find((one) => one.id === id)?.x ?? 0);
    expect(places.some(({ x }) => x > (from ?? 0) && x < (to ?? 0))).toBe(true);
    expect(places.some(({ leaving }) => leaving > 0)).toBe(true);
    expect(places.at(-1)).toEqual({ x: to, leaving: 0 });
});

test('who asked for less motion sees the next picture at once', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await show(small);
    const moved = { ...small, nodes: small.nodes.map((one) => ({ ...one, x: one.x + 40 })) };
    const seen = await page.evaluate(async (message) => {
        window.postMessage(message, '*');
        await new Promise((done) => window.addEventListener('message', done, { once: true }));
        return document.querySelector('.layer-leaves [data-node]')?.getAttribute('transform');
    }, modelMessage(moved));
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const first = moved.nodes.find(({ shape }) => shape === 'leaf');
    expect(seen).toBe(`translate(${String(first?.x)} ${String(first?.y)})`);
});

test('a packed picture shows the lines of the node under the pointer', async () => {
    await show(packGraph(fleetView(20), 'landscape'));
    expect(await page.locator('.stage .edge').count()).toBe(0);
    await node(idOf(small, 'tomcat-0')).hover();
    await expect.poll(() => page.locator('.stage .edge.related').count()).toBe(1);
    await page.mouse.move(2, 590);
    await expect.poll(() => page.locator('.stage .edge').count()).toBe(0);
});

test('light travels along the line of an update, and goes out', async () => {
    await show(small);
    const [from, to] = [idOf(small, 'mysql-0'), idOf(small, 'tomcat-0')];
    const lights = await opened.countNew('.lights .light');
    await opened.send({ kind: 'pulses', pulses: [{ from, to }] });
    await expect.poll(() => page.locator('.lights .light').count()).toBe(0);
    expect(await lights()).toBe(1);
});

test('the minimap is there as long as a part is out of sight, and leads there', async () => {
    await show(large);
    const minimap = page.locator('.minimap');
    await opened.atRest();
    expect(await minimap.isVisible()).toBe(false);
    await page.keyboard.press('0');
    await expect.poll(() => minimap.isVisible()).toBe(true);
    await expect.poll(() => page.locator('.scale').textContent()).toBe('100%');
    await opened.atRest();
    const seen = () => page.locator('.minimap-window').getAttribute('x').then(Number);
    const before = await seen();
    const box = await minimap.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 12, (box?.y ?? 0) + (box?.height ?? 0) - 12);
    await expect.poll(seen).toBeGreaterThan(before);
});
