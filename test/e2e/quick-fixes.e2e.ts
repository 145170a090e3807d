/** Findings as a person meets them: listed, explained, cured from the light bulb; then renaming, with all that follows from it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { breakChild, fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';
import { goToWords, linesWith, openCures, takeCure, waitUntilSound, writeFiles } from './support/writing.ts';

const folder = 'examples/hello-cluster';
const limitMs = 360_000;
const MACHINE = 'graph/machine.graph';

const FAULTY: Readonly<Record<string, string>> = {
    'commands/grow.commands': 'create Worker as worker under /nowhere\n',
    'rules.autonomic/grow.drl': 'rule "grow"\nwhen\n\toverloaded\nthen\n\tgrow;\nend\n',
    'probes/Worker.measures': '[EVENT file idle]\nDelete if exists /tmp/idle\n',
};

const isThere = ({ session }: Scene, name: string): boolean => existsSync(path.join(session.folder, name));

const listsAndExplains = async (scene: Scene): Promise<void> => {
    const { editor } = scene;
    await breakChild(scene);
    const problems = await editor.openProblems();
    for (const code of ['CO_INEXISTING_CHILD', 'CMD_', 'RULE_', 'X_MEASURES_UNUSED_EVENT'])
        await problems.filter({ hasText: code }).first().waitFor();
    await scene.picture('problems-kinds');
    await problems.locator('a', { hasText: 'CO_INEXISTING_CHILD' }).first().click();
    await editor.tab('CO_INEXISTING_CHILD.md').waitFor();
    await editor.webview().getByRole('heading', { name: 'Cure' }).waitFor();
    await scene.picture('finding-page');
    await scene.page.keyboard.press('Control+J');
};

const curesName = async (scene: Scene): Promise<void> => {
    await scene.editor.openFile('machine.graph');
    await goToWords(scene, MACHINE, 'Worker,');
    await openCures(scene, "Change to 'Worker'");
    await scene.picture('quick-fixes');
    await takeCure(scene, "Change to 'Worker'");
    await waitUntilSound(scene, 'error');
};

const makesComponent = async (scene: Scene): Promise<void> => {
    const { editor, page, session } = scene;
    await editor.replace(placeOf(fileOf(scene, MACHINE), 'Worker,'), 0, 'Cache, ');
    await page.keyboard.press('Escape');
    await editor.squiggles('error').first().waitFor();
    await goToWords(scene, MACHINE, 'Worker,');
    const create = "Create component 'Cache' in machine.graph";
    await openCures(scene, create);
    await takeCure(scene, create);
    await waitUntilSound(scene, 'error');
    await linesWith(scene, MACHINE, /^Cache/).waitFor();
    await editor.save();
    await goToWords(scene, MACHINE, 'Cache {');
    await openCures(scene, "Create the recipe 'graph/Cache'");
    await takeCure(scene, "Create the recipe 'graph/Cache'");
    const script = path.join(session.folder, 'graph/Cache/scripts/start.sh');
    await until(
        'the recipe is written',
        () => isThere(scene, 'graph/Cache/scripts/start.sh') && readFileSync(script, 'utf8').startsWith('#!/bin/sh'),
    );
    await waitUntilSound(scene, 'warning');
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Cache' }).waitFor();
    await scene.picture('quick-fixes-recipe');
};

const renames = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('main.graph');
    await goToWords(scene, 'graph/main.graph', 'Store {');
    await page.keyboard.press('F2');
    const input = page.locator('.rename-box input');
    await input.waitFor();
    await input.fill('Depot');
    await scene.picture('renaming-name');
    await page.keyboard.press('Enter');
    await until('the recipe has moved', () => isThere(scene, 'graph/Depot') && !isThere(scene, 'graph/Store'));
    await page.keyboard.press('Control+K');
    await page.keyboard.press('s');
    await until('children follow', () => /children: .*Depot/.test(fileOf(scene, MACHINE)));
    await until('imports follow', () => fileOf(scene, 'graph/main.graph').includes('imports: Depot.ip, Depot.port;'));
    await waitUntilSound(scene, 'error');
    await scene.picture('renaming-done');
};

const curesFindings: EndToEndTest = {
    name: 'findings are listed, explained and cured, and a renamed component takes its recipe along',
    folder,
    limitMs,
    setup: { theme: 'light', prepareFolder: (root) => writeFiles(root, FAULTY) },
    run: async (context) => {
        const scene = sceneOf(context);
        await listsAndExplains(scene);
        await curesName(scene);
        await makesComponent(scene);
        await renames(scene);
    },
};

/** The tests of findings, cures and renaming. */
export const tests: readonly EndToEndTest[] = [curesFindings];
