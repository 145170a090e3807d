/** Semantic tokens through the protocol: labels say type and modifiers of a word. */
import { afterEach, describe, expect, test } from 'vitest';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver/node';
import { LEGEND } from '../../server/features/semantic-tokens.ts';
import { createTokenDeltas } from '../../server/features/token-deltas.ts';
import { parseFixture } from '../support/fixture.ts';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const MAIN = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';

async function start(capabilities: object = {}, files: Readonly<Record<string, string>> = SAMPLE): Promise<TestServer> {
    server = await startTestServer(files, { capabilities });
    return server;
}

interface Token {
    readonly start: number;
    readonly text: string;
    readonly label: string;
}

function decoded(text: string, data: readonly number[]): readonly Token[] {
    const lines = text.split('\n');
    const tokens: Token[] = [];
    let [line, column] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
        const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
        column = down === 0 ? column + right : right;
        line += down;
        const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + column;
        const modifiers = LEGEND.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
        const label = [LEGEND.tokenTypes[type], ...modifiers].join(' ');
        tokens.push({ start, text: text.slice(start, start + length), label });
    }
    return tokens;
}

async function tokensOf(one: TestServer, file: string, text: string): Promise<readonly Token[]> {
    await one.open(file, text);
    const textDocument = { uri: one.uri(file) };
    const answer: SemanticTokens = await one.client.sendRequest('textDocument/semanticTokens/full', { textDocument });
    return decoded(text, answer.data);
}

/** Every label of the fixture must be what the word at its place is. */
async function checkTokens(file: string, marked: string): Promise<void> {
    const [fixture] = parseFixture(marked);
    if (fixture === undefined) throw new Error('A fixture holds a file');
    const tokens = await tokensOf(await start(), file, fixture.text);
    const expected = fixture.notes.map(({ start: at, end, label }) => `${fixture.text.slice(at, end)}: ${label}`);
    const actual = fixture.notes.map(({ start: at }) => {
        const token = tokens.find((one) => one.start === at);
        return `${token?.text}: ${token?.label}`;
    });
    expect(actual).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
}

describe('a word has the colour of what it refers to', () => {
    test('components, facets and names that lead nowhere', () =>
        checkTokens(
            MAIN,
            `
Machine {
#<<<<<<< class declaration
    children: Web, reachable, Oops;
#   ^^^^^^^^ keyword
#             ^^^ class
#                  ^^^^^^^^^ interface
#                             ^^^^ class unresolved
}
Web {
    facets: reachable, Web;
#           ^^^^^^^^^ interface
#                      ^^^ class
}
facet reachable {
#     ^^^^^^^^^ interface declaration
}
`,
        ));

    test('exported and imported variables', () =>
        checkTokens(
            MAIN,
            `
import parts/database.graph;
#      ^^^^^^^^^^^^^^^^^^^^ string
Web {
    exports: ip, port = 8080, url = "x$(ROBOCONF_INSTANCE_NAME)";
#            ^^ variable declaration readonly
#                ^^^^ variable declaration
#                       ^^^^ number
#                                   ^^ string
#                                     ^^^^^^^^^^^^^^^^^^^^^^^^^ variable readonly defaultLibrary
    imports: Database.port, Database.nothing, Oops.x, external Lamp.url;
#            ^^^^^^^^ class
#                     ^^^^ variable
#                                    ^^^^^^^ variable unresolved
#                                             ^^^^ class unresolved
#                                                  ^ variable
#                                                     ^^^^^^^^ keyword
#                                                              ^^^^ namespace
#                                                                   ^^^ variable
}
`,
        ));

    test('instances and what they override', () =>
        checkTokens(
            INSTANCES,
            `
instance of Machine {
    name: front;
#         ^^^^^ enumMember declaration
    data.zone: eu;
#   ^^^^^^^^^ property
    instance of Web {
#               ^^^ class
        name: web;
        port: 81;
#       ^^^^ variable modification
        Web.port: 82;
#       ^^^^^^^^ variable modification
        prot: 83;
#       ^^^^ variable modification unresolved
    }
}
`,
        ));
});

test('names in command files are those of the model', async () => {
    const text = 'define m = x\ncreate Web as w under /front\ncreate Oops as $(m) under /front\n';
    const tokens = await tokensOf(await start(), 'commands/up.commands', text);
    const labels = Object.fromEntries(tokens.map((token) => [token.text, token.label]));
    expect(labels).toMatchObject({ create: 'keyword', Web: 'class', Oops: 'class unresolved', '$(m)': 'variable' });
});

