/** Ways to look at a graph: what its nodes are, what of them is shown, where they lie, and where the graph itself is. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { editorPage } from './support/editor-page.ts';
import {
    assertWithin,
    drag,
    explainNode,
    graphThatShows,
    nodeIn,
    restingPlace,
    shownNodes,
    takeFromMenu,
    tickInMenu,
    tool,
    turnTo,
    waitUntilFaultless,
} from './support/graph.ts';
import { until, untilEqual } from './support/poll.ts';
import { reloadWindow } from './support/reload.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const limitMs = 480_000;
const windowMs = 90_000;
const viewport = { width: 1600, height: 900 };
const instanceCount = 10;

const waitForNodes = async (graph: FrameLocator, expected: readonly string[]): Promise<void> => {
    await untilEqual('the nodes that are shown', async () => shownNodes(graph), expected);
};

const waitForCount = async (graph: FrameLocator, expected: number): Promise<void> => {
    await untilEqual('how many nodes are shown', async () => (await shownNodes(graph)).length, expected);
};

const levelOf = async (graph: FrameLocator, id: string): Promise<string | null> =>
    nodeIn(graph, id).getAttribute('aria-level');

const turnsToHosts = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    const inner = 'instance:/app-1/tomcat/guestbook';
    await waitUntilFaultless(graph);
    await scene.picture('graph-components');
    await turnTo(graph, 'Hosts', inner);
    await untilEqual('all that runs on a host lies side by side', async () => levelOf(graph, inner), '2');
    await turnTo(graph, 'Instances', inner);
    await untilEqual('an instance lies in its parent', async () => levelOf(graph, inner), '3');
    await waitForCount(graph, instanceCount);
    await assertWithin(nodeIn(graph, inner), nodeIn(graph, 'instance:/app-1/tomcat'));
};

const filters = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    await tool(graph, /^Filter/).click();
    await graph.getByRole('checkbox', { name: /^Tomcat/ }).check();
    const servers = ['/app-1', '/app-1/tomcat', '/app-2', '/app-2/tomcat'].map((each) => `instance:${each}`);
    await waitForNodes(graph, servers);
    await graph.getByRole('checkbox', { name: /^app-2/ }).check();
    await waitForNodes(graph, servers.slice(2));
    await graph.locator('.chip-count', { hasText: '2 of 10 shown' }).waitFor();
    await scene.picture('graph-filter');
    await graph.getByRole('checkbox', { name: /^app-2/ }).press('Escape');
    await graph.getByRole('button', { name: 'Remove the filter app-2' }).click();
    await waitForNodes(graph, servers);
    await graph.locator('.chips').getByRole('button', { name: 'Clear All' }).click();
    await waitForCount(graph, instanceCount);
};

const foundIn = async (graph: FrameLocator): Promise<readonly string[]> => {
    const nodes = graph.locator('.node.found');
    const ids = await nodes.evaluateAll((all) => all.map((node) => node.getAttribute('data-node') ?? ''));
    return ids.toSorted();
};

const selectedIn = async (graph: FrameLocator): Promise<readonly (string | null)[]> =>
    graph.locator('.node.selected').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node')));

const searches = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    const field = graph.getByRole('textbox', { name: 'Find in the graph' });
    const books = ['instance:/app-1/tomcat/guestbook', 'instance:/app-2/tomcat/guestbook', 'instance:/data/mariadb'];
    await graph.locator('.stage').press('Control+F');
    await field.fill('guestbook');
    // The database is called like that.
    await untilEqual('what is found', async () => foundIn(graph), books);
    await graph.locator('.search-count', { hasText: '1 of 3' }).waitFor();
    await until('the second match is selected', async () => {
        if ((await selectedIn(graph)).join() !== books[1]) await field.press('Enter');
        return (await selectedIn(graph)).join() === books[1];
    });
    await graph.locator('.search-count', { hasText: '2 of 3' }).waitFor();
    await scene.picture('graph-search');
    await field.press('Escape');
    await untilEqual('nothing is marked any more', async () => foundIn(graph), []);
    await graph.locator(`[data-node="${books[1]}"]:focus`).waitFor();
};

const folds = async (graph: FrameLocator): Promise<void> => {
    const [server, book] = ['instance:/app-1/tomcat', 'instance:/app-1/tomcat/guestbook'];
    await nodeIn(graph, server).press('Shift+ArrowLeft');
    await nodeIn(graph, book).waitFor({ state: 'detached' });
    await nodeIn(graph, server).and(graph.locator('[aria-expanded=false]')).waitFor();
    await nodeIn(graph, server).locator('.inside', { hasText: '1 inside' }).waitFor();
    await nodeIn(graph, server).press('Shift+ArrowRight');
    await nodeIn(graph, book).waitFor();
    await tool(graph, 'Collapse all containers').click();
    await waitForNodes(
        graph,
        ['/app-1', '/app-2', '/data', '/front'].map((each) => `instance:${each}`),
    );
    await tool(graph, 'Expand all containers').click();
    await waitForCount(graph, instanceCount);
};

const focusesOn = async (graph: FrameLocator): Promise<void> => {
    const database = 'instance:/data/mariadb';
    await nodeIn(graph, database).locator('.label').click();
    await nodeIn(graph, database).press('n');
    await nodeIn(graph, 'instance:/front').waitFor({ state: 'detached' });
    const around = graph.locator('.crumbs', { hasText: 'around mariadb, distance 1' });
    await around.waitFor();
    await graph.getByRole('button', { name: 'Larger neighbourhood' }).click();
    await graph.locator('.crumbs', { hasText: 'distance 2' }).waitFor();
    await nodeIn(graph, database).press('Escape');
    await waitForCount(graph, instanceCount);
    await around.waitFor({ state: 'hidden' });
};

const walks = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    const focused = async (): Promise<readonly (string | null)[]> =>
        graph
            .locator('.stage [data-node]:focus')
            .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node')));
    await nodeIn(graph, 'instance:/data').press('ArrowUp');
    await until('the node above has the focus', async () => /app-[12]/.test((await focused()).join()));
    await graph.locator(':focus').press('Home');
    await untilEqual('the first node has the focus', focused, ['instance:/front']);
    await graph.locator(':focus').press('Enter');
    const { line } = placeOf(fileOf(scene, 'instances/model.instances'), 'name: front');
    await scene.editor
        .activeLine('model.instances')
        .filter({ hasText: String(line) })
        .waitFor();
};

const readsTable = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    await nodeIn(graph, 'instance:/data').press('t');
    await graph.getByRole('treegrid').waitFor();
    const row = (id: string): Locator => graph.locator(`[data-row="${id}"]`);
    const cells = async (): Promise<readonly string[]> =>
        (await row('instance:/front/apache').locator('[role=gridcell]').allTextContents()).filter(
            (text) => text !== '',
        );
    await untilEqual('the row of an instance', cells, [
        'apache',
        'Apache',
        'front',
        'tomcat',
        'Apache.ip, Apache.port = 80',
    ]);
    await row('instance:/data').press('ArrowDown');
    await row('instance:/data/mariadb').and(graph.locator(':focus')).waitFor();
    await scene.picture('graph-table');
    await row('instance:/data/mariadb').press('Enter');
    const { line } = placeOf(fileOf(scene, 'instances/model.instances'), 'name: mariadb');
    await scene.editor
        .activeLine('model.instances')
        .filter({ hasText: String(line) })
        .waitFor();
    await tool(graph, /^Show as a table/).click();
    await graph.getByRole('treegrid').waitFor({ state: 'hidden' });
};

const zooms = async (graph: FrameLocator): Promise<void> => {
    const fit = graph.getByRole('button', { name: /^Fit the picture/ });
    const frame = graph.locator('.minimap-window');
    await fit.click();
    const zoomIn = graph.getByRole('button', { name: 'Zoom in (+)' });
    for (let i = 0; i < 4; i++) await zoomIn.click();
    const { x: before } = await restingPlace(frame);
    const map = await restingPlace(graph.locator('.minimap'));
    await graph.locator('.minimap').click({ position: { x: map.width - 8, y: map.height / 2 } });
    await until('the frame has moved', async () => (await restingPlace(frame)).x > before + 5);
    await fit.click();
    await frame.waitFor({ state: 'hidden' });
};

const explains = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    const card = await explainNode(scene, graph, 'instance:/front/apache');
    for (const text of ['Apache.port', 'from /app-1/tomcat, /app-2/tomcat', 'Answers browsers'])
        await card.filter({ hasText: text }).waitFor();
};

const looksEveryWay: EndToEndTest = {
    name: 'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
    folder: 'examples/lamp',
    limitMs,
    setup: { viewport, theme: 'light' },
    run: async (context) => {
        const scene = sceneOf(context);
        await scene.editor.openFile('main.graph');
        await scene.editor.runCommand('Roboconf: Show Graph');
        const graph = await graphThatShows(scene.page, 'Components');
        await turnsToHosts(scene, graph);
        await filters(scene, graph);
        await searches(scene, graph);
        await folds(graph);
        await focusesOn(graph);
        await walks(scene, graph);
        await readsTable(scene, graph);
        await zooms(graph);
        await explains(scene, graph);
    },
};

const positionsOf = ({ session }: Scene): string => path.join(session.folder, 'roboconf.positions.json');

type Pinned = Readonly<Record<string, { readonly x: number; readonly y: number; readonly in: string | null }>>;

/** What the side file says of the components, read as any program would. */
const pinnedComponents = (scene: Scene): Pinned =>
    existsSync(positionsOf(scene))
        ? (JSON.parse(readFileSync(positionsOf(scene), 'utf8')) as { readonly components: Pinned }).components
        : {};

