/** What is drawn over a model: a run as it goes on and as it fails, a plan, and how the model differs from what was committed or deployed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import {
    explainNode,
    graphThatShows,
    labelPartsIn,
    labelsIn,
    nodeIn,
    takeFromMenu,
    tool,
    turnTo,
    waitUntilFaultless,
} from './support/graph.ts';
import { statesInTree } from './support/observations.ts';
import { until, untilEqual } from './support/poll.ts';
import { reloadWindow } from './support/reload.ts';
import { type Scene, sceneOf, waitForAll, waitUntilGone } from './support/scene.ts';

const limitMs = 480_000;
const viewport = { width: 1600, height: 900 };
const menu = 'Plan and changes';

/** Shows the instances of the application beside their file. */
const showInstances = async ({ editor, page }: Scene): Promise<FrameLocator> => {
    await editor.openFile('model.instances');
    await editor.runCommand('Roboconf: Show Graph');
    return graphThatShows(page, 'Instances');
};

/** Counts the lights that run along lines from here on. */
const countLights = async (graph: FrameLocator): Promise<void> => {
    await graph.locator('.lights').evaluate((lights) => {
        const count = (records: readonly MutationRecord[]): void => {
            const seen = Number(lights.getAttribute('data-seen') ?? '0');
            const added = records.reduce((total, { addedNodes }) => total + addedNodes.length, 0);
            if (added > 0) lights.setAttribute('data-seen', String(seen + added));
        };
        new MutationObserver(count).observe(lights, { childList: true, subtree: true });
    });
};

const press = async (graph: FrameLocator, name: string): Promise<void> => {
    await graph.getByRole('button', { name, exact: false }).click();
};

const isMixed = (states: readonly string[]): boolean =>
    ['started', 'starting', 'waiting for'].every((words) => states.some((state) => state.startsWith(words)));

/** Steps a simulation that stands until some instances are up, some are on their way and some wait. */
const stepToMiddle = async (graph: FrameLocator): Promise<void> => {
    await until('some are started, some starting, some waiting', async () => {
        if (isMixed(Object.values(await labelsIn(graph, 'state')))) return true;
        const clock = await graph.locator('.clock').innerText();
        await press(graph, 'Go to what happens next');
        await until('the clock has moved', async () => (await graph.locator('.clock').innerText()) !== clock);
        return false;
    });
};

const startedIn = (states: Readonly<Record<string, string>>): readonly string[] =>
    Object.keys(states).filter((path) => states[path] === 'DEPLOYED_STARTED');

/** The view and the graph name the same instances as started. */
const agreesWithView = async ({ page, editor }: Scene, graph: FrameLocator): Promise<void> => {
    await editor.openContainer('Roboconf');
    await until('view and graph agree on what is started', async () => {
        const inTree = startedIn(await statesInTree(page));
        const labels = await labelsIn(graph, 'state');
        const inGraph = Object.keys(labels).filter((id) => labels[id] === 'started');
        return (
            inTree.length > 0 &&
            inGraph.join() ===
                inTree
                    .map((each) => `instance:${each}`)
                    .toSorted()
                    .join()
        );
    });
};

const showsRun: EndToEndTest = {
    name: 'a run is drawn over the graph: states, what moves, counts of what is collapsed, light along imports, and a table',
    folder: 'examples/lamp',
    limitMs,
    setup: { viewport, theme: 'dark', settings: { 'roboconf.simulation.pace': 2000 } },
    run: async (context) => {
        const scene = sceneOf(context);
        const graph = await showInstances(scene);
        await countLights(graph);
        await scene.editor.runCommand('Roboconf: Simulate');
        await press(graph, 'Pause');
        await graph.getByText('Simulation paused').waitFor();
        await stepToMiddle(graph);
        await agreesWithView(scene, graph);
        await graph.locator('.node.moving').first().waitFor();
        await waitUntilFaultless(graph);
        await scene.picture('graph-running');
        const card = await explainNode(scene, graph, 'instance:/front/apache');
        await card.filter({ hasText: /waiting for/ }).waitFor();
        await tool(graph, 'Collapse all containers').click();
        await nodeIn(graph, 'instance:/app-1').locator('.tally').first().waitFor();
        await waitUntilFaultless(graph);
        await tool(graph, 'Expand all containers').click();
        await nodeIn(graph, 'instance:/app-1/tomcat').waitFor();
        await press(graph, 'Skip to the end');
        await graph.getByText('Simulation over').waitFor();
        await untilEqual('all is started', async () => [...new Set(Object.values(await labelsIn(graph, 'state')))], [
            'started',
        ]);
        await graph.locator('.lights[data-seen]').waitFor({ state: 'attached' });
        await turnTo(graph, 'Components', 'component:Tomcat');
        await untilEqual(
            'a component counts its instances',
            async () => (await labelsIn(graph, 'state'))['component:Tomcat'],
            '2 started',
        );
        await tool(graph, /^Show as a table/).click();
        await graph.locator('[data-row="component:Tomcat"] .table-cell.state', { hasText: 'started' }).waitFor();
    },
};

