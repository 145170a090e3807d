import { afterEach, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/language-server.ts';
import { applied, askAt, changedLines, EDITING, SHOP } from './navigation-sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const GRAPH = 'graph/main.graph';
const STORE = 'graph/parts/store.graph';
const INSTANCES = 'instances/main.instances';
const DESCRIPTOR = 'descriptor/application.properties';

type Files = Readonly<Record<string, string>>;

interface Rename {
    readonly files?: Files;
    readonly capabilities?: object;
}

/** Renames what stands at a caret: the changed lines of each file, and what is moved. */
async function rename(file: string, piece: string, newName: string, how: Rename = {}): Promise<object> {
    const { files = SHOP, capabilities = EDITING } = how;
    const asked = await askAt(file, piece, files, { capabilities });
    server = asked.server;
    const edit = await asked.ask('textDocument/rename', { newName });
    const after = Object.entries(applied(asked.server, edit, files));
    const changed = after.map(([name, text]) => [
        name,
        text.startsWith('moved to') ? text : changedLines(files[name] ?? '', text),
    ]);
    return Object.fromEntries(changed) as object;
}

/** Why a request is refused. */
async function refusal(file: string, piece: string, newName: string | null, how: Rename = {}): Promise<string> {
    const { files = SHOP, capabilities = EDITING } = how;
    const asked = await askAt(file, piece, files, { capabilities });
    server = asked.server;
    const asking =
        newName === null ? asked.ask('textDocument/prepareRename') : asked.ask('textDocument/rename', { newName });
    return asking.then(
        () => 'not refused',
        (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
    );
}

describe('rename of', () => {
    test('a component changes children, heirs, imports, instances, qualified variables, and moves its recipe', async () => {
        expect(await rename(STORE, 'St|ore {', 'Depot')).toEqual({
            [GRAPH]: [
                'children: Web, Depot, SlowStore;',
                'imports: Depot.port, Depot.* (optional), external Bank.account;',
            ],
            [STORE]: ['Depot {', 'extends: Depot;', 'exports: port = 5433, Depot.level = 2;'],
            [INSTANCES]: ['Depot.port: 5555;'],
            'graph/Store': 'moved to graph/Depot',
        });
    });

    test('a component from one of its uses, with the descriptor and its own prefix', async () => {
        expect(await rename(INSTANCES, 'of We|b', 'Front')).toEqual({
            [DESCRIPTOR]: ['exports = Front.port as entrance'],
            [GRAPH]: ['children: Front, Store, SlowStore;', 'Front {', 'exports: Front.port = 8080;'],
            [INSTANCES]: ['instance of Front {'],
            'graph/Web': 'moved to graph/Front',
        });
    });

    test('a facet', async () => {
        expect(await rename(GRAPH, 'facets: ser|ved', 'reachable')).toEqual({
            [GRAPH]: ['facet reachable {', 'facets: reachable;'],
        });
    });

    test('a variable changes what overrides it, imports, and values of instances', async () => {
        expect(await rename(STORE, 'po|rt = 5432', 'listening')).toEqual({
            [GRAPH]: ['imports: Store.listening, Store.* (optional), external Bank.account;'],
            [STORE]: ['exports: ip, listening = 5432, level = 1;', 'exports: listening = 5433, Store.level = 2;'],
            [INSTANCES]: ['Store.listening: 5555;'],
        });
    });

    test('an overriding variable changes what it overrides', async () => {
        expect(await rename(STORE, 'po|rt = 5433', 'listening')).toEqual({
            [GRAPH]: ['imports: Store.listening, Store.* (optional), external Bank.account;'],
            [STORE]: ['exports: ip, listening = 5432, level = 1;', 'exports: listening = 5433, Store.level = 2;'],
            [INSTANCES]: ['Store.listening: 5555;'],
        });
    });

    test('a variable that overrides that of a facet, from an instance', async () => {
        expect(await rename(INSTANCES, 'po|rt: 8081', 'listening')).toEqual({
            [DESCRIPTOR]: ['exports = Web.listening as entrance'],
            [GRAPH]: ['exports: listening = 80, ip;', 'exports: Web.listening = 8080;'],
            [INSTANCES]: ['listening: 8081;'],
        });
    });

    test('an instance', async () => {
        expect(await rename(INSTANCES, 'name: we|b', 'shop window')).toEqual({ [INSTANCES]: ['name: shop window;'] });
    });

    test('the probes of a component moves them too', async () => {
        const files = {
            ...SHOP,
            'probes/Web.measures': '',
            'probes/Web.measures.properties': 'a = 1\n',
            'probes/Webs.measures': '',
        };
        expect(await rename(GRAPH, 'We|b {', 'Front', { files })).toMatchObject({
            'graph/Web': 'moved to graph/Front',
            'probes/Web.measures': 'moved to probes/Front.measures',
            'probes/Web.measures.properties': 'moved to probes/Front.measures.properties',
        });
    });

    test('a component with a model file among its recipe keeps the import right', async () => {
        const files = {
            ...SHOP,
            [GRAPH]: `import Store/more.graph;\n${SHOP[GRAPH] ?? ''}`,
            'graph/Store/more.graph': 'Spare {\n    installer: script;\n}\n',
        };
        expect(await rename(STORE, 'St|ore {', 'Depot', { files })).toMatchObject({
            [GRAPH]: [
                'import Depot/more.graph;',
                'children: Web, Depot, SlowStore;',
                'imports: Depot.port, Depot.* (optional), external Bank.account;',
            ],
        });
    });

    test('a name in a file that is not saved', async () => {
        const asked = await askAt(GRAPH, 'ser|ved {', SHOP, { capabilities: EDITING });
        server = asked.server;
        const text = `${SHOP[STORE] ?? ''}Cache {\n    installer: script;\n    facets: served;\n}\n`;
        await server.open(STORE, text);
        const edit = await asked.ask('textDocument/rename', { newName: 'reachable' });
        expect(changedLines(text, applied(server, edit, { ...SHOP, [STORE]: text })[STORE] ?? '')).toEqual([
            'facets: reachable;',
        ]);
    });

    test('a name is a plain list of changes for editors that know no other', async () => {
        expect(await rename(GRAPH, 'facet ser|ved', 'reachable', { capabilities: {} })).toEqual({
            [GRAPH]: ['facet reachable {', 'facets: reachable;'],
        });
    });
});

describe('rename is refused for', () => {
    test.each([
        ['a keyword', [GRAPH, 'inst|aller'], null, 'There is no name here'],
        ['the address of an instance', [STORE, 'i|p, port'], null, "'ip' keeps its name"],
        [
            'what another application exports',
            [GRAPH, 'Bank.acc|ount'],
            null,
            "'Bank.account' is not declared in this workspace",
        ],
        ['an imported file', [GRAPH, 'parts/st|ore'], null, 'Rename the file itself'],
        [
            'a component that gets a taken name',
            [GRAPH, 'We|b {'],
            'Store',
            "There is already a component called 'Store' (graph/parts/store.graph, line 2)",
        ],
        [
            'a component that gets the name of a facet',
            [GRAPH, 'We|b {'],
            'served',
            "There is already a facet called 'served'",
        ],
        [
            'a component that gets a keyword',
            [GRAPH, 'We|b {'],
            'import',
            "'import' cannot be the name of a component: that is a keyword",
        ],
        ['a component that gets a dot', [GRAPH, 'We|b {'], 'a.b', "'a.b' cannot be the name of a component"],
        ['a component that gets nothing', [GRAPH, 'We|b {'], '', "'' cannot be the name of a component"],
        [
            'a variable beside one of that name',
            [STORE, 'po|rt = 5432'],
            'level',
            "There is already a variable called 'level'",
        ],
        [
            'a variable that would meet one of an heir',
            [STORE, 'le|vel = 1'],
            'extra',
            "'SlowStore' exports a variable called 'extra' already",
        ],
        [
            'a variable that would become the address',
            [STORE, 'le|vel = 1'],
            'IP',
            'that is the address an instance gets',
        ],
        ['a variable that would hide a property', [STORE, 'le|vel = 1'], 'count', 'that is a property of instances'],
        [
            'an instance beside one of that name',
            [INSTANCES, 'name: fr|ont'],
            'back',
            "There is already an instance called 'back'",
        ],
        ['an instance that gets a path', [INSTANCES, 'name: fr|ont'], 'a/b', "'a/b' cannot be the name of an instance"],
    ] as const)('%s', async (_, [file, piece], newName, reason) => {
        const store = SHOP[STORE]?.replace('Store.level = 2', 'Store.level = 2, extra') ?? '';
        const files = { ...SHOP, [STORE]: store };
        expect(await refusal(file, piece, newName, { files })).toContain(reason);
    });

    test('a component with a recipe, in an editor that moves no files', async () => {
        expect(await refusal(GRAPH, 'We|b {', 'Front', { capabilities: {} })).toContain(
            'does not rename files with texts',
        );
    });

    test('a component whose new name has a folder already', async () => {
        const files = { ...SHOP, 'graph/Front/old.txt': 'x' };
        expect(await refusal(GRAPH, 'We|b {', 'Front', { files })).toContain("There is already something at '");
    });
});

describe('the folder that a renamed component takes along', () => {
    const FOLDER = { oldUri: 'graph/Store', newUri: 'graph/Depot' };
    const announce = async (): Promise<unknown> => {
        const uris = { oldUri: server?.uri(FOLDER.oldUri), newUri: server?.uri(FOLDER.newUri) };
        return server?.client.sendRequest('workspace/willRenameFiles', { files: [uris] });
    };

    test('is not asked about again, be it announced before the changed texts', async () => {
        const asked = await askAt(STORE, 'St|ore {', SHOP, { capabilities: EDITING });
        server = asked.server;
        await asked.ask('textDocument/rename', { newName: 'Depot' });
        expect(await announce()).toBeNull();
        expect(await announce()).not.toBeNull();
    });

    test('is not asked about once the texts have changed', async () => {
        const asked = await askAt(STORE, 'St|ore {', SHOP, { capabilities: EDITING });
        server = asked.server;
        const text = (SHOP[STORE] ?? '').replaceAll('Store', 'Depot');
        await server.change(STORE, { text });
        expect(await announce()).toBeNull();
    });
});

describe('positions that people gave to nodes follow', () => {
    const POSITIONS = 'roboconf.positions.json';
    const pins = (section: string, ...ids: readonly (readonly [string, string | null])[]): string => {
        const entries = ids.map(([id, within]) => [id, { x: 1, y: 2, in: within }] as const);
        return JSON.stringify({ formatVersion: 1, [section]: Object.fromEntries(entries) });
    };
    const renamed = async (file: string, piece: string, newName: string, positions: string): Promise<unknown> => {
        const changed = await rename(file, piece, newName, { files: { ...SHOP, [POSITIONS]: positions } });
        return (changed as Readonly<Record<string, unknown>>)[POSITIONS];
    };

    test('a component, and what was put into it', async () => {
        const before = pins('components', ['component:Machine', null], ['component:Web', 'component:Machine']);
        const lines = await renamed(GRAPH, 'Mach|ine {', 'Host', before);
        expect(lines).toContain('"component:Host": { "x": 1, "y": 2, "in": null },');
        expect(lines).toContain('"component:Web": { "x": 1, "y": 2, "in": "component:Host" }');
    });
    test('all copies of an instance, and what is inside of them', async () => {
        const before = pins('hosts', ['instance:/back2', null], ['instance:/back3/orders', 'instance:/back3']);
        const lines = await renamed(INSTANCES, 'name: ba|ck', 'store', before);
        expect(lines).toContain('"instance:/store2": { "x": 1, "y": 2, "in": null },');
        expect(lines).toContain('"instance:/store3/orders": { "x": 1, "y": 2, "in": "instance:/store3" }');
    });
    test.each([
        ['others', pins('instances', ['instance:/front', null], ['instance:/back', null])],
        ['a file that is not understood', '<<<<<<<'],
    ])('not: %s', async (_, before) => {
        expect(await renamed(INSTANCES, 'name: ba|ck', 'store', before)).toBeUndefined();
    });
});

test('prepare answers the simple name with its place', async () => {
    const asked = await askAt(GRAPH, 'Web.po|rt');
    server = asked.server;
    expect(await asked.ask('textDocument/prepareRename')).toEqual({
        range: { start: { line: 14, character: 17 }, end: { line: 14, character: 21 } },
        placeholder: 'port',
    });
});
