/** Writing a model as a person does: what a list proposes, what a card tells, in the graph, in commands and in rules. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const folder = 'examples/hello-cluster';
const limitMs = 120_000;

const write = ({ session }: Scene, name: string, text: string): void => {
    const file = path.join(session.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
};

const importsWhatIsChosen = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    write(
        scene,
        'graph/cache.graph',
        '# Remembers answers.\nCache {\n\tinstaller: logger;\n\texports: ip, port = 6379;\n}\n',
    );
    await editor.openFile('main.graph');
    const place = placeOf(fileOf(scene, 'graph/main.graph'), 'Worker.ip, Worker.port');
    await editor.replace(place, 0, ', ');
    await editor.replace(place, 0, 'Cach');
    const labels = await editor.suggest();
    assert.ok(
        labels.some((label) => label.startsWith('Cache.port')),
        `Cache.port is among ${labels.join(', ')}`,
    );
    await scene.picture('completion-import');
    await editor.acceptSuggestion('Cache.port');
    await editor
        .lines('main.graph')
        .filter({ hasText: /^import.cache\.graph;/ })
        .waitFor();
    await page.keyboard.press('Escape');
    await editor.save();
};

const tellsAboutImport = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.goTo(placeOf(fileOf(scene, 'graph/main.graph'), 'port, Worker.ip'));
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    const card = page.locator('.monaco-hover:visible', { hasText: 'default value: 6379' });
    await card.first().waitFor();
    await scene.picture('hover-import');
    await page.keyboard.press('Escape');
};

const writesCommands = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    write(scene, 'commands/grow.commands', '# One more worker.\ncreate Machine as web-3\n');
    await editor.openFile('grow.commands');
    await editor.goTo({ line: 3, column: 1 });
    await page.keyboard.type('create Worker as worker under ');
    const parents = await editor.suggest();
    assert.ok(
        parents.some((label) => label.startsWith('/web-3')),
        `/web-3 is among ${parents.join(', ')}`,
    );
    await scene.picture('completion-commands');
    await editor.acceptSuggestion('/web-3');
    await editor
        .lines('grow.commands')
        .filter({ hasText: /under.\/web-3/ })
        .waitFor();
    await page.keyboard.press('Escape');
    await editor.save();
};

const writesRule = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    write(scene, 'probes/Worker.measures', '[EVENT file overloaded]\nDelete if exists /tmp/overloaded\n');
    write(
        scene,
        'rules.autonomic/grow.drl',
        'rule "grow"\n\tsleep period is 60s\n\twhen\n\t\toverloaded\n\tthen\n\t\t\nend\n',
    );
    await editor.openFile('grow.drl');
    await editor.goTo({ line: 6, column: 3 });
    const commands = await editor.suggest();
    assert.ok(
        commands.some((label) => label.startsWith('grow')),
        `grow is among ${commands.join(', ')}`,
    );
    await editor.acceptSuggestion('grow');
    await editor.goTo({ line: 4, column: 5 });
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    await page.locator('.monaco-hover:visible', { hasText: 'Delete if exists' }).first().waitFor();
    await scene.picture('hover-rule');
};

const writesModel: EndToEndTest = {
    name: 'what is written is proposed and explained, in the graph, in commands and in rules',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        await importsWhatIsChosen(scene);
        await tellsAboutImport(scene);
        await writesCommands(scene);
        await writesRule(scene);
    },
};

/** The tests of writing. */
export const tests: readonly EndToEndTest[] = [writesModel];
