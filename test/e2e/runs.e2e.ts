/** Runs as an editor's window sees them: simulated, refused, and found again after a reload. */
import assert from 'node:assert/strict';
import { waitForWorkbench } from '../../scripts/workbench/session.ts';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { breakChild, deployAll, rowsWith, sceneOf, undeployAll, waitForAll } from './support/scene.ts';

const folder = 'examples/hello-cluster';
const limitMs = 60_000;

const simulates: EndToEndTest = {
    name: 'a simulation starts everything without a process, and a broken model is not deployed',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page, session, signal } = scene;
        await editor.runCommand('Roboconf: Simulate');
        await editor.openContainer('Roboconf');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await scene.picture('simulated');
        assert.deepEqual(await session.recipeProcesses(signal), []);
        await breakChild(scene);
        await editor.runCommand('Roboconf: Deploy');
        await page.locator('.markers-panel .monaco-list-row', { hasText: 'CO_INEXISTING_CHILD' }).first().waitFor();
        await editor.notification(/error/i).first().waitFor();
        await scene.picture('refused');
        assert.deepEqual(await session.recipeProcesses(signal), []);
    },
};

const survivesReload: EndToEndTest = {
    name: 'a deployment goes on while the window is gone and is found again',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page, session, signal } = scene;
        await deployAll(scene);
        const programs = async (): Promise<readonly number[]> =>
            (await session.recipeProcesses(signal)).map(({ pid }) => pid).toSorted((one, other) => one - other);
        const before = await programs();
        await page.reload();
        await waitForWorkbench(page, limitMs);
        await editor.openContainer('Roboconf');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        assert.deepEqual(await programs(), before, 'the same processes as before the reload');
        await undeployAll(scene);
        assert.equal(await rowsWith(scene, 'DEPLOYED_STARTED').count(), 0);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [simulates, survivesReload];
