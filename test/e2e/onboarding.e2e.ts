/** From an empty folder to a running application, the texts in French, and what the package holds. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { contentFaults } from '../../scripts/package/content.ts';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until, untilEqual } from './support/poll.ts';
import { rowsWith, type Scene, sceneOf } from './support/scene.ts';

const widget = (page: Page): Locator => page.locator('.quick-input-widget:visible');

const title = async (page: Page, text: string): Promise<void> =>
    widget(page).locator('.quick-input-title', { hasText: text }).waitFor();

const answer = async (page: Page, heading: string, text: string): Promise<void> => {
    await title(page, heading);
    await widget(page).locator('input.input').fill(text);
    await page.keyboard.press('Enter');
};

const choose = async (page: Page, label: string): Promise<void> =>
    widget(page).locator('.monaco-list-row', { hasText: label }).first().click();

const emptied = (folder: string): void => {
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
};

const refusesBadName = async (scene: Scene): Promise<void> => {
    const { page } = scene;
    await title(page, 'New Roboconf Application (1/3)');
    await widget(page).locator('input.input').fill('1 shop');
    await widget(page).locator('.quick-input-message', { hasText: 'A name starts with a letter' }).waitFor();
    await page.keyboard.press('Enter');
    await title(page, 'New Roboconf Application (1/3)');
    await scene.picture('new-application');
};

const makesApplication = async (scene: Scene): Promise<void> => {
    const { editor, page, session } = scene;
    await editor.openContainer('Roboconf');
    await page.locator('.part.sidebar .monaco-button', { hasText: 'New Application' }).waitFor();
    await scene.picture('welcome');
    await editor.runCommand('Roboconf: New Application…');
    await choose(page, path.basename(session.folder));
    await refusesBadName(scene);
    await answer(page, 'New Roboconf Application (1/3)', 'web shop');
    await answer(page, 'New Roboconf Application (2/3)', 'A page and its words.');
    await title(page, 'New Roboconf Application (3/3)');
    await choose(page, 'Plain');
    await editor.tab('main.graph').waitFor();
    for (const name of ['Machine', 'Backend', 'Frontend'])
        await editor.webview().locator(`[data-node="component:${name}"]`).waitFor();
    await scene.picture('new-application-made');
};

const deploysIt = async (scene: Scene): Promise<void> => {
    const { editor, signal } = scene;
    const folder = path.join(scene.session.folder, 'web-shop');
    const checked = await scene.session.roboconf('check', folder);
    assert.deepEqual([checked.code, checked.out], [0, '']);
    const deployed = await scene.session.roboconf('deploy', folder, '--yes');
    assert.equal(deployed.code, 0, deployed.err);
    await editor.openContainer('Roboconf');
    await until('all three are started', async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === 3);
    const address = /http:\/\/[\d.]+:\d+\//.exec(deployed.out)?.[0] ?? '';
    const page = await (await fetch(address, { signal })).text();
    assert.match(page, /Hello from your first application/);
    const undeployed = await scene.session.roboconf('undeploy', folder, '--yes');
    assert.equal(undeployed.code, 0, undeployed.err);
};

const fromNothing: EndToEndTest = {
    name: 'onboarding: an application is made from nothing, drawn and deployed',
    folder: 'examples/starter',
    limitMs: 360_000,
    setup: { folderName: 'été à la mer', prepareFolder: emptied },
    run: async (context) => {
        const scene = sceneOf(context);
        await makesApplication(scene);
        await deploysIt(scene);
    },
};

const withRecipes: EndToEndTest = {
    name: 'onboarding: recipe folders are created for the components that lack them',
    folder: 'examples/hello-cluster',
    limitMs: 360_000,
    setup: {
        prepareFolder: (folder) => {
            for (const name of ['Worker', 'Machine']) rmSync(path.join(folder, 'graph', name), { recursive: true });
        },
    },
    run: async (context) => {
        const { editor, page, session } = sceneOf(context);
        await editor.openFile('main.graph');
        await editor.runCommand('Roboconf: Create Recipe Folders…');
        await title(page, 'Choose the components that get a recipe folder');
        await widget(page).locator('.monaco-list-row', { hasText: 'graph/Worker' }).waitFor();
        await page.keyboard.press('Enter');
        await editor.tab('start.sh').waitFor();
        await editor.lines('start.sh').filter({ hasText: 'Store_0_port' }).first().waitFor();
        const worker = path.join(session.folder, 'graph', 'Worker', 'scripts');
        const scripts = ['deploy.sh', 'start.sh', 'stop.sh', 'undeploy.sh', 'update.sh'];
        await untilEqual('every script is written', () => readdirSync(worker).toSorted(), scripts);
        // The mark is set right after the file is written.
        await until('the scripts are programs', () =>
            Promise.resolve((statSync(path.join(worker, 'start.sh')).mode & 0o111) !== 0),
        );
        const target = path.join(session.folder, 'graph', 'Machine', 'target.properties');
        await until('the target is written', () => existsSync(target));
        const checked = await session.roboconf('check', session.folder);
        assert.deepEqual([checked.code, checked.out], [0, '']);
        await editor.lines('start.sh').first().click();
        await page.keyboard.press('Control+Z');
        await until('the files are gone', () => Promise.resolve(!existsSync(path.join(worker, 'start.sh'))));
    },
};

const sample: EndToEndTest = {
    name: 'onboarding: a sample is copied to a folder of the person',
    folder: 'examples/starter',
    limitMs: 360_000,
    setup: { prepareFolder: (folder) => [emptied(folder), mkdirSync(path.join(folder, 'mine'))] },
    run: async (context) => {
        const { editor, page, session } = sceneOf(context);
        const place = path.join(session.folder, 'mine');
        await editor.runCommand('Roboconf: Open Sample…');
        await title(page, 'Choose a sample');
        await choose(page, 'hello-cluster');
        await widget(page).locator('.quick-input-action', { hasText: 'Choose Folder' }).waitFor();
        await widget(page).locator('input.input').fill(`${place}/`);
        await widget(page).locator('.quick-input-action', { hasText: 'Choose Folder' }).click();
        await editor.tab('main.graph').waitFor();
        await editor.webview().locator('[data-node="component:LoadBalancer"]').waitFor();
        const graph = readFileSync(path.join(place, 'hello-cluster', 'graph', 'main.graph'), 'utf8');
        assert.match(graph, /^LoadBalancer \{$/m);
    },
};

const inFrench: EndToEndTest = {
    name: 'onboarding: the texts are in French where the editor is',
    folder: 'examples/starter',
    limitMs: 360_000,
    setup: { language: 'fr', prepareFolder: emptied },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, page } = scene;
        await editor.openContainer('Roboconf');
        await page
            .locator('.part.sidebar', { hasText: 'Cet espace de travail ne contient aucune application' })
            .waitFor();
        await editor.runCommand('Roboconf: Nouvelle application…');
        await choose(page, path.basename(scene.session.folder));
        await title(page, 'Nouvelle application Roboconf');
        await widget(page).locator('input.input').fill('1');
        await widget(page).locator('.quick-input-message', { hasText: 'Un nom commence par une lettre' }).waitFor();
        await scene.picture('french');
        await page.keyboard.press('Escape');
        writeFileSync(path.join(scene.session.folder, 'alone.graph'), 'Web {\n\texports: ip;\n}\n');
        await editor.openFile('alone.graph');
        const problems = await editor.openProblems();
        await problems.filter({ hasText: "Le composant « Web » n'a pas d'installateur" }).first().waitFor();
    },
};

const showsWhatItIs = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openFile('main.graph');
    await editor.statusItem(/^Roboconf Graph$/).waitFor();
    await page.locator('[id="status.languageStatus"]').click();
    const states = page.locator('.hover-language-status');
    await states.filter({ hasText: 'starter' }).filter({ hasText: '0 errors, 0 warnings' }).waitFor();
    await states.filter({ hasText: '1 application' }).filter({ hasText: 'Restart' }).waitFor();
    await scene.picture('language-status');
    await page.keyboard.press('Escape');
};

const holdsWhatItShould = ({ session }: Scene): void => {
    const [name = ''] = readdirSync(session.directories.extensions).filter((each) => /^roboconf\./.test(each));
    const folder = path.join(session.directories.extensions, name);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        // The workbench's own mark of an installed extension.
        .filter((file) => file !== '.vsixmanifest');
    assert.deepEqual(contentFaults(files), []);
};

const walksThrough = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.runCommand('Welcome: Open Walkthrough...');
    await widget(page).locator('input.input').fill('Begin with Roboconf');
    await choose(page, 'Begin with Roboconf');
    const steps = page.locator('.gettingStartedContainer .step-title');
    await steps.filter({ hasText: 'See the picture' }).waitFor();
    await untilEqual('five steps', async () => steps.count(), 5);
    await steps.filter({ hasText: 'See the picture' }).click();
    await page.getByRole('button', { name: 'Show Graph' }).first().waitFor();
    const picture = page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame');
    await picture.contentFrame().locator('svg text', { hasText: 'ip, port' }).waitFor();
    await scene.picture('walkthrough');
};

const packaged: EndToEndTest = {
    name: 'onboarding: the packaged extension holds what it should, and its walkthrough leads through the first deployment',
    folder: 'examples/starter',
    limitMs: 360_000,
    // Where there is little room, the pictures of a walkthrough are left out.
    setup: { viewport: { width: 1600, height: 900 } },
    run: async (context) => {
        const scene = sceneOf(context);
        await showsWhatItIs(scene);
        holdsWhatItShould(scene);
        await scene.editor.runCommand('View: Close All Editors');
        await walksThrough(scene);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [fromNothing, withRecipes, sample, inFrench, packaged];