const placeIn = async (graph: FrameLocator, id: string): Promise<string | null> =>
    nodeIn(graph, id).getAttribute('transform');

/** Drags a node and waits until the side file has its place. */
const pins = async (scene: Scene, graph: FrameLocator, id: string): Promise<void> => {
    const before = await placeIn(graph, id);
    const { x, y } = await restingPlace(nodeIn(graph, id).locator('.label'));
    await drag(scene.page, { x: x + 4, y: y + 4 }, { x: -50, y: 40 });
    await until('the side file has the node', () => Object.keys(pinnedComponents(scene)).includes(id));
    await nodeIn(graph, id).locator('.pin').waitFor();
    assert.notEqual(await placeIn(graph, id), before, 'the node lies elsewhere');
};

const edgeKinds = async (graph: FrameLocator): Promise<readonly string[]> => {
    const edges = graph.locator('.stage .edge');
    const classes = await edges.evaluateAll((all) => all.map((edge) => edge.getAttribute('class') ?? ''));
    return [...new Set(classes.map((each) => each.split(' ')[1] ?? ''))].toSorted();
};

const menu = 'Layers and direction';

const peelsLayers = async (graph: FrameLocator): Promise<void> => {
    const kinds = async (): Promise<readonly string[]> => edgeKinds(graph);
    await untilEqual('imports and inheritance are shown', kinds, ['extends', 'mandatory', 'optional']);
    await tickInMenu(graph, { menu, entry: 'Facets', isTicked: true });
    await untilEqual('facets as well', kinds, ['extends', 'facet', 'mandatory', 'optional']);
    await nodeIn(graph, 'facet:Reachable').waitFor();
    await takeFromMenu(graph, menu, 'Imports only');
    await untilEqual('imports alone', kinds, ['mandatory', 'optional']);
    const [balancer, worker] = ['component:LoadBalancer', 'component:Worker'].map((id) => nodeIn(graph, id));
    assert.ok(balancer !== undefined && worker !== undefined);
    await takeFromMenu(graph, menu, 'To the right');
    await until(
        'lines run to the right',
        async () => (await restingPlace(worker)).x > (await restingPlace(balancer)).x + 60,
    );
    await takeFromMenu(graph, menu, 'Downwards');
    await until(
        'lines run downwards',
        async () => (await restingPlace(worker)).y > (await restingPlace(balancer)).y + 60,
    );
};

