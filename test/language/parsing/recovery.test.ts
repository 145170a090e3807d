/** A broken block never hides the rest, and one mistake gives one finding. */
import { expect, test } from 'vitest';
import { createParser } from '../../../language/parsing/parse-file.ts';
import { findingLines, outlineOf } from './outline.ts';

const { parseFile } = createParser();

/** What is wrong; the text; what is understood; what is reported. */
const ROWS: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    [
        'a closing bracket is missing before a component',
        'A {\n\texports: a;\nB {\n\texports: b;\n}\nC {\n}\n',
        ['component A: exports', 'component B: exports', 'component C:'],
        ['3 P_INVALID_PROPERTY'],
    ],
    [
        'a closing bracket is missing before a facet',
        'A {\nfacet B {\n}\n',
        ['component A:', 'facet B:'],
        ['2 P_INVALID_PROPERTY'],
    ],
    [
        'a closing bracket is missing before an import',
        'A {\nimport b.graph;\nB {\n}\n',
        ['import b.graph', 'component A:', 'component B:'],
        ['2 P_INVALID_PROPERTY'],
    ],
    [
        'a block stands inside another',
        'A {\n\tfacet F {\n\t\tchildren: X;\n\t}\n\texports: a;\n}\nB {\n}\n',
        ['component A: exports', 'component B:'],
        ['2 P_INVALID_PROPERTY'],
    ],
    [
        'an import stands inside a block',
        'A {\n\timport b.graph;\n\texports: a;\n}\n',
        ['component A: exports'],
        ['2 P_INVALID_PROPERTY'],
    ],
    [
        'a word stands alone in a block',
        'A {\n\texp\n\tfacets: f;\n}\nB {\n}\n',
        ['component A: facets', 'component B:'],
        ['2 P_INVALID_PROPERTY'],
    ],
    [
        'a bracket stands on the next line',
        'A\n{\n\texports: a;\n}\nB {\n}\n',
        ['component A: exports', 'component B:'],
        ['1 P_O_C_BRACKET_MISSING'],
    ],
    [
        'a bracket and a property stand on the next line',
        'A\n{ exports: a;\n}\nB {\n}\n',
        ['component A: exports', 'component B:'],
        ['1 P_O_C_BRACKET_MISSING'],
    ],
    [
        'an opening bracket is missing',
        'A\n\texports: a;\n}\nB {\n}\n',
        ['component A: exports', 'component B:'],
        ['1 P_O_C_BRACKET_MISSING'],
    ],
    [
        'a name is being typed above a component',
        'To\nTomcat {\n\texports: a;\n}\n',
        ['component Tomcat: exports'],
        ['1 P_O_C_BRACKET_MISSING'],
    ],
    [
        'a whole block stands on one line',
        'A { exports: a; facets: f; }\nB {\n}\n',
        ['component A: exports facets', 'component B:'],
        ['1 P_O_C_BRACKET_EXTRA_CHARACTERS'],
    ],
    [
        'an empty block stands on one line',
        'A {}\nB {\n}\n',
        ['component A:', 'component B:'],
        ['1 P_O_C_BRACKET_EXTRA_CHARACTERS'],
    ],
    [
        'a semicolon follows a closing bracket',
        'A {\n};\nB {\n}\n',
        ['component A:', 'component B:'],
        ['2 P_C_C_BRACKET_EXTRA_CHARACTERS'],
    ],
    [
        'a block begins behind a closing bracket',
        'A {\n} B {\n\texports: b;\n}\nC {\n}\n',
        ['component A:', 'component B: exports', 'component C:'],
        ['2 P_C_C_BRACKET_EXTRA_CHARACTERS'],
    ],
    [
        'two blocks close on one line',
        'instance of A {\n\tname: a;\n\tinstance of B {\n\t\tname: b;\n}}\ninstance of C {\n\tname: c;\n}\n',
        ['instance of A: name', '  instance of B: name', 'instance of C: name'],
        ['5 P_C_C_BRACKET_EXTRA_CHARACTERS'],
    ],
    [
        'a nested instance lacks its bracket',
        'instance of A {\n\tname: a;\n\tinstance of B\n\t\tname: b;\n\t}\n}\n',
        ['instance of A: name', '  instance of B: name'],
        ['3 P_O_C_BRACKET_MISSING'],
    ],
    [
        'a nested instance is being typed',
        'instance of A {\n\tinstance of B\n\tname: a;\n}\n',
        ['instance of A: name'],
        ['2 P_O_C_BRACKET_MISSING'],
    ],
    [
        'the words instance and of stand too far apart',
        'instance of A {\n\tname: a;\n\tinstance  of B {\n\t\tname: b;\n\t}\n}\ninstance of C {\n\tname: c;\n}\n',
        ['instance of A: name', 'instance of C: name'],
        ['3 P_INVALID_PROPERTY_OR_INSTANCE'],
    ],
    [
        'a semicolon is missing',
        'A {\n\texports: a\n\tfacets: f;\n}\n',
        ['component A: exports facets'],
        ['2 P_PROPERTY_ENDS_WITH_SEMI_COLON'],
    ],
    [
        'the end of the file is missing',
        'A {\n}\nB {\n\texports: b;\n',
        ['component A:', 'component B: exports'],
        ['5 P_C_C_BRACKET_MISSING'],
    ],
    ['a line is not understood', 'a b\nB {\n}\n', ['component B:'], ['1 P_UNRECOGNIZED_BLOCK']],
];

for (const [fault, text, outline, findings] of ROWS) {
    test(`the rest is understood when ${fault}`, () => {
        const file = parseFile(text);
        expect(outlineOf(file)).toEqual(outline);
        expect(findingLines(file)).toEqual(findings);
    });
}

test('what is nested too deep is not looked at, the rest is', () => {
    const deep = `${'instance of A {\nname: a;\n'.repeat(400)}${'}\n'.repeat(400)}`;
    const file = parseFile(`${deep}instance of B {\nname: b;\n}\n`);
    expect(file.instances.map((instance) => instance.component?.$refText)).toEqual(['A', 'B']);
    expect(findingLines(file)).toEqual(['513 X_TOO_DEEP']);
});

test('a missing bracket shows where the open blocks begin', () => {
    const { findings } = parseFile('instance of A {\n\tname: a;\n\tinstance of B {\n\t\tname: b;\n}\n');
    expect(findings[0]?.related.map(({ range, message }) => [range.line, message])).toEqual([
        [1, "The block of instance of 'A' opens here."],
    ]);
});
