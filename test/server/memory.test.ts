/** What is kept of files goes when nobody needs it any more: a server runs for weeks. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createTokenDeltas } from '../../server/features/token-deltas.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { WHOLE_SAMPLE } from './application-sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const LONE = { 'lone/a.graph': 'import b.graph;\nA {\n\tinstaller: target;\n}\n', 'lone/b.graph': '# nothing\n' };
const below = (folder: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(WHOLE_SAMPLE).map(([file, text]) => [`${folder}/${file}`, text]));
const OTHER = below('other');

test('a file that stands alone is kept while it is open, with those it imports', async () => {
    const one = await startTestServer(LONE);
    server = one;
    await one.settle();
    for (let round = 0; round < 3; round++) {
        await one.open('lone/a.graph', LONE['lone/a.graph']);
        expect(one.language.keptTextCount()).toBe(2);
        await one.close('lone/a.graph');
        expect(one.language.keptTextCount()).toBe(0);
    }
});

test('an application that is deleted is kept no longer, and the one beside it is', async () => {
    const one = await startTestServer({ ...below('first'), ...OTHER });
    server = one;
    await one.settle();
    const both = one.language.keptTextCount();
    expect(both).toBeGreaterThan(10);
    rmSync(join(one.directory, 'other'), { recursive: true });
    await one.watched('other/descriptor/application.properties', 3);
    expect(one.language.keptTextCount()).toBe(both / 2);
    expect(one.errors).toEqual([]);
});

test('a folder that leaves the workspace takes its applications along', async () => {
    const one = await startTestServer(OTHER, { capabilities: { workspace: { workspaceFolders: true } } });
    server = one;
    await one.settle();
    expect(one.language.keptTextCount()).toBeGreaterThan(5);
    const removed = [{ uri: one.uri('').replace(/\/$/, ''), name: 'test' }];
    await one.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } });
    await one.settle();
    expect(one.language.keptTextCount()).toBe(0);
});

test('a hundred changes of a text keep one text', async () => {
    const one = await startTestServer(WHOLE_SAMPLE);
    server = one;
    await one.open('graph/main.graph', WHOLE_SAMPLE['graph/main.graph']);
    const before = one.language.keptTextCount();
    for (let i = 0; i < 100; i++) await one.change('graph/main.graph', { text: `C${i} {\n}\n` });
    expect(one.language.keptTextCount()).toBeLessThanOrEqual(before);
});

test('the disk keeps no text of a directory that is forgotten', async () => {
    const one = await startTestServer(OTHER);
    server = one;
    const disk = createDisk();
    const file = join(one.directory, 'other/graph/main.graph');
    disk.read(file);
    disk.forgetBelow(join(one.directory, 'elsewhere'));
    expect(disk.keptCount()).toBe(1);
    disk.forgetBelow(join(one.directory, 'other'));
    expect(disk.keptCount()).toBe(0);
});

test('answers about colours are kept for documents that are open', () => {
    const open = new Set(['/a', '/b']);
    const deltas = createTokenDeltas((path) => open.has(path));
    for (const path of open) deltas.full(path, [0, 0, 1, 0, 0]);
    open.delete('/a');
    deltas.full('/b', []);
    expect(deltas.keptCount()).toBe(1);
});
