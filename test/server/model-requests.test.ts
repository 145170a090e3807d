import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Layout } from '../../server/layout.ts';
import {
    METHODS,
    parseApplicationsAnswer,
    parseGraphAnswer,
    parseGraphParams,
    parseModelAnswer,
    parseModelChanged,
    parseModelParams,
    parseStatus,
} from '../../server/protocol.ts';
import { type ServerOptions, startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

async function start(options: ServerOptions = {}): Promise<TestServer> {
    server = await startTestServer(SAMPLE, options);
    await server.settle();
    return server;
}

const MAIN = 'graph/main.graph';

test('the model is that of the open documents, saved or not', async () => {
    const one = await start();
    await one.open(MAIN, SAMPLE[MAIN].replaceAll('Web', 'Site'));
    const answer = parseModelAnswer(
        await one.client.sendRequest(METHODS.model, { uri: one.uri('instances/main.instances') }),
    );
    expect(answer).toMatchObject({ kind: 'model', directory: one.directory, openUris: [one.uri(MAIN)], errorCount: 1 });
    const names = answer?.kind === 'model' ? answer.model.components.map(({ name }) => name) : [];
    expect([...names].sort()).toEqual(['Database', 'Machine', 'Site']);
});

test('an application can be named by its directory', async () => {
    const one = await start();
    const answer = parseModelAnswer(await one.client.sendRequest(METHODS.model, { uri: one.uri('') }));
    expect(answer).toMatchObject({ kind: 'model', errorCount: 0, warningCount: 0, openUris: [] });
});

test.each(['nowhere/at/all', 'README.md'])('%s has neither model nor graph', async (file) => {
    const one = await start();
    expect(await one.client.sendRequest(METHODS.model, { uri: `${one.uri('')}-else/${file}` })).toEqual({
        kind: 'none',
    });
});

test('the graph has a node for each component', async () => {
    const one = await start();
    const answer = parseGraphAnswer(
        await one.client.sendRequest(METHODS.graph, { uri: one.uri(MAIN), perspective: 'components' }),
    );
    const ids = answer?.kind === 'graph' ? answer.graph.nodes.map(({ id }) => id) : [];
    expect([...ids].sort()).toEqual(['component:Database', 'component:Machine', 'component:Web']);
    expect(answer).toMatchObject({ name: 'Shop', findings: {} });
});

test('findings are counted at the node whose block they stand in, and at its copies', async () => {
    const one = await start();
    await one.open(MAIN, SAMPLE[MAIN].replace('Web, Database', 'Web, Databse'));
    const file = 'instances/main.instances';
    await one.open(file, SAMPLE[file].replace('name: web;', 'name: web;\n        count: 2;\n        colour: red;'));
    const ask = async (perspective: string): Promise<unknown> => {
        const answer = parseGraphAnswer(
            await one.client.sendRequest(METHODS.graph, { uri: one.uri(MAIN), perspective }),
        );
        return answer?.kind === 'graph' ? answer.findings : undefined;
    };
    expect(await ask('components')).toEqual({ 'component:Machine': { errors: 1, warnings: 0 } });
    expect(await ask('instances')).toMatchObject({
        'instance:/front/web1': { errors: 0, warnings: 1 },
        'instance:/front/web2': { errors: 0, warnings: 1 },
    });
});

test('the layout gets ready by itself, once, after the first analyses', async () => {
    let count = 0;
    const layout: Layout = {
        layout: () => new Promise(() => undefined),
        warmUp: () => void count++,
        dispose: () => Promise.resolve(),
    };
    const one = await start({ layout });
    expect(one.notifications(METHODS.status)).not.toEqual([]);
    await one.settle();
    expect(count).toBe(1);
});

test('a request for a graph that is cancelled ends, and the layout is told', async () => {
    let isTold = false;
    const layout: Layout = {
        layout: (_view, _orientation, signal) =>
            new Promise((_resolve, reject) => {
                signal.addEventListener('abort', () => {
                    isTold = true;
                    reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
                });
            }),
        warmUp: () => undefined,
        dispose: () => Promise.resolve(),
    };
    const one = await start({ layout });
    const { CancellationTokenSource } = await import('vscode-jsonrpc/node');
    const source = new CancellationTokenSource();
    const asked = one.client.sendRequest(METHODS.graph, { uri: one.uri(MAIN) }, source.token);
    await one.settle();
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
    expect(isTold).toBe(true);
});

test('parameters that are not understood are refused, and the server goes on', async () => {
    const one = await start();
    await expect(one.client.sendRequest(METHODS.model, { path: 'x' })).rejects.toThrow('not understood');
    expect(await one.client.sendRequest(METHODS.applications)).toMatchObject({ applications: [{ name: 'Shop' }] });
});

test('applications tell how many findings they have once they are analysed', async () => {
    const one = await start();
    await one.open(MAIN, SAMPLE[MAIN].replace('Web, Database', 'Web, Databse'));
    const answer = parseApplicationsAnswer(await one.client.sendRequest(METHODS.applications));
    expect(answer?.applications).toHaveLength(1);
    expect(answer?.applications[0]?.findings?.errors).toBeGreaterThan(0);
});

test('the status tells counts when all is analysed', async () => {
    const one = await start();
    const last = parseStatus(one.notifications(METHODS.status).at(-1));
    expect(last).toEqual({ state: 'ready', applicationCount: 1, errorCount: 0, warningCount: 0 });
});

describe('messages that are not understood', () => {
    const junk: readonly unknown[] = [
        undefined,
        null,
        1,
        'x',
        [],
        {},
        { uri: 1 },
        { kind: 'graph' },
        { kind: 'model', model: {} },
        { applications: 1 },
    ];
    test.each(junk.map((value) => [JSON.stringify(value) ?? 'undefined', value]))('%s', (_, value) => {
        const parsers = [
            parseGraphParams,
            parseModelParams,
            parseGraphAnswer,
            parseModelAnswer,
            parseApplicationsAnswer,
            parseModelChanged,
            parseStatus,
        ];
        expect(parsers.map((parse) => parse(value))).toEqual(parsers.map(() => undefined));
    });
});

test.each(Object.values(METHODS))('%s has its row in docs/protocol.md', (method) => {
    const document = readFileSync(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');
    expect(document).toMatch(new RegExp(`^\\| \`${method}\` +\\|`, 'm'));
});
