/** Restricted mode: everything that only reads works, and nothing that would run a recipe or reach a runner does, however it is called. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { findProcesses } from '../../scripts/workbench/processes.ts';
import type { Keybinding } from '../../scripts/workbench/setup.ts';
import { ACTING_COMMANDS, CONNECTING_COMMANDS } from '../support/acting-commands.ts';
import { closeGates, openGates } from './support/gates.ts';
import { statusInTerminal } from './support/observations.ts';
import { until, untilEqual } from './support/poll.ts';
import { lastingProcesses } from './support/processes.ts';
import { breakChild, fileOf, rowsWith, type Scene, sceneOf, showInstances, waitForAll } from './support/scene.ts';
import { placeOf } from './support/text.ts';
import { restrictedMode, trustWorkspace } from './support/trust.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;
const keyPatienceMs = 5_000;
const instanceCount = 8;

/** A key of the person's own calls these whatever their `enablement` says. */
const HELD_COMMANDS = [...ACTING_COMMANDS, ...CONNECTING_COMMANDS];
type Held = (typeof HELD_COMMANDS)[number];

/** Reading the state directory again; it is a button of the view. */
const refreshKey = { key: 'ctrl+alt+shift+f12', pressed: 'Control+Alt+Shift+F12' };

/** There are fewer function keys than commands. */
const keysOf = (command: Held): readonly string[] => {
    const index = HELD_COMMANDS.indexOf(command);
    return index < 11 ? ['Control', 'Alt', 'Shift', `F${index + 1}`] : ['Control', 'Alt', `F${index - 10}`];
};

const pressed = (command: Held): string => keysOf(command).join('+');

const keybindings: readonly Keybinding[] = [
    ...HELD_COMMANDS.map((command) => ({
        key: keysOf(command).join('+').toLowerCase().replace('control', 'ctrl'),
        command: `roboconf.${command}`,
    })),
    { key: refreshKey.key, command: 'roboconf.refresh' },
];

/** Names and contents of everything below a directory. */
const contentOf = (directory: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
        globSync('**/*', { cwd: directory })
            .filter((name) => lstatSync(path.join(directory, name)).isFile())
            .toSorted()
            .map((name) => [
                name,
                createHash('sha256')
                    .update(readFileSync(path.join(directory, name)))
                    .digest('hex'),
            ]),
    );

const clearNotifications = async (scene: Scene): Promise<void> => {
    await scene.editor.runCommand('Notifications: Clear All Notifications');
    await scene.page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
};

/** Presses the key that reads the state directory again until the view shows it: a key may be lost while a window settles. */
const readAgainUntil = async (scene: Scene, what: string, isShown: () => Promise<boolean>): Promise<void> => {
    await until(what, async () => {
        await scene.page.keyboard.press(refreshKey.pressed);
        return until(what, isShown, keyPatienceMs);
    });
};

/** Presses the key of a command and waits for the words that refuse it, with the way to trust. */
const isRefused = async (scene: Scene, command: Held): Promise<void> => {
    const refusal = scene.editor.notification(/not trusted/).first();
    // A key that comes while a palette closes may be lost.
    await until(`${command} is refused`, async () => {
        await scene.page.keyboard.press(pressed(command));
        return refusal.waitFor({ timeout: keyPatienceMs }).then(
            () => true,
            () => false,
        );
    });
    const remedy = scene.page.locator('.notifications-toasts .monaco-button', { hasText: /Trust/ });
    await remedy.first().waitFor();
};

/** The palette offers what works in restricted mode, and Deploy is not among it. */
const paletteLacksDeploy = async ({ page }: Scene): Promise<void> => {
    const input = page.locator('.quick-input-widget:visible input.input');
    const row = (title: string) => page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first();
    await page.keyboard.press('F1');
    await input.fill('>Roboconf: Simulate');
    await row('Roboconf: Simulate').waitFor();
    await input.fill('>Roboconf: Deploy');
    await row('Roboconf: Simulate').waitFor({ state: 'hidden' });
    assert.equal(await row('Roboconf: Deploy').count(), 0, 'Deploy is not offered');
    await page.keyboard.press('Escape');
};

const checksAndCompletes = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await breakChild(scene);
    const problems = await editor.openProblems();
    await problems.filter({ hasText: 'CO_INEXISTING_CHILD' }).first().waitFor();
    await editor.lines('machine.graph').first().click();
    await editor.replace(placeOf(fileOf(scene, 'graph/machine.graph'), 'Worker,'), 'Workes'.length, 'Wor');
    assert.ok((await editor.suggest()).includes('Worker'));
    await editor.acceptSuggestion('Worker');
    await editor.squiggles('error').first().waitFor({ state: 'hidden' });
    await editor.save();
};

const drawsAndSimulates = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await showInstances(scene);
    await editor.runCommand('Roboconf: Simulate');
    await editor.openContainer('Roboconf');
    await waitForAll(scene, 'DEPLOYED_STARTED');
};

