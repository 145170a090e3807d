import { afterEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

interface Item {
    readonly label: string;
    readonly detail?: string;
    readonly documentation?: { readonly value: string };
    readonly textEdit: { readonly newText: string; readonly range: { readonly start: object; readonly end: object } };
}

interface Hover {
    readonly contents: { readonly value: string };
}

interface Location {
    readonly uri: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

let server: TestServer | undefined;
afterEach(async () => {
    await server?.dispose();
    server = undefined;
});

/** Opens a text that holds a cursor `$0` as a file of the sample application. */
async function openAt(
    file: string,
    marked: string,
    capabilities: object = {},
): Promise<{ at: object; one: TestServer }> {
    const offset = marked.indexOf('$0');
    const before = marked.slice(0, offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    const one = await startTestServer(SAMPLE, { capabilities });
    server = one;
    await one.settle();
    await one.open(file, marked.replace('$0', ''));
    return { at: { textDocument: { uri: one.uri(file) }, position }, one };
}

async function complete(
    file: string,
    marked: string,
    capabilities: object = {},
    trigger?: string,
): Promise<readonly Item[]> {
    const { at, one } = await openAt(file, marked, capabilities);
    const context = trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger };
    const answer = (await one.client.sendRequest('textDocument/completion', { ...at, context })) as {
        items: readonly Item[];
    };
    return answer.items;
}

const labels = (items: readonly Item[]): string => items.map(({ label }) => label).join(' | ');

const GRAPH = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';
const graph = (rest: string): string => SAMPLE[GRAPH] + rest;
const instances = (rest: string): string => SAMPLE[INSTANCES] + rest;

describe('completion in a graph', () => {
    test.each([
        ['keywords and blocks at the top', '$0', 'import | facet | component block | machine block | facet block'],
        ['a part of a keyword', 'fa$0', 'facet | facet block'],
        ['nothing after a keyword that introduces a name', 'facet $0', ''],
        ['files after import, without those imported', 'import $0', ''],
        [
            'properties a component may have',
            'X {\n    $0\n}',
            'installer | children | exports | imports | facets | extends',
        ],
        ['properties a facet may have', 'facet X {\n$0\n}', 'children | exports | extends'],
        [
            'properties that are there already come last',
            'X {\n    children: Web;\n    $0\n    installer: script;\n}',
            'exports | imports | facets | extends | installer | children',
        ],
        ['properties in a block that is not closed', 'X {\n    ex$0', 'exports | extends'],
        ['nothing behind a property', 'X {\n    installer: script;$0\n}', ''],
        ['nothing in a comment', 'X {\n    children: # $0\n}', ''],
        ['installers', 'X {\n    installer: $0', 'target | script | logger | file | puppet'],
        [
            'types as children, right after the colon, machines last',
            'X {\n    children:$0',
            'Database | Web | reachable | Machine | children: ',
        ],
        [
            'types as children, those listed last',
            'X {\n    children: Web, $0, Machine;\n}',
            'Database | reachable | Web | Machine',
        ],
        ['only components to extend, not itself', 'X {\n    extends: $0', 'Database | Machine | Web'],
        ['only facets for a facet to extend', 'facet X {\n    extends: $0', 'reachable'],
        ['only facets', 'X {\n    facets: $0', 'reachable'],
        ['a part of a name, whatever its case', 'X {\n    children: dATA$0', 'Database'],
        [
            'variables of a type after its dot',
            'X {\n    imports: Database.$0',
            'Database.* | Database.admin | Database.ip | Database.port',
        ],
        ['variables not imported yet', 'X {\n    imports: Database.port, Web.p$0', 'Web.port'],
        ['nothing of this application behind external', 'X {\n    imports: external Web.p$0', ''],
        ['optional behind an import', 'X {\n    imports: Web.port $0', '(optional)'],
        [
            'variables of instances inside a value',
            'X {\n    exports: url = http://$(ROBOCONF_COMP$0',
            '$(ROBOCONF_COMPONENT_NAME)',
        ],
    ])('%s', async (_, marked, expected) => {
        expect(labels(await complete(GRAPH, graph(marked)))).toBe(expected);
    });

    test('types of a block that is only typed, in another file, are known', async () => {
        const { at, one } = await openAt(GRAPH, graph('X {\n    children: C$0'));
        await one.open('graph/parts/database.graph', 'Cache {\n    installer: script;\n}\n');
        const answer = (await one.client.sendRequest('textDocument/completion', at)) as { items: readonly Item[] };
        expect(labels(answer.items)).toContain('Cache');
    });

    test('a proposal tells its default value and its description', async () => {
        const variables = await complete(GRAPH, graph('X {\n    imports: Database.$0'));
        expect(variables.map(({ detail }) => detail)).toEqual([
            'all variables of Database',
            'a free port, chosen at deployment',
            'set when the instance runs',
            'default value: 5432',
        ]);
        await server?.dispose();
        const [type] = await complete(GRAPH, graph('X {\n    children: Databas$0'));
        expect(type?.documentation?.value).toBe('Keeps the orders\\.');
    });

    test('a proposal replaces exactly what was typed of it', async () => {
        const [item] = await complete(GRAPH, `X {\n    children: Web, Data$0;\n}\n${SAMPLE[GRAPH]}`);
        expect(item?.textEdit).toEqual({
            newText: 'Database',
            range: { start: { line: 1, character: 19 }, end: { line: 1, character: 23 } },
        });
    });

    test('a type of a file that is not imported comes with its import', async () => {
        const [item] = await complete(
            GRAPH,
            `X {\n    children: Data$0;\n}\n${SAMPLE[GRAPH].replace(/^import.*\n/, '')}`,
        );
        expect(item).toMatchObject({
            label: 'Database',
            detail: 'component · script · adds import parts/database.graph',
            additionalTextEdits: [
                { newText: 'import parts/database.graph;\n', range: { start: { line: 0, character: 0 } } },
            ],
        });
    });

    test('snippets are for editors that know them', async () => {
        const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
        const [plain] = await complete(GRAPH, graph('X {\n    chi$0'));
        expect(plain?.textEdit.newText).toBe('children: ');
        await server?.dispose();
        const [snippet] = await complete(GRAPH, graph('X {\n    chi$0'), capabilities);
        expect(snippet?.textEdit.newText).toBe('children: $1;');
    });

    test('a blank that indents a line opens no list', async () => {
        expect(await complete(GRAPH, graph('X {\n    $0'), {}, ' ')).toEqual([]);
    });

    test('a blank after a comma opens the list', async () => {
        expect(labels(await complete(GRAPH, graph('X {\n    facets: $0'), {}, ' '))).toBe('reachable');
    });
});

describe('completion in instances', () => {
    test.each([
        [
            'keywords and root components at the top',
            '$0',
            'instance of | import | instance of Machine | instance block',
        ],
        ['root components', 'instance of $0', 'Machine'],
        [
            'components that may stand inside',
            'instance of Machine {\n    name: m;\n    instance of $0\n}',
            'Database | Web',
        ],
        ['nothing inside a component that is not known', 'instance of Nobody {\n    instance of $0', ''],
        [
            'properties and variables inside an instance',
            'instance of Machine {\n    name: m;\n    instance of Web {\n        $0',
            'name | count | channels | port | Web.ip | Web.port | reachable.ip | data. | data.ip.address | instance of | instance block | instance-data | instance-state',
        ],
        ['a variable that is overridden comes once, last', 'instance of Web {\n    port: 1;\n    p$0', 'Web.port'],
        ['a name', 'instance of Machine {\n    name: $0', 'machine'],
        ['the default value', 'instance of Web {\n    port: $0', '8080'],
    ])('%s', async (_, marked, expected) => {
        expect(labels(await complete(INSTANCES, instances(marked)))).toBe(expected);
    });

    test('files to import, from the directory of instances', async () => {
        const { at, one } = await openAt(INSTANCES, instances('import $0'));
        one.write('instances/parts/more.instances', '');
        const answer = (await one.client.sendRequest('textDocument/completion', at)) as { items: readonly Item[] };
        expect(labels(answer.items)).toBe('parts/more.instances');
    });
});

test('completion in the descriptor knows keys and entry points', async () => {
    const file = 'descriptor/application.properties';
    expect(labels(await complete(file, 'graph-entry-point = $0'))).toBe('main.graph | parts/database.graph');
    await server?.dispose();
    expect(labels(await complete(file, 'name = x\nver$0'))).toBe('version');
});

describe('hover', () => {
    const hover = async (file: string, marked: string): Promise<string> => {
        const { at, one } = await openAt(file, marked);
        const answer = (await one.client.sendRequest('textDocument/hover', at)) as Hover | null;
        return answer?.contents.value ?? '';
    };
    const mark = (file: keyof typeof SAMPLE, word: string): string => {
        const at = SAMPLE[file].indexOf(word) + 1;
        return `${SAMPLE[file].slice(0, at)}$0${SAMPLE[file].slice(at)}`;
    };

    test('of a child shows what the component is', async () => {
        const text = await hover(GRAPH, mark(GRAPH, 'Web, Database'));
        expect(text).toContain('**Web** — component · script');
        expect(text).toContain('Serves the pages');
        expect(text).toContain('| `Web.port` | `8080` |');
        expect(text).toContain('| `reachable.ip` | _set when the instance runs_ | `reachable` |');
        expect(text).toContain('- `Database.port` from `Database`');
        expect(text).toContain('Inside: `Machine`');
    });
    test('of an imported variable shows its value and who exports it', async () => {
        expect(await hover(GRAPH, mark(GRAPH, 'port;\n}\n\nfacet'))).toBe(
            [
                '**Database\\.port** — default value: 5432',
                '_Needed: instances wait for it before they start._',
                'Exported by: `Database`  \nImported by: `Web`',
                '| given by | value |\n| --- | --- |\n| `/front/orders` | `5432` |',
            ].join('\n\n'),
        );
    });
    test('of a keyword shows what it does', async () => {
        expect(await hover(GRAPH, mark(GRAPH, 'children'))).toContain('placed inside');
    });
    test('of an instance shows what it publishes', async () => {
        expect(await hover(INSTANCES, mark(INSTANCES, 'orders'))).toContain('instance of `Database`');
    });
    test('of nothing shows nothing', async () => {
        expect(await hover(GRAPH, '$0\n')).toBe('');
    });
});

describe('definition', () => {
    const goTo = async (file: keyof typeof SAMPLE, word: string): Promise<readonly string[]> => {
        const at = SAMPLE[file].indexOf(word) + 1;
        const { at: where, one } = await openAt(file, `${SAMPLE[file].slice(0, at)}$0${SAMPLE[file].slice(at)}`);
        const answer = (await one.client.sendRequest('textDocument/definition', where)) as readonly Location[];
        return answer.map(
            ({ uri, range }) =>
                `${uri.slice(one.uri('x').length - 1)}:${range.start.line + 1}:${range.start.character + 1}`,
        );
    };

    test.each([
        ['a child', GRAPH, 'Database;', ['graph/parts/database.graph:2:1']],
        ['a facet', GRAPH, 'reachable;', ['graph/main.graph:17:7']],
        ['the type of an import', GRAPH, 'Database.port', ['graph/parts/database.graph:2:1']],
        ['the variable of an import', GRAPH, 'port;\n}\n\nfacet', ['graph/parts/database.graph:4:18']],
        ['an imported file', GRAPH, 'parts/database', ['graph/parts/database.graph:1:1']],
        ['the component of an instance', INSTANCES, 'Web', ['graph/main.graph:10:1']],
        ['an entry point', 'descriptor/application.properties', 'main.graph', ['graph/main.graph:1:1']],
    ] as const)('of %s', async (_, file, word, expected) => {
        expect(await goTo(file, word)).toEqual(expected);
    });

    test('is a link for editors that know links', async () => {
        const capabilities = { textDocument: { definition: { linkSupport: true } } };
        const { at, one } = await openAt(INSTANCES, 'instance of Mach$0ine {\n    name: m;\n}\n', capabilities);
        expect(await one.client.sendRequest('textDocument/definition', at)).toMatchObject([
            {
                originSelectionRange: { start: { line: 0, character: 12 } },
                targetSelectionRange: { start: { line: 3, character: 0 } },
            },
        ]);
    });
});
