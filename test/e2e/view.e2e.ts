/** The Deployments view and what is around it, as a person sees them in an editor's window. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { closeGates, openGates } from './support/gates.ts';
import { until } from './support/poll.ts';
import { orderDeploy, rowsWith, type Scene, sceneOf, undeployAll, waitForAll } from './support/scene.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;
const openingMs = 5_000;

const row = (scene: Scene, text: string | RegExp): Locator =>
    scene.page.locator('.part.sidebar .monaco-list-row', { hasText: text });

const lenses = (scene: Scene, text: string | RegExp): Locator =>
    scene.page.locator('.monaco-editor .codelens-decoration', { hasText: text });

/** Icons in the margin of the editor, whatever they show. */
const gutterIcons = (scene: Scene): Locator =>
    scene.page.locator('.monaco-editor .glyph-margin-widgets .cgmr[class*="ced-"]');

const opensHistory = async (scene: Scene): Promise<void> => {
    await row(scene, /^History/)
        .first()
        .click();
    // A click on the run opens its page: its steps unfold at the mark before it.
    await row(scene, /^Deploy.*succeeded/)
        .first()
        .locator('.monaco-tl-twistie')
        .click();
    await row(scene, '/front/balancer start').first().waitFor();
};

const showsOutput = async (scene: Scene): Promise<void> => {
    await scene.editor.runCommand('Roboconf: Show Output');
    const terminal = scene.page.locator('.part.panel .terminal-wrapper');
    await terminal.first().waitFor();
};

const showsRuns: EndToEndTest = {
    name: 'the view shows an application, its deployment and its past runs, and the source shows the live state',
    folder,
    limitMs,
    setup: { theme: 'dark' },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page } = scene;
        await editor.openContainer('Roboconf');
        await page.locator('.part.sidebar .welcome-view-content', { hasText: 'Nothing is deployed' }).waitFor();
        await scene.picture('view-welcome');
        await editor.openFile('model.instances');
        await lenses(scene, 'Simulate').first().waitFor();
        await editor.runCommand('Roboconf: Deploy');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Choose instances' }).waitFor();
        await scene.picture('deploy-what');
        await editor.choose('Whole application');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'under another name' }).waitFor();
        await scene.picture('deploy-where');
        await editor.choose('This machine');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await lenses(scene, /started, 127\.0\.0\.1:\d+/)
            .first()
            .waitFor();
        await until('icons in the gutter', async () => (await gutterIcons(scene).count()) >= 4);
        await opensHistory(scene);
        await scene.picture('deployments');
        await showsOutput(scene);
        await undeployAll(scene);
    },
};

/** A recipe that fails at a line of its own until its file is mended, and is tried twice. */
const breakWorker = (root: string): void => {
    const recipe = path.join(root, 'graph', 'Worker');
    const script = path.join(recipe, 'scripts', 'start.sh');
    const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
    const broken = [
        shebang,
        'echo "looking for the program"',
        'printf "\\033[33mcareful\\033[0m\\n"',
        'start_the_worker --now',
        'exit 7',
    ];
    writeFileSync(script, [...broken, ...body].join('\n'));
    writeFileSync(path.join(recipe, 'recipe.properties'), 'start.retries = 1\nstart.retry.delay = 12s\n');
};

const mendWorker = (scene: Scene): void => {
    const script = path.join(scene.session.folder, 'graph', 'Worker', 'scripts', 'start.sh');
    const lines = readFileSync(script, 'utf8').split('\n');
    writeFileSync(script, lines.filter((line) => !/start_the_worker|exit 7/.test(line)).join('\n'));
};

const showsFailures: EndToEndTest = {
    name: 'a failed recipe is shown with its cause, its output and its line, and is mended on the running deployment',
    folder,
    limitMs,
    setup: { prepareFolder: breakWorker },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page } = scene;
        await editor.openFile('model.instances');
        // Before it begins: what is looked for lasts for the delay of the second try alone.
        await editor.openContainer('Roboconf');
        await orderDeploy(scene);
        await row(scene, /worker.*try 2 of 2 in \d+ s/)
            .first()
            .waitFor();
        await scene.picture('retry-wait');
        await editor
            .notification(/Deploy failed|deploy failed/i)
            .first()
            .waitFor();
        await page.locator('.notifications-toasts .monaco-button', { hasText: 'Open Recipe' }).waitFor();
        await row(scene, /^start\.sh.*line 4/)
            .first()
            .waitFor();
        await editor
            .statusItem(/start failed|failures/)
            .first()
            .waitFor();
        await scene.picture('failure');
        // The view may be drawn again between the look at a row and the click on it.
        await until('the line that failed is open', async () => {
            await row(scene, /^start\.sh.*line 4/)
                .first()
                .click();
            await editor.statusItem('Ln 4, Col 1').first().waitFor({ timeout: openingMs });
            return true;
        });
        mendWorker(scene);
        await editor.runCommand('Notifications: Clear All Notifications');
        await editor.runCommand('Roboconf: Deploy Again');
        await page.locator('.monaco-dialog-box', { hasText: '2 reinstalled' }).waitFor();
        await scene.picture('changed');
        await editor.press('Review Changes');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'reinstalled' }).first().waitFor();
        await scene.picture('changes');
        await editor.choose('Apply these changes');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await undeployAll(scene);
    },
};

const cancels: EndToEndTest = {
    name: 'a cancel says what it waits for, and one instance is started, looked at and stopped from the source',
    folder,
    limitMs,
    setup: { theme: 'light', prepareFolder: closeGates('Store') },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, session } = scene;
        await editor.openFile('model.instances');
        await orderDeploy(scene);
        await lenses(scene, 'Cancel').first().waitFor();
        await rowsWith(scene, 'STARTING').first().waitFor();
        await scene.picture('deploying');
        await editor.runCommand('Roboconf: Cancel');
        await row(scene, /cancelled/)
            .first()
            .waitFor();
        openGates(session, '/data/store');
        await editor.openContainer('Roboconf');
        await editor.runCommand('Roboconf: Deploy Again');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await lenses(scene, 'Stop').nth(1).waitFor();
        await undeployAll(scene);
        await until('no live state of what is gone', async () => (await lenses(scene, 'Output').count()) === 0);
    },
};

const seesOthers: EndToEndTest = {
    name: 'what a terminal deploys appears by itself, with its end',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, session } = scene;
        await editor.openContainer('Roboconf');
        const deployed = await session.roboconf('deploy', session.folder, '--yes');
        assert.equal(deployed.code, 0, deployed.err);
        await waitForAll(scene, 'DEPLOYED_STARTED');
        const undeployed = await session.roboconf('undeploy', session.folder, '--yes');
        assert.equal(undeployed.code, 0, undeployed.err);
        await row(scene, /not deployed/)
            .first()
            .waitFor();
        await row(scene, /^History.*2 runs/)
            .first()
            .waitFor();
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [showsRuns, showsFailures, cancels, seesOthers];
