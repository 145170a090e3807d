/** Ways to look at the picture, in a real browser: what the bars, boxes and keys ask the editor for, and what they show. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { GraphView } from '../../language/index.ts';
import { FRESH_LOOK, type PageLook, type ToPage } from '../../media/protocol.ts';
import { runState } from '../media/run-state.ts';
import { instance, SHOP } from '../server/layout/sample-views.ts';
import { folded, laidOut, modelMessage, statesMessage, type ModelMessage } from '../support/graph-messages.ts';
import { sharedGraphPage } from '../support/graph-page.ts';

const opened = await sharedGraphPage();
const { page } = opened;

const LOOK: PageLook = { ...FRESH_LOOK, perspective: 'instances' };
const STATES = statesMessage(
    {
        'instance:/edge': runState('DEPLOYED_STARTED', { since: 1_000 }),
        'instance:/store': runState('PROBLEM', { cause: 'start.sh ended with exit code 3.', since: 1_000 }),
        'instance:/store/database': runState('STARTING', { since: 1_000 }),
    },
    'Deploying',
    13_000,
);

const node = (path: string): Locator => page.locator(`[data-node="instance:${path}"]`);
const tool = (name: string): Locator => page.getByRole('button', { name, exact: true });
const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? null);

async function start(more: Partial<ModelMessage> = {}, view: GraphView = SHOP): Promise<ModelMessage> {
    const message = await modelMessage(view, more);
    await opened.send(message);
    if (message.graph.nodes.length > 0) await page.locator('.stage [data-node]').first().waitFor({ state: 'attached' });
    return message;
}

type Posted = Readonly<Record<string, unknown>>;

async function last(kind: string): Promise<Posted | undefined> {
    // Messages of the page are records.
    const posted = (await opened.posted()) as readonly Posted[];
    return posted.findLast((message) => message['kind'] === kind);
}
const lastLook = async (): Promise<PageLook> => (await last('look'))?.['look'] as PageLook;

test('layers and direction are chosen from a menu that keys can walk', async () => {
    await start();
    await tool('Layers and direction').click();
    const entry = (name: string): Locator => page.getByRole('menuitemcheckbox', { name });
    expect(await entry('Imports').getAttribute('aria-checked')).toBe('true');
    await entry('Imports').click();
    expect((await lastLook()).layers).not.toContain('imports');
    expect(await entry('Imports').getAttribute('aria-checked')).toBe('false');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    expect((await lastLook()).direction).toBe('down');
    expect(await page.getByRole('menu').isVisible()).toBe(false);
    expect(await tool('Layers and direction').evaluate((button) => button === document.activeElement)).toBe(true);
    await tool('Layers and direction').click();
    await page.getByRole('menuitem', { name: 'Imports only' }).click();
    expect((await lastLook()).layers).toEqual(['imports']);
    await tool('Layers and direction').click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').isVisible()).toBe(false);
});

test('a filter is found by typing, ticked, shown, and taken away', async () => {
    const components = ['Server', ...Array.from({ length: 100 }, (_, i) => `Component${String(i)}`)];
    const choices = { components, facets: ['Cache'], hosts: [{ id: 'instance:/edge', label: 'edge' }], nodeCount: 99 };
    const message = await start({ choices });
    await opened.send(STATES);
    await tool('Filter').click();
    const panel = page.getByRole('dialog', { name: 'Filter' });
    expect(await panel.getByText('and 41 more: type to find them').isVisible()).toBe(true);
    await panel.getByLabel('problem (1)').check();
    await page.keyboard.press('Shift+Tab');
    await panel.getByRole('textbox').fill('component77');
    await panel.getByRole('checkbox').check();
    expect(await lastLook()).toEqual({
        ...LOOK,
        filter: { ...LOOK.filter, components: ['Component77'] },
        statuses: ['PROBLEM'],
    });
    await opened.send({ ...message, look: await lastLook() });
    await page.keyboard.press('Escape');
    const chips = page.locator('.chips');
    expect(await chips.locator('li').allTextContents()).toEqual(['Component77', 'problem']);
    expect(await chips.textContent()).toContain(`${String(SHOP.nodes.length)} of 99 shown`);
    await chips.getByRole('button', { name: 'Remove the filter Component77' }).click();
    expect((await lastLook()).filter.components).toEqual([]);
    await chips.getByRole('button', { name: 'Clear All' }).click();
    expect(await lastLook()).toEqual(LOOK);
    expect(await chips.isVisible()).toBe(false);
});

test('a filter that keeps nothing says so', async () => {
    await start({ look: { ...LOOK, statuses: ['PROBLEM'] } }, { ...SHOP, nodes: [], edges: [] });
    await page.getByText('Nothing fits the filter').waitFor();
});

test('what is drawn over the model is asked for, explained and closed', async () => {
    const message = await start();
    await tool('Plan and changes').click();
    await page.getByRole('menuitemradio', { name: 'Plan of a deployment' }).click();
    expect(await last('show')).toEqual({ kind: 'show', what: 'plan' });
    const mark = { action: 'create', firstWave: 1, lastWave: 2, isCritical: true, notes: ['runs start.sh'] } as const;
    await opened.send({ kind: 'plan', plan: { title: 'Deploy all', waveCount: 3, marks: { 'instance:/edge': mark } } });
    await page.getByText('Deploy all · 3 waves').waitFor();
    expect(await page.locator('.over-marks li').allTextContents()).toEqual(['create1']);
    expect(await node('/edge').getAttribute('aria-label')).toContain('create, waves 1 to 2, on the critical path');
    await node('/edge').focus();
    await page.keyboard.press('i');
    expect(await page.locator('.card-of-node').innerText()).toContain('runs start.sh');
    await page.getByRole('button', { name: 'Close the overlay' }).click();
    expect(await last('show')).toEqual({ kind: 'show', what: 'nothing' });
    await opened.send({ kind: 'plan', plan: null });
    await page.locator('.over').waitFor({ state: 'hidden' });
    const changes = {
        title: 'HEAD',
        nodes: { 'instance:/store': { change: 'rewired', notes: [] } },
        edges: {},
    } as const;
    await opened.send({ ...message, changes });
    await page.locator('.over').getByText('rewired').waitFor();
});

test('containers are folded by their control, by keys, and all at once', async () => {
    await start();
    await node('/store').locator('[data-fold]').click();
    expect(await lastLook()).toMatchObject({ closed: ['instance:/store'], opened: [] });
    await start({ look: await lastLook() }, folded(SHOP, 'instance:/store'));
    await node('/store/database').waitFor({ state: 'detached' });
    expect(await node('/store').getAttribute('aria-expanded')).toBe('false');
    await node('/store').focus();
    await page.keyboard.press('Shift+ArrowRight');
    expect(await lastLook()).toMatchObject({ closed: [], opened: ['instance:/store'] });
    await start({ look: await lastLook() });
    expect(await node('/store').getAttribute('aria-expanded')).toBe('true');
    await node('/store').focus();
    await page.keyboard.press('Shift+ArrowLeft');
    expect((await lastLook()).closed).toEqual(['instance:/store']);
    await tool('Collapse all containers').click();
    const containers = (await laidOut(SHOP)).nodes.filter(({ shape }) => shape === 'container');
    expect((await lastLook()).closed).toEqual(containers.map(({ id }) => id));
});

test('search counts, steps, opens what is folded, and gives the focus back', async () => {
    const view = folded(SHOP, 'instance:/store');
    await start({}, view);
    await opened.send(STATES);
    await node('/edge').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).not.toBe(null);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('database');
    const count = page.locator('.search-count');
    expect(await count.textContent()).toBe('1 of 1');
    await expect.poll(() => node('/store').getAttribute('class')).toContain('found');
    expect(await node('/edge').getAttribute('class')).toContain('aside');
    await page.keyboard.press('Enter');
    expect((await lastLook()).opened).toEqual(['instance:/store']);
    await start({ look: await lastLook() });
    await expect.poll(() => node('/store/database').getAttribute('aria-selected')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('a');
    const matches = Number((await count.textContent())?.split(' ').at(-1));
    expect(matches).toBeGreaterThan(1);
    await page.keyboard.press('Shift+Enter');
    expect(await count.textContent()).toBe(`${String(matches)} of ${String(matches)}`);
    await page.keyboard.press('Enter');
    expect(await count.textContent()).toBe(`1 of ${String(matches)}`);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('problem');
    expect(await count.textContent()).toBe('1 of 1');
    await page.keyboard.type(' nowhere');
    expect(await count.textContent()).toBe('No results');
    await page.keyboard.press('Escape');
    expect(await page.locator('.search').isVisible()).toBe(false);
    await expect.poll(() => page.locator('.stage .found').count()).toBe(0);
    expect(await focused()).not.toBe(null);
});

test('a neighbourhood is entered, made wider and left by keys, and breadcrumbs tell where one is', async () => {
    const message = await start();
    await node('/edge').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('n');
    const focus = { node: 'instance:/edge/balancer', distance: 1 };
    expect((await lastLook()).focus).toEqual(focus);
    await opened.send({ ...message, look: { ...LOOK, focus } });
    await page.getByRole('navigation').getByText('around balancer, distance 1').waitFor();
    expect(await page.locator('.crumbs li').allTextContents()).toEqual([
        ...['shop', 'around balancer, distance 1', 'edge', 'balancer'],
    ]);
    await page.keyboard.press(']');
    expect((await lastLook()).focus?.distance).toBe(2);
    await page.getByRole('button', { name: 'Smaller neighbourhood' }).click();
    expect((await lastLook()).focus?.distance).toBe(1);
    await node('/edge').focus();
    await page.keyboard.press('Escape');
    expect((await lastLook()).focus).toBe(null);
    await page.locator('.crumbs').getByRole('button', { name: 'edge', exact: true }).click();
    await expect.poll(() => node('/edge').getAttribute('aria-selected')).toBe('true');
});

test('the table says the same as the picture, shares the selection, folds and opens sources', async () => {
    await start();
    await opened.send(STATES);
    await page.keyboard.press('t');
    const row = (path: string): Locator => page.locator(`[data-row="instance:${path}"]`);
    await row('/store/database').waitFor();
    expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe(String(SHOP.nodes.length + 1));
    expect(await row('/store/database').getByRole('gridcell').allTextContents()).toEqual([
        ...['database', 'Database', expect.any(String) as string, 'starting', '12 s', '', ''],
    ]);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const second = await page.evaluate(() => document.activeElement?.getAttribute('data-row'));
    expect(second).toBe('instance:/edge/balancer');
    await page.keyboard.press('Enter');
    expect(await last('reveal')).toEqual({ kind: 'reveal', node: second, preserveFocus: false });
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect((await lastLook()).closed).toEqual(['instance:/edge']);
    await page.keyboard.press('t');
    expect(await page.locator('.table').isVisible()).toBe(false);
    await expect.poll(() => node('/edge').getAttribute('aria-selected')).toBe('true');
    expect(await focused()).toBe('instance:/edge');
});

test('five thousand rows are scrolled through, and only those in sight are drawn', async () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => instance(`/node-${String(i)}`, 'Machine'));
    await start({}, { perspective: 'instances', nodes, edges: [] });
    await page.keyboard.press('t');
    await page.locator('[data-row="instance:/node-0"]').waitFor();
    await page.keyboard.press('End');
    await page.locator('[data-row="instance:/node-4999"]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('instance:/node-4999');
    expect(await page.locator('.table-row').count()).toBeLessThan(100);
});

test('a node that is dragged is pinned where it is dropped; Escape and small movements leave it', async () => {
    await start();
    const box = (await node('/store/database').boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const scale = await node('/store/database').evaluate((drawn) => (drawn as SVGGElement).getScreenCTM()?.a ?? 0);
    const drag = async (dx: number, dy: number): Promise<void> => {
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x + dx / 2, y + dy / 2);
        await page.mouse.move(x + dx, y + dy);
    };
    await drag(60, 30);
    // Lines and shadows around a node count as part of it, and they change while it is held.
    const isAt = async (to: number): Promise<boolean> =>
        Math.abs((await node('/store/database').boundingBox())!.x - to) < 3;
    await expect.poll(() => isAt(box.x + 60)).toBe(true);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await last('pin')).toBe(undefined);
    await expect.poll(() => isAt(box.x)).toBe(true);
    await drag(60, 30);
    await page.mouse.up();
    const { graph } = await modelMessage(SHOP);
    const [database, store] = ['/store/database', '/store'].map((path) =>
        graph.nodes.find(({ id }) => id === `instance:${path}`)!,
    );
    expect(await last('pin')).toEqual({
        kind: 'pin',
        node: 'instance:/store/database',
        x: Math.round(database!.x - store!.x + 60 / scale),
        y: Math.round(database!.y - store!.y + 30 / scale),
    });
    const pinned = graph.nodes.map((one) => ({ ...one, isPinned: one.id === 'instance:/store/database' }));
    await start({ graph: { ...graph, nodes: pinned } });
    await node('/store/database').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(async () => (await last('pin'))?.['x']).toBe(Math.round(database!.x - store!.x + 16));
    await page.keyboard.press('Delete');
    expect(await last('unpin')).toEqual({ kind: 'unpin', nodes: ['instance:/store/database'] });
    await tool('Reset pinned positions').click();
    expect(await last('unpin')).toEqual({ kind: 'unpin', nodes: [] });
});

test('positions that do not fit are told, listed, and forgotten on demand', async () => {
    const drift = { gone: ['instance:/old'], moved: ['instance:/store/database'], added: ['instance:/edge'] };
    const message = await start({ drift });
    await page.getByText('2 pinned positions no longer fit.').click();
    expect(await page.locator('.drift li').allTextContents()).toEqual([
        'old: no longer there',
        'database: now in another container',
        'edge: placed by the layout among pinned ones',
    ]);
    await tool('Forget Them').click();
    expect(await last('unpin')).toEqual({ kind: 'unpin', nodes: ['instance:/old', 'instance:/store/database'] });
    await page.locator('.drift').getByRole('button', { name: 'Close' }).click();
    await opened.send(message);
    await expect.poll(() => page.locator('.drift').isVisible()).toBe(false);
    await opened.send({ ...message, drift: { ...drift, moved: [] } });
    await page.getByText('1 pinned position no longer fits.').waitFor();
});

test('the list of keys opens and closes by a key', async () => {
    await start();
    await node('/edge').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog', { name: 'Keys' }).isVisible()).toBe(false);
    expect(await focused()).toBe('instance:/edge');
});

test('a minimap is there as long as a part of the picture is out of sight, and wanted', async () => {
    await start();
    const map = page.locator('.minimap');
    await page.keyboard.press('f');
    expect(await map.isVisible()).toBe(false);
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    await map.waitFor();
    await page.keyboard.press('m');
    expect(await map.isVisible()).toBe(false);
    await page.reload();
    await start();
    expect(await map.isVisible()).toBe(false);
    expect(await tool('Show the minimap (M)').getAttribute('aria-pressed')).toBe('false');
});

test('the way one looks survives a reload', async () => {
    await start();
    await page.keyboard.press('3');
    await tool('Layers and direction').click();
    await page.getByRole('menuitem', { name: 'Imports only' }).click();
    await page.keyboard.press('t');
    const look = await lastLook();
    expect(look).toMatchObject({ perspective: 'hosts', layers: ['imports'] });
    await page.reload();
    expect(await opened.posted()).toEqual([{ kind: 'ready', look, orientation: 'landscape' }]);
    await start({ look }, { ...SHOP, perspective: 'hosts' });
    await page.locator('.table-row').first().waitFor();
});

test('the card tells the state, its age as it grows, and what is asked for', async () => {
    await start();
    const states = { 'instance:/store': runState('STARTING', { since: 1_000, wanted: 'started', isStale: true }) };
    await opened.send(statesMessage(states, '', 13_000));
    await node('/store').focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const card = page.locator('.card-of-node');
    await card.getByText('starting, for 12 s').waitFor();
    expect(await card.innerText()).toContain('wanted: started');
    expect(await card.innerText()).toContain('as last known');
    await opened.send({ ...statesMessage(states), clock: { now: 13_000, isRunning: true } } as ToPage);
    const seconds = async (): Promise<number> => Number(/starting, for (\d+) s/.exec(await card.innerText())?.[1]);
    await expect.poll(seconds).toBeGreaterThan(12);
});

test('names that are markup, turn the direction or fill a file are texts everywhere', async () => {
    const names = ['<img src=x onerror=alert(1)>', '\u202Eexe.txt', '🚀'.repeat(40), `${'x'.repeat(10_000)}`];
    const nodes = names.map((name) => ({ ...instance(`/${name}`, '<b>bold</b>'), label: name }));
    const choices = {
        ...{ components: names, facets: names, nodeCount: 4 },
        hosts: names.map((name) => ({ id: name, label: name })),
    };
    const drift = { gone: names, moved: [], added: [] };
    const look = { ...LOOK, filter: { ...LOOK.filter, components: names } };
    await start({ name: names[0]!, choices, drift, look }, { perspective: 'instances', nodes, edges: [] });
    await opened.send({ kind: 'select', nodes: [nodes[0]!.id], reveal: false });
    await page.getByRole('button', { name: /^Filter \(4/ }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.keyboard.press('/');
    await page.keyboard.type('<img');
    expect(await page.locator('.search-count').textContent()).not.toBe('No results');
    expect(await page.locator('img, b').count()).toBe(0);
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isWider).toBe(false);
});

test.each([420, 800, 1400])('at %i pixels nothing of the bars is out of the window', async (width) => {
    await page.setViewportSize({ width, height: 700 });
    await page.waitForFunction((wanted) => window.innerWidth === wanted, width);
    await start({ look: { ...LOOK, statuses: ['PROBLEM'], focus: { node: 'instance:/edge', distance: 1 } } });
    const outside = await page.locator('button:visible, .strip, .legend').evaluateAll((elements) =>
        elements
            .map((element) => ({ box: element.getBoundingClientRect(), text: element.outerHTML.slice(0, 80) }))
            .filter(({ box }) => box.left < 0 || box.right > window.innerWidth + 0.5)
            .map(({ text }) => text),
    );
    expect(outside).toEqual([]);
});