const startsNothing: EndToEndTest = {
    name: 'an untrusted workspace is read, completed, drawn and simulated, and deploying it starts nothing',
    folder,
    limitMs,
    setup: {
        isTrustAsked: true,
        keybindings,
        settings: { 'roboconf.deploy.confirm': false },
    },
    run: async (context) => {
        const scene = sceneOf(context);
        const { page, session } = scene;
        await restrictedMode(page).waitFor();
        await checksAndCompletes(scene);
        await paletteLacksDeploy(scene);
        await isRefused(scene, 'deploy');
        await scene.picture('restricted');
        await clearNotifications(scene);
        await drawsAndSimulates(scene);
        await untilEqual('nothing runs', async () => lastingProcesses(scene), []);
        assert.deepEqual(contentOf(session.state), {}, 'nothing is recorded');

        await trustWorkspace(page);
        await scene.editor.runCommand('Roboconf: Deploy');
        await until('the trusted workspace is deployed', async () => {
            const { states } = await statusInTerminal(session);
            return Object.values(states).length > 0 && Object.values(states).every((s) => s === 'DEPLOYED_STARTED');
        });
        const undeployed = await session.roboconf('undeploy', session.folder, '--yes');
        assert.equal(undeployed.code, 0, undeployed.err);
    },
};

const leavesAlone: EndToEndTest = {
    name: 'what was deployed from a terminal is shown in an untrusted window, and no command of it reaches that',
    folder,
    limitMs,
    setup: { isTrustAsked: true, keybindings, settings: { 'roboconf.deploy.confirm': false } },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page, session } = scene;
        await restrictedMode(page).waitFor();
        const deployed = await session.roboconf('deploy', session.folder, '--yes');
        assert.equal(deployed.code, 0, deployed.err);
        await editor.openContainer('Roboconf');
        const isAllStarted = async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === instanceCount;
        await readAgainUntil(scene, 'all is started', isAllStarted);
        const [before, programs] = [contentOf(session.state), await lastingProcesses(scene)];
        assert.ok(programs.length >= 4, 'the deployment runs');
        for (const command of ['deploy', 'deployAgain', 'start', 'stop', 'undeploy', ...CONNECTING_COMMANDS] as const) {
            await isRefused(scene, command);
            await clearNotifications(scene);
        }
        // These find nothing that they could be about; they are called all the same.
        for (const command of ['retry', 'cancel', 'resume', 'settleSucceeded', 'settleFailed', 'takeOver'] as const) {
            await page.keyboard.press(pressed(command));
        }
        await readAgainUntil(scene, 'all is still started', isAllStarted);
        assert.equal(await rowsWith(scene, 'STOPPING').count(), 0);
        assert.deepEqual(contentOf(session.state), before, 'the state directory is as it was');
        await untilEqual('the same processes run, and no others', async () => lastingProcesses(scene), programs);
        const undeployed = await session.roboconf('undeploy', session.folder, '--yes');
        assert.equal(undeployed.code, 0, undeployed.err);
    },
};

/** Deploys from a terminal up to the gates of the workers, then kills what drives the deployment. */
const interruptDeployment = async ({ session, signal }: Scene): Promise<void> => {
    const deployed = session.roboconf('deploy', session.folder, '--yes');
    await until('a worker is starting', async () => {
        const { states } = await statusInTerminal(session);
        return states['/web-1/worker'] === 'STARTING' && states['/web-2/worker'] === 'STARTING';
    });
    const all = await findProcesses(session.directories.root, signal);
    for (const { pid, command } of all) if (/roboconf\.cjs deploy/.test(command)) process.kill(pid, 'SIGKILL');
    assert.notEqual((await deployed).code, 0, 'the command line was killed');
};

const resumesNothing: EndToEndTest = {
    name: 'an interrupted deployment is shown in an untrusted window, and no command of it starts a runner',
    folder,
    limitMs,
    setup: {
        isTrustAsked: true,
        keybindings,
        settings: { 'roboconf.deploy.confirm': false },
        prepareFolder: closeGates('Worker'),
    },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page, session } = scene;
        await restrictedMode(page).waitFor();
        await interruptDeployment(scene);
        await editor.openContainer('Roboconf');
        const areShown = async () => (await rowsWith(scene, 'STARTING').count()) === 2;
        await readAgainUntil(scene, 'the interrupted starts', areShown);
        const [before, programs] = [contentOf(session.state), await lastingProcesses(scene)];
        for (const command of ['cancel', 'resume', 'start', 'stop', 'undeploy'] as const) {
            await isRefused(scene, command);
            await clearNotifications(scene);
        }
        assert.deepEqual(contentOf(session.state), before, 'the state directory is as it was');
        await untilEqual('the same processes run, and no others', async () => lastingProcesses(scene), programs);
        openGates(session, '/web-1/worker', '/web-2/worker');
        for (const verb of ['resume', 'undeploy']) {
            const { code, err } = await session.roboconf(
                verb,
                session.folder,
                ...(verb === 'undeploy' ? ['--yes'] : []),
            );
            assert.equal(code, 0, err);
        }
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [startsNothing, leavesAlone, resumesNothing];
