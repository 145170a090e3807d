import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanguage, type Application } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const FILES = {
    '/w/descriptor/application.properties':
        'name = Shop\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\nexports-prefix = Shop\nexports = Web.port as entrance, \\\n    Web.url as page\n',
    '/w/graph/main.graph': `facet served {
    exports: port, ip;
}
Base {
    exports: level = 1;
}
Web {
    extends: Base;
    facets: served;
    exports: Web.url = /, port = 80, served.ip, Base.level = 2, dotted.name = 3;
    imports: Base.level, Base.*, external Bank.account, external Bank.*, Nobody.knows;
}
`,
    '/w/instances/main.instances': `instance of Web {
    name: web;
    count: 12;
    port: 1;
    served.ip: 2;
    Web.level: 3;
    unknown: 4;
    instance of Web {
        name: web;
    }
}
`,
};

function load(files: Readonly<Record<string, string>> = FILES): Application {
    return createLanguage().loadApplication(memoryFiles(files), '/w');
}

function textAt(file: string, range: { line: number; column: number; endColumn: number }): string {
    const text = (FILES as Readonly<Record<string, string>>)[`/w/${file}`] ?? '';
    return text.split('\n')[range.line - 1]?.slice(range.column - 1, range.endColumn - 1) ?? '';
}

describe('declarations', () => {
    test('have the place of the simple name', () => {
        const said = load().declarations.map(
            ({ kind, name, range }) => `${kind} ${name}: ${textAt(range.file, range)}`,
        );
        expect(said).toEqual([
            'file graph/main.graph: ',
            'file instances/main.instances: ',
            'facet served: served',
            'variable served.port: port',
            'variable served.ip: ip',
            'component Base: Base',
            'variable Base.level: level',
            'component Web: Web',
            'variable Web.url: url',
            'variable Web.port: port',
            'variable Web.dotted.name: dotted.name',
            'instance /web: web',
            'instance /web/web: web',
            'external Shop: Shop',
            'external Shop.entrance: entrance',
            'external Shop.page: page',
        ]);
    });
});

describe('references', () => {
    const said = (file: string): readonly string[] =>
        load()
            .references.filter(({ range }) => range.file === file)
            .map(({ range, targets }) => {
                const to = targets.map((target) => `${target.kind} ${target.name}`).join(' and ');
                return `${range.line} ${textAt(file, range)} -> ${to}`;
            });

    test('of a graph tell the type from the variable, and lead from an overriding variable to the overridden one', () => {
        expect(said('graph/main.graph')).toEqual([
            '8 Base -> component Base',
            '9 served -> facet served',
            '11 Base -> component Base',
            '11 level -> variable Base.level',
            '11 Base -> component Base',
            '11 * -> ',
            '11 Nobody -> ',
            '11 knows -> ',
            '10 Web -> component Web',
            '10 port -> variable served.port',
            '10 served -> facet served',
            '10 ip -> variable served.ip',
            '10 Base -> component Base',
            '10 level -> variable Base.level',
        ]);
    });

    test('of instances lead to the nearest variable', () => {
        expect(said('instances/main.instances')).toEqual([
            '1 Web -> component Web',
            '4 port -> variable Web.port',
            '5 served -> facet served',
            '5 ip -> variable served.ip',
            '6 Web -> component Web',
            '6 level -> variable Base.level',
            '7 unknown -> ',
            '8 Web -> component Web',
        ]);
    });

    test('of the descriptor follow its continued lines', () => {
        expect(said('descriptor/application.properties')).toEqual([
            '2 main.graph -> file graph/main.graph',
            '3 main.instances -> file instances/main.instances',
            '5 Web -> component Web',
            '5 port -> variable Web.port',
            '6 Web -> component Web',
            '6 url -> variable Web.url',
        ]);
    });

    test('to other applications are kept apart', () => {
        const { externalReferences } = load();
        expect(externalReferences.map(({ name, range }) => `${name}: ${textAt(range.file, range)}`)).toEqual([
            'Bank: Bank',
            'Bank.account: account',
            'Bank: Bank',
        ]);
    });
});

test('a type that is declared twice is meant twice', () => {
    const files = { ...FILES, '/w/graph/main.graph': 'A {\n}\nA {\n}\nB {\n    extends: A;\n}\n' };
    const [reference] = load(files).references.filter(({ name }) => name === 'A');
    expect(reference?.targets.map(({ range }) => range.line)).toEqual([1, 3]);
});

test('names of the language underneath are ordinary names', () => {
    const graph =
        '__proto__ {\n    exports: constructor = 1;\n}\nB {\n    extends: __proto__;\n    imports: __proto__.constructor;\n}\n';
    const { references } = load({ ...FILES, '/w/graph/main.graph': graph });
    const graphs = references.filter(({ range }) => range.file === 'graph/main.graph');
    expect(graphs.map(({ targets }) => targets.length)).toEqual([1, 1, 1]);
});

test('whatever the files say, names stand where they are said to stand', () => {
    const language = createLanguage();
    const piece = fc.constantFrom(
        'A',
        'B',
        'A.x',
        'B.',
        '.x',
        'x',
        '*',
        ' ',
        '\n',
        ';',
        ',',
        '{',
        '}',
        ':',
        '=',
        'facet ',
        'extends: ',
        'facets: ',
        'exports: ',
        'imports: ',
        'external ',
        'children: ',
        'instance of ',
        'name: ',
        'count: 2',
        '\r\n',
        '\t',
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
        fc.property(text, text, (graph, instances) => {
            const files: Readonly<Record<string, string>> = {
                ...FILES,
                '/w/graph/main.graph': graph,
                '/w/instances/main.instances': instances,
            };
            const { declarations, references, externalReferences } = language.loadApplication(memoryFiles(files), '/w');
            const misplaced = [...declarations, ...references, ...externalReferences].filter(({ range, name }) => {
                const lines = (files[`/w/${range.file}`] ?? '').split(/\r\n|\r|\n/);
                const written = lines[range.line - 1]?.slice(range.column - 1, range.endColumn - 1) ?? '';
                return range.endLine !== range.line || !name.endsWith(written);
            });
            expect(misplaced).toEqual([]);
        }),
        { numRuns: 100 },
    );
});