const mendsDrift = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    const text = readFileSync(positionsOf(scene), 'utf8');
    const gone = '"component:Cache": { "x": 0, "y": 0, "in": null },';
    writeFileSync(positionsOf(scene), text.replace('"components": {', `"components": {\n    ${gone}`));
    await graph.locator('.drift', { hasText: '1 pinned position no longer fits.' }).waitFor();
    await graph.getByRole('button', { name: 'Forget Them' }).click();
    await untilEqual('only the other one is kept', () => Object.keys(pinnedComponents(scene)), ['component:Store']);
    await graph.locator('.drift').waitFor({ state: 'hidden' });
    await nodeIn(graph, 'component:Store').press('Delete');
    await until('the side file is gone', () => !existsSync(positionsOf(scene)));
    await nodeIn(graph, 'component:Store').locator('.pin').waitFor({ state: 'detached' });
};

/** A facet, an heir and an optional import, so that there is something in every layer. */
const addLayers = (folder: string): void => {
    const file = path.join(folder, 'graph', 'main.graph');
    const text = readFileSync(file, 'utf8');
    const more = [
        'facet Reachable {\n\texports: ip;\n}\n',
        'BusyWorker {\n\textends: Worker;\n\tfacets: Reachable;\n\timports: LoadBalancer.ip (optional);\n}\n',
    ];
    writeFileSync(file, `${text}\n${more.join('\n')}`);
    const machine = path.join(folder, 'graph', 'machine.graph');
    writeFileSync(machine, readFileSync(machine, 'utf8').replace('Store, Worker', 'Store, BusyWorker, Worker'));
};

