import { afterEach, expect, test } from 'vitest';
import type { CodeAction, Diagnostic, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

const MAIN = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';
const EDITS = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] } } };
const LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };
const FULL = { ...EDITS, textDocument: { codeAction: LITERALS } };
const PLAIN = { textDocument: { codeAction: LITERALS } };
const LAZY = {
    ...EDITS,
    textDocument: { codeAction: { ...LITERALS, dataSupport: true, resolveSupport: { properties: ['edit'] } } },
};

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

async function opened(file: string, text: string, capabilities: object = FULL): Promise<TestServer> {
    const one = await startTestServer(SAMPLE, { capabilities });
    server = one;
    await one.settle();
    await one.open(file, text);
    return one;
}

interface Asked {
    readonly file: string;
    /** Selects this piece of the text; a caret at its beginning without `isSelected`. */
    readonly piece: string;
    readonly isSelected?: boolean;
    readonly only?: readonly string[];
    readonly diagnostics?: readonly Diagnostic[];
}

const texts = new Map<TestServer, string>();

async function ask(one: TestServer, text: string, asked: Asked): Promise<readonly CodeAction[]> {
    texts.set(one, text);
    const at = (offset: number): object => {
        const before = text.slice(0, offset).split('\n');
        return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    };
    const start = text.indexOf(asked.piece);
    const end = asked.isSelected === true ? start + asked.piece.length : start;
    const actions = await one.client.sendRequest<readonly CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri: one.uri(asked.file) },
        range: { start: at(start), end: at(end) },
        context: { diagnostics: asked.diagnostics ?? [], triggerKind: 1, ...(asked.only ? { only: asked.only } : {}) },
    });
    return actions ?? [];
}

function titled(actions: readonly CodeAction[], title: string): CodeAction {
    const found = actions.find((action) => action.title === title);
    if (found === undefined) throw new Error(`No '${title}' in: ${actions.map((one) => one.title).join(' | ')}`);
    return found;
}

/** The text after the edits of an action that concern it. */
function edited(text: string, edits: readonly TextEdit[]): string {
    const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
    const offset = ({ line, character }: TextEdit['range']['start']): number => (starts[line] ?? 0) + character;
    return [...edits]
        .reverse()
        .reduce(
            (done, { range, newText }) => done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end)),
            text,
        );
}

function changesOf(action: CodeAction): readonly object[] {
    return action.edit?.documentChanges ?? [];
}

function editsOf(action: CodeAction, uri: string): readonly TextEdit[] {
    const whole = changesOf(action) as readonly Partial<TextDocumentEdit>[];
    // Tests ask for edits without annotations or snippets.
    return (whole.find(({ textDocument }) => textDocument?.uri === uri)?.edits ?? []) as readonly TextEdit[];
}

test('a cure carries its diagnostics, is preferred, and edits the version it was made for', async () => {
    const text = SAMPLE[MAIN].replace('installer: script;', 'installer: script');
    const one = await opened(MAIN, text);
    const [diagnostic] = one.diagnosticsOf(MAIN);
    const actions = await ask(one, text, {
        file: MAIN,
        piece: 'script\n',
        diagnostics: [diagnostic!],
        isSelected: true,
    });
    const action = titled(actions, 'Add the semicolon');
    expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(action.diagnostics?.map(({ code }) => code)).toEqual(['P_PROPERTY_ENDS_WITH_SEMI_COLON']);
    expect(changesOf(action)).toEqual([
        {
            textDocument: { uri: one.uri(MAIN), version: 1 },
            edits: [
                {
                    range: { start: { line: 10, character: 21 }, end: { line: 10, character: 21 } },
                    newText: ';',
                },
            ],
        },
    ]);
});

test('the newest text counts, not the one that was analysed last', async () => {
    const one = await opened(MAIN, SAMPLE[MAIN]);
    const text = `# more\n${SAMPLE[MAIN].replace('installer: script;', 'Installer: script;')}`;
    void one.client.sendNotification('textDocument/didChange', {
        textDocument: { uri: one.uri(MAIN), version: 9 },
        contentChanges: [{ text }],
    });
    const action = titled(await ask(one, text, { file: MAIN, piece: 'Installer' }), "Change to 'installer'");
    expect(changesOf(action)).toMatchObject([
        { textDocument: { version: 9 }, edits: [{ range: { start: { line: 11 } } }] },
    ]);
});

test('line ends of the file are kept', async () => {
    const text = SAMPLE[MAIN].replace('exports: port = 8080;', 'exports: port = 8080; facets: reachable;')
        .replace('    facets: reachable;\n', '')
        .replaceAll('\n', '\r\n');
    const one = await opened(MAIN, text);
    const [action] = await ask(one, text, { file: MAIN, piece: '; facets' });
    const after = edited(text, editsOf(action!, one.uri(MAIN)));
    expect(after).toContain('exports: port = 8080;\r\n    facets: reachable;\r\n');
    expect(after).not.toMatch(/[^\r]\n/);
});

