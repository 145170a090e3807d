/** Renaming as a person does it: a component with the folder of its recipe, and a file with those that import it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const folder = 'examples/hello-cluster';
const limitMs = 90_000;

const isThere = (scene: Scene, name: string): boolean => existsSync(path.join(scene.session.folder, name));

const renameAt = async (scene: Scene, word: string, newName: string): Promise<void> => {
    const { editor, page } = scene;
    const { line, column } = placeOf(fileOf(scene, 'graph/main.graph'), word);
    await editor.goTo({ line, column });
    await page.keyboard.press('F2');
    const input = page.locator('.rename-box input');
    await input.waitFor();
    await input.fill(newName);
    await scene.picture('renaming-name');
    await page.keyboard.press('Enter');
};

const saveAll = async ({ page }: Scene): Promise<void> => {
    await page.keyboard.press('Control+K');
    await page.keyboard.press('s');
};

const renamesComponent: EndToEndTest = {
    name: 'a component that is renamed takes the folder of its recipe along',
    folder,
    limitMs,
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor } = scene;
        await editor.openFile('main.graph');
        await renameAt(scene, 'Store {', 'Depot');
        await until('the recipe has moved', () => isThere(scene, 'graph/Depot') && !isThere(scene, 'graph/Store'));
        await saveAll(scene);
        await until('all files are saved', () =>
            fileOf(scene, 'graph/machine.graph').includes('children: Depot, Worker'),
        );
        await until('imports follow', () =>
            fileOf(scene, 'graph/main.graph').includes('imports: Depot.ip, Depot.port;'),
        );
        await scene.picture('renaming-done');
        await until('nothing is wrong', async () => (await editor.squiggles('error').count()) === 0);
    },
};

/** The tests of renaming. */
export const tests: readonly EndToEndTest[] = [renamesComponent];
