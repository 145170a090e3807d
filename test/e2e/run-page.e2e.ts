/** The page of a run, as a person meets it: from the history, while it is under way, after a reload, and two runs side by side. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { reloadWindow } from './support/reload.ts';
import { deployAll, type Scene, sceneOf, undeployAll } from './support/scene.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;

const row = (scene: Scene, text: string | RegExp): Locator =>
    scene.page.locator('.part.sidebar .monaco-list-row', { hasText: text });

const tab = (scene: Scene, text: string | RegExp): Locator =>
    scene.page.locator('.tabs-container .tab', { hasText: text });

const showsRun = async (scene: Scene): Promise<void> => {
    const page = scene.editor.webview();
    await tab(scene, /Run: Deploy/).waitFor();
    await page.locator('.state.succeeded').waitFor();
    await until('bars are drawn', async () => (await page.locator('.bar').count()) > 8);
};

const opensFromHistory = async (scene: Scene): Promise<void> => {
    await row(scene, /^History/)
        .first()
        .click();
    await row(scene, /^Deploy.*succeeded/)
        .first()
        .click();
    await showsRun(scene);
};

const opensWhatIsPicked = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    const page = editor.webview();
    await page.locator('.bar[aria-label*="/front/balancer start"]').click();
    await page.getByRole('button', { name: 'Show Output' }).click();
    await scene.page.locator('.part.panel .terminal-wrapper').first().waitFor();
    await page.getByRole('button', { name: 'Open Recipe' }).click();
    await tab(scene, 'start.sh').waitFor();
    await tab(scene, /Run: Deploy/).click();
};

const comparesTwo = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await editor.runCommand('Roboconf: Compare Runs');
    await editor.choose('Undeploy');
    await editor.choose('Deploy');
    const page = editor.webview();
    await page.locator('.compared-table .row').first().waitFor();
    assert.ok((await page.getByText('only in A').count()) > 0);
    await scene.picture('run-comparison');
};

const showsPage: EndToEndTest = {
    name: 'a run has a page: its timeline, what its steps wrote and ran, after a reload too, and another run beside it',
    folder,
    limitMs,
    setup: { theme: 'dark' },
    run: async (context) => {
        const scene = sceneOf(context);
        await deployAll(scene);
        await opensFromHistory(scene);
        await scene.picture('run');
        await reloadWindow(scene.page);
        await showsRun(scene);
        await opensWhatIsPicked(scene);
        await undeployAll(scene);
        await comparesTwo(scene);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [showsPage];