test('variables that the descriptor offers to other applications are told apart', async () => {
    const descriptor = 'descriptor/application.properties';
    const files = {
        ...SAMPLE,
        [descriptor]: `${SAMPLE[descriptor]}exports-prefix = Shop\nexports = Web.port as port\n`,
    };
    const tokens = await tokensOf(await start({}, files), MAIN, SAMPLE[MAIN]);
    expect(tokens.find(({ text }) => text === 'port')?.label).toBe('variable declaration static');
});

test('an editor with a grammar of its own is told names only', async () => {
    const one = await start({ textDocument: { semanticTokens: { augmentsSyntaxTokens: true } } });
    const tokens = await tokensOf(one, MAIN, SAMPLE[MAIN]);
    expect(new Set(tokens.map(({ label }) => label.split(' ')[0]))).toEqual(
        new Set(['class', 'interface', 'variable']),
    );
});

test('a range has the tokens of its lines', async () => {
    const one = await start();
    await one.open(MAIN, SAMPLE[MAIN]);
    const range = { start: { line: 4, character: 8 }, end: { line: 5, character: 2 } };
    const answer: SemanticTokens = await one.client.sendRequest('textDocument/semanticTokens/range', {
        textDocument: { uri: one.uri(MAIN) },
        range,
    });
    expect(decoded(SAMPLE[MAIN], answer.data).map(({ text }) => text)).toEqual([
        'installer',
        'target',
        'children',
        'Web',
        'Database',
    ]);
});

describe('a difference', () => {
    const ask = (one: TestServer, previousResultId: string): Promise<SemanticTokens | SemanticTokensDelta> =>
        one.client.sendRequest('textDocument/semanticTokens/full/delta', {
            textDocument: { uri: one.uri(MAIN) },
            previousResultId,
        });
    const full = (one: TestServer): Promise<SemanticTokens> =>
        one.client.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri: one.uri(MAIN) } });

    test('is what an edit changed, and leads to the same as the whole', async () => {
        const one = await start();
        await one.open(MAIN, SAMPLE[MAIN]);
        const before = await full(one);
        const text = SAMPLE[MAIN].replace('children: Web, Database', 'children: Web, Database, Oops');
        await one.change(MAIN, { text });
        const delta = await ask(one, before.resultId ?? '');
        if (!('edits' in delta)) throw new Error('A difference was expected');
        const [edit] = delta.edits;
        expect(delta.edits.length).toBe(1);
        expect(edit?.data?.length).toBeLessThan(20);
        const after = before.data.toSpliced(edit?.start ?? 0, edit?.deleteCount ?? 0, ...(edit?.data ?? []));
        expect(after).toEqual((await full(one)).data);
    });

    test('is empty when nothing changed', async () => {
        const one = await start();
        await one.open(MAIN, SAMPLE[MAIN]);
        const { resultId = '' } = await full(one);
        expect(await ask(one, resultId)).toMatchObject({ edits: [] });
    });

    test('from an answer that is not kept is the whole', async () => {
        const one = await start();
        await one.open(MAIN, SAMPLE[MAIN]);
        const first = await full(one);
        await full(one);
        expect(await ask(one, first.resultId ?? '')).toMatchObject({ data: first.data });
        await one.close(MAIN);
        await one.open(MAIN, SAMPLE[MAIN]);
        expect('data' in (await ask(one, 'unknown'))).toBe(true);
    });
});

test('one answer is kept for each open document, however many are given', () => {
    const open = new Set(['/a', '/b', '/c']);
    const deltas = createTokenDeltas((path) => open.has(path));
    for (let i = 0; i < 20; i += 1) for (const path of open) deltas.full(path, [i]);
    expect(deltas.keptCount()).toBe(3);
    open.delete('/b');
    open.delete('/c');
    deltas.full('/a', []);
    deltas.full('/closed', [1]);
    expect(deltas.keptCount()).toBe(1);
});

test('an edit elsewhere that changes what names mean makes the editor ask again, others do not', async () => {
    const one = await start({ workspace: { semanticTokens: { refreshSupport: true } } });
    let refreshCount = 0;
    one.client.onRequest('workspace/semanticTokens/refresh', () => {
        refreshCount += 1;
        return null;
    });
    await tokensOf(one, MAIN, SAMPLE[MAIN]);
    const part = 'graph/parts/database.graph';
    await one.open(part, `${SAMPLE[part]}# a comment\n`);
    expect(refreshCount).toBe(0);
    await one.change(part, { text: SAMPLE[part].replace('Database', 'Store') });
    expect(refreshCount).toBe(1);
});

test('a file of an application that is none of its texts has no tokens', async () => {
    expect(await tokensOf(await start(), 'graph/Web/scripts/start.sh', 'import x;')).toEqual([]);
});