/** The start recipe of the workers fails at a line of its own. */
const breakWorkers = (folder: string): void => {
    const script = path.join(folder, 'graph', 'Worker', 'scripts', 'start.sh');
    const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
    writeFileSync(script, [shebang, 'start_the_worker --now || exit 7', ...body].join('\n'));
};

const mendWorkers = ({ session }: Scene): void => {
    const script = path.join(session.folder, 'graph', 'Worker', 'scripts', 'start.sh');
    writeFileSync(script, readFileSync(script, 'utf8').replace(/^start_the_worker.*\n/m, ''));
};

const changeGreeting = ({ session }: Scene): void => {
    const file = path.join(session.folder, 'instances', 'model.instances');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Hello from the first worker', 'Good day'));
};

const waitForFailure = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    const worker = nodeIn(graph, 'instance:/web-1/worker');
    await worker.locator('.cause', { hasText: /start/ }).waitFor();
    await untilEqual(
        'the label says so',
        async () => (await labelsIn(graph, 'state'))['instance:/web-1/worker'],
        'start failed',
    );
    await untilEqual(
        'who imports from it waits',
        async () => (await labelsIn(graph, 'state'))['instance:/front/balancer'],
        'waiting for Worker',
    );
    await scene.editor
        .notification(/failed/i)
        .first()
        .waitFor();
    await scene.editor.runCommand('Notifications: Clear All Notifications');
    await scene.editor.statusItem('hello-cluster: 2 failures').first().waitFor();
    await waitUntilFaultless(graph);
    await scene.picture('graph-failing');
    const card = await explainNode(scene, graph, 'instance:/web-1/worker');
    await card.filter({ hasText: /exited with code 7/ }).waitFor();
};

/** What the model changes in what is deployed, as a difference and as a plan. */
const showsDeploymentChanges = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    changeGreeting(scene);
    await takeFromMenu(graph, menu, 'Changes since the deployment');
    await untilEqual('what differs from what is deployed', async () => labelsIn(graph, 'change-mark'), {
        'instance:/web-1/worker': 'changed',
    });
    await takeFromMenu(graph, menu, 'Plan of a deployment');
    await graph.locator('.over-title', { hasText: 'Deploy the changes' }).waitFor();
    await until(
        'the plan touches the worker',
        async () => 'instance:/web-1/worker' in (await labelsIn(graph, 'plan-mark')),
    );
    assert.ok(!('instance:/data/store' in (await labelsIn(graph, 'plan-mark'))), 'the store is left alone');
};

const showsFailure: EndToEndTest = {
    name: 'a failing run shows its cause on the node, and the graph what the model changes in what is deployed',
    folder: 'examples/hello-cluster',
    limitMs,
    setup: { viewport, theme: 'light', settings: { 'roboconf.deploy.confirm': false }, prepareFolder: breakWorkers },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor } = scene;
        const graph = await showInstances(scene);
        await editor.runCommand('Roboconf: Deploy');
        await editor.openContainer('Roboconf');
        await waitForFailure(scene, graph);
        await showsDeploymentChanges(scene, graph);
        mendWorkers(scene);
        await editor.runCommand('Roboconf: Deploy');
        await editor.press('Review Changes');
        await editor.choose('Apply these changes');
        await waitForAll(scene, 'DEPLOYED_STARTED');
        await untilEqual('so does the graph', async () => [...new Set(Object.values(await labelsIn(graph, 'state')))], [
            'started',
        ]);
        await graph.locator('.over-title', { hasText: 'nothing would change' }).waitFor();
        await editor.runCommand('Roboconf: Undeploy');
        await waitUntilGone(scene);
    },
};

const git = (folder: string, ...words: readonly string[]): void => {
    const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org'];
    execFileSync('git', [...who, ...words], { cwd: folder });
};

const commitAll = (folder: string): void => {
    git(folder, 'init', '--quiet');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'The application as it is');
};

const edit = ({ session }: Scene, file: string, change: (text: string) => string): void => {
    const place = path.join(session.folder, file);
    writeFileSync(place, change(readFileSync(place, 'utf8')));
};

const cache = '\n# What is asked for often.\nCache {\n\tinstaller: script;\n\texports: ip;\n}\n';
const cacheInstance = '\n\n\tinstance of Cache {\n\t\tname: cache;\n\t}';

