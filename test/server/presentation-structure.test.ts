/** Folds, selections and typing help, and that one version of a text is read once for all of them. */
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { type Message, StreamMessageWriter } from 'vscode-jsonrpc/node';
import {
    createConnection,
    type FoldingRange,
    type Position,
    ProposedFeatures,
    type SelectionRange,
    type TextEdit,
} from 'vscode-languageserver/node';
import { followDocuments } from '../../server/workspace/documents.ts';
import { createLocations } from '../../server/workspace/locations.ts';
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

async function start(file: string, text: string, capabilities: object = {}): Promise<TestServer> {
    server = await startTestServer(SAMPLE, { capabilities });
    await server.open(file, text);
    return server;
}

async function folds(file: string, text: string, capabilities: object = {}): Promise<readonly string[]> {
    const one = await start(file, text, capabilities);
    const found: readonly FoldingRange[] = await one.client.sendRequest('textDocument/foldingRange', {
        textDocument: { uri: one.uri(file) },
    });
    return found.map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`);
}

test('blocks and comments fold, lines counted from 0', async () => {
    expect(await folds(MAIN, `# One,\n# two.\n${SAMPLE[MAIN]}`)).toEqual([
        '0-1 comment',
        '5-7 region',
        '11-15 region',
        '18-19 region',
    ]);
});

test('an editor that shows few folds gets the longest', async () => {
    const capabilities = { textDocument: { foldingRange: { rangeLimit: 1 } } };
    expect(await folds(INSTANCES, SAMPLE[INSTANCES], capabilities)).toEqual(['0-7 region']);
});

/** The texts around the cursor, from the smallest to the largest; line ends as `⏎`. */
async function selections(file: string, marked: string): Promise<readonly string[]> {
    const [fixture] = parseFixture(marked);
    const { text = '', cursors: [cursor = 0] = [] } = fixture ?? {};
    const one = await start(file, text);
    const [innermost]: readonly SelectionRange[] = await one.client.sendRequest('textDocument/selectionRange', {
        textDocument: { uri: one.uri(file) },
        positions: [placeOf(text, cursor)],
    });
    const found: string[] = [];
    for (let range = innermost; range !== undefined; range = range.parent) found.push(cut(text, range.range));
    return found;
}

