/** The control room: what is deployed where is asked step by step, what a run did is looked at and compared, and what is in production is guarded. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { graphThatShows, labelsIn } from './support/graph.ts';
import { agreedStates } from './support/observations.ts';
import { until, untilEqual } from './support/poll.ts';
import { reloadWindow } from './support/reload.ts';
import { rowsWith, type Scene, sceneOf, undeployAll, waitForAll, waitUntilGone } from './support/scene.ts';

const folder = 'examples/hello-cluster';
const limitMs = 480_000;
const viewport = { width: 1600, height: 900 };
const stepMs = 3_000;
// Four machines are made, and on each a part is initialised, deployed and started.
const leastSteps = 16;

const row = (scene: Scene, text: string | RegExp): Locator =>
    scene.page.locator('.part.sidebar .monaco-list-row', { hasText: text });

const form = ({ page }: Scene): Locator => page.locator('.quick-input-widget:visible');

const rowOfForm = (scene: Scene, text: string): Locator => form(scene).locator('.monaco-list-row', { hasText: text });

/** Goes through the form, once back and forth, and asks for the plan first. */
const fillForm = async (scene: Scene): Promise<void> => {
    await scene.editor.runCommand('Roboconf: Deploy');
    const planFirst = rowOfForm(scene, 'Show the plan first');
    await planFirst.waitFor();
    await planFirst.click();
    await planFirst.filter({ hasText: 'firston' }).waitFor();
    await scene.picture('deploy-form');
    await rowOfForm(scene, 'Whole application').click();
    await form(scene).getByText('(2/2)').waitFor();
    await form(scene).getByRole('button', { name: /^Back/ }).click();
    await form(scene).getByText('(1/2)').waitFor();
    await planFirst.filter({ hasText: 'firston' }).waitFor();
    await rowOfForm(scene, 'Whole application').click();
    await rowOfForm(scene, 'This machine').first().click();
};

const agreesToPlan = async (scene: Scene): Promise<FrameLocator> => {
    const graph = await graphThatShows(scene.page, 'Instances');
    await untilEqual('the plan is shown', async () => Object.keys(await labelsIn(graph, 'plan-mark')).length, 8);
    assert.equal((await scene.session.runners(scene.signal)).length, 0, 'nothing is run before that is agreed to');
    await scene.editor.notification('The graph shows what deploying').first().waitFor();
    await scene.editor.press('Deploy');
    return graph;
};

/** View, graph, terminal, journal and source name the same state. */
const tellsTheSame = async (scene: Scene): Promise<void> => {
    const { page, session } = scene;
    const states = await agreedStates(session, page);
    assert.deepEqual(new Set(Object.values(states)), new Set(['DEPLOYED_STARTED']));
    const lenses = page.locator('.monaco-editor .codelens-decoration', { hasText: /started/ });
    await until('the source says so', async () => (await lenses.count()) >= 4);
};

/** The page of a run, or of two, by what stands in it. */
const runPage = async ({ editor, page }: Scene, part: string): Promise<FrameLocator> =>
    until(`a page with ${part}`, async () => {
        const count = await page.locator('iframe.webview.ready').count();
        for (let i = 0; i < count; i++) {
            const frame = editor.webview(i);
            if ((await frame.locator(part).count()) > 0) return frame;
        }
        return undefined;
    });

/** The rows of runs in the view; the history is opened. */
const pastRuns = async (scene: Scene, label: RegExp): Promise<Locator> => {
    const runs = row(scene, label);
    await until('the history is open', async () => {
        if ((await runs.count()) === 0)
            await row(scene, /^History/)
                .first()
                .click({ timeout: stepMs });
        return (await runs.count()) > 0;
    });
    return runs;
};

const bar = (run: FrameLocator, spoken: string): Locator => run.locator(`.bar[aria-label^="${spoken}"]`);