/** One server less, one part more, another port and another import. */
const editModel = (scene: Scene): void => {
    edit(scene, 'graph/main.graph', (text) => {
        const changed = text
            .replace('port = 80;', 'port = 8000;')
            .replace('imports: MariaDB.*;', 'imports: MariaDB.*, Cache.ip;');
        return changed + cache;
    });
    edit(scene, 'graph/machines.graph', (text) => text.replace('Tomcat, MariaDB', 'Tomcat, MariaDB, Cache'));
    edit(scene, 'instances/model.instances', (text) => {
        const [from, to] = ['app-2', 'data'].map((name) => text.indexOf(`instance of Machine {\n\tname: ${name};`));
        return (text.slice(0, from) + text.slice(to)).replace('name: mariadb;\n\t}', (found) => found + cacheInstance);
    });
};

const edgesWith = async (graph: FrameLocator, name: string): Promise<readonly string[]> => {
    const edges = graph.locator(`.stage .edge.${name}`);
    const ids = await edges.evaluateAll((all) => all.map((edge) => edge.getAttribute('data-edge') ?? ''));
    return ids.toSorted();
};

const showsPlan = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    await takeFromMenu(graph, menu, 'Plan of a deployment');
    await graph.locator('.over-title', { hasText: 'Deploy the whole application' }).waitFor();
    await graph.locator('.over-marks', { hasText: /create\s*10$/ }).waitFor();
    await untilEqual(
        'what is done to a node',
        async () => (await labelsIn(graph, 'plan-mark'))['instance:/data/mariadb'],
        'create',
    );
    const waves = async (id: string): Promise<string> => (await labelPartsIn(graph, 'number'))[id] ?? '';
    assert.equal(await waves('instance:/data'), '1', 'machines are made first');
    await until('an importer is started after what it imports from', async () => {
        const lastOf = (text: string): number => Number(text.split('–').at(-1));
        return lastOf(await waves('instance:/front/apache')) > lastOf(await waves('instance:/app-1/tomcat'));
    });
    assert.ok((await graph.locator('.stage .node.critical').count()) > 1, 'the critical path stands out');
    assert.ok((await edgesWith(graph, 'critical')).length > 0, 'and its lines');
    await waitUntilFaultless(graph);
    await scene.picture('graph-plan');
    const card = await explainNode(scene, graph, 'instance:/front/apache');
    await card.filter({ hasText: 'on the critical path' }).waitFor();
    await press(graph, 'Close the overlay');
    await untilEqual('no marks are left', async () => labelsIn(graph, 'plan-mark'), {});
};

const removed = ['/app-2', '/app-2/tomcat', '/app-2/tomcat/guestbook'].map(
    (each) => [`instance:${each}`, 'removed'] as const,
);

const changed = {
    'instance:/app-1/tomcat/guestbook': 'changed',
    ...Object.fromEntries(removed),
    'instance:/data/cache': 'added',
    'instance:/data/mariadb': 'rewired',
    'instance:/front/apache': 'changed',
};

const showsCommitChanges = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    await takeFromMenu(graph, menu, 'Changes since the last commit');
    await graph.locator('.over', { hasText: 'Nothing differs.' }).waitFor();
    editModel(scene);
    await untilEqual('what differs from the commit', async () => labelsIn(graph, 'change-mark'), changed);
    await untilEqual('a line that is new', async () => edgesWith(graph, 'added'), [
        'import:instance:/app-1/tomcat/guestbook->instance:/data/cache',
    ]);
    assert.equal((await edgesWith(graph, 'removed')).length, 2, 'lines that are gone are drawn');
    const card = await explainNode(scene, graph, 'instance:/front/apache');
    await card.filter({ hasText: 'exports Apache.port: 80 → 8000' }).waitFor();
    await scene.page.mouse.move(1, 1);
    await waitUntilFaultless(graph);
    await scene.picture('graph-changes');
};

const comparesStates: EndToEndTest = {
    name: 'a graph shows what a deployment would do in which order, and what differs from the last commit',
    folder: 'examples/lamp',
    limitMs,
    setup: { viewport, theme: 'light', settings: { 'git.enabled': true }, prepareFolder: commitAll },
    run: async (context) => {
        const scene = sceneOf(context);
        const graph = await showInstances(scene);
        await showsPlan(scene, graph);
        await showsCommitChanges(scene, graph);
        await reloadWindow(scene.page);
        const again = await graphThatShows(scene.page, 'Instances');
        await untilEqual('it is still drawn after a reload', async () => labelsIn(again, 'change-mark'), changed);
        git(scene.session.folder, 'commit', '--quiet', '--all', '--message', 'Another server');
        // The support of the editor for Git looks by itself only while its window has the focus.
        await scene.editor.runCommand('Git: Refresh');
        await until(
            'a commit ends the difference',
            async () => Object.keys(await labelsIn(again, 'change-mark')).length === 0,
        );
        await scene.editor.runCommand('Roboconf: Show Deployment Changes');
        await scene.editor
            .notification(/deployed/)
            .first()
            .waitFor();
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [showsRun, showsFailure, comparesStates];