const opensInWindow = async ({ page, editor }: Scene): Promise<void> => {
    const opened = page.context().waitForEvent('page', { timeout: windowMs });
    await editor.runCommand('Roboconf: Open in Window');
    const graph = editorPage(await opened).webview();
    await nodeIn(graph, 'component:Store').waitFor({ timeout: windowMs });
};

const standsInSideBar = async ({ page, editor }: Scene): Promise<void> => {
    await editor.openContainer('Roboconf');
    const header = (name: string): Locator => page.locator('.part.sidebar .pane-header', { hasText: name });
    // The other view takes the room that a picture needs.
    for (const [name, isOpen] of [
        ['Graph', 'true'],
        ['Deployments', 'false'],
    ] as const)
        await until(`the view ${name} is open: ${isOpen}`, async () => {
            if ((await header(name).getAttribute('aria-expanded')) === isOpen) return true;
            await header(name).click();
            return false;
        });
    await until('a second graph of components', async () => {
        const count = await page.locator('iframe.webview.ready').count();
        const graphs = Array.from({ length: count }, (_, nth) => editor.webview(nth));
        const drawn = await Promise.all(graphs.map(async (graph) => nodeIn(graph, 'component:Store').count()));
        return drawn.filter((each) => each > 0).length === 2;
    });
};

const keepsLooks: EndToEndTest = {
    name: 'each graph keeps its own look and the places given by hand over a reload, in a panel, the side bar and a window',
    folder: 'examples/hello-cluster',
    limitMs,
    setup: { viewport, prepareFolder: addLayers },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page } = scene;
        await editor.openFile('main.graph');
        await editor.runCommand('Roboconf: Show Graph');
        const components = await graphThatShows(page, 'Components');
        await peelsLayers(components);
        await pins(scene, components, 'component:Store');
        await editor.runCommand('Roboconf: Show Graph Beside');
        const instances = await graphThatShows(page, 'Instances');
        await turnTo(instances, 'Hosts', 'instance:/data/store');
        await tool(instances, 'Collapse all containers').click();
        const hosts = ['/data', '/front', '/web-1', '/web-2'].map((each) => `instance:${each}`);
        await waitForNodes(instances, hosts);
        const place = await placeIn(components, 'component:Store');
        await reloadWindow(page);
        const again = await graphThatShows(page, 'Components');
        await untilEqual('the layers are those of before', async () => edgeKinds(again), ['mandatory', 'optional']);
        await untilEqual('the node is where it was put', async () => placeIn(again, 'component:Store'), place);
        await waitForNodes(await graphThatShows(page, 'Hosts'), hosts);
        await mendsDrift(scene, again);
        await standsInSideBar(scene);
        await again.locator('.stage').focus();
        await opensInWindow(scene);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [looksEveryWay, keepsLooks];
