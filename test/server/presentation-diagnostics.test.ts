/** Diagnostics for clients that ask: one file, the workspace, and when to ask again. Labels of codes lead to their pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
    type DocumentDiagnosticReport,
    type InitializeResult,
    LSPErrorCodes,
    type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { FILE_CODES } from '../../language/parsing/catalogue.ts';
import { SEVERITIES } from '../../language/validation/codes.ts';
import { startTestServer, type ServerOptions, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const MAIN = 'graph/main.graph';
const PART = 'graph/parts/database.graph';
const INSTANCES = 'instances/main.instances';
const BROKEN = SAMPLE[MAIN].replace('Web, Database;', 'Web, Databse;');
const PULL = { textDocument: { diagnostic: { relatedDocumentSupport: false } } };

async function start(
    files: Readonly<Record<string, string>> = SAMPLE,
    capabilities: object = PULL,
    options: ServerOptions = {},
): Promise<TestServer> {
    server = await startTestServer(files, { ...options, capabilities });
    await server.settle();
    return server;
}

function pull(one: TestServer, file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return one.client.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: one.uri(file) },
        ...(previousResultId === undefined ? {} : { previousResultId }),
    });
}

function codesIn(report: DocumentDiagnosticReport): readonly unknown[] {
    return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
}

describe('a client that asks', () => {
    test('is not told unasked', async () => {
        const one = await start({ ...SAMPLE, [MAIN]: BROKEN });
        await one.open(MAIN, BROKEN);
        expect(one.published()).toEqual([]);
        expect(codesIn(await pull(one, MAIN))).toContain('CO_INEXISTING_CHILD');
    });

    test('is told unasked when it wants that', async () => {
        const initializationOptions = { diagnostics: 'push' };
        const one = await start({ ...SAMPLE, [MAIN]: BROKEN }, PULL, { initializationOptions });
        expect(one.published()).toContain(MAIN);
    });

    test('gets the newest text, and nothing twice', async () => {
        const one = await start();
        await one.open(MAIN, SAMPLE[MAIN]);
        const sound = await pull(one, MAIN);
        expect(sound).toMatchObject({ kind: 'full', items: [] });
        void one.client.sendNotification('textDocument/didChange', {
            textDocument: { uri: one.uri(MAIN), version: 2 },
            contentChanges: [{ text: BROKEN }],
        });
        const broken = await pull(one, MAIN, sound.resultId);
        expect(codesIn(broken)).toContain('CO_INEXISTING_CHILD');
        expect(await pull(one, MAIN, broken.resultId)).toEqual({ kind: 'unchanged', resultId: broken.resultId });
    });

    test('learns of other files in the same answer when it understands that', async () => {
        const one = await start(SAMPLE, { textDocument: { diagnostic: { relatedDocumentSupport: true } } });
        await one.open(PART, SAMPLE[PART].replaceAll('Database', 'Store'));
        const { relatedDocuments = {} } = await pull(one, PART);
        expect(Object.keys(relatedDocuments).sort()).toEqual([one.uri(MAIN), one.uri(INSTANCES)].sort());
        expect((await pull(one, PART)).relatedDocuments).toBeUndefined();
        await one.change(PART, { text: SAMPLE[PART] });
        expect((await pull(one, PART)).relatedDocuments).toMatchObject({
            [one.uri(MAIN)]: { kind: 'full', items: [] },
        });
    });

    test('is asked to ask again when a file it knows of is not what it knows', async () => {
        const one = await start(SAMPLE, {
            ...PULL,
            workspace: { diagnostics: { refreshSupport: true } },
        });
        let refreshCount = 0;
        one.client.onRequest('workspace/diagnostic/refresh', () => {
            refreshCount += 1;
            return null;
        });
        await one.open(MAIN, SAMPLE[MAIN]);
        await pull(one, MAIN);
        await one.open(PART, SAMPLE[PART].replaceAll('Database', 'Store'));
        expect(refreshCount).toBe(1);
        expect(codesIn(await pull(one, MAIN))).not.toEqual([]);
    });
});

describe('the workspace', () => {
    const UNKNOWN = { ...SAMPLE, [PART]: SAMPLE[PART].replaceAll('Database', 'Store') };
    const ask = (one: TestServer, known: readonly (readonly [string, string])[], more: object = {}) =>
        one.client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
            previousResultIds: known.map(([uri, value]) => ({ uri, value })),
            ...more,
        });

    test('is answered with all files something is said of, opened or not', async () => {
        const { items } = await ask(await start(UNKNOWN), []);
        expect(items.map(({ uri, kind }) => `${kind} ${uri.replace(/.*\/(?=\w+\/)/, '')}`)).toEqual([
            'full graph/main.graph',
            'full parts/database.graph',
            'full instances/main.instances',
        ]);
    });

    test('with news is answered at once, without waits for some', async () => {
        const one = await start(UNKNOWN);
        const first = await ask(one, []);
        const known = first.items.map(({ uri, resultId }) => [uri, resultId ?? ''] as const);
        let isAnswered = false;
        const second = ask(one, known).then((report) => {
            isAnswered = true;
            return report;
        });
        await one.settle();
        expect(isAnswered).toBe(false);
        await one.open(PART, SAMPLE[PART]);
        const { items } = await second;
        expect(items).toMatchObject([
            { kind: 'full', uri: one.uri(MAIN), version: null, items: [] },
            { kind: 'full', uri: one.uri(PART), version: 1, items: [] },
            { kind: 'full', uri: one.uri(INSTANCES), items: [] },
        ]);
    });

    test('can be asked about in parts', async () => {
        const one = await start(UNKNOWN);
        const parts: WorkspaceDiagnosticReport[] = [];
        one.client.onNotification(
            '$/progress',
            ({ value }: { readonly value: WorkspaceDiagnosticReport }) => void parts.push(value),
        );
        expect(await ask(one, [], { partialResultToken: 'part' })).toEqual({ items: [] });
        expect(parts.flatMap(({ items }) => items).length).toBe(3);
    });

    test('need not be answered any more when the question is cancelled', async () => {
        const one = await start(UNKNOWN);
        const { items } = await ask(one, []);
        const source = new CancellationTokenSource();
        const previousResultIds = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
        const waiting = one.client.sendRequest('workspace/diagnostic', { previousResultIds }, source.token);
        source.cancel();
        await expect(waiting).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    });
});

test('the question is only offered to clients that know it', async () => {
    const capabilitiesOf = async (capabilities: object): Promise<InitializeResult['capabilities']> => {
        const one = await start(SAMPLE, capabilities);
        const params = { processId: null, rootUri: null, capabilities };
        const { capabilities: offered } = await one.client.sendRequest<InitializeResult>('initialize', params);
        await one.dispose();
        server = undefined;
        return offered;
    };
    expect((await capabilitiesOf(PULL)).diagnosticProvider).toBeDefined();
    expect((await capabilitiesOf({})).diagnosticProvider).toBeUndefined();
});

describe('a code', () => {
    const pageOf = async (initializationOptions: object): Promise<string | undefined> => {
        const one = await start({ ...SAMPLE, [MAIN]: BROKEN }, {}, { initializationOptions });
        return one.diagnosticsOf(MAIN).find(({ code }) => code === 'CO_INEXISTING_CHILD')?.codeDescription?.href;
    };

    test('leads to its page, on the site or where the client says', async () => {
        const page = 'CO_INEXISTING_CHILD.md';
        const site = `https://github.com/roboconf/roboconf-vscode/blob/main/docs/findings/${page}`;
        for (const [options, expected] of [
            [{}, site],
            [{ findingPages: 'no address' }, site],
            [{ findingPages: 'file:///ext/docs/findings' }, `file:///ext/docs/findings/${page}`],
        ] as const) {
            expect(await pageOf(options)).toBe(expected);
            await server?.dispose();
            server = undefined;
        }
    });

    test('about words that could go fades them, about words of old strikes them through', async () => {
        const one = await start({ ...SAMPLE, [MAIN]: `${SAMPLE[MAIN]}\nfacet alone {\n}\n` }, {});
        const tagsOf = (file: string, code: string) =>
            one.diagnosticsOf(file).find((found) => found.code === code)?.tags;
        expect(tagsOf(MAIN, 'RM_ORPHAN_FACET')).toEqual([1]);
        const descriptor = 'descriptor/application.properties';
        await one.open(descriptor, SAMPLE[descriptor].replace('name =', 'application-name ='));
        expect(tagsOf(descriptor, 'X_DESCRIPTOR_LEGACY_KEY')).toEqual([2]);
    });

    test('has tags only if there is such a code', () => {
        const codes = new Set([...FILE_CODES, ...Object.keys(SEVERITIES)]);
        const source = readFileSync(join(import.meta.dirname, '../../server/workspace/finding-tags.ts'), 'utf8');
        const named = [...source.matchAll(/'([A-Z_]+)'/g)].map(([, code = '']) => code);
        expect(named.length).toBeGreaterThan(5);
        expect(named.filter((code) => !codes.has(code))).toEqual([]);
    });
});
