/** One line through the whole product, in a real workbench: errors, completion, graph, deployment, its page, the end. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until, untilEqual } from './support/poll.ts';
import { breakChild, deployAll, fileOf, type Scene, sceneOf, undeployAll } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const findsWrongChild = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await breakChild(scene);
    await untilEqual('one error', async () => editor.squiggles('error').count(), 1);
    const problems = await editor.openProblems();
    await problems.filter({ hasText: 'CO_INEXISTING_CHILD' }).first().waitFor();
    await scene.picture('problems');
};

const completesChild = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.lines('machine.graph').first().click();
    await editor.replace(placeOf(fileOf(scene, 'graph/machine.graph'), 'Worker,'), 'Workes'.length, 'Wor');
    const labels = await editor.suggest();
    assert.ok(labels.includes('Worker'), `Worker is among ${labels.join(', ')}`);
    await scene.picture('completion');
    await editor.acceptSuggestion('Worker');
    await editor.lines('machine.graph').filter({ hasText: 'Store, Worker, LoadBalancer;' }).waitFor();
    await editor.squiggles('error').first().waitFor({ state: 'hidden' });
    await editor.save();
    await page.keyboard.press('Control+J');
};

const nodeOf = (scene: Scene, id: string): Locator => scene.editor.webview().locator(`[data-node="${id}"]`);

const drawsGraph = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await editor.runCommand('Roboconf: Show Graph');
    for (const name of ['Machine', 'Store', 'Worker', 'LoadBalancer']) {
        await nodeOf(scene, `component:${name}`).waitFor();
    }
    await scene.picture('graph');
    const label = nodeOf(scene, 'component:LoadBalancer').locator('.label');
    const { line } = placeOf(fileOf(scene, 'graph/main.graph'), 'LoadBalancer {');
    // A click shows the source and stays in the graph, a double click goes there.
    await label.click();
    await editor
        .activeLine('main.graph')
        .filter({ hasText: String(line) })
        .waitFor();
    await label.dblclick();
    await editor.statusItem(`Ln ${line}, Col`).waitFor();
};

const balancerAddress = async (scene: Scene): Promise<string> => {
    const { editor, page } = scene;
    await editor.runCommand('Roboconf: Show Output');
    const line = page
        .locator('.part.panel .xterm-rows > div')
        .filter({ hasText: /open\shttp:\/\// })
        .first();
    await line.waitFor();
    await scene.picture('output');
    const address = /http:\/\/[\d.]+:\d+\//.exec(await line.innerText());
    assert.ok(address !== null, 'the output names the address of the page');
    return address[0];
};

const visit = async (address: string, signal: AbortSignal): Promise<string> => {
    const response = await fetch(address, { headers: { accept: 'application/json' }, signal });
    assert.equal(response.status, 200);
    return response.text();
};

const answersVisits = async (scene: Scene): Promise<void> => {
    const address = await balancerAddress(scene);
    const answers: string[] = [];
    for (let i = 0; i < 4; i++) answers.push(await visit(address, scene.signal));
    const all = answers.join(' ');
    for (const worker of ['/web-1/worker', '/web-2/worker']) assert.ok(all.includes(worker), `${worker} in ${all}`);
    const page = await (await fetch(address, { signal: scene.signal })).text();
    // The fifth visit: the workers share one counter, kept in the store.
    assert.match(page, /<output>5<\/output>/);
};

const wholeLine: EndToEndTest = {
    name: 'an application is written, drawn, deployed, visited and removed',
    folder: 'examples/hello-cluster',
    limitMs: 360_000,
    // What a terminal shows can be read from the page only where it is not painted.
    setup: { settings: { 'terminal.integrated.gpuAcceleration': 'off' } },
    run: async (context) => {
        const scene = sceneOf(context);
        await findsWrongChild(scene);
        await completesChild(scene);
        await drawsGraph(scene);
        await deployAll(scene);
        await scene.picture('deployed');
        await answersVisits(scene);
        await until('four programs run', async () => {
            const running = await scene.session.recipeProcesses(scene.signal);
            return running.length >= 4;
        });
        await undeployAll(scene);
        await scene.picture('undeployed');
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [wholeLine];