test('a client that knows no versions gets plain changes, and no files', async () => {
    const text = SAMPLE[MAIN].replace('parts/database.graph', 'parts/databas.graph');
    const one = await opened(MAIN, text, PLAIN);
    const actions = await ask(one, text, { file: MAIN, piece: 'parts/databas' });
    expect(actions.map(({ title }) => title)).toEqual([
        "Change to 'parts/database.graph'",
        "Remove the import of 'parts/databas.graph'",
    ]);
    expect(Object.keys(actions[0]?.edit?.changes ?? {})).toEqual([one.uri(MAIN)]);
});

test('a client that knows no actions gets none', async () => {
    const text = SAMPLE[MAIN].replace('installer: script;', 'installer: script');
    const one = await opened(MAIN, text, EDITS);
    expect(await ask(one, text, { file: MAIN, piece: 'script\n' })).toEqual([]);
});

test('a file is made and filled in one edit', async () => {
    const text = SAMPLE[MAIN].replace('Machine {', 'Store {\n    installer: target;\n}\n\nMachine {');
    const one = await opened(MAIN, text);
    const action = titled(await ask(one, text, { file: MAIN, piece: 'Store' }), "Create the recipe 'graph/Store'");
    const uri = one.uri('graph/Store/target.properties');
    expect(changesOf(action)).toMatchObject([
        { kind: 'create', uri, options: { overwrite: false } },
        {
            textDocument: { uri, version: null },
            edits: [{ newText: expect.stringContaining('handler = local') as string }],
        },
    ]);
});

test('a file that nothing imports is cured by its application', async () => {
    const text = 'Store {\n    installer: target;\n}\n';
    const one = await opened('graph/store.graph', text);
    const action = titled(
        await ask(one, text, { file: 'graph/store.graph', piece: 'Store' }),
        "Import 'store.graph' in main.graph",
    );
    expect(edited(SAMPLE[MAIN], editsOf(action, one.uri(MAIN)))).toMatch(
        /^import parts\/database\.graph;\nimport store\.graph;\n/,
    );
});

test('a file of another kind is cured as well, and files outside of applications are left alone', async () => {
    const one = await opened('commands/scale.txt', '# nothing\n');
    const titles = (await ask(one, '# nothing\n', { file: 'commands/scale.txt', piece: '#' })).map(
        ({ title }) => title,
    );
    expect(titles).toEqual(["Rename it to 'scale.commands'"]);
    await one.open('/../notes.txt', 'x');
    expect(await ask(one, 'x', { file: '/../notes.txt', piece: 'x' })).toEqual([]);
});

test('several findings of a code are mended together', async () => {
    const text = SAMPLE[MAIN].replaceAll('installer: script;', 'Installer: script;').replace('children:', 'Children:');
    const one = await opened(MAIN, text);
    const actions = await ask(one, text, { file: MAIN, piece: 'Installer' });
    const all = titled(actions, "Fix all 'PM_PROPERTY_NOT_APPLIABLE' in this file");
    expect(edited(text, editsOf(all, one.uri(MAIN)))).toBe(SAMPLE[MAIN]);
});

test('an edit can be asked for when the action is chosen', async () => {
    const text = SAMPLE[MAIN].replaceAll('installer: script;', 'Installer: script;').replace('children:', 'Children:');
    const one = await opened(MAIN, text, LAZY);
    const [action] = await ask(one, text, { file: MAIN, piece: 'import', only: ['source.fixAll'] });
    expect(action).toMatchObject({ kind: 'source.fixAll.roboconf' });
    expect(action?.edit).toBeUndefined();
    const resolved = await one.client.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(edited(text, editsOf(resolved, one.uri(MAIN)))).toBe(SAMPLE[MAIN]);
});

test('what is fixed on save is safe: names are not guessed', async () => {
    const text = SAMPLE[MAIN].replace('installer: script;', 'Installer: script').replace('Database;', 'Databse;');
    const one = await opened(MAIN, text);
    const [action, ...more] = await ask(one, text, { file: MAIN, piece: 'import', only: ['source.fixAll.roboconf'] });
    expect(more).toEqual([]);
    const after = edited(text, editsOf(action!, one.uri(MAIN)));
    expect(after).toContain('installer: script;');
    expect(after).toContain('Databse;');
});

test('a sound file has nothing to fix and nothing to organize', async () => {
    const one = await opened(MAIN, SAMPLE[MAIN]);
    expect(await ask(one, SAMPLE[MAIN], { file: MAIN, piece: 'import', only: ['source', 'quickfix'] })).toEqual([]);
});