const looksAtRun = async (scene: Scene): Promise<FrameLocator> => {
    await (await pastRuns(scene, /^Deploy.*succeeded/)).first().click();
    const run = await runPage(scene, '.chart');
    await run.locator('.head .state', { hasText: 'succeeded' }).waitFor();
    const bars = run.locator('.chart .bar[data-step]');
    // As many as the plan has, and an update for each worker that was started after the balancer.
    await until('each step has a bar', async () => (await bars.count()) >= leastSteps);
    const stepCount = await bars.count();
    await bar(run, '/data/store start: succeeded').and(run.locator('.critical')).waitFor();
    await bar(run, '/data/store start').locator('.body').click();
    const details = run.locator('.step-details');
    for (const text of ['/data/store', 'on the critical path', 'Store'])
        await details.getByText(text).first().waitFor();
    await scene.page.mouse.move(1, 1);
    await scene.picture('run-timeline');
    await run.locator('.chart').press('ArrowUp');
    await details.getByText('/data', { exact: true }).first().waitFor();
    await details.getByRole('button', { name: /^Close the details/ }).click();
    await run.getByRole('button', { name: /^Show the steps as a table/ }).click();
    await run.locator(`.step-table[aria-rowcount="${stepCount + 1}"]`).waitFor();
    await run.locator('.step-table .row', { hasText: '/front/balancer' }).first().waitFor();
    await run.getByRole('button', { name: /^Show the steps as a timeline/ }).click();
    return run;
};

/** Undeploys and deploys from a terminal, with workers that take their time to start. */
const runAgainSlower = async ({ session }: Scene): Promise<void> => {
    const undeployed = await session.roboconf('undeploy', session.folder, '--yes');
    assert.equal(undeployed.code, 0, undeployed.err);
    const script = path.join(session.folder, 'graph', 'Worker', 'scripts', 'start.sh');
    const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
    writeFileSync(script, [shebang, 'sleep 4', ...body].join('\n'));
    const deployed = await session.roboconf('deploy', session.folder, '--yes');
    assert.equal(deployed.code, 0, deployed.err);
};

const comparesRuns = async (scene: Scene, run: FrameLocator): Promise<void> => {
    await untilEqual('both runs are listed', async () => (await pastRuns(scene, /^Deploy.*succeeded/)).count(), 2);
    await run.getByRole('button', { name: 'Compare with another run' }).click();
    await rowOfForm(scene, 'Deploy').first().click();
    const both = await runPage(scene, '.comparison');
    await both.locator('.compared-total', { hasText: /longer/ }).waitFor();
    const worker = both
        .locator('.compared-table .row', { hasText: '/web-1/worker' })
        .filter({ hasText: 'start' })
        .first();
    await worker.filter({ hasText: /[34]\.\d s longer/ }).waitFor();
    await both
        .locator('.compared-table .row', { hasText: '/data' })
        .filter({ hasText: /the same|longer|shorter/ })
        .first()
        .waitFor();
    await scene.picture('run-compare');
    await both.getByRole('button', { name: 'Exchange A and B' }).click();
    await until('the other way round it is shorter', async () => {
        const exchanged = await runPage(scene, '.comparison');
        return (await exchanged.locator('.compared-total', { hasText: /shorter/ }).count()) > 0;
    });
};

const deploysByForm: EndToEndTest = {
    name: 'a deployment is asked for step by step and shown as a plan first; its run is looked at and compared with another',
    folder,
    limitMs,
    setup: { viewport, theme: 'dark' },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page } = scene;
        await editor.openContainer('Roboconf');
        await editor.openFile('model.instances');
        await fillForm(scene);
        await agreesToPlan(scene);
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await tellsTheSame(scene);
        const run = await looksAtRun(scene);
        await runAgainSlower(scene);
        await comparesRuns(scene, run);
        await reloadWindow(page);
        await until('the comparison is back', async () => {
            const both = await runPage(scene, '.comparison');
            return (await both.locator('.compared-table .row').count()) > 2;
        });
        await undeployAll(scene);
    },
};

