/** What several tests do with the example: the steps a person takes, each waiting for what that person would see. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { TestContext } from '../../../scripts/workbench/test-case.ts';
import { type EditorPage, editorPage } from './editor-page.ts';
import { until } from './poll.ts';
import { placeOf } from './text.ts';

/** A test's context with the handle on its editor. */
export type Scene = TestContext & { readonly editor: EditorPage };

const clickMs = 3_000;

// Four machines, one part on each.
const instanceCount = 8;

const runLimitMs = 120_000;

/** The scene of a test. */
export const sceneOf = (context: TestContext): Scene => ({ ...context, editor: editorPage(context.page) });

/** The text on disk of a file of the application. */
export const fileOf = (scene: Scene, name: string): string =>
    readFileSync(path.join(scene.session.folder, name), 'utf8');

/** The rows of the Deployments view whose instances have a status, by Roboconf's own name of it. */
export const rowsWith = (scene: Scene, status: string): Locator =>
    scene.page.locator(`.part.sidebar .monaco-list-row[aria-label*="(${status})"]`);

/** Waits until every instance of the example has a status. */
export const waitForAll = async (scene: Scene, status: string): Promise<void> => {
    await until(
        `all instances are ${status}`,
        async () => (await rowsWith(scene, status).count()) === instanceCount,
        runLimitMs,
    );
};

/** Replaces the child `Worker` of the machine by a word that names nothing; the file is not saved. */
export const breakChild = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('machine.graph');
    await editor.replace(placeOf(fileOf(scene, 'graph/machine.graph'), 'Worker,'), 'Worker'.length, 'Workes');
    await page.keyboard.press('Escape');
    await editor.squiggles('error').first().waitFor();
};

/** Orders the deployment of the example and says yes to what is asked; it is under way afterwards. */
export const orderDeploy = async ({ editor }: Scene): Promise<void> => {
    await editor.runCommand('Roboconf: Deploy');
    await editor.choose('Whole application');
    await editor.choose('This machine');
};

/** Deploys the example and waits until all of it is started. */
export const deployAll = async (scene: Scene): Promise<void> => {
    await orderDeploy(scene);
    await scene.editor.openContainer('Roboconf');
    await waitForAll(scene, 'DEPLOYED_STARTED');
};

/** Undeploys the example and waits until nothing of it is left. */
export const undeployAll = async (scene: Scene): Promise<void> => {
    await scene.editor.runCommand('Roboconf: Undeploy');
    await scene.editor.press('Undeploy');
    await waitUntilGone(scene);
};

/** Opens the graph of the example's instances and waits until it is drawn. */
export const showInstances = async ({ editor }: Scene): Promise<void> => {
    await editor.runCommand('Roboconf: Show Graph');
    const page = editor.webview();
    // A panel that has just appeared, or that is restored at this moment, may be drawn once more and forget a click.
    await until('the instances are drawn', async () => {
        await page.getByText('Instances', { exact: true }).click({ timeout: clickMs });
        await page.locator('[data-node="instance:/data/store"]').waitFor({ timeout: clickMs });
        return true;
    });
};

/** Waits until an undeployment that was ordered has left nothing. */
export const waitUntilGone = async (scene: Scene): Promise<void> => {
    const { editor, session, signal } = scene;
    await editor.openContainer('Roboconf');
    await until('no process is left', async () => (await session.recipeProcesses(signal)).length === 0, runLimitMs);
    await until('nothing is started', async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === 0);
};
