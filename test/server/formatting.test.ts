/** Formatting through the protocol: edits of single lines, of a document or of a range. */
import { afterEach, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver/node';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

async function ask(method: string, file: string, text: string, parameters: object = {}): Promise<readonly string[]> {
    server = await startTestServer(SAMPLE);
    await server.open(file, text);
    const textDocument = { uri: server.uri(file) };
    const options = { tabSize: 4, insertSpaces: false };
    const edits: readonly TextEdit[] | null = await server.client.sendRequest(method, {
        textDocument,
        options,
        ...parameters,
    });
    return (edits ?? []).map(
        ({ range: { start, end }, newText }) =>
            `${start.line}:${start.character}-${end.line}:${end.character} ${JSON.stringify(newText)}`,
    );
}

const TEXT = 'A {\r\n  exports:ip;\r\n}\r\nB {\r\n\texports: ip;\r\n\r\n\r\n  children:A;\r\n}\r\n';

test('only lines that change are edited, and line ends stay', async () => {
    expect(await ask('textDocument/formatting', 'graph/main.graph', TEXT)).toEqual([
        '1:0-1:13 "\\texports: ip;"',
        '3:0-3:0 "\\r\\n"',
        '6:0-7:0 ""',
        '7:0-7:13 "\\tchildren: A;"',
    ]);
});

test('a range formats its own lines', async () => {
    const range = { start: { line: 4, character: 3 }, end: { line: 7, character: 0 } };
    expect(await ask('textDocument/rangeFormatting', 'graph/main.graph', TEXT, { range })).toEqual(['6:0-7:0 ""']);
});

test('instances are formatted by their own rules', async () => {
    const text = 'instance of Vm{\n  name:vm;\n}\n';
    expect(await ask('textDocument/formatting', 'instances/main.instances', text)).toEqual([
        '0:0-0:15 "instance of Vm {"',
        '1:0-1:10 "\\tname: vm;"',
    ]);
});

test('properties and commands are formatted by their own rules', async () => {
    expect(
        await ask('textDocument/formatting', 'descriptor/application.properties', '# a\nname=  x\r\nversion = 1\n'),
    ).toEqual(['1:0-1:8 "name = x"']);
    await server?.dispose();
    const commands = 'create   Machine as  m\n';
    expect(await ask('textDocument/formatting', 'commands/up.commands', commands)).toEqual([
        '0:6-0:9 " "',
        '0:19-0:21 " "',
    ]);
});

test('a range of a properties file formats its own lines', async () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } };
    const text = 'name=x\nversion=1\ndsl-id=y\n';
    expect(await ask('textDocument/rangeFormatting', 'descriptor/application.properties', text, { range })).toEqual([
        '1:0-1:9 "version = 1"',
    ]);
});

test('files without a form of their own are not touched', async () => {
    expect(await ask('textDocument/formatting', 'rules.autonomic/r.drl', 'rule  "x"\n  when\n')).toEqual([]);
    await server?.dispose();
    expect(await ask('textDocument/formatting', 'graph/Web/scripts/start.sh', 'echo   x  \n')).toEqual([]);
});
