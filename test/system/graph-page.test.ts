/** The page in a real browser, under the policy the editor would enforce, with a double of the editor's side. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { graphPageHtml } from '../../media/graph/page.ts';
import type { ToPage } from '../../media/protocol.ts';
import { findChromium } from '../../scripts/workbench/chromium.ts';
import { arrangeGraph } from '../../server/layout/arrange.ts';
import { inProcessElk } from '../server/layout/elk.ts';
import { instance, SHOP, SHOP_TYPES } from '../server/layout/sample-views.ts';

const media = resolve(import.meta.dirname, '../../media');
const runElk = inProcessElk();
const style = readFileSync(resolve(media, 'graph/graph.css'), 'utf8');
let script = '';
let browser: Browser;
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
    const built = await build({
        entryPoints: [resolve(media, 'graph/main.ts')],
        bundle: true,
        format: 'iife',
        write: false,
    });
    script = built.outputFiles[0]?.text ?? '';
    const found = await findChromium(AbortSignal.timeout(120_000));
    if (!found.ok) throw new Error(found.reason);
    browser = await chromium.launch({ executablePath: found.value, args: ['--no-sandbox'] });
    page = await openPage();
}, 180_000);
afterAll(() => browser.close());

/** One page for all tests: making one takes longer than any of them. */
async function openPage(): Promise<Page> {
    const opened = await browser.newPage({ viewport: { width: 1000, height: 600 }, reducedMotion: 'reduce' });
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('console', (message) => complaints.push(message.text()));
    await opened.route('https://page.test/**', (route) => route.fulfill(answerTo(route.request().url())));
    await opened.addInitScript(() => {
        const messages: unknown[] = [];
        const acquireVsCodeApi = () => ({
            postMessage: (message: unknown) => messages.push(message),
            getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
            setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
        });
        Object.assign(globalThis, { posted: messages, acquireVsCodeApi });
    });
    return opened;
}

beforeEach(async () => {
    complaints = [];
    await page.goto('https://page.test/');
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
});
// Includes what the content security policy refused.
afterEach(() => expect(complaints).toEqual([]));

function answerTo(url: string): { readonly contentType: string; readonly body: string } {
    if (url.endsWith('.css')) return { contentType: 'text/css', body: style };
    if (url.endsWith('.js')) return { contentType: 'text/javascript', body: script };
    const config = { scriptUri: 'https://page.test/graph.js', styleUri: 'https://page.test/graph.css' };
    return {
        contentType: 'text/html',
        body: graphPageHtml({ ...config, cspSource: 'https://page.test', nonce: 'n0' }),
    };
}

async function send(message: ToPage): Promise<void> {
    await page.evaluate((data) => window.postMessage(data, '*'), message);
}

async function model(view = SHOP, more: { readonly errorCount?: number } = {}): Promise<ToPage> {
    const graph = await arrangeGraph(view, 'landscape', runElk);
    return { kind: 'model', name: 'shop', graph, findings: {}, errorCount: 0, warningCount: 0, ...more };
}

const posted = () => page.evaluate(() => (globalThis as unknown as { posted: unknown[] }).posted);
const node = (path: string) => page.locator(`[data-node="instance:${path}"]`);

test('it says ready, draws what it is sent, and nothing breaks the policy', async () => {
    expect(await posted()).toEqual([{ kind: 'ready', perspective: 'components', orientation: 'landscape' }]);
    await send(await model());
    await node('/store/database').waitFor();
    expect(await page.locator('[role=treeitem]').count()).toBe(SHOP.nodes.length);
    expect(await page.locator('[data-edge]').count()).toBe(SHOP.edges.length);
    expect(await node('/store/database').getAttribute('aria-level')).toBe('2');
    expect(await node('/store/database').getAttribute('aria-label')).toBe('database, Database');
    expect(await page.getByRole('radio', { name: 'instances' }).getAttribute('aria-checked')).toBe('true');
});

test('a click shows the source, a drag moves the picture', async () => {
    await send(await model());
    await node('/store/database').click();
    expect((await posted()).at(-1)).toEqual({ kind: 'reveal', node: 'instance:/store/database', preserveFocus: true });
    const before = await node('/edge').boundingBox();
    const count = (await posted()).length;
    await page.mouse.move(500, 520);
    await page.mouse.down();
    await page.mouse.move(460, 480, { steps: 4 });
    await page.mouse.up();
    const after = await node('/edge').boundingBox();
    expect(after!.x).toBeCloseTo(before!.x - 40, 0);
    expect(await posted()).toHaveLength(count);
});