function placeOf(text: string, offset: number): Position {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function cut(text: string, { start, end }: SelectionRange['range']): string {
    const offset = ({ line, character }: Position): number =>
        text
            .split('\n')
            .slice(0, line)
            .reduce((sum, one) => sum + one.length + 1, character);
    return text.slice(offset(start), offset(end)).replaceAll('\n', '⏎').replaceAll(/\s+/g, ' ');
}

test('a selection grows from a word to the file', async () => {
    const text =
        '# The web.\nWeb {\n\timports: Data$0base.port (optional), Cache.ip; # both\n\tfacets: a;\n}\n# End.\n';
    expect(await selections(MAIN, text)).toEqual([
        'Database',
        'Database.port',
        'Database.port (optional)',
        'Database.port (optional), Cache.ip',
        'imports: Database.port (optional), Cache.ip;',
        'imports: Database.port (optional), Cache.ip; # both',
        'imports: Database.port (optional), Cache.ip; # both⏎ facets: a;',
        'Web {⏎ imports: Database.port (optional), Cache.ip; # both⏎ facets: a;⏎}',
        '# The web.⏎Web {⏎ imports: Database.port (optional), Cache.ip; # both⏎ facets: a;⏎}',
        '# The web.⏎Web {⏎ imports: Database.port (optional), Cache.ip; # both⏎ facets: a;⏎}⏎# End.⏎',
    ]);
});

test('a selection in a nested instance grows through its parents', async () => {
    const text = 'instance of A {\n\tname: a;\n\tinstance of B {\n\t\tname: b$0b;\n\t}\n}\n';
    expect(await selections(INSTANCES, text)).toEqual([
        'bb',
        'name: bb;',
        'instance of B {⏎ name: bb;⏎ }',
        'name: a;⏎ instance of B {⏎ name: bb;⏎ }',
        'instance of A {⏎ name: a;⏎ instance of B {⏎ name: bb;⏎ }⏎}',
        'instance of A {⏎ name: a;⏎ instance of B {⏎ name: bb;⏎ }⏎}⏎',
    ]);
});

test('a selection in a value with an assignment, in an empty text and in a list of comments', async () => {
    expect((await selections(MAIN, 'A {\n\texports: url = "a b$0", x;\n}')).slice(0, 4)).toEqual([
        'b',
        '"a b"',
        'url = "a b"',
        'url = "a b", x',
    ]);
    await server?.dispose();
    expect(await selections(MAIN, '$0')).toEqual(['']);
    await server?.dispose();
    expect(await selections(MAIN, '# a\n# b$0\n\nA {\n}\n')).toEqual(['b', '# b', '# a⏎# b', '# a⏎# b⏎⏎A {⏎}⏎']);
});

test('typing is helped through the protocol', async () => {
    const one = await start(MAIN, 'A {\n  exports: ip\n  \n}\n');
    const type = (ch: string, line: number, character: number): Promise<readonly TextEdit[] | null> =>
        one.client.sendRequest('textDocument/onTypeFormatting', {
            textDocument: { uri: one.uri(MAIN) },
            position: { line, character },
            ch,
            options: { tabSize: 2, insertSpaces: true },
        });
    const place = { line: 1, character: 13 };
    expect(await type('\n', 2, 2)).toEqual([{ range: { start: place, end: place }, newText: ';' }]);
    await one.change(MAIN, { text: 'A {\n\n}\n' });
    const second = { line: 1, character: 0 };
    expect(await type('\n', 1, 0)).toEqual([{ range: { start: second, end: second }, newText: '  ' }]);
    expect(await type('x', 1, 0)).toEqual([]);
});

test('nothing is analysed for the sake of how a text looks', async () => {
    const one = await start(MAIN, SAMPLE[MAIN]);
    const textDocument = { uri: one.uri(MAIN) };
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    await one.change(MAIN, { text: `${SAMPLE[MAIN]}# more\n` });
    const parsed = one.language.parsedFileCount();
    for (let i = 0; i < 3; i += 1) {
        await one.client.sendRequest('textDocument/foldingRange', { textDocument });
        await one.client.sendRequest('textDocument/selectionRange', { textDocument, positions: [range.start] });
        await one.client.sendRequest('textDocument/semanticTokens/full', { textDocument });
        await one.client.sendRequest('textDocument/semanticTokens/range', { textDocument, range });
        await one.client.sendRequest('textDocument/inlayHint', { textDocument, range });
        await one.client.sendRequest('textDocument/codeLens', { textDocument });
    }
    expect(one.language.parsedFileCount()).toBe(parsed);
    expect(one.errors).toEqual([]);
});

test('the syntax of a text is made once for each version', async () => {
    const client = new PassThrough();
    const connection = createConnection(ProposedFeatures.all, client, new PassThrough());
    const [opened, changed] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const documents = followDocuments(connection, createLocations(), {
        opened: opened.resolve,
        changed: changed.resolve,
        closed: () => undefined,
    });
    connection.listen();
    const writer = new StreamMessageWriter(client);
    const tell = (method: string, params: object): Promise<void> =>
        writer.write({ jsonrpc: '2.0', method, params } as Message);
    const uri = 'file:///a/graph/main.graph';
    await tell('textDocument/didOpen', {
        textDocument: { uri, languageId: 'roboconf-graph', version: 1, text: SAMPLE[MAIN] },
    });
    await opened.promise;
    const first = documents.get(uri)?.syntax();
    expect(first?.outline.length).toBe(4);
    expect(documents.get(uri)?.syntax()).toBe(first);
    await tell('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: 'A {\n}\n' }],
    });
    await changed.promise;
    expect(documents.get(uri)?.syntax().outline.length).toBe(1);
    connection.dispose();
});

test('a line of a million blanks is selected from in no time', async () => {
    const text = `A {\n\texports: a${' '.repeat(1_000_000)}b;\n}\n`;
    const one = await start(MAIN, text);
    const begun = performance.now();
    await one.client.sendRequest('textDocument/selectionRange', {
        textDocument: { uri: one.uri(MAIN) },
        positions: [{ line: 1, character: 500_000 }],
    });
    expect(performance.now() - begun).toBeLessThan(5000);
});
