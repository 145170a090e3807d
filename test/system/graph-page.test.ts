/** What the page does in a real browser: what it draws, what keys and pointers lead to, what it tells the editor. */
import { expect, test } from 'vitest';
import { FRESH_LOOK, type PageLook, type RunState } from '../../media/protocol.ts';
import type { GraphView } from '../../language/index.ts';
import { runState } from '../media/run-state.ts';
import { laidOut, modelMessage, statesMessage, type ModelMessage } from '../support/graph-messages.ts';
import { instance, SHOP, SHOP_TYPES } from '../server/layout/sample-views.ts';
import { handOver, sharedGraphPage } from '../support/graph-page.ts';

const opened = await sharedGraphPage();
const { page, send } = opened;

const running = (fields: Partial<RunState> = {}): RunState =>
    runState(fields.status ?? 'DEPLOYED_STARTED', { isProviding: true, ...fields });
const states = statesMessage;

const DETAILS = {
    'instance:/middle/server': {
        description: 'Answers the visits.',
        exports: [
            { name: 'AppServer.ip', value: null, isRandom: false },
            { name: 'AppServer.port', value: null, isRandom: true },
            { name: 'AppServer.path', value: '/shop', isRandom: false },
        ],
        moreExports: 2,
        imports: [{ name: 'Database.ip', optional: true, external: false, from: ['/store/database'], moreFrom: 3 }],
        moreImports: 0,
    },
};

const model = (view: GraphView = SHOP, more: Partial<ModelMessage> = {}): Promise<ModelMessage> =>
    modelMessage(view, { details: DETAILS, ...more });

const posted = () => page.evaluate(() => (globalThis as unknown as { posted: unknown[] }).posted);
const lastOf = async (kind: string) =>
    (await posted()).findLast((message) => (message as { readonly kind: string }).kind === kind);
/** The look that was asked for last. */
const lastLook = async (): Promise<PageLook> => ((await lastOf('look')) as { readonly look: PageLook }).look;
const node = (path: string) => page.locator(`[data-node="instance:${path}"]`);