test('imports are sorted, each once', async () => {
    const text = SAMPLE[MAIN].replace(
        'import parts/database.graph;',
        'import parts/store.graph; # goods\nimport parts/database.graph;\nimport parts/database.graph;',
    );
    const one = await opened(MAIN, text);
    const [action] = await ask(one, text, { file: MAIN, piece: 'import', only: ['source.organizeImports'] });
    expect(edited(text, editsOf(action!, one.uri(MAIN)))).toMatch(
        /^import parts\/database\.graph;\nimport parts\/store\.graph; # goods\n\n# A machine\./,
    );
});

test.each([
    {
        title: "Extract exports to the facet 'exportsOfDatabase'",
        file: 'graph/parts/database.graph',
        piece: 'ip, port = 5432',
        isSelected: true,
        after: /exports: random\[port\] admin;\n {4}facets: exportsOfDatabase;\n\}\n\nfacet exportsOfDatabase \{\n {4}exports: ip, port = 5432;\n\}\n$/,
    },
    {
        title: "Extract exports to the facet 'exportsOfWeb'",
        file: MAIN,
        piece: 'exports: port = 8080',
        isSelected: false,
        after: /installer: script;\n {4}facets: reachable, exportsOfWeb;\n {4}imports: Database\.port;\n\}\n\nfacet exportsOfWeb \{\n {4}exports: port = 8080;\n\}\n/,
    },
    {
        title: "Extract children to the facet 'childrenOfMachine'",
        file: MAIN,
        piece: 'children: Web',
        isSelected: false,
        after: /installer: target;\n {4}facets: childrenOfMachine;\n\}\n\nfacet childrenOfMachine \{\n {4}children: Web, Database;\n\}\n/,
    },
] as const)('$title, and no finding comes', async ({ title, file, piece, isSelected, after }) => {
    const text = SAMPLE[file];
    const one = await opened(file, text);
    const action = titled(await ask(one, text, { file, piece, isSelected, only: ['refactor'] }), title);
    const changed = edited(text, editsOf(action, one.uri(file)));
    expect(changed).toMatch(after);
    await one.change(file, { text: changed });
    expect(one.shown()).toEqual({});
});

test('a component moves to a file of its own, with its comment', async () => {
    const text = SAMPLE[MAIN];
    const one = await opened(MAIN, text);
    const action = titled(
        await ask(one, text, { file: MAIN, piece: 'Web {', only: ['refactor.move'] }),
        "Move 'Web' to 'Web.graph'",
    );
    const changed = edited(text, editsOf(action, one.uri(MAIN)));
    expect(changed).toMatch(/^import parts\/database\.graph;\nimport Web\.graph;\n/);
    expect(changed).not.toContain('Serves the pages');
    const made = editsOf(action, one.uri('graph/Web.graph'))[0]?.newText ?? '';
    expect(made).toMatch(/^# Serves the pages\.\nWeb \{\n[^]*\}\n$/);
    one.write('graph/Web.graph', made);
    await one.watched('graph/Web.graph', 1);
    await one.change(MAIN, { text: changed });
    expect(one.shown()).toEqual({});
});

test.each([
    ['port: 9090;', "Write the full name 'Web.port'", 'Web.port: 9090;'],
    ['Web.port: 9090;', "Write the short name 'port'", 'port: 9090;'],
])('%s: %s', async (written, title, after) => {
    const text = SAMPLE[INSTANCES].replace('name: web;', `name: web;\n        ${written}`);
    const one = await opened(INSTANCES, text);
    const action = titled(await ask(one, text, { file: INSTANCES, piece: written, only: ['refactor.rewrite'] }), title);
    expect(edited(text, editsOf(action, one.uri(INSTANCES)))).toContain(`\n        ${after}\n`);
});

test('an instance is put into a new one', async () => {
    const text = 'instance of Web {\n\tname: web;\n}\n';
    const one = await opened(INSTANCES, text);
    const actions = await ask(one, text, { file: INSTANCES, piece: 'instance', only: ['refactor.rewrite'] });
    const action = titled(actions, "Put it into a new instance of 'Machine'");
    expect(edited(text, editsOf(action, one.uri(INSTANCES)))).toBe(
        'instance of Machine {\n\tname: machine;\n\tinstance of Web {\n\t\tname: web;\n\t}\n}\n',
    );
});

test('every kind that is answered is announced', async () => {
    const one = await opened(MAIN, SAMPLE[MAIN]);
    const { capabilities } = await one.client.sendRequest<{ capabilities: { codeActionProvider: object } }>(
        'initialize',
        {
            processId: null,
            rootUri: null,
            capabilities: FULL,
            workspaceFolders: null,
        },
    );
    expect(capabilities.codeActionProvider).toEqual({
        codeActionKinds: [
            'quickfix',
            'refactor.extract',
            'refactor.rewrite',
            'refactor.move',
            'source.organizeImports',
            'source.fixAll.roboconf',
        ],
        resolveProvider: true,
    });
});
