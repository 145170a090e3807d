/** Writing an application as a person does: what the source shows, what typing brings, what is proposed, explained and put in order. */
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';
import { explain, goToWords, lens, linesWith, propose, waitForColours, writeFiles } from './support/writing.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;
const GRAPH = 'graph/main.graph';

const CACHE = `# Remembers answers.
Cache {
	installer: logger;
	exports: ip, port = 6379;
}
`;

const showsStructure = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('main.graph');
    await lens(scene, '1 importer').first().waitFor();
    await lens(scene, '2 instances').first().waitFor();
    await goToWords(scene, GRAPH, 'greeting');
    for (const name of ['Worker', 'greeting'])
        await page.locator('.breadcrumbs-control .monaco-breadcrumb-item', { hasText: name }).first().waitFor();
    await editor.runCommand('Explorer: Focus on Outline View');
    const outline = page.locator('.outline-tree .monaco-list-row');
    await outline.filter({ hasText: 'random' }).first().waitFor();
    await scene.picture('source-structure');
    await editor.openFile('main.graph');
    await editor.runCommand('Fold All');
    await linesWith(scene, GRAPH, 'greeting').waitFor({ state: 'detached' });
    await editor.runCommand('Unfold All');
    await linesWith(scene, GRAPH, 'greeting').waitFor();
};

/** Enter after a proposal and after a value: both end the line. */
const typesFacet = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.goTo({ line: fileOf(scene, GRAPH).split('\n').length, column: 1 });
    await page.keyboard.type('\nfacet front {');
    await page.keyboard.press('Enter');
    await propose(scene, 'exports');
    await editor.acceptSuggestion('exports');
    await page.keyboard.type('url = home');
    await linesWith(scene, GRAPH, /url.=.home;/).waitFor();
    await page.keyboard.press('Enter');
    await linesWith(scene, GRAPH, /^\s*exports:.url.=.home;$/).waitFor();
    await page.keyboard.type('children: Worker');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await linesWith(scene, GRAPH, /^\s*children:.Worker;$/).waitFor();
};

const showsHints = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    const text = fileOf(scene, GRAPH);
    await editor.replace(placeOf(text, 'Store.ip, Store.port'), 'Store.ip'.length, 'front.url');
    await scene.page.keyboard.press('Escape');
    await editor.replace(placeOf(text, 'installer: script;'), 0, 'facets: front;\n');
    await linesWith(scene, GRAPH, /front.*←.*Store/).waitFor();
    await waitForColours(scene, 'main.graph', ['front', 'Store', 'facets']);
    await scene.picture('source-graph');
    await editor.openFile('model.instances');
    await linesWith(scene, 'model.instances', /Store.*home/).waitFor();
    await lens(scene, 'Simulate').waitFor();
    await scene.picture('source-instances');
};

const importsWhatIsChosen = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('main.graph');
    await editor.runCommand('File: Revert File');
    await linesWith(scene, GRAPH, /^facet/).waitFor({ state: 'detached' });
    writeFiles(scene.session.folder, { 'graph/cache.graph': CACHE });
    await goToWords(scene, GRAPH, 'Worker.port;', 'Worker.port'.length);
    await page.keyboard.type(', Cach');
    await propose(scene, 'Cache.port');
    await scene.picture('completion-import');
    await editor.acceptSuggestion('Cache.port');
    await linesWith(scene, GRAPH, /^import.cache\.graph;/).waitFor();
    await page.keyboard.press('Control+Shift+Space');
    await page.locator('.parameter-hints-widget.visible', { hasText: 'Prefix.name' }).waitFor();
    await scene.picture('signature-help');
    await page.keyboard.press('Escape');
    await editor.save();
    await goToWords(scene, GRAPH, 'Cache.port', 'Cache.'.length);
    await explain(scene, 'default value: 6379');
    await scene.picture('hover-import');
};

const writesModel: EndToEndTest = {
    name: 'the source shows what it means, and what is written is ended, proposed, imported and explained',
    folder,
    limitMs,
    setup: { theme: 'dark' },
    run: async (context) => {
        const scene = sceneOf(context);
        await showsStructure(scene);
        await typesFacet(scene);
        await showsHints(scene);
        await importsWhatIsChosen(scene);
    },
};

