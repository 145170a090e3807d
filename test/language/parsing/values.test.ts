/** What values are worth, and where things stand. */
import { expect, test } from 'vitest';
import type { Exports, GraphType, Imports } from '../../../language/generated/ast.ts';
import { PROPERTIES } from '../../../language/keywords.ts';
import { createParser, rangeOf, type ParsedFile } from '../../../language/parsing/parse-file.ts';

const { parseFile, scanText } = createParser();

function typesOf(property: string): GraphType[] {
    return [...parseFile(`A {\n\t${property}\n}\n`).types];
}

function exported(value: string) {
    const [first] = typesOf(`exports: ${value};`)[0]?.properties ?? [];
    return (first as Exports).variables.map(({ name, value: text, kind, random }) =>
        random ? [name, text, kind] : [name, text],
    );
}

function imported(value: string) {
    const [first] = typesOf(`imports: ${value};`)[0]?.properties ?? [];
    return (first as Imports).variables.map((one) => {
        const flags = [one.external ? 'external' : '', one.optional ? 'optional' : ''].join(' ').trim();
        return [one.type.$refText, one.all ? '*' : one.variable, flags];
    });
}

/** The value of `key` in an instance whose body is one line. */
function overridden(line: string): string | undefined {
    const [property] = parseFile(`instance of A {\n${line}\n}\n`).instances[0]?.properties ?? [];
    return property?.value;
}

test.each([
    ['a', [['a', undefined]]],
    ['a =', [['a', undefined]]],
    [
        'a=1,b = x y ',
        [
            ['a', '1'],
            ['b', 'x y'],
        ],
    ],
    ['a = x=y:z', [['a', 'x=y:z']]],
    [
        'a = " x, y; ", b',
        [
            ['a', ' x, y; '],
            ['b', undefined],
        ],
    ],
    ['a = ""', [['a', '']]],
    ['a = "', [['a', '']]],
    ['random[port] p', [['p', undefined, 'port']]],
    ['Random[PORT]p = 1', [['p', '1', 'PORT']]],
    ['random[] p', [['p', undefined, '']]],
    ['random [port] p', [['random [port] p', undefined]]],
    [
        "a = 'x, b",
        [
            ['a', "'x"],
            ['b', undefined],
        ],
    ],
])('exports: %s;', (value, expected) => {
    expect(exported(value)).toEqual(expected);
});

test.each([
    ['B.x', [['B', 'x', '']]],
    ['external B.x (optional)', [['B', 'x', 'external optional']]],
    [
        'EXTERNAL  B.*(Optional), C.y',
        [
            ['B', '*', 'external optional'],
            ['C', 'y', ''],
        ],
    ],
    ['externals.x', [['s', 'x', 'external']]],
    [
        'B.x.y, B.x.*',
        [
            ['B', 'x.y', ''],
            ['B', 'x.*', ''],
        ],
    ],
    ['B.x ( optional )', [['B', 'x ( optional )', '']]],
    ['B', [['B', undefined, '']]],
])('imports: %s;', (value, expected) => {
    expect(imported(value)).toEqual(expected);
});

test.each([
    ['port: 80 ;', '80 '],
    ['port: "80" ;', '80'],
    ['port: " a ; b ";', ' a ; b '],
    ['port: "a" b "c";', 'a" b "c'],
    ['port: ";', '"'],
    ['port: a "b";', 'a "b"'],
    ['name: "a";', '"a"'],
    ['data.k: "v";', '"v"'],
    ['port:;', undefined],
    ['p\r: a\rb;', 'ab'],
])('the override of %s', (line, expected) => {
    expect(overridden(line)).toBe(expected);
});

test('lists are trimmed, except that a component extends one name as written', () => {
    const names = (line: string) =>
        typesOf(line)[0]?.properties.flatMap((one) => ('types' in one ? one.types.map((type) => type.$refText) : []));
    expect(names('children: A , B,;')).toEqual(['A', 'B']);
    expect(names('facets: ,;')).toEqual([]);
    expect(names('extends: A ;')).toEqual(['A ']);
    expect(names('extends: A, B;')).toEqual(['A, B']);
});

