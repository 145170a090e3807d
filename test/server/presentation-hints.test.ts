/** Inlay hints and code lenses through the protocol, and the settings that switch them. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeLens, InlayHint } from 'vscode-languageserver/node';
import { startTestServer, type ServerOptions, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const MAIN = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

async function start(
    files: Readonly<Record<string, string>> = SAMPLE,
    options: ServerOptions = {},
): Promise<TestServer> {
    server = await startTestServer(files, options);
    return server;
}

function hintsOf(one: TestServer, file: string, range = WHOLE): Promise<readonly InlayHint[] | null> {
    return one.client.sendRequest('textDocument/inlayHint', { textDocument: { uri: one.uri(file) }, range });
}

/** The lines of a text with hints written in, as `‹hint›`. */
function annotated(text: string, hints: readonly InlayHint[]): readonly string[] {
    const lines = text.split('\n');
    for (const { position, label } of hints.toReversed()) {
        const words = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
        const line = lines[position.line] ?? '';
        lines[position.line] = `${line.slice(0, position.character)}‹${words}›${line.slice(position.character)}`;
    }
    return lines.filter((line) => line.includes('‹')).map((line) => line.trim());
}

async function hints(
    file: string,
    text: string,
    files: Readonly<Record<string, string>> = SAMPLE,
): Promise<readonly string[]> {
    const one = await start(files);
    await one.open(file, text);
    return annotated(text, (await hintsOf(one, file)) ?? []);
}

describe('behind an import', () => {
    test('stands the value of the only provider, where there is one', async () => {
        expect(await hints(MAIN, SAMPLE[MAIN])).toEqual(['imports: Database.port‹= 5432›;']);
        await server?.dispose();
        const text = SAMPLE[MAIN].replace('Database.port;', 'Database.ip, Database.nothing, external Lamp.port;');
        expect(await hints(MAIN, text)).toEqual([]);
    });

    test('stand the components that have a facet or extend a component', async () => {
        const types = ['B', 'C', 'D', 'E'].map((name) => `${name} {\n facets: f;\n}\n`).join('');
        const text = `facet f {\n exports: ip, port = 1;\n}\n${types}A {\n imports: f.ip, f.*, Base.x;\n}\nBase {\n exports: x = 1;\n}\nHeir {\n extends: Base;\n}\n`;
        expect(await hints(MAIN, text)).toEqual([
            'imports: f.ip‹← B, C, D, +1›, f.*‹← B, C, D, +1›, Base.x‹← Base, Heir›;',
        ]);
    });

    test('the names of providers lead to them', async () => {
        const one = await start();
        await one.open(MAIN, SAMPLE[MAIN].replace('Database.port', 'reachable.ip'));
        const [hint] = (await hintsOf(one, MAIN)) ?? [];
        expect(hint?.label).toEqual([
            { value: '← ' },
            {
                value: 'Web',
                location: {
                    uri: one.uri(MAIN),
                    range: { start: { line: 9, character: 0 }, end: { line: 9, character: 3 } },
                },
            },
        ]);
        expect(hint?.tooltip).toEqual({ kind: 'markdown', value: '`reachable.ip` comes from instances of:\n\n- Web' });
    });
});