const OPERATIONS: Readonly<Record<string, string>> = {
    'commands/add-worker.commands': `# One more machine with a worker on it.
define machine = web-$(SMART_INDEX)
create Machine as $(machine)

email ops@example.com with Subject: scaled up\\nOne more worker on $(machine).
`,
    'rules.autonomic/scale-up.drl': `// More workers when the load is high.
rule "scale-up"
sleep period is 60s
when
	high-load
then
	
end
`,
    'probes/LoadBalancer.measures': `# Asked every twenty seconds.
[EVENT rest high-load]
Check http://localhost:{{ port }}/status that load >= 0.8

[EVENT file out-of-order]
Delete if exists /tmp/out-of-order
`,
    'probes/LoadBalancer.measures.properties': 'port = 8080\n',
    'graph/Machine/target.properties': 'id = cloud\nhandler = iaas-ec2\nname = Cloud\nec2.secret.key = wJalrXUtnFEMI\n',
};

const writesCommands = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('add-worker.commands');
    await waitForColours(scene, 'add-worker.commands', ['define', 'Machine']);
    await editor.goTo({ line: 4, column: 1 });
    await page.keyboard.type('create Worker as worker under ');
    await propose(scene, '/$(machine)');
    await scene.picture('completion-commands');
    await editor.acceptSuggestion('/$(machine)');
    await linesWith(scene, 'add-worker.commands', /under.\/\$\(machine\)/).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('deploy and start all /$(machine)');
    await page.keyboard.press('Escape');
    await editor.save();
    await until('nothing is wrong with it', async () => (await editor.squiggles('error').count()) === 0);
    await scene.picture('operations-commands');
};

const writesRule = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('LoadBalancer.measures');
    await waitForColours(scene, 'LoadBalancer.measures', ['EVENT', 'high-load']);
    await scene.picture('operations-probes');
    await editor.openFile('scale-up.drl');
    await editor.goTo({ line: 7, column: 2 });
    await propose(scene, 'add-worker');
    await editor.acceptSuggestion('add-worker');
    await waitForColours(scene, 'scale-up.drl', ['rule', 'add-worker']);
    await goToWords(scene, 'rules.autonomic/scale-up.drl', 'high-load', 2);
    await explain(scene, 'Check');
    await scene.picture('hover-rule');
    await page.keyboard.press('Escape');
    await editor.save();
    await editor.replace(
        placeOf(fileOf(scene, 'rules.autonomic/scale-up.drl'), 'add-worker'),
        'add-worker'.length,
        'ad-worker',
    );
    await page.keyboard.press('Escape');
    await editor.squiggles('error').first().waitFor();
    await scene.picture('operations-rule');
};

const writesTarget = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('target.properties');
    await editor.squiggles('warning').first().waitFor();
    await editor.goTo({ line: 5, column: 1 });
    await page.keyboard.type('ec2.');
    await propose(scene, 'ec2.ami');
    await scene.picture('operations-target');
    await page.keyboard.press('Escape');
};

const iconOf = async ({ editor }: Scene, file: string): Promise<string> =>
    editor
        .tab(file)
        .locator('.monaco-icon-label')
        .evaluate((label) => getComputedStyle(label, '::before').backgroundImage);

const showsIcons = async (scene: Scene): Promise<void> => {
    const kinds = [
        ['add-worker.commands', 'commands'],
        ['LoadBalancer.measures', 'measures'],
        ['scale-up.drl', 'rules'],
    ] as const;
    for (const [file, kind] of kinds)
        await until(`${file} has its icon`, async () => (await iconOf(scene, file)).includes(`${kind}-light.svg`));
};

const writesOperations: EndToEndTest = {
    name: 'commands, rules, probes and targets have colours, findings, proposals and icons',
    folder,
    limitMs,
    setup: { theme: 'light', prepareFolder: (root) => writeFiles(root, OPERATIONS) },
    run: async (context) => {
        const scene = sceneOf(context);
        await writesCommands(scene);
        await writesRule(scene);
        await writesTarget(scene);
        await showsIcons(scene);
    },
};

/** The tests of writing. */
export const tests: readonly EndToEndTest[] = [writesModel, writesOperations];
