/** Errors and their cures as a person meets them: the light bulb's list, a name put right, a component made with its recipe. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { breakChild, fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const folder = 'examples/hello-cluster';
const limitMs = 90_000;

const actions = ({ page }: Scene): Locator => page.locator('.action-widget .monaco-list-row.action');

/** Opens the list of cures at the cursor until one holds a text: findings come a moment after what is typed. */
const openCures = async (scene: Scene, title: string): Promise<void> => {
    await until(`'${title}' is offered`, async () => {
        await scene.page.keyboard.press('Control+.');
        const found = actions(scene).filter({ hasText: title }).first();
        const isThere = await found.waitFor({ timeout: 1500 }).then(
            () => true,
            () => false,
        );
        if (!isThere) await scene.page.keyboard.press('Escape');
        return isThere;
    });
};

const chooseCure = async (scene: Scene, title: string): Promise<void> => {
    await openCures(scene, title);
    await actions(scene).filter({ hasText: title }).first().click();
};

const noErrors = async ({ editor }: Scene): Promise<void> => {
    await until('no error is left', async () => (await editor.squiggles('error').count()) === 0);
};

const curesFindings: EndToEndTest = {
    name: 'errors are cured from the light bulb, down to a new component with its recipe',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, session } = scene;
        await breakChild(scene);
        await openCures(scene, "Change to 'Worker'");
        await scene.picture('quick-fixes');
        await actions(scene).filter({ hasText: "Change to 'Worker'" }).first().click();
        await noErrors(scene);
        await editor.replace(placeOf(fileOf(scene, 'graph/machine.graph'), 'Worker,'), 0, 'Cache, ');
        await scene.page.keyboard.press('Escape');
        await editor.squiggles('error').first().waitFor();
        await editor.goTo(placeOf(fileOf(scene, 'graph/machine.graph'), 'Worker,'));
        await chooseCure(scene, "Create component 'Cache' in machine.graph");
        await noErrors(scene);
        await editor
            .lines('machine.graph')
            .filter({ hasText: /^Cache/ })
            .waitFor();
        await editor.save();
        await editor.goTo(placeOf(fileOf(scene, 'graph/machine.graph'), 'Cache {'));
        await chooseCure(scene, "Create the recipe 'graph/Cache'");
        const script = path.join(session.folder, 'graph/Cache/scripts/start.sh');
        await until('the recipe is written', async () =>
            Promise.resolve(existsSync(script) && readFileSync(script, 'utf8').startsWith('#!/bin/sh')),
        );
        await until('no warning is left', async () => (await editor.squiggles('warning').count()) === 0);
        await scene.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Cache' }).waitFor();
        await scene.picture('quick-fixes-recipe');
    },
};

/** The tests of quick fixes. */
export const tests: readonly EndToEndTest[] = [curesFindings];
