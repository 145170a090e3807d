import { afterEach, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/language-server.ts';
import { applied, askAt, changedLines, EDITING, placeText, SHOP } from './navigation-sample.ts';

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

const GRAPH = 'graph/main.graph';
const STORE = 'graph/parts/store.graph';
const INSTANCES = 'instances/main.instances';
const DESCRIPTOR = 'descriptor/application.properties';

interface Location {
    readonly uri: string;
    readonly range: Parameters<typeof placeText>[1]['range'];
}

async function willRename(
    from: string,
    to: string,
    files: Readonly<Record<string, string>> = SHOP,
    capabilities: object = EDITING,
): Promise<{ readonly edit: unknown; readonly changed: object }> {
    const asked = await askAt(GRAPH, '|', files, { capabilities });
    server = asked.server;
    const [oldUri, newUri] = [server.uri(from), server.uri(to)];
    const edit = await server.client.sendRequest('workspace/willRenameFiles', { files: [{ oldUri, newUri }] });
    const after = Object.entries(applied(server, edit, files));
    const changed = after.map(([name, text]) => [name, changedLines(files[name] ?? '', text)]);
    return { edit, changed: Object.fromEntries(changed) as object };
}

describe('a file that is renamed', () => {
    test.each([
        ['a graph file', STORE, 'graph/parts/depot.graph', { [GRAPH]: ['import parts/depot.graph;'] }],
        ['a graph file that moves', STORE, 'graph/store.graph', { [GRAPH]: ['import store.graph;'] }],
        ['a folder of graph files', 'graph/parts', 'graph/elements', { [GRAPH]: ['import elements/store.graph;'] }],
        ['the entry point of the graph', GRAPH, 'graph/all.graph', { [DESCRIPTOR]: ['graph-entry-point = all.graph'] }],
        [
            'the entry point of the instances',
            INSTANCES,
            'instances/all.instances',
            { [DESCRIPTOR]: ['instance-entry-point = all.instances'] },
        ],
        ['a graph file that leaves the graph: no import could name it', STORE, 'store.graph', {}],
        ['a file that nobody names', 'graph/Web/scripts/start.sh', 'graph/Web/scripts/run.sh', {}],
    ])('changes those that name %s', async (_, from, to, expected) => {
        expect((await willRename(from, to)).changed).toEqual(expected);
    });

    test('that is a folder of recipes offers its component the name, and asks first', async () => {
        const { edit, changed } = await willRename('graph/Store', 'graph/Depot');
        expect(changed).toMatchObject({
            [STORE]: ['Depot {', 'extends: Depot;', 'exports: port = 5433, Depot.level = 2;'],
        });
        expect(edit).toMatchObject({
            changeAnnotations: {
                roboconf: { label: "Rename the component 'Store' to 'Depot'", needsConfirmation: true },
            },
        });
    });

    test.each([
        ['to a name no component can have', 'graph/my store', EDITING],
        ['to the name of another component', 'graph/Web', EDITING],
        ['out of its place', 'graph/parts/Store', EDITING],
        ['in an editor that cannot ask', 'graph/Depot', {}],
    ])('that is a folder of recipes changes nothing %s', async (_, to, capabilities) => {
        expect((await willRename('graph/Store', to, SHOP, capabilities)).edit).toBeNull();
    });
});

describe('links', () => {
    const linksIn = async (file: string, files = SHOP): Promise<readonly string[]> => {
        const asked = await askAt(file, '|', files);
        server = asked.server;
        const links = (await asked.ask('textDocument/documentLink')) as readonly {
            range: Location['range'];
            target: string;
        }[];
        return links.map(({ range, target }) => {
            const place = placeText(asked.server, { uri: asked.server.uri(file), range }, files);
            return `${place} -> ${target.slice(asked.server.uri('').length + 1)}`;
        });
    };

    test.each([
        ['imports', GRAPH, [`${GRAPH}:1 parts/store.graph -> ${STORE}`]],
        [
            'entry points',
            DESCRIPTOR,
            [`${DESCRIPTOR}:4 main.graph -> ${GRAPH}`, `${DESCRIPTOR}:5 main.instances -> ${INSTANCES}`],
        ],
        ['no other names', INSTANCES, []],
    ])('stand on %s', async (_, file, expected) => {
        expect(await linksIn(file)).toEqual(expected);
    });

    test('stand on files of a recipe that its instructions copy', async () => {
        const file = 'graph/Web/instructions.properties';
        const text =
            'deploy.1.copy = files/app.conf -> /etc/app.conf\nstart.1.copy = files/none -> /tmp/x\nstop.1.delete = /tmp/x\n';
        const files = { ...SHOP, [file]: text, 'graph/Web/files/app.conf': '' };
        expect(await linksIn(file, files)).toEqual([`${file}:1 files/app.conf -> graph/Web/files/app.conf`]);
    });
});

describe('workspace symbols', () => {
    const find = async (query: string): Promise<readonly string[]> => {
        const asked = await askAt(GRAPH, '|', {
            ...Object.fromEntries(Object.entries(SHOP).map(([name, text]) => [`shop/${name}`, text])),
            ...Object.fromEntries(
                Object.entries(SHOP).map(([name, text]) => [`bank/${name}`, text.replace('Shop', 'Bank')]),
            ),
            [GRAPH]: '',
        });
        server = asked.server;
        const found = await server.client.sendRequest('workspace/symbol', { query });
        return (found as readonly { name: string; containerName: string }[]).map(
            ({ name, containerName }) => `${name} in ${containerName}`,
        );
    };

    test('are found in every application, the nearest names first', async () => {
        expect(await find('store')).toEqual([
            'Store in Bank',
            'Store in Shop',
            'SlowStore in Bank',
            'SlowStore in Shop',
        ]);
    });

    test.each([
        ['scattered letters', 'sst', ['SlowStore in Bank', 'SlowStore in Shop']],
        ['an instance with its parent', 'orders', ['orders in Bank › /back', 'orders in Shop › /back']],
        ['a variable with its type', 'level', ['level in Bank › Store', 'level in Shop › Store']],
        ['a whole name', 'web.po', ['port in Bank › Web', 'port in Shop › Web']],
        ['nothing', 'zzz', []],
    ])('are found by %s', async (_, query, expected) => {
        expect(await find(query)).toEqual(expected);
    });

    test('are bounded', async () => {
        const types = Array.from({ length: 1000 }, (_, i) => `Part${i} {\n    installer: script;\n}\n`).join('');
        const asked = await askAt(GRAPH, '|', { ...SHOP, [GRAPH]: types });
        server = asked.server;
        const found = await server.client.sendRequest('workspace/symbol', { query: 'part' });
        expect(found).toHaveLength(300);
    });
});

describe('linked editing', () => {
    const linked = async (file: string, piece: string): Promise<readonly string[] | null> => {
        const asked = await askAt(file, piece);
        server = asked.server;
        const answer = (await asked.ask('textDocument/linkedEditingRange')) as {
            ranges: readonly Location['range'][];
        } | null;
        const uri = asked.server.uri(file);
        return answer === null ? null : answer.ranges.map((range) => placeText(asked.server, { uri, range }));
    };

    test.each([
        ['a type is linked to its own prefix', GRAPH, 'We|b {', [`${GRAPH}:12 Web`, `${GRAPH}:15 Web`]],
        ['and the prefix to the type', GRAPH, 'We|b.port', [`${GRAPH}:12 Web`, `${GRAPH}:15 Web`]],
        ['a type without its own prefix is not linked', STORE, 'St|ore {', null],
        ['a use of a type is not linked', GRAPH, 'children: We|b', null],
    ])('%s', async (_, file, piece, expected) => {
        expect(await linked(file, piece)).toEqual(expected);
    });
});

describe('hierarchies', () => {
    interface Item extends Location {
        readonly name: string;
    }
    const prepare = async (method: string, file: string, piece: string): Promise<readonly Item[]> => {
        const asked = await askAt(file, piece);
        server = asked.server;
        return ((await asked.ask(`textDocument/${method}`)) as readonly Item[] | null) ?? [];
    };
    const follow = async (method: string, [item]: readonly Item[]): Promise<readonly string[]> => {
        const answer = (await server?.client.sendRequest(method, { item })) as readonly {
            readonly name?: string;
            readonly from?: Item;
            readonly to?: Item;
            readonly fromRanges?: readonly Location['range'][];
        }[];
        return answer.map(({ name, from, to, fromRanges }) =>
            [name ?? from?.name ?? to?.name, ...(fromRanges ?? []).map(({ start }) => start.line + 1)].join(' '),
        );
    };

    test.each([
        ['supertypes of a component: what it extends', 'typeHierarchy/supertypes', [STORE, 'Slow|Store {'], ['Store']],
        ['supertypes of a component: its facets', 'typeHierarchy/supertypes', [GRAPH, 'We|b {'], ['served']],
        ['subtypes of a component', 'typeHierarchy/subtypes', [STORE, 'St|ore {'], ['SlowStore']],
        ['subtypes of a facet', 'typeHierarchy/subtypes', [GRAPH, 'facet ser|ved'], ['Web']],
        ['subtypes of the component of an instance', 'typeHierarchy/subtypes', [INSTANCES, 'name: or|ders'], []],
    ] as const)('%s', async (_, method, [file, piece], expected) => {
        expect(await follow(method, await prepare('prepareTypeHierarchy', file, piece))).toEqual(expected);
    });

    test.each([
        ['who imports from a component', 'callHierarchy/incomingCalls', [STORE, 'St|ore {'], ['Web 16 16']],
        [
            'who imports a variable, be it with all others',
            'callHierarchy/incomingCalls',
            [STORE, 'le|vel = 1'],
            ['Web 16'],
        ],
        [
            'who imports from an heir, under what it inherits',
            'callHierarchy/incomingCalls',
            [STORE, 'Slow|Store {'],
            ['Web 16 16'],
        ],
        ['what a component imports', 'callHierarchy/outgoingCalls', [GRAPH, 'We|b {'], ['Store 16 16']],
        ['nobody imports from a component', 'callHierarchy/incomingCalls', [GRAPH, 'Mach|ine {'], []],
    ] as const)('%s', async (_, method, [file, piece], expected) => {
        expect(await follow(method, await prepare('prepareCallHierarchy', file, piece))).toEqual(expected);
    });

    test('there is none of a keyword', async () => {
        expect(await prepare('prepareCallHierarchy', GRAPH, 'inst|aller')).toEqual([]);
        await server?.dispose();
        expect(await prepare('prepareTypeHierarchy', GRAPH, 'inst|aller')).toEqual([]);
    });
});

describe('between applications', () => {
    const FILES = {
        ...Object.fromEntries(Object.entries(SHOP).map(([name, text]) => [`shop/${name}`, text])),
        'bank/descriptor/application.properties':
            'name = Bank\nversion = 1.0.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\nexports-prefix = Bank\nexports = Ledger.number as account\n',
        'bank/graph/main.graph': 'Ledger {\n    installer: target;\n    exports: number = 1;\n}\n',
    };
    const BANK = 'bank/descriptor/application.properties';

    test.each([
        ['definition', 'shop/graph/main.graph', 'Bank.acc|ount', [`${BANK}:6 account`]],
        ['definition', 'shop/graph/main.graph', 'Ba|nk.account', [`${BANK}:5 Bank`]],
        ['typeDefinition', 'shop/graph/main.graph', 'Bank.acc|ount', ['bank/graph/main.graph:3 number']],
        ['references', BANK, 'as acc|ount', ['shop/graph/main.graph:16 account']],
        ['references', BANK, 'prefix = Ba|nk', ['shop/graph/main.graph:16 Bank']],
    ])('%s in %s', async (method, file, piece, expected) => {
        const asked = await askAt(file, piece, FILES);
        server = asked.server;
        const context = { includeDeclaration: false };
        const answer = (await asked.ask(`textDocument/${method}`, { context })) as readonly Location[];
        expect(answer.map((location) => placeText(asked.server, location, FILES))).toEqual(expected);
    });

    test.each([
        ['the exporter', BANK, 'as acc|ount'],
        ['the importer', 'shop/graph/main.graph', 'Bank.acc|ount'],
    ])('a rename from %s changes both', async (_, file, piece) => {
        const asked = await askAt(file, piece, FILES, { capabilities: EDITING });
        server = asked.server;
        const edit = await asked.ask('textDocument/rename', { newName: 'iban' });
        const after = applied(server, edit, FILES);
        expect(after[BANK]).toContain('exports = Ledger.number as iban\n');
        expect(after['shop/graph/main.graph']).toContain('external Bank.iban;');
        expect(Object.keys(after)).toHaveLength(2);
    });
});

test('the outline is a tree for editors that know trees, else a list', async () => {
    const capabilities = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };
    const asked = await askAt(GRAPH, '|', SHOP, { capabilities });
    server = asked.server;
    const tree = (await asked.ask('textDocument/documentSymbol')) as readonly {
        name: string;
        children: readonly object[];
    }[];
    await server.dispose();
    const again = await askAt(GRAPH, '|');
    server = again.server;
    const list = (await again.ask('textDocument/documentSymbol')) as readonly { name: string; location: object }[];
    expect(tree.map(({ name }) => name)).toEqual(expect.arrayContaining(['Machine', 'served', 'Web']));
    expect(tree.find(({ name }) => name === 'Web')?.children.length).toBeGreaterThan(0);
    expect(list.map(({ name }) => name)).toEqual(expect.arrayContaining(['Machine', 'served', 'Web']));
    expect(list.every(({ location }) => 'uri' in location)).toBe(true);
});
