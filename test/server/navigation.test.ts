import { afterEach, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/language-server.ts';
import { askAt, placeText, SHOP } from './navigation-sample.ts';

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

/** The places a request answers, with the text that stands there. */
async function places(method: string, file: string, piece: string, more: object = {}): Promise<readonly string[]> {
    const asked = await askAt(file, piece);
    server = asked.server;
    const answer = (await asked.ask(`textDocument/${method}`, more)) as readonly Location[] | null;
    expect(server.errors).toEqual([]);
    return (answer ?? []).map((location) => placeText(asked.server, location));
}

describe('definition', () => {
    test.each([
        ['a child', GRAPH, 'Web, St|ore', [`${STORE}:2 Store`]],
        ['what a component extends', STORE, 'extends: St|ore', [`${STORE}:2 Store`]],
        ['a facet', GRAPH, 'facets: ser|ved', [`${GRAPH}:8 served`]],
        ['the type in an import', GRAPH, 'imports: St|ore', [`${STORE}:2 Store`]],
        ['the variable in an import', GRAPH, 'Store.po|rt', [`${STORE}:4 port`]],
        ['an overridden variable of another type', STORE, 'Store.le|vel', [`${STORE}:4 level`]],
        ['the type before it', STORE, 'St|ore.level', [`${STORE}:2 Store`]],
        ['the own type before a variable', GRAPH, 'We|b.port', [`${GRAPH}:12 Web`]],
        ['a declaration, which leads to itself', GRAPH, 'Web.po|rt', [`${GRAPH}:15 port`]],
        ['the component of an instance', INSTANCES, 'of We|b', [`${GRAPH}:12 Web`]],
        ['a variable that an instance sets', INSTANCES, 'po|rt: 8081', [`${GRAPH}:15 port`]],
        ['a variable under its full name', INSTANCES, 'Store.po|rt', [`${STORE}:4 port`]],
        ['the type of that name', INSTANCES, 'St|ore.port', [`${STORE}:2 Store`]],
        ['an imported file', GRAPH, 'parts/st|ore.graph', [`${STORE}:1`]],
        ['an entry point', DESCRIPTOR, 'ma|in.graph', [`${GRAPH}:1`]],
        ['the type in an export of the descriptor', DESCRIPTOR, 'We|b.port', [`${GRAPH}:12 Web`]],
        ['the variable in an export of the descriptor', DESCRIPTOR, 'Web.po|rt', [`${GRAPH}:15 port`]],
        ['a keyword: nothing', GRAPH, 'inst|aller', []],
        ['what another application exports: nothing when it is not there', GRAPH, 'Bank.acc|ount', []],
    ])('of %s', async (_, file, piece, expected) => {
        expect(await places('definition', file, piece)).toEqual(expected);
    });
});

describe('declaration', () => {
    test.each([
        ['an overriding variable is the overridden one', STORE, 'po|rt = 5433', [`${STORE}:4 port`]],
        ['a variable over that of a facet is the one of the facet', GRAPH, 'Web.po|rt', [`${GRAPH}:9 port`]],
        ['a component is itself', GRAPH, 'We|b {', [`${GRAPH}:12 Web`]],
    ])('of %s', async (_, file, piece, expected) => {
        expect(await places('declaration', file, piece)).toEqual(expected);
    });
});

describe('type definition', () => {
    test.each([
        ['an instance is its component', INSTANCES, 'name: we|b', [`${GRAPH}:12 Web`]],
        ['a counted instance is its component', INSTANCES, 'name: ba|ck', [`${GRAPH}:3 Machine`]],
        ['a variable is the type that exports it', GRAPH, 'Store.po|rt', [`${STORE}:2 Store`]],
        ['an override is the type that exports it', INSTANCES, 'po|rt: 8081', [`${GRAPH}:12 Web`]],
        ['a file: nothing', GRAPH, 'parts/st|ore', []],
    ])('of %s', async (_, file, piece, expected) => {
        expect(await places('typeDefinition', file, piece)).toEqual(expected);
    });
});

describe('implementation', () => {
    test.each([
        [
            'a component: heirs, and instances of all of them',
            STORE,
            'St|ore {',
            [`${STORE}:7 SlowStore`, `${INSTANCES}:12 orders`],
        ],
        [
            'a component whose instances are counted: its blocks, once each',
            GRAPH,
            'Mach|ine {',
            [`${INSTANCES}:2 front`, `${INSTANCES}:9 back`],
        ],
        ['a facet: its components', GRAPH, 'facet ser|ved', [`${GRAPH}:12 Web`]],
        ['an imported variable: its exporters', GRAPH, 'Store.po|rt', [`${STORE}:2 Store`, `${STORE}:7 SlowStore`]],
    ])('of %s', async (_, file, piece, expected) => {
        expect(await places('implementation', file, piece)).toEqual(expected);
    });
});

describe('references', () => {
    const REFERENCES = { context: { includeDeclaration: false } };
    test.each([
        [
            'a component',
            STORE,
            'St|ore {',
            [
                `${GRAPH}:5 Store`,
                `${GRAPH}:16 Store`,
                `${GRAPH}:16 Store`,
                `${STORE}:8 Store`,
                `${STORE}:9 Store`,
                `${INSTANCES}:13 Store`,
            ],
        ],
        ['a facet', GRAPH, 'ser|ved {', [`${GRAPH}:14 served`]],
        [
            'a variable, with what overrides it',
            STORE,
            'po|rt = 5432',
            [`${GRAPH}:16 port`, `${STORE}:9 port`, `${INSTANCES}:13 port`],
        ],
        ['a variable of the descriptor', GRAPH, 'Web.po|rt', [`${DESCRIPTOR}:7 port`, `${INSTANCES}:5 port`]],
    ])('of %s', async (_, file, piece, expected) => {
        expect(await places('references', file, piece, REFERENCES)).toEqual(expected);
    });

    test('come with the declaration when it is asked for', async () => {
        const found = await places('references', GRAPH, 'facets: ser|ved', { context: { includeDeclaration: true } });
        expect(found).toEqual([`${GRAPH}:8 served`, `${GRAPH}:14 served`]);
    });

    test('are those of the texts as they are in the editor', async () => {
        const asked = await askAt(GRAPH, 'ser|ved {');
        server = asked.server;
        await server.open(STORE, `${SHOP[STORE] ?? ''}Cache {\n    installer: script;\n    facets: served;\n}\n`);
        const answer = (await asked.ask('textDocument/references', REFERENCES)) as readonly Location[];
        expect(
            answer.map(({ uri, range }) => `${uri.slice(asked.server.uri('').length + 1)}:${range.start.line + 1}`),
        ).toEqual([`${GRAPH}:14`, `${STORE}:13`]);
    });

    test('count in files that the application does not reach', async () => {
        const files = {
            ...SHOP,
            'graph/spare.graph': 'import main.graph;\nSpare {\n    installer: script;\n    facets: served;\n}\n',
        };
        const asked = await askAt(GRAPH, 'ser|ved {', files);
        server = asked.server;
        const answer = (await asked.ask('textDocument/references', REFERENCES)) as readonly Location[];
        expect(answer.map((location) => placeText(asked.server, location, files))).toEqual([
            `${GRAPH}:14 served`,
            'graph/spare.graph:4 served',
        ]);
    });
});

describe('highlights', () => {
    test.each([
        [
            'a variable: written where it gets a value, else read',
            STORE,
            'po|rt = 5432',
            ['4 port write', '9 port write'],
        ],
        ['a component', GRAPH, 'imports: St|ore', ['5 Store read', '16 Store read', '16 Store read']],
        ['what another application exports', GRAPH, 'external Ba|nk', ['16 Bank read']],
        ['an override', INSTANCES, 'po|rt: 8081', ['5 port write']],
    ])('of %s', async (_, file, piece, expected) => {
        const asked = await askAt(file, piece);
        server = asked.server;
        const answer = (await asked.ask('textDocument/documentHighlight')) as readonly (Location & { kind: number })[];
        const uri = asked.params.textDocument.uri;
        const said = answer.map(({ range, kind }) => {
            const place = placeText(asked.server, { uri, range }).slice(file.length + 1);
            return `${place} ${kind === 3 ? 'write' : 'read'}`;
        });
        expect(said).toEqual(expected);
    });
});