test('it says ready, draws what it is sent, and nothing breaks the policy', async () => {
    expect(await posted()).toEqual([{ kind: 'ready', look: FRESH_LOOK, orientation: 'landscape' }]);
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
    await opened.atRest();
    const before = await node('/edge').boundingBox();
    const count = (await posted()).length;
    await page.mouse.move(500, 520);
    await page.mouse.down();
    await page.mouse.move(460, 480, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await node('/edge').boundingBox())!.x).toBeCloseTo(before!.x - 40, 0);
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
    await opened.atRest();
    const width = async (): Promise<number> => (await node('/edge').boundingBox())!.width;
    const before = await width();
    await page.keyboard.press('+');
    await expect.poll(width).toBeCloseTo(before * 1.25, 0);
    await page.keyboard.press('f');
    await expect.poll(width).toBeCloseTo(before, 0);
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    expect(await page.locator('.scale').textContent()).toBe('100%');
    expect(await page.locator('.stage [tabindex="0"]').count()).toBe(1);
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

test('run states come and go without a new layout, and are told to those who cannot see them', async () => {
    await send(await model());
    await send(states({ 'instance:/store': running({ status: 'STARTING' }) }, 'Deploying'));
    await page.locator('[data-of="instance:/store"]').getByText('starting', { exact: true }).waitFor();
    expect(await page.locator('.run').textContent()).toBe('Deploying');
    expect(await page.locator('[aria-live=polite]').textContent()).toBe('store: starting');
    await send(states({}));
    await expect.poll(() => page.locator('.stage .state').count()).toBe(0);
});

test('errors are told, the picture stays, and the button leads to the problems', async () => {
    await send(await model(SHOP, { errorCount: 2 }));
    await page.getByText('2 errors').waitFor();
    expect(await node('/edge').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Show Problems' }).click();
    expect((await posted()).at(-1)).toEqual({ kind: 'showProblems' });
});

test('an empty model says what to do, and choosing a perspective asks for it', async () => {
    await send(await model({ perspective: 'instances', nodes: [], edges: [] }));
    await page.getByText('No instances yet').waitFor();
    await page.getByRole('radio', { name: 'components' }).click();
    expect(await lastLook()).toMatchObject({ perspective: 'components' });
    await send(await model(SHOP_TYPES));
    await page.locator('[data-node="component:Machine"]').waitFor();
    expect(await page.getByText('No instances yet').isVisible()).toBe(false);
    await page.getByText('Legend').click();
    await expect.poll(() => page.locator('.legend li').allTextContents()).toContain('extends');
});

test('a reload brings perspective and viewport back', async () => {
    await send(await model());
    await node('/edge').waitFor();
    const fitted = (await node('/edge').boundingBox())!;
    await page.mouse.move(500, 520);
    await page.mouse.wheel(60, 30);
    await expect.poll(async () => (await node('/edge').boundingBox())!.x).not.toBe(fitted.x);
    const before = await node('/edge').boundingBox();
    await page.reload();
    const look = { ...FRESH_LOOK, perspective: 'instances' };
    expect(await posted()).toEqual([{ kind: 'ready', look, orientation: 'landscape' }]);
    await send(await model());
    await expect.poll(() => node('/edge').boundingBox()).toEqual(before);
});

test('the selection of the editor is shown, and scrolled to when asked', async () => {
    await send(await model());
    await node('/edge').waitFor();
    await page.mouse.move(500, 520);
    await page.mouse.wheel(900, 0);
    await expect.poll(async () => (await node('/edge').boundingBox())!.x).toBeLessThan(0);
    await send({ kind: 'select', nodes: ['instance:/edge'], reveal: true });
    await expect.poll(async () => (await node('/edge').boundingBox())!.x).toBeGreaterThan(0);
    expect(await node('/edge').getAttribute('aria-selected')).toBe('true');
});

test('junk messages are dropped', async () => {
    await handOver(page, { kind: 'model', graph: 7 });
    await send(await model());
    await node('/edge').waitFor();
});

test('a window that becomes higher than wide asks for another picture, and shows it whole', async () => {
    await send(await model());
    await node('/store/database').waitFor();
    await page.keyboard.press('Tab');
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(posted).toContainEqual({ kind: 'orientation', orientation: 'portrait' });
    await send(await model(SHOP, { graph: await laidOut(SHOP, 'portrait') }));
    const bottom = async (): Promise<number> => {
        const box = await node('/store/database').boundingBox();
        return (box?.y ?? Infinity) + (box?.height ?? 0);
    };
    await expect.poll(bottom).toBeLessThan(700);
    await page.setViewportSize({ width: 1000, height: 600 });
    await expect.poll(posted).toContainEqual({ kind: 'orientation', orientation: 'landscape' });
});

test('copies of one declaration are selected together', async () => {
    await send(await model());
    await send({ kind: 'select', nodes: ['instance:/edge', 'instance:/store'], reveal: true });
    await expect.poll(() => page.locator('[aria-selected=true]').count()).toBe(2);
});

test('arrows move the picture while no node has the focus, and Escape leaves the nodes', async () => {
    await send(await model());
    await node('/edge').focus();
    await page.keyboard.press('ArrowDown');
    const selected = () => page.locator('[aria-selected=true]').count();
    await expect.poll(selected).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(selected).toBe(0);
    await opened.atRest();
    const before = (await node('/edge').boundingBox())!;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const way = async (): Promise<readonly number[]> => {
        const after = (await node('/edge').boundingBox())!;
        return [after.x - before.x, after.y - before.y].map(Math.round);
    };
    await expect.poll(way).toEqual([-60, -60]);
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe(SHOP.nodes.at(-1)?.id);
});

test('1 and 2 choose what the nodes are, wherever the focus is', async () => {
    await send(await model());
    await page.keyboard.press('1');
    expect(await lastLook()).toMatchObject({ perspective: 'components' });
    await send(await model(SHOP_TYPES));
    await page.getByText('Legend').focus();
    await page.keyboard.press('2');
    expect(await lastLook()).toMatchObject({ perspective: 'instances' });
    await page.keyboard.press('3');
    expect(await lastLook()).toMatchObject({ perspective: 'hosts' });
});

test('a pointer at rest on a node, or the key I, explains it', async () => {
    await send(await model());
    await send(
        states({
            'instance:/middle/server': running({ status: 'PROBLEM', text: 'start failed', notes: ['exit code 3'] }),
        }),
    );
    const box = (await node('/middle/server').boundingBox())!;
    await page.mouse.move(box.x + 30, box.y + 25);
    const card = page.locator('.card-of-node');
    await card.waitFor();
    const text = await card.innerText();
    for (const part of [
        'Answers the visits.',
        'exit code 3',
        'a free port',
        '/shop',
        'and 2 more',
        'from /store/database and 3 more, optional',
    ])
        expect(text).toContain(part);
    await page.mouse.move(5, 5);
    await card.waitFor({ state: 'hidden' });
    await node('/middle/server').focus();
    await page.keyboard.press('i');
    await card.waitFor();
    expect(await node('/middle/server').getAttribute('aria-description')).toBe(null);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
});

test('the node that Tab leads to says all there is to say', async () => {
    await send(await model());
    await send({ kind: 'select', nodes: ['instance:/middle/server'], reveal: false });
    await expect
        .poll(() => node('/middle/server').getAttribute('aria-description'))
        .toContain('Exports: AppServer.ip = set when it runs');
});

test('the context menu of a node knows what it is and what can be done', async () => {
    await send(await model());
    await send(states({ 'instance:/store': running({ flags: 'instance;stoppable;' }) }));
    const contextOf = async (path: string): Promise<unknown> =>
        JSON.parse((await node(path).getAttribute('data-vscode-context')) ?? 'null');
    const common = { webviewSection: 'node', application: 'file:///apps/shop', hasSource: false, isPinned: false };
    await expect
        .poll(() => contextOf('/store'))
        .toEqual({
            ...common,
            node: 'instance:/store',
            kind: 'instance',
            deployment: 'd1',
            path: '/store',
            flags: 'instance;stoppable;',
        });
    expect(await contextOf('/edge')).toEqual({ ...common, node: 'instance:/edge' });
});

test('a simulation is paused, gone on with and stepped by its bar, which shows the virtual time', async () => {
    await send(await model());
    const simulation = { status: 'running', clockMs: 62_540, untilMs: 62_540, rate: 0, speed: 2 } as const;
    expect(await page.locator('.simulation').isVisible()).toBe(false);
    await send({ kind: 'simulation', simulation });
    await page.getByText('1:02.5').waitFor();
    expect(await page.locator('.speed').textContent()).toBe('×2');
    for (const [name, control] of [
        ['Pause (F6)', 'pause'],
        ['Go to what happens next (F10)', 'step'],
        ['Slower (Alt+,)', 'slower'],
        ['Faster (Alt+.)', 'faster'],
        ['Skip to the end (Alt+End)', 'end'],
        ['Restart (Ctrl+Shift+F5)', 'restart'],
    ] as const) {
        await page.getByRole('button', { name }).click();
        expect((await posted()).at(-1)).toEqual({ kind: 'simulation', control });
    }
    await send({ kind: 'simulation', simulation: { ...simulation, status: 'paused' } });
    await page.getByRole('button', { name: 'Continue (F5)' }).click();
    expect((await posted()).at(-1)).toEqual({ kind: 'simulation', control: 'continue' });
    await send({ kind: 'simulation', simulation: { ...simulation, status: 'over' } });
    await expect.poll(() => page.getByRole('button', { name: 'Continue (F5)' }).isDisabled()).toBe(true);
    await send({ kind: 'simulation', simulation: null });
    await page.locator('.simulation').waitFor({ state: 'hidden' });
});

test('the virtual clock goes on between two messages, and no further than is known', async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await send(await model());
    await send({
        kind: 'simulation',
        simulation: { status: 'running', clockMs: 0, untilMs: 1500, rate: 10, speed: 1 },
    });
    await page.getByText('0:01.5').waitFor();
    await page.evaluate(async () => {
        // Each of them would have moved it on.
        for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    });
    expect(await page.locator('.clock').textContent()).toBe('0:01.5');
});

test('a pulse travels along the edge it is about and is gone; without motion the edge lights up', async () => {
    await send(await model());
    const pulses = [{ from: 'instance:/store/database', to: 'instance:/middle/server/shop' }];
    const [flashes, lights] = [await opened.countNew('.flash'), await opened.countNew('.light')];
    await send({ kind: 'pulses', pulses });
    await expect.poll(() => page.locator('.flash').count()).toBe(0);
    expect([await flashes(), await lights()]).toEqual([1, 0]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await send({ kind: 'pulses', pulses: [{ from: null, to: 'instance:/middle/server/shop' }] });
    await expect.poll(() => page.locator('.light').count()).toBe(0);
    expect([await flashes(), await lights()]).toEqual([1, 1]);
});

test('a mouse wheel zooms, a touch pad moves', async () => {
    await send(await model());
    await node('/edge').waitFor();
    const turn = (deltaY: number, wheelDeltaY: number) =>
        page.locator('.stage').evaluate(
            (stage, [dy, older]) => {
                const event = new WheelEvent('wheel', { deltaY: dy, clientX: 500, clientY: 300, bubbles: true });
                Object.defineProperty(event, 'wheelDeltaY', { value: older });
                stage.dispatchEvent(event);
            },
            [deltaY, wheelDeltaY] as const,
        );
    const before = (await node('/edge').boundingBox())!;
    await turn(40, -120);
    const moved = (await node('/edge').boundingBox())!;
    expect(moved.width).toBeCloseTo(before.width, 1);
    expect(moved.y).toBeCloseTo(before.y - 40, 1);
    await turn(-100, 120);
    expect((await node('/edge').boundingBox())!.width).toBeGreaterThan(before.width * 1.1);
});

test('what was seen in a window of either orientation is seen again', async () => {
    await send(await model());
    await node('/edge').waitFor();
    await page.keyboard.press('+');
    const before = await page.locator('.scale').textContent();
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(posted).toContainEqual({ kind: 'orientation', orientation: 'portrait' });
    await send(await model(SHOP, { graph: await laidOut(SHOP, 'portrait') }));
    await expect.poll(() => page.locator('.scale').textContent()).not.toBe(before);
    await page.setViewportSize({ width: 1000, height: 600 });
    await expect.poll(async () => (await posted()).at(-1)).toEqual({ kind: 'orientation', orientation: 'landscape' });
    await send(await model());
    await expect.poll(() => page.locator('.scale').textContent()).toBe(before);
});