test('keys walk the nodes, open the source and zoom', async () => {
    await send(await model());
    await node('/edge').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe(
        'instance:/edge/balancer',
    );
    await page.keyboard.press('Enter');
    expect((await posted()).at(-1)).toEqual({ kind: 'reveal', node: 'instance:/edge/balancer', preserveFocus: false });
    const before = (await node('/edge').boundingBox())!.width;
    await page.keyboard.press('+');
    expect((await node('/edge').boundingBox())!.width).toBeCloseTo(before * 1.25, 0);
    await page.keyboard.press('0');
    expect((await node('/edge').boundingBox())!.width).toBeCloseTo(before, 0);
    expect(await page.locator('[tabindex="0"]').count()).toBe(1);
});

test('the wheel with ctrl zooms at the pointer', async () => {
    await send(await model());
    const before = (await node('/edge').boundingBox())!;
    await page.mouse.move(before.x, before.y + before.height / 2);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -40);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await node('/edge').boundingBox())!.width).toBeGreaterThan(before.width * 1.2);
    expect(Math.abs((await node('/edge').boundingBox())!.x - before.x)).toBeLessThan(12);
});

test('typing keeps elements, focus and place', async () => {
    await send(await model());
    await node('/store').focus();
    await node('/store').evaluate((element) => element.setAttribute('data-mark', 'same'));
    await send(await model({ ...SHOP, nodes: [instance('/first', 'Machine'), ...SHOP.nodes] }));
    await node('/first').waitFor();
    expect(await node('/store').getAttribute('data-mark')).toBe('same');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe('instance:/store');
});

test('run states come and go without a new layout', async () => {
    await send(await model());
    await send({ kind: 'states', run: 'Deploying', states: { 'instance:/store': { status: 'STARTING', text: '' } } });
    await node('/store').getByText('starting', { exact: true }).waitFor();
    expect(await page.locator('.run').textContent()).toBe('Deploying');
    await send({ kind: 'states', run: '', states: {} });
    await expect.poll(() => page.locator('.state').count()).toBe(0);
});

test('errors are told, the picture stays, and the button leads to the problems', async () => {
    await send(await model(SHOP, { errorCount: 2 }));
    await page.getByText('2 errors').waitFor();
    expect(await node('/edge').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Show problems' }).click();
    expect((await posted()).at(-1)).toEqual({ kind: 'showProblems' });
});

test('an empty model says what to do, and choosing a perspective asks for it', async () => {
    await send(await model({ perspective: 'instances', nodes: [], edges: [] }));
    await page.getByText('No instances yet').waitFor();
    await page.getByRole('radio', { name: 'components' }).click();
    expect((await posted()).at(-1)).toEqual({ kind: 'perspective', perspective: 'components' });
    await send(await model(SHOP_TYPES));
    await page.locator('[data-node="component:Machine"]').waitFor();
    expect(await page.getByText('No instances yet').isVisible()).toBe(false);
    await page.getByText('Legend').click();
    expect(await page.locator('.legend li').allTextContents()).toContain('extends');
});

test('a reload brings perspective and viewport back', async () => {
    await send(await model());
    await node('/edge').waitFor();
    await page.mouse.move(500, 520);
    await page.mouse.wheel(60, 30);
    const before = await node('/edge').boundingBox();
    await page.reload();
    expect(await posted()).toEqual([{ kind: 'ready', perspective: 'instances', orientation: 'landscape' }]);
    await send(await model());
    await expect.poll(() => node('/edge').boundingBox()).toEqual(before);
});

test('the selection of the editor is shown, and scrolled to when asked', async () => {
    await send(await model());
    await node('/edge').waitFor();
    await page.mouse.move(500, 520);
    await page.mouse.wheel(900, 0);
    await send({ kind: 'select', node: 'instance:/edge', reveal: true });
    await expect.poll(async () => (await node('/edge').boundingBox())!.x).toBeGreaterThan(0);
    expect(await node('/edge').getAttribute('aria-selected')).toBe('true');
});

test('junk messages are dropped', async () => {
    await page.evaluate(() => window.postMessage({ kind: 'model', graph: 7 }, '*'));
    await send(await model());
    await node('/edge').waitFor();
});

test('a window that becomes higher than wide asks for another picture, and shows it whole', async () => {
    await send(await model());
    await node('/store/database').waitFor();
    await page.keyboard.press('Tab');
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(posted).toContainEqual({ kind: 'orientation', orientation: 'portrait' });
    const graph = await arrangeGraph(SHOP, 'portrait', runElk);
    await send({ kind: 'model', name: 'shop', graph, findings: {}, errorCount: 0, warningCount: 0 });
    const bottom = async (): Promise<number> => {
        const box = await node('/store/database').boundingBox();
        return (box?.y ?? Infinity) + (box?.height ?? 0);
    };
    await expect.poll(bottom).toBeLessThan(700);
    await page.setViewportSize({ width: 1000, height: 600 });
    await expect.poll(posted).toContainEqual({ kind: 'orientation', orientation: 'landscape' });
});
