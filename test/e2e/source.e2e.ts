/** The source of a model as a person sees it: colours, hints, counts above components, and what typing brings. */
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const folder = 'examples/hello-cluster';
const limitMs = 90_000;

const lens = (scene: Scene, text: string): Locator =>
    scene.page.locator('.monaco-editor .codelens-decoration', { hasText: text });

const line = (scene: Scene, name: string, text: string | RegExp): Locator =>
    scene.editor.lines(name).filter({ hasText: text });

/** The colours of the words on lines that hold a text. */
const colours = async (lines: Locator): Promise<readonly (readonly [string, string])[]> =>
    lines
        .locator('span > span')
        .evaluateAll((words) => words.map((word) => [word.textContent ?? '', getComputedStyle(word).color] as const));

const colourOf = async (lines: Locator, word: string): Promise<string | undefined> =>
    (await colours(lines)).find(([text]) => text.trim() === word)?.[1];

const writeFacet = async (scene: Scene): Promise<void> => {
    const text = fileOf(scene, 'graph/main.graph');
    await scene.editor.goTo({ line: text.split('\n').length, column: 1 });
    await scene.page.keyboard.type('\nfacet front {');
    await scene.page.keyboard.press('Enter');
    await scene.page.keyboard.type('exports: url = home');
    await scene.page.keyboard.press('Enter');
};

const showsSource: EndToEndTest = {
    name: 'the source tells names apart, counts uses, and typing ends a line',
    folder,
    limitMs,
    setup: { theme: 'dark' },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor } = scene;
        await editor.openFile('main.graph');
        await lens(scene, '1 importer').first().waitFor();
        await lens(scene, '2 instances').first().waitFor();
        await writeFacet(scene);
        // Not the words with blanks between them: the editor shows others.
        await line(scene, 'main.graph', /home;/).waitFor();
        const text = fileOf(scene, 'graph/main.graph');
        await editor.replace(placeOf(text, 'Store.ip, Store.port'), 'Store.ip'.length, 'front.url');
        await editor.replace(placeOf(text, 'installer: script;'), 0, 'facets: front;\n');
        await line(scene, 'main.graph', /front.*←.*Store/).waitFor();
        await until('a facet and a component have colours of their own', async () => {
            const facet = await colourOf(line(scene, 'main.graph', /^\s*facets/), 'front');
            const component = await colourOf(line(scene, 'main.graph', /^Store/), 'Store');
            return facet !== undefined && component !== undefined && facet !== component;
        });
        await scene.picture('source-graph');
        await editor.openFile('model.instances');
        await line(scene, 'model.instances', /Store.*home/).waitFor();
        await lens(scene, 'Simulate').waitFor();
        await scene.picture('source-instances');
    },
};

/** The tests of the source. */
export const tests: readonly EndToEndTest[] = [showsSource];
