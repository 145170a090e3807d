import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Language } from '../../language/index.ts';
import { createLanguage } from '../../language/index.ts';
import { startTestServer, type ServerOptions, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

async function start(
    files: Readonly<Record<string, string>> = SAMPLE,
    options: ServerOptions = {},
): Promise<TestServer> {
    server = await startTestServer(files, options);
    await server.settle();
    return server;
}

const MAIN = 'graph/main.graph';
const BROKEN = SAMPLE[MAIN].replace('Web, Database;', 'Web, Databse;');

test('a sound application shows nothing', async () => {
    const { shown, errors } = await start();
    expect(shown()).toEqual({});
    expect(errors).toEqual([]);
});

test('findings of closed files are shown without opening anything', async () => {
    const { shown } = await start({ ...SAMPLE, [MAIN]: BROKEN });
    expect(shown()[MAIN]).toContain('CO_INEXISTING_CHILD');
});

test('a diagnostic has code, severity, source and the range of the word', async () => {
    const { diagnosticsOf } = await start({ ...SAMPLE, [MAIN]: BROKEN });
    const found = diagnosticsOf(MAIN).find(({ code }) => code === 'CO_INEXISTING_CHILD');
    expect(found).toMatchObject({
        severity: 1,
        source: 'roboconf',
        range: { start: { line: 5, character: 19 }, end: { line: 5, character: 26 } },
    });
});

test('findings of the descriptor are shown in the descriptor', async () => {
    const descriptor = 'descriptor/application.properties';
    const { shown } = await start({ ...SAMPLE, [descriptor]: SAMPLE[descriptor].replace('1.0.0', 'one') });
    expect(shown()).toEqual({ [descriptor]: ['RM_INVALID_APPLICATION_VERSION'] });
});

test('an unsaved edit counts in other files, and going back clears what it caused', async () => {
    const one = await start();
    await one.open('graph/parts/database.graph', SAMPLE['graph/parts/database.graph'].replaceAll('Database', 'Store'));
    expect(Object.keys(one.shown()).sort()).toContain(MAIN);
    expect(one.shown()['instances/main.instances']).toContain('CO_INEXISTING_COMPONENT');
    await one.change('graph/parts/database.graph', { text: SAMPLE['graph/parts/database.graph'] });
    expect(one.shown()).toEqual({});
});

test('closing a document without saving brings back what is on disk', async () => {
    const one = await start();
    await one.open(MAIN, BROKEN);
    expect(one.shown()[MAIN]).toContain('CO_INEXISTING_CHILD');
    await one.close(MAIN);
    expect(one.shown()).toEqual({});
});

test('one edit in one file parses that file and publishes only what changed', async () => {
    const one = await start();
    await one.open(MAIN, SAMPLE[MAIN]);
    const before = one.language.parsedFileCount();
    one.published();
    const start8080 = SAMPLE[MAIN].split('\n').findIndex((line) => line.includes('8080'));
    const range = { start: { line: start8080, character: 20 }, end: { line: start8080, character: 24 } };
    await one.change(MAIN, { range, text: '8081' });
    expect(one.language.parsedFileCount() - before).toBe(1);
    expect(one.published()).toEqual([]);
});

test('an edit that breaks one line publishes that file alone', async () => {
    const one = await start();
    await one.open(MAIN, SAMPLE[MAIN]);
    one.published();
    await one.change(MAIN, { text: SAMPLE[MAIN].replace('port = 8080;', 'port = 8080') });
    expect(one.published()).toEqual([MAIN]);
    expect(one.shown()).toEqual({ [MAIN]: ['P_PROPERTY_ENDS_WITH_SEMI_COLON'] });
});

test('several edits before the server comes to it are analysed once', async () => {
    let analyses = 0;
    const real = createLanguage();
    const language: Language = {
        ...real,
        loadApplication: (...parameters) => {
            analyses += 1;
            return real.loadApplication(...parameters);
        },
    };
    const one = await start(SAMPLE, { language });
    await one.open(MAIN, SAMPLE[MAIN]);
    analyses = 0;
    for (let version = 2; version < 12; version += 1)
        void one.client.sendNotification('textDocument/didChange', {
            textDocument: { uri: one.uri(MAIN), version },
            contentChanges: [{ text: `${SAMPLE[MAIN]}# ${version}\n` }],
        });
    await one.settle();
    expect(analyses).toBe(1);
});

test('a file that appears on disk is taken in when the client tells', async () => {
    const one = await start({
        ...SAMPLE,
        [MAIN]: SAMPLE[MAIN].replace('import parts', 'import more.graph;\nimport parts'),
    });
    expect(one.shown()[MAIN]).toContain('CO_UNREACHABLE_FILE');
    one.write('graph/more.graph', 'Cache {\n    installer: target;\n}\n');
    one.write('graph/Cache/note.txt', 'x');
    await one.watched('graph/more.graph', 1);
    expect(one.shown()).toEqual({});
});

test('a file that is deleted takes its findings with it, and those who import it are told', async () => {
    const part = 'graph/parts/database.graph';
    const one = await start({ ...SAMPLE, [part]: SAMPLE[part].replace('script;', 'script') });
    expect(one.shown()[part]).toEqual(['P_PROPERTY_ENDS_WITH_SEMI_COLON']);
    rmSync(join(one.directory, part));
    await one.watched(part, 3);
    expect(one.shown()[part]).toBeUndefined();
    expect(one.shown()[MAIN]).toContain('CO_UNREACHABLE_FILE');
});

test('an application that is deleted takes its findings with it', async () => {
    const one = await start({ ...SAMPLE, [MAIN]: BROKEN });
    rmSync(join(one.directory, 'descriptor'), { recursive: true });
    rmSync(join(one.directory, 'graph'), { recursive: true });
    await one.watched('descriptor', 3);
    expect(one.shown()).toEqual({});
    expect(await one.client.sendRequest('roboconf/applications')).toEqual({ applications: [] });
});

test('a recipe directory that appears clears the warning about it', async () => {
    const { 'graph/Machine/note.txt': _, ...files } = SAMPLE;
    const one = await start(files);
    expect(one.shown()).toEqual({ [MAIN]: ['PROJ_NO_RESOURCE_DIRECTORY'] });
    one.write('graph/Machine/note.txt', 'x');
    await one.watched('graph/Machine', 1);
    expect(one.shown()).toEqual({});
});

test('an application that appears in the workspace is found', async () => {
    const one = await start({ 'README.md': '' });
    expect(await one.client.sendRequest('roboconf/applications')).toEqual({ applications: [] });
    for (const [file, text] of Object.entries(SAMPLE)) one.write(`late/${file}`, text);
    await one.watched('late/descriptor/application.properties', 1);
    expect(await one.client.sendRequest('roboconf/applications')).toMatchObject({ applications: [{ name: 'Shop' }] });
});

test('a file that stands alone is checked with its own imports', async () => {
    const one = await start({ 'README.md': '' });
    await one.open('loose.graph', 'A {\n    installer: script;\n    children: B;\n}\n');
    expect(one.shown()).toEqual({ 'loose.graph': ['CO_INEXISTING_CHILD'] });
    await one.close('loose.graph');
    expect(one.shown()).toEqual({});
});

test('an open file that its application does not reach is checked by itself', async () => {
    const one = await start();
    one.write('graph/stray.graph', '');
    await one.open('graph/stray.graph', 'Stray {\n    installer: script;\n    children: Nobody;\n}\n');
    expect(one.shown()['graph/stray.graph']).toContain('CO_INEXISTING_CHILD');
});

test('a target file is checked as a part of its application, or by itself when no component has it', async () => {
    const one = await start({ ...SAMPLE, 'graph/Machine/target.properties': 'id = a\nname = A\nhandler = lokal\n' });
    expect(one.shown()).toEqual({ 'graph/Machine/target.properties': ['X_TARGET_UNKNOWN_HANDLER'] });
    await one.open('graph/Machine/target.properties', 'id = a\nname = A\nhandler = local\n');
    expect(one.shown()).toEqual({});
    await one.open('graph/Nobody/target.properties', 'id = a\nname = A\n');
    expect(one.shown()).toEqual({ 'graph/Nobody/target.properties': ['REC_TARGET_NO_HANDLER'] });
});

test('a directory with neither descriptor nor instances is checked as a reusable recipe', async () => {
    const graph = 'Part {\n    installer: script;\n}\n';
    const one = await start({ 'graph/main.graph': graph, 'graph/Part/scripts/start.sh': '' });
    await one.open('graph/main.graph', graph);
    expect(one.shown()).toEqual({});
    one.write('instances/main.instances', 'instance of Part {\n    name: part;\n}\n');
    await one.watched('instances/main.instances', 1);
    expect(Object.values(one.shown()).flat()).toContain('PROJ_NO_DESC_DIR');
});

test('several applications in one folder do not mix', async () => {
    const two = Object.fromEntries(
        ['a', 'b'].flatMap((name) => Object.entries(SAMPLE).map(([file, text]) => [`${name}/${file}`, text])),
    );
    const one = await start({ ...two, [`b/${MAIN}`]: BROKEN });
    expect(Object.keys(one.shown()).every((file) => file.startsWith('b/'))).toBe(true);
    expect(Object.keys(one.shown())).not.toEqual([]);
});

test('what tools made is not searched for applications', async () => {
    const hidden = Object.fromEntries(Object.entries(SAMPLE).map(([file, text]) => [`node_modules/x/${file}`, text]));
    const one = await start(hidden);
    expect(await one.client.sendRequest('roboconf/applications')).toEqual({ applications: [] });
});

test('a fault of the language in one analysis is logged, and the server goes on', async () => {
    const real = createLanguage();
    let isFaulty = false;
    const language: Language = {
        ...real,
        loadApplication: (...parameters) => {
            if (isFaulty) throw new Error('a bug');
            return real.loadApplication(...parameters);
        },
    };
    const one = await start(SAMPLE, { language });
    isFaulty = true;
    await one.open(MAIN, BROKEN);
    expect(one.errors.join('\n')).toContain('a bug');
    isFaulty = false;
    await one.change(MAIN, { text: BROKEN });
    expect(one.shown()[MAIN]).toContain('CO_INEXISTING_CHILD');
});

test('each analysis is announced with a version that grows', async () => {
    const one = await start();
    await one.open(MAIN, BROKEN);
    const changes = one.notifications('roboconf/modelChanged') as readonly {
        readonly version: number;
        readonly errorCount: number;
    }[];
    const versions = changes.map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, i) => i + 1));
    expect(changes.at(0)?.errorCount).toBe(0);
    expect(changes.at(-1)?.errorCount).toBeGreaterThan(0);
});
