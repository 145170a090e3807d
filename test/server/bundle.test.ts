import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const root = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'roboconf-bundle-'));
const bundle = join(directory, 'server.cjs');

beforeAll(async () => {
    await build({
        absWorkingDir: root,
        entryPoints: ['server/main.ts'],
        outfile: bundle,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node22',
        logLevel: 'error',
        define: { 'import.meta.dirname': '__dirname' },
        mainFields: ['module', 'main'],
        conditions: ['node', 'require'],
    });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each([[['--stdio']], [[]]])(
    'the bundled server answers over standard input and output (%j), and leaves when told',
    async (args) => {
        const server = spawn(process.execPath, [bundle, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
        const client = createMessageConnection(
            new StreamMessageReader(server.stdout),
            new StreamMessageWriter(server.stdin),
        );
        client.onRequest('client/registerCapability', () => null);
        client.listen();
        const shown = new Promise((found) => client.onNotification('textDocument/publishDiagnostics', found));
        const answer = await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
        expect(answer).toMatchObject({ capabilities: { hoverProvider: true }, serverInfo: { name: 'roboconf' } });
        await client.sendNotification('initialized', {});
        const textDocument = {
            uri: 'untitled:Untitled-1',
            languageId: 'roboconf-graph',
            version: 1,
            text: 'A {\n    children: B\n}\n',
        };
        await client.sendNotification('textDocument/didOpen', { textDocument });
        expect(await shown).toMatchObject({
            uri: 'untitled:Untitled-1',
            diagnostics: [
                { code: 'RM_EMPTY_COMPONENT_INSTALLER' },
                { code: 'CO_INEXISTING_CHILD' },
                { code: 'P_PROPERTY_ENDS_WITH_SEMI_COLON' },
            ],
        });
        const exit = once(server, 'exit');
        await client.sendRequest('shutdown');
        await client.sendNotification('exit');
        expect(await exit).toEqual([0, null]);
        client.dispose();
    },
);