/** Machines others depend on, and workers that say something in colour before they fail. */
const guardAndBreak = (root: string): void => {
    appendFileSync(path.join(root, 'graph', 'Machine', 'target.properties'), '\nroboconf.production = true\n');
    const script = path.join(root, 'graph', 'Worker', 'scripts', 'start.sh');
    const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
    const broken = [shebang, 'printf "\\033[33mcareful now\\033[0m\\n"', 'start_the_worker --now', 'exit 7'];
    writeFileSync(script, [...broken, ...body].join('\n'));
};

const refusedInTerminal = async ({ session }: Scene): Promise<void> => {
    const { code, err } = await session.roboconf('deploy', session.folder, '--yes');
    assert.equal(code, 2, err);
    assert.match(err, /--confirm hello-cluster/);
};

/** The box that asks for the name of the deployment. */
const askedName = async (scene: Scene): Promise<Locator> => {
    await scene.editor.runCommand('Roboconf: Deploy');
    await form(scene).getByText('Production: This computer').waitFor();
    return form(scene).locator('input.input');
};

const typesName = async (scene: Scene): Promise<void> => {
    const name = await askedName(scene);
    await name.fill('hello');
    await form(scene).getByText('The name of the deployment is hello-cluster.').waitFor();
    await scene.picture('deploy-production');
    await name.press('Escape');
    await form(scene).waitFor({ state: 'hidden' });
    assert.equal((await scene.session.runners(scene.signal)).length, 0, 'nothing is run without the name');
    const again = await askedName(scene);
    await again.fill('hello-cluster');
    await again.press('Enter');
};

const opensFailure = async (scene: Scene): Promise<FrameLocator> => {
    const { editor } = scene;
    await rowsWith(scene, 'PROBLEM')
        .or(row(scene, /start failed/))
        .first()
        .waitFor();
    await editor
        .notification(/failed/i)
        .first()
        .waitFor();
    await editor.runCommand('Notifications: Clear All Notifications');
    await (await pastRuns(scene, /^Deploy.*failed/)).first().click();
    const run = await runPage(scene, '.failures');
    const failure = run.locator('.failure').first();
    for (const text of ['/web-', 'start failed', 'start_the_worker']) await failure.getByText(text).first().waitFor();
    await scene.picture('run-failed');
    await run.getByRole('button', { name: 'Open start.sh at line 3' }).first().click();
    await editor.statusItem('Ln 3, Col 1').first().waitFor();
    return run;
};

const readsOutput = async (scene: Scene, run: FrameLocator): Promise<void> => {
    const { editor, page } = scene;
    await editor.runCommand('Roboconf: Show Run');
    await rowOfForm(scene, 'Deploy').first().click();
    await run.locator('.failure').first().getByRole('button', { name: 'Show Output' }).click();
    const terminal = page.locator('.part.panel .terminal-wrapper.active');
    // The third of the colours of terminals.
    await terminal.locator('.xterm-fg-3', { hasText: 'careful now' }).first().waitFor();
    await terminal.locator('.xterm-screen').click();
    await page.keyboard.press('Control+F');
    const search = page.locator('.part.panel .simple-find-part.visible');
    await search.locator('input, textarea').first().fill('start_the_worker');
    await search.getByText(/\d of \d/).waitFor();
};

const guardsProduction: EndToEndTest = {
    name: 'production is deployed to under its typed name alone, and a failed recipe leads to its line and its coloured output',
    folder,
    limitMs,
    setup: {
        viewport,
        theme: 'dark',
        settings: { 'roboconf.deploy.confirm': false, 'terminal.integrated.gpuAcceleration': 'off' },
        prepareFolder: guardAndBreak,
    },
    run: async (context) => {
        const scene = sceneOf(context);
        await scene.editor.openContainer('Roboconf');
        await refusedInTerminal(scene);
        await typesName(scene);
        await readsOutput(scene, await opensFailure(scene));
        await scene.editor.runCommand('Roboconf: Undeploy');
        await waitUntilGone(scene);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [deploysByForm, guardsProduction];