test.each([
    ['', 'empty'],
    ['# c\n\n', 'empty'],
    ['import a.graph;\n', 'aggregator'],
    ['import a.graph;\na b\n', 'aggregator'],
    ['a b\n', 'undetermined'],
    ['facet F {\n}\n', 'graph'],
    ['A {\n}\nimport b.graph;\n', 'graph'],
    ['instance of A {\n name: a;\n}\n', 'instances'],
    ['Instance Of A {\n name: a;\n}\n', 'instances'],
    ['instance  of A {\n}\n', 'graph'],
    ['instance of A {\n name: a;\n}\nA {\n}\n', 'undetermined'],
])('the kind of %j is %s', (text, kind) => {
    expect(parseFile(text).kind).toBe(kind);
});

test.each(['exports {\n}\n', 'facet{\n}\n', 'facetious {\n}\n', 'imports {\n}\n', 'external {\n}\n'])(
    '%j declares a component',
    (text) => {
        const { types, findings } = parseFile(text);
        expect([types[0]?.$type, types[0]?.name, findings]).toEqual(['Component', text.split(/[ {]/)[0], []]);
    },
);

test.each([
    ['CRLF', 'A {\r\n\texports: ip, port = 1;\r\n}\r\n'],
    ['a byte order mark', '\uFEFFA {\n\texports: ip, port = 1;\n}\n'],
    ['no final line break', 'A {\n\texports: ip, port = 1;\n}'],
    ['blanks and comments at the ends of lines', ' A { # a\n\texports: ip, port = 1 ; # b\n}\t# c\n'],
])('%s changes nothing', (_what, text) => {
    const { types, findings } = parseFile(text);
    const [property] = types[0]?.properties ?? [];
    const variables = (property as Exports).variables.map(({ name, value }) => [name, value]);
    expect([types[0]?.name, variables, findings]).toEqual([
        'A',
        [
            ['ip', undefined],
            ['port', '1'],
        ],
        [],
    ]);
});

test('a file of one line, separated by carriage returns, gives findings and no crash', () => {
    expect(parseFile('A {\r\texports: ip;\r}\r').findings.map(({ code }) => code)).toEqual([
        'X_LONE_CARRIAGE_RETURN',
        'P_O_C_BRACKET_EXTRA_CHARACTERS',
    ]);
});

test('the description is what stands right above', () => {
    const { blocks } = scanText('# gone\n\n##\n# One,\n#  two.\n#\nA {\n\t# inside\n}\nB {\n}\n# C\nfacet C {\n}\n');
    expect(blocks.map(({ description }) => description)).toEqual(['One,\ntwo.', '', 'C']);
});

test('every name has its place, a byte order mark not counted', () => {
    const file: ParsedFile = parseFile('\uFEFF  facet F {\n\tchildren: A, Bc;\n}\n');
    const [type] = file.types;
    const [children] = type?.properties ?? [];
    const second = children !== undefined && 'types' in children ? children.types[1]?.$refNode : undefined;
    expect(rangeOf(type!)).toEqual({ line: 1, column: 3, endLine: 3, endColumn: 2 });
    expect(rangeOf(second!)).toEqual({ line: 2, column: 15, endLine: 2, endColumn: 17 });
});

test.each(PROPERTIES.flatMap(({ name, blocks }) => blocks.map((block) => [name, block] as const)))(
    'the property %s of a %s has a rule of its own in the grammar',
    (name, block) => {
        const header = { component: 'A {', facet: 'facet A {', instance: 'instance of A {' }[block];
        const { types, instances } = parseFile(`${header}\n\t${name}: x;\n}\n`);
        const [property] = [...types, ...instances][0]?.properties ?? [];
        expect(property?.key).toBe(name);
        expect(['UnknownProperty', 'Override']).not.toContain(property?.$type);
    },
);