describe('in instances', () => {
    test('values an instance exports without saying them stand behind its component', async () => {
        expect(await hints(INSTANCES, SAMPLE[INSTANCES])).toEqual([
            'instance of Web‹port = 8080› {',
            'instance of Database‹port = 5432› {',
        ]);
        await server?.dispose();
        const text = SAMPLE[INSTANCES].replace('name: web;', 'name: web;\n        port: 81;');
        expect(await hints(INSTANCES, text)).toEqual(['instance of Database‹port = 5432› {']);
        await server?.dispose();
        const inserted = SAMPLE[INSTANCES].replace(
            'name: web;',
            'name: web;\n        port: $(ROBOCONF_INSTANCE_NAME);',
        );
        expect((await hints(INSTANCES, inserted))[0]).toBe('instance of Web‹port = web› {');
    });

    test('names of the instance are inserted, long values cut', async () => {
        const value = 'http://$(ROBOCONF_INSTANCE_PATH)/a/long/way/to/go';
        const files = { ...SAMPLE, [MAIN]: SAMPLE[MAIN].replace('port = 8080', `url = "${value}"`) };
        const found = await hints(INSTANCES, SAMPLE[INSTANCES], files);
        expect(found[0]).toMatch(/^instance of Web‹url = "?http:\/\/\/front\/web\/a\/lon?g?…› \{$/);
    });

    test('counted instances are called', async () => {
        const counted = (count: number): string =>
            SAMPLE[INSTANCES].replace('name: web;', `name: web;\n        count: ${count};`);
        expect(await hints(INSTANCES, counted(12))).toContain('count: 12;‹web01 … web12›');
        await server?.dispose();
        expect(await hints(INSTANCES, counted(2))).toContain('count: 2;‹web1, web2›');
        await server?.dispose();
        expect((await hints(INSTANCES, counted(1))).filter((line) => line.startsWith('count'))).toEqual([]);
    });

    test('copies of a parent do not count for its children', async () => {
        const text = SAMPLE[INSTANCES].replace('name: front;', 'name: front;\n    count: 2;');
        expect((await hints(INSTANCES, text)).filter((line) => line.startsWith('count'))).toEqual([
            'count: 2;‹front1, front2›',
        ]);
    });

    test('only what is in the range is said', async () => {
        const one = await start();
        await one.open(INSTANCES, SAMPLE[INSTANCES]);
        const range = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
        const found = (await hintsOf(one, INSTANCES, range)) ?? [];
        expect(annotated(SAMPLE[INSTANCES], found)).toEqual(['instance of Database‹port = 5432› {']);
    });
});

describe('settings', () => {
    const off = { inlayHints: { imports: false, variables: false, counts: false }, referencesCodeLens: false };

    test('given when connecting count', async () => {
        const one = await start(SAMPLE, { initializationOptions: { settings: off } });
        await one.open(MAIN, SAMPLE[MAIN]);
        expect(await hintsOf(one, MAIN)).toEqual([]);
        expect(await lensesOf(one, MAIN)).toBe(null);
    });

    test('that change count from then on, and make the editor ask again', async () => {
        const one = await start(SAMPLE, { capabilities: { workspace: { inlayHint: { refreshSupport: true } } } });
        let refreshCount = 0;
        one.client.onRequest('workspace/inlayHint/refresh', () => {
            refreshCount += 1;
            return null;
        });
        await one.open(INSTANCES, SAMPLE[INSTANCES].replace('name: web;', 'name: web;\n        count: 2;'));
        const settings = { roboconf: { inlayHints: { variables: false } } };
        await one.client.sendNotification('workspace/didChangeConfiguration', { settings });
        await one.settle();
        expect((await hintsOf(one, INSTANCES))?.map(({ label }) => label)).toEqual(['web1, web2']);
        expect(refreshCount).toBe(1);
    });

    test('are asked for when the editor only says that they changed', async () => {
        const one = await start(SAMPLE, { capabilities: { workspace: { configuration: true } } });
        one.client.onRequest('workspace/configuration', () => [off]);
        await one.open(MAIN, SAMPLE[MAIN]);
        await one.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
        await one.settle();
        expect(await hintsOf(one, MAIN)).toEqual([]);
    });
});

function lensesOf(one: TestServer, file: string): Promise<readonly CodeLens[] | null> {
    return one.client.sendRequest('textDocument/codeLens', { textDocument: { uri: one.uri(file) } });
}

describe('above a component', () => {
    test('stands how often it is used', async () => {
        const one = await start({
            ...SAMPLE,
            [INSTANCES]: SAMPLE[INSTANCES].replace('name: web;', 'name: web;\n        count: 3;'),
        });
        const part = 'graph/parts/database.graph';
        await one.open(part, SAMPLE[part]);
        await one.open(MAIN, SAMPLE[MAIN]);
        const words = async (file: string): Promise<readonly string[]> => {
            const lenses = (await lensesOf(one, file)) ?? [];
            const resolved: readonly CodeLens[] = await Promise.all(
                lenses.map((lens) => one.client.sendRequest<CodeLens>('codeLens/resolve', lens)),
            );
            return resolved.map(({ range, command }) => `${range.start.line}: ${command?.title} [${command?.command}]`);
        };
        expect(await words(part)).toEqual(['1: 1 instance []', '1: 1 importer []']);
        expect(await words(MAIN)).toEqual(['3: 1 instance []', '9: 3 instances []']);
    });

    test('a lens shows the places it counts where the editor can, each once', async () => {
        const options = { initializationOptions: { referencesCommand: 'show.places' } };
        const one = await start(
            { ...SAMPLE, [INSTANCES]: SAMPLE[INSTANCES].replace('name: web;', 'name: web;\n        count: 3;') },
            options,
        );
        await one.open(MAIN, SAMPLE[MAIN]);
        const lens = (await lensesOf(one, MAIN))?.at(-1);
        const { command }: CodeLens = await one.client.sendRequest('codeLens/resolve', lens);
        expect(command).toEqual({
            title: '3 instances',
            command: 'show.places',
            arguments: [
                one.uri(MAIN),
                { line: 9, character: 0 },
                [
                    {
                        uri: one.uri(INSTANCES),
                        range: { start: { line: 3, character: 14 }, end: { line: 3, character: 17 } },
                    },
                ],
            ],
        });
    });
});
