/** The pictures in a real workbench: components beside instances, followed by the cursor, played by a simulation, readable in four themes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Theme } from '../../scripts/workbench/setup.ts';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { pictureFaults } from '../support/picture-faults.ts';
import { until, untilEqual } from './support/poll.ts';
import { reloadWindow } from './support/reload.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const folder = 'examples/hello-cluster';
const viewport = { width: 1600, height: 900 };
const leastContrast = 4.5;

const nodeIn = (frame: FrameLocator, id: string): Locator => frame.locator(`[data-node="${id}"]`);

const selectedIn = async (frame: FrameLocator): Promise<readonly (string | null)[]> =>
    frame.locator('[aria-selected=true]').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node')));

/** The panel that shows one kind of node. Webviews stand in the page in no order. */
const panelOf = async ({ editor, page }: Scene, kind: 'Components' | 'Instances'): Promise<FrameLocator> =>
    until(`a panel shows ${kind}`, async () => {
        const count = await page.locator('iframe.webview.ready').count();
        for (let i = 0; i < count; i++) {
            const frame = editor.webview(i);
            const choice = frame.locator('[role=radio][aria-checked=true]', { hasText: kind });
            if ((await choice.count()) > 0 && (await frame.locator('[data-node]').count()) > 0) return frame;
        }
        return undefined;
    });

type Panels = { readonly instances: FrameLocator; readonly components: FrameLocator };

/** Opens the instances file, its picture, and the components beside that. */
const showBoth = async (scene: Scene): Promise<Panels> => {
    const { editor } = scene;
    await editor.openFile('model.instances');
    await editor.runCommand('Roboconf: Show Graph');
    await nodeIn(editor.webview(), 'instance:/front/balancer').waitFor();
    await editor.runCommand('Roboconf: Show Graph Beside');
    return { instances: await panelOf(scene, 'Instances'), components: await panelOf(scene, 'Components') };
};

const isReadable = (theme: Theme): EndToEndTest => ({
    name: `both pictures stand beside each other and can be read in the theme ${theme}`,
    folder,
    limitMs: 360_000,
    setup: { theme, viewport },
    run: async (context) => {
        const scene = sceneOf(context);
        const { instances, components } = await showBoth(scene);
        await scene.editor.runCommand('Roboconf: Simulate');
        await instances.getByText('started', { exact: true }).nth(7).waitFor();
        for (const frame of [instances, components]) {
            // Colours may be on their way from one to the other.
            const faults = async () => frame.locator('body').evaluate(pictureFaults, leastContrast);
            await untilEqual('the picture can be read', faults, []);
        }
        await scene.picture(`graph-${theme}`);
    },
});

/** Longer than the picture takes to move. */
const restMs = 400;

const themes = ['dark', 'light', 'highContrastDark', 'highContrastLight'] as const;

const followsBothWays = async (scene: Scene, { instances, components }: Panels): Promise<void> => {
    const { editor } = scene;
    const text = fileOf(scene, 'instances/model.instances');
    await editor.openFile('model.instances');
    await editor.goTo(placeOf(text, 'name: balancer'));
    await scene.page.keyboard.press('ArrowRight');
    await until('both panels select what the cursor is on', async () => {
        const found = [...(await selectedIn(instances)), ...(await selectedIn(components))];
        return found.join() === 'instance:/front/balancer,component:LoadBalancer';
    });
    await nodeIn(instances, 'instance:/data/store').locator('.label').click();
    const { line } = placeOf(text, 'name: store');
    await editor
        .activeLine('model.instances')
        .filter({ hasText: String(line) })
        .waitFor();
};

const offersMenu = async ({ page }: Scene, { components }: Panels): Promise<void> => {
    await nodeIn(components, 'component:Worker').locator('.label').click({ button: 'right' });
    const entry = page.locator('.context-view .action-label', { hasText: 'Open Start Recipe' });
    const recipe = page.locator('.tab.active[data-resource-name="start.sh"]');
    // A menu that has just opened takes no click.
    await until('the recipe is open', async () => {
        if (await entry.isVisible()) await entry.click();
        return recipe.isVisible();
    });
};

const followsAndReturns: EndToEndTest = {
    name: 'the cursor and the pictures follow each other, and both panels are back after a reload',
    folder,
    limitMs: 360_000,
    setup: { viewport },
    run: async (context) => {
        const scene = sceneOf(context);
        const panels = await showBoth(scene);
        await followsBothWays(scene, panels);
        await offersMenu(scene, panels);
        const scaleOf = async (panel: FrameLocator): Promise<string> => panel.locator('.scale').innerText();
        const whole = await scaleOf(panels.instances);
        await panels.instances.getByRole('button', { name: 'Zoom in (+)' }).click();
        // It grows for a while: what it comes to rest at counts.
        let last = whole;
        await until('the picture is larger, and at rest', async () => {
            const before = last;
            await sleep(restMs);
            last = await scaleOf(panels.instances);
            return last !== whole && last === before;
        });
        const scale = last;
        await reloadWindow(scene.page);
        const instances = await panelOf(scene, 'Instances');
        await panelOf(scene, 'Components');
        await untilEqual('the zoom is what it was', async () => scaleOf(instances), scale);
    },
};

const playsSimulation: EndToEndTest = {
    name: 'a simulation is paused, stepped, finished and restarted from its picture',
    folder,
    limitMs: 360_000,
    setup: { viewport, settings: { 'roboconf.simulation.pace': 3000 } },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor } = scene;
        await editor.openFile('model.instances');
        await editor.runCommand('Roboconf: Show Graph');
        const panel = await panelOf(scene, 'Instances');
        await editor.runCommand('Roboconf: Simulate');
        const press = async (name: string): Promise<void> => panel.getByRole('button', { name, exact: false }).click();
        await press('Pause');
        await panel.getByText('Simulation paused').waitFor();
        const clock = await panel.locator('.clock').innerText();
        await press('Go to what happens next');
        await until('the clock has moved', async () => (await panel.locator('.clock').innerText()) !== clock);
        await panel.getByText('Simulation paused').waitFor();
        await scene.picture('simulation');
        await press('Skip to the end');
        await panel.getByText('Simulation over').waitFor();
        await panel.getByText('started', { exact: true }).nth(7).waitFor();
        await press('Restart');
        await panel.getByText('Simulation running').waitFor();
        await editor.runCommand('Roboconf: Finish Simulation');
        await panel.getByText('Simulation over').waitFor();
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [...themes.map(isReadable), followsAndReturns, playsSimulation];
