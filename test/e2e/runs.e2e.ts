/** Runs as an editor's window sees them: simulated, and refused. */
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { untilEqual } from './support/poll.ts';
import { lastingProcesses } from './support/processes.ts';
import { breakChild, sceneOf, waitForAll } from './support/scene.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;

const simulates: EndToEndTest = {
    name: 'a simulation starts everything without a process, and a broken model is not deployed',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page } = scene;
        await editor.runCommand('Roboconf: Simulate');
        await editor.openContainer('Roboconf');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await scene.picture('simulated');
        await untilEqual('no process runs', async () => lastingProcesses(scene), []);
        await breakChild(scene);
        await editor.runCommand('Roboconf: Deploy');
        await page.locator('.markers-panel .monaco-list-row', { hasText: 'CO_INEXISTING_CHILD' }).first().waitFor();
        await editor.notification(/error/i).first().waitFor();
        await scene.picture('refused');
        await untilEqual('no process runs', async () => lastingProcesses(scene), []);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [simulates];
