/** What a graph shows, written to files of every format. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { malformation } from '../media/well-formed.ts';
import { graphThatShows, takeFromMenu } from './support/graph.ts';
import { until } from './support/poll.ts';
import { type Scene, sceneOf } from './support/scene.ts';

const limitMs = 480_000;
const stepMs = 3_000;
const names = ['apache', 'tomcat', 'guestbook', 'mariadb', 'app-1', 'app-2'];

type Format = { readonly row: string; readonly extension: string };

const formats: readonly Format[] = [
    { row: 'SVG picture', extension: 'svg' },
    { row: 'PNG image', extension: 'png' },
    { row: 'Web page', extension: 'html' },
    { row: 'Mermaid', extension: 'mmd' },
    { row: 'DOT', extension: 'dot' },
    { row: 'draw.io', extension: 'drawio' },
];

const fileOf = ({ session }: Scene, extension: string): string =>
    path.join(session.folder, `lamp-instances.${extension}`);

const textOf = (scene: Scene, extension: string): string => readFileSync(fileOf(scene, extension), 'utf8');

/** Exports under the name that is proposed. */
const exportAs = async (scene: Scene, { row, extension }: Format): Promise<void> => {
    const { editor, page } = scene;
    const proposed = path.basename(fileOf(scene, extension));
    const field = page.locator('.quick-input-widget:visible input.input');
    const wanted = page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: row });
    // The list closes when a notification or a webview takes the focus from it.
    await until(`${proposed} is proposed`, async () => {
        if (!(await field.isVisible())) await editor.runCommand('Roboconf: Export Graph…');
        // Not with the pointer: its tooltip lies over the next row.
        await field.fill(row, { timeout: stepMs });
        await wanted.waitFor({ timeout: stepMs });
        await field.press('Enter', { timeout: stepMs });
        return until('a name', async () => (await field.inputValue({ timeout: stepMs })).endsWith(proposed), stepMs);
    });
    await until(`${proposed} is written`, async () => {
        if (existsSync(fileOf(scene, extension)) && statSync(fileOf(scene, extension)).size > 0) return true;
        await field.press('Enter', { timeout: stepMs }).catch(() => undefined);
        return false;
    });
    await editor.notification(`${proposed} saved`).first().waitFor();
    await editor.runCommand('Notifications: Clear All Notifications');
};

const assertHasAll = (text: string): void => {
    for (const name of names) assert.ok(text.includes(name), `${name} is in it`);
};

/** Width and height as an image says them itself. */
const sizeOfImage = (image: Buffer): readonly [number, number] => {
    assert.deepEqual(
        [...image.subarray(0, 8)],
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
        'the signature of PNG',
    );
    return [image.readUInt32BE(16), image.readUInt32BE(20)];
};

const checksPictures = (scene: Scene): void => {
    const svg = textOf(scene, 'svg');
    assert.equal(malformation(svg), null);
    assert.ok(!svg.includes('foreignObject'), 'a real SVG');
    assertHasAll(svg);
    const [width = 0, height = 0] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? '').split(' ').slice(2).map(Number);
    const [pixelsAcross, pixelsDown] = sizeOfImage(readFileSync(fileOf(scene, 'png')));
    assert.ok(Math.abs(pixelsAcross - 2 * width) <= 2 && Math.abs(pixelsDown - 2 * height) <= 2, 'twice the size');
};

const checksTexts = (scene: Scene): void => {
    const [mermaid, dot, drawio] = ['mmd', 'dot', 'drawio'].map((extension) => textOf(scene, extension));
    assert.match(mermaid ?? '', /^(---[\s\S]*?---\n)?flowchart /m);
    assert.match(dot ?? '', /^digraph /m);
    assert.equal(malformation((drawio ?? '').replace(/^<\?xml[^>]*\?>\s*/, '')), null);
    for (const text of [mermaid, dot, drawio]) assertHasAll(text ?? '');
};

/** The web page stands alone: it is opened as a file, and asks for nothing. */
const checksPage = async (scene: Scene): Promise<void> => {
    const tab = await scene.page.context().newPage();
    const asked: string[] = [];
    const address = pathToFileURL(fileOf(scene, 'html')).href;
    tab.on('request', (request) => asked.push(request.url()));
    await tab.goto(address);
    const node = tab.locator('[data-node="instance:/front/apache"]');
    await node.waitFor();
    await tab.getByRole('searchbox').or(tab.getByRole('textbox')).first().fill('mariadb');
    await until('all but what is found stand back', async () => (await tab.locator('.missed').count()) > 5);
    assert.equal(await tab.locator('output').innerText(), '1 / 10');
    assert.deepEqual(asked, [address]);
    await tab.close();
};

/** The same from a terminal. */
const sameInTerminal = async (scene: Scene): Promise<void> => {
    const { roboconf, folder } = scene.session;
    const idsIn = (svg: string): readonly string[] =>
        [...svg.matchAll(/data-(?:node|edge)="([^"]+)"/g)].map(([, id = '']) => id).toSorted();
    const { code, out, err } = await roboconf('graph', folder, '--perspective', 'instances', '--format', 'svg');
    assert.equal(code, 0, err);
    assert.deepEqual(idsIn(out), idsIn(textOf(scene, 'svg')));
};

const exportsAll: EndToEndTest = {
    name: 'a graph is exported as picture, image, web page, Mermaid, DOT and draw.io, each valid, with what is drawn over it',
    folder: 'examples/lamp',
    limitMs,
    setup: { viewport: { width: 1600, height: 900 } },
    run: async (context) => {
        const scene = sceneOf(context);
        await scene.editor.openFile('model.instances');
        await scene.editor.runCommand('Roboconf: Show Graph');
        const graph = await graphThatShows(scene.page, 'Instances');
        await takeFromMenu(graph, 'Plan and changes', 'Plan of a deployment');
        await graph.locator('.plan-mark').first().waitFor();
        for (const format of formats) await exportAs(scene, format);
        checksPictures(scene);
        assert.match(textOf(scene, 'svg'), /plan-mark/, 'the plan is in the picture');
        checksTexts(scene);
        await checksPage(scene);
        await sameInTerminal(scene);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [exportsAll];
