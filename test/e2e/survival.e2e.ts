/** A deployment outlives the windows that look at it: their extension host may die, their page may be reloaded, several may order at once. */
import assert from 'node:assert/strict';
import { waitForWorkbench } from '../../scripts/workbench/session.ts';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import type { SessionSetup } from '../../scripts/workbench/setup.ts';
import { closeGates, openGates } from './support/gates.ts';
import { agreedStates, replayJournal, statusInTerminal } from './support/observations.ts';
import { until, untilEqual } from './support/poll.ts';
import { lastingProcesses } from './support/processes.ts';
import { reloadPage, reloadWindow } from './support/reload.ts';
import { type Scene, sceneOf, showInstances, waitForAll, waitUntilGone } from './support/scene.ts';
import { restrictedMode, trustWorkspace } from './support/trust.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;
const workbenchLimitMs = 90_000;

const everyGate = ['/web-1/worker', '/web-2/worker', '/front/balancer'] as const;

const setup: SessionSetup = {
    isTrustAsked: true,
    settings: { 'roboconf.deploy.confirm': false },
    folderName: 'hello clusté',
    prepareFolder: closeGates('Worker', 'LoadBalancer'),
};

const terminalStatus = async (scene: Scene, instance: string): Promise<string | undefined> =>
    (await statusInTerminal(scene.session)).states[instance];

const reaches = async (scene: Scene, instance: string, status: string): Promise<void> => {
    await untilEqual(`the status of ${instance}`, async () => terminalStatus(scene, instance), status);
};

const deployUpToGates = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await trustWorkspace(scene.page);
    await showInstances(scene);
    await editor.runCommand('Roboconf: Deploy');
    await editor.openContainer('Roboconf');
    await until('a journal', async () => (await statusInTerminal(scene.session)).isDriven);
    for (const worker of ['/web-1/worker', '/web-2/worker']) await reaches(scene, worker, 'STARTING');
    await reaches(scene, '/front/balancer', 'UNRESOLVED');
};

const runnerIds = async (scene: Scene): Promise<readonly number[]> =>
    (await scene.session.runners(scene.signal)).map(({ pid }) => pid);

const survivesKilledHost: EndToEndTest = {
    name: 'the extension host is killed in the middle of a deployment, which goes on and is named alike everywhere',
    folder,
    limitMs,
    setup,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page, session, signal } = scene;
        await deployUpToGates(scene);
        const before = await agreedStates(session, page);
        assert.equal(before['/data/store'], 'DEPLOYED_STARTED');
        assert.equal(before['/web-1/worker'], 'STARTING');
        assert.equal(before['/front/balancer'], 'UNRESOLVED');
        await until('one runner', async () => (await runnerIds(scene)).length === 1);
        const runners = await runnerIds(scene);

        assert.ok((await session.killExtensionHost(signal)).length > 0, 'an extension host was killed');
        const meanwhile = await statusInTerminal(session);
        assert.deepEqual(meanwhile.states, before, 'the terminal says what was true before the kill');
        assert.ok(meanwhile.isDriven, 'the terminal says that a runner drives it');
        openGates(session, '/web-1/worker');
        await reaches(scene, '/web-1/worker', 'DEPLOYED_STARTED');
        await reaches(scene, '/front/balancer', 'STARTING');

        await reloadPage(page);
        await editor.openContainer('Roboconf');
        // The workbench may close the panels of an extension host that has died.
        await showInstances(scene);
        const during = await agreedStates(session, page);
        assert.equal(during['/web-1/worker'], 'DEPLOYED_STARTED');
        assert.equal(during['/web-2/worker'], 'STARTING');
        assert.equal(during['/front/balancer'], 'STARTING');
        await scene.picture('reopened');
        openGates(session, ...everyGate);
        await waitForAll(scene, 'DEPLOYED_STARTED');
        const after = await agreedStates(session, page);
        assert.deepEqual(new Set(Object.values(after)), new Set(['DEPLOYED_STARTED']));
        await untilEqual('the runner of the first window', async () => runnerIds(scene), runners);
        assertOneRunner(scene);
        await editor.runCommand('Roboconf: Undeploy');
        await waitUntilGone(scene);
    },
};

const assertOneRunner = (scene: Scene): void => {
    const { fences, steps } = replayJournal(scene.session);
    assert.equal(fences.length, 1, `one runner wrote the journal, not ${fences.join(', ')}`);
    const starts = steps.filter((step) => step.startsWith('start '));
    assert.deepEqual(starts.toSorted(), [...new Set(starts)].toSorted(), 'everything was started once');
};

const survivesReload: EndToEndTest = {
    name: 'a page reloaded in the middle of a deployment, and again after it, shows the same processes going on',
    folder,
    limitMs,
    setup,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page, session } = scene;
        await deployUpToGates(scene);
        await agreedStates(session, page);
        const before = await lastingProcesses(scene);
        await reloadWindow(page);
        await editor.openContainer('Roboconf');
        await agreedStates(session, page);
        await untilEqual('the same processes as before the reload', async () => lastingProcesses(scene), before);
        openGates(session, ...everyGate);
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await agreedStates(session, page);
        assertOneRunner(scene);
        const started = await lastingProcesses(scene);
        await reloadPage(page);
        await editor.openContainer('Roboconf');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await untilEqual('the same processes as before', async () => lastingProcesses(scene), started);
        await editor.runCommand('Roboconf: Undeploy');
        await waitUntilGone(scene);
    },
};

const oneOfThree: EndToEndTest = {
    name: 'two windows and a terminal deploy at once: one runner drives it, and all three show it',
    folder,
    limitMs,
    setup,
    run: async (context) => {
        const scene = sceneOf(context);
        const { session } = scene;
        const other = await openSecondWindow(scene);
        const windows = [scene, other];
        const inTerminal = session.roboconf('deploy', session.folder, '--yes', '--format', 'json');
        await Promise.all(windows.map(async ({ editor }) => editor.runCommand('Roboconf: Deploy')));
        for (const worker of ['/web-1/worker', '/web-2/worker']) await reaches(scene, worker, 'STARTING');
        for (const { editor } of windows) await editor.openContainer('Roboconf');
        await agreedStates(session, scene.page);
        await agreedStates(session, other.page);
        openGates(session, ...everyGate);
        for (const window of windows) await waitForAll(window, 'DEPLOYED_STARTED');
        const { code, out, err } = await inTerminal;
        assert.equal(code, 0, `the terminal is told of the end as well: ${out} ${err}`);
        await agreedStates(session, scene.page);
        await agreedStates(session, other.page);
        assertOneRunner(scene);
        await assertToldOfNoFault(windows);
        await other.editor.runCommand('Roboconf: Undeploy');
        for (const window of windows) await waitUntilGone(window);
    },
};

const openSecondWindow = async (scene: Scene): Promise<Scene> => {
    await trustWorkspace(scene.page);
    const page = await scene.session.openWindow();
    await waitForWorkbench(page, workbenchLimitMs);
    await restrictedMode(page).waitFor({ state: 'hidden' });
    const other = sceneOf({ ...scene, page });
    for (const window of [scene, other]) await showInstances(window);
    return other;
};

/** Whoever came second may be told that it runs already; nobody may be told that something broke. */
const assertToldOfNoFault = async (windows: readonly Scene[]): Promise<void> => {
    for (const { editor } of windows) assert.equal(await editor.notification(/fault|failed|No runner/).count(), 0);
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [survivesKilledHost, survivesReload, oneOfThree];
