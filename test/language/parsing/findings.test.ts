/** One fixture per code: the labels say which finding stands where, and that there is no other. */
import { expect, test } from 'vitest';
import { FILE_CODES } from '../../../language/parsing/catalogue.ts';
import { createParser } from '../../../language/parsing/parse-file.ts';
import { checkFindings, parseFixture } from '../../support/fixture.ts';

const { parseFile, scanText } = createParser();

/** Code, then a text with that code. */
const FIXTURES: readonly (readonly [string, string])[] = [
    [
        'P_ONE_BLOCK_PER_LINE',
        'A {\n exports: a; facets: b;\n#          ^^^^^^^^^^^^ P_ONE_BLOCK_PER_LINE\n#         ^^^^^^^^^^^^ PM_INVALID_EXPORTED_VAR_NAME\n}\n',
    ],
    ['P_ONE_BLOCK_PER_LINE', 'import a.graph; import b.graph;\n#               ^^^^^^^^^^^^^^^ P_ONE_BLOCK_PER_LINE\n'],
    [
        'P_PROPERTY_ENDS_WITH_SEMI_COLON',
        'A {\n\texports: ip # not here;\n#          ^ P_PROPERTY_ENDS_WITH_SEMI_COLON\n}\n',
    ],
    ['P_IMPORT_ENDS_WITH_SEMI_COLON', 'import a.graph\n#            ^ P_IMPORT_ENDS_WITH_SEMI_COLON\n'],
    ['P_O_C_BRACKET_EXTRA_CHARACTERS', 'A { exports: ip;\n#   ^^^^^^^^^^^^ P_O_C_BRACKET_EXTRA_CHARACTERS\n}\n'],
    ['P_C_C_BRACKET_EXTRA_CHARACTERS', 'A {\n}  oops\n#  ^^^^ P_C_C_BRACKET_EXTRA_CHARACTERS\n'],
    ['P_O_C_BRACKET_MISSING', 'Tomcat\n#<<<<<< P_O_C_BRACKET_MISSING\n'],
    ['P_UNRECOGNIZED_BLOCK', 'two words\n#<<<<<<<<< P_UNRECOGNIZED_BLOCK\n  }\n# ^ P_UNRECOGNIZED_BLOCK\nA {\n}\n'],
    ['P_UNRECOGNIZED_BLOCK', 'import;\n#<<<<<<< P_UNRECOGNIZED_BLOCK\nimport\n#<<<<<< P_UNRECOGNIZED_BLOCK\n'],
    ['P_INVALID_PROPERTY', 'facet F {\n  exports ip;\n# ^^^^^^^^^^^ P_INVALID_PROPERTY\n}\n'],
    ['P_INVALID_PROPERTY', 'A {\n  exports: a\u2028b;\n# ^^^^^^^^^^^^^ P_INVALID_PROPERTY\n}\n'],
    [
        'P_INVALID_PROPERTY_OR_INSTANCE',
        'instance of A {\n  name: a;\n  instance of B C\n# ^^^^^^^^^^^^^^^ P_INVALID_PROPERTY_OR_INSTANCE\n}\n',
    ],
    ['P_INVALID_FILE_TYPE', 'A {\n#<<< P_INVALID_FILE_TYPE\n}\ninstance of A {\n\tname: a;\n}\n'],
    ['PM_EMPTY_PROPERTY_VALUE', 'A {\n  exports: ;\n# ^^^^^^^ PM_EMPTY_PROPERTY_VALUE\n}\n'],
    ['PM_EMPTY_PROPERTY_VALUE', 'instance of A {\n name: a;\n  channels: ;\n# ^^^^^^^^ PM_EMPTY_PROPERTY_VALUE\n}\n'],
    ['PM_EMPTY_IMPORT_LOCATION', '  import ;\n# ^^^^^^^^ PM_EMPTY_IMPORT_LOCATION\n'],
    ['PM_EMPTY_FACET_NAME', '  facet {\n# ^^^^^ PM_EMPTY_FACET_NAME\n}\n'],
    ['PM_EMPTY_COMPONENT_NAME', '  {\n# ^ PM_EMPTY_COMPONENT_NAME\n}\n'],
    ['PM_EMPTY_COMPONENT_NAME', '  instance of {\n# ^^^^^^^^^^^ PM_EMPTY_COMPONENT_NAME\n name: a;\n}\n'],
    [
        'PM_EMPTY_REFERENCED_NAME',
        'A {\n  facets: b,,c;\n# ^^^^^^ PM_EMPTY_REFERENCED_NAME\n}\nfacet F {\n  extends: ,b;\n# ^^^^^^^ PM_EMPTY_REFERENCED_NAME\n}\n',
    ],
    [
        'PM_EMPTY_VARIABLE_NAME',
        'A {\n  exports: a, , b, random[port], = 5, c = 1,;\n#           ^ PM_EMPTY_VARIABLE_NAME\n#                  ^^^^^^^ PM_EMPTY_VARIABLE_NAME\n#                                ^ PM_EMPTY_VARIABLE_NAME\n#                                          ^ PM_EMPTY_VARIABLE_NAME\n}\n',
    ],
    [
        'PM_EMPTY_VARIABLE_NAME',
        'A {\n  imports: B.x, external, C.y,,D.z;\n#               ^^^^^^^^ PM_EMPTY_VARIABLE_NAME\n#                            ^ PM_EMPTY_VARIABLE_NAME\n}\n',
    ],
    [
        'PM_INVALID_CHILD_NAME',
        'A {\n  children: B, c d, 1e;\n#              ^^^ PM_INVALID_CHILD_NAME\n#                   ^^ PM_INVALID_CHILD_NAME\n}\n',
    ],
    [
        'PM_INVALID_NAME',
        '1A {\n#<< PM_INVALID_NAME\n  facets: x y;\n#         ^^^ PM_INVALID_NAME\n  extends: B, "C" ;\n#             ^^^ PM_INVALID_NAME\n}\n',
    ],
    [
        'X_UNEXPECTED_CHARACTER',
        'A {\n  exports: a = caf\uFFFD, b = \uFFFD;\n#                 ^ X_UNEXPECTED_CHARACTER\n  exports: \uFEFFb;\n#          ^ X_UNEXPECTED_CHARACTER\n#          ^^ PM_INVALID_EXPORTED_VAR_NAME\n  \0exports: c;\n# ^ X_UNEXPECTED_CHARACTER\n}\n',
    ],
    [
        'X_LONE_CARRIAGE_RETURN',
        'A {\r exports: a;\r}\r\n#  ^ X_LONE_CARRIAGE_RETURN\n#    ^^^^^^^^^^^^^ P_O_C_BRACKET_EXTRA_CHARACTERS\n',
    ],
    ['PM_DOT_IS_NOT_ALLOWED', 'facet a.b {\n#     ^^^ PM_DOT_IS_NOT_ALLOWED\n}\n'],
    ['PM_DOT_IS_NOT_ALLOWED', 'instance of a.b {\n#           ^^^ PM_DOT_IS_NOT_ALLOWED\n name: a;\n}\n'],
    [
        'PM_INVALID_EXPORT_COMPLEX_VALUE',
        'A {\n  exports: a = "x" yy, b = "z;\n#                  ^^ PM_INVALID_EXPORT_COMPLEX_VALUE\n#                          ^^ PM_INVALID_EXPORT_COMPLEX_VALUE\n}\n',
    ],
    [
        'PM_INVALID_EXPORT_COMPLEX_VALUE',
        'A {\n  exports: a = x"y";\n#              ^ PM_INVALID_EXPORT_COMPLEX_VALUE\n#                ^^ PM_INVALID_EXPORTED_VAR_NAME\n}\n',
    ],
    [
        'PM_INVALID_EXPORTED_VAR_NAME',
        'A {\n  exports: ok, a b = 1, *;\n#              ^^^ PM_INVALID_EXPORTED_VAR_NAME\n#                       ^ PM_INVALID_EXPORTED_VAR_NAME\n}\n',
    ],
    [
        'PM_EXTERNAL_IS_KEYWORD_FOR_IMPORTS',
        'A {\n  exports: external x;\n#          ^^^^^^^^^^ PM_EXTERNAL_IS_KEYWORD_FOR_IMPORTS\n#          ^^^^^^^^^^ PM_INVALID_EXPORTED_VAR_NAME\n}\n',
    ],
    [
        'PM_INVALID_IMPORTED_VAR_NAME',
        'A {\n  imports: external B .x (optional), *;\n#                   ^^^^ PM_INVALID_IMPORTED_VAR_NAME\n#                                    ^ PM_INVALID_IMPORTED_VAR_NAME\n}\n',
    ],
    [
        'PM_INCOMPLETE_IMPORTED_VAR_NAME',
        'A {\n  imports: B, C., D.x;\n#          ^ PM_INCOMPLETE_IMPORTED_VAR_NAME\n#             ^^ PM_INCOMPLETE_IMPORTED_VAR_NAME\n}\n',
    ],
    ['PM_INVALID_INSTALLER_NAME', 'A {\n  installer: "script";\n#            ^^^^^^^^ PM_INVALID_INSTALLER_NAME\n}\n'],
    [
        'PM_INVALID_INSTANCE_COUNT',
        'instance of A {\n name: a;\n  count: 2 ;\n#        ^^ PM_INVALID_INSTANCE_COUNT\n}\n',
    ],
    [
        'PM_INVALID_INSTANCE_COUNT',
        'instance of A {\n name: a;\n  count: 2147483648;\n#        ^^^^^^^^^^ PM_INVALID_INSTANCE_COUNT\n}\n',
    ],
    [
        'PM_USELESS_INSTANCE_COUNT',
        'instance of A {\n name: a;\n  count: +1;\n#        ^^ PM_USELESS_INSTANCE_COUNT\n}\n',
    ],
    [
        'PM_PROPERTY_NOT_APPLIABLE',
        'A {\n  Exports: ip;\n# ^^^^^^^ PM_PROPERTY_NOT_APPLIABLE\n}\nfacet F {\n  imports: A.x;\n# ^^^^^^^ PM_PROPERTY_NOT_APPLIABLE\n  installer: target;\n# ^^^^^^^^^ PM_PROPERTY_NOT_APPLIABLE\n}\n',
    ],
    [
        'PM_DUPLICATE_PROPERTY',
        'A {\n  facets: b;\n  exports: a;\n  exports: b;\n  facets: c;\n# ^^^^^^ PM_DUPLICATE_PROPERTY\n}\n',
    ],
    ['PM_DUPLICATE_PROPERTY', 'instance of A {\n name: a;\n  port: 1;\n  port: 2;\n# ^^^^ PM_DUPLICATE_PROPERTY\n}\n'],
    ['PM_MISSING_INSTANCE_NAME', '  instance of A {\n# ^^^^^^^^^^^^^ PM_MISSING_INSTANCE_NAME\n  Name: a;\n}\n'],
    ['PM_INVALID_INSTANCE_NAME', 'instance of A {\n  name: a/b;\n#       ^^^ PM_INVALID_INSTANCE_NAME\n}\n'],
    ['X_WORDS_BEFORE_PROPERTY', 'A {\n  foo bar exports: ip;\n# ^^^^^^^ X_WORDS_BEFORE_PROPERTY\n}\n'],
    ['X_WORDS_BEFORE_IMPORT', '  my import a.graph;\n# ^^ X_WORDS_BEFORE_IMPORT\n'],
    ['X_DOUBLED_BRACKET', 'A {{\n#  ^ X_DOUBLED_BRACKET\n}\n'],
    ['X_INSTANCE_IN_TYPE', 'A {\n  instance of B {\n# ^^^^^^^^^^^^^^^ X_INSTANCE_IN_TYPE\n  count: zero;\n }\n}\n'],
    ['X_EXTERNAL_GLUED', 'A {\n  imports: externals.x;\n#          ^^^^^^^^ X_EXTERNAL_GLUED\n}\n'],
    [
        'X_EXTRA_COMMA',
        'A {\n  exports: , a, b = "x",;\n#          ^ X_EXTRA_COMMA\n#                      ^ X_EXTRA_COMMA\n}\n',
    ],
    ['X_UNCLOSED_QUOTE', 'A {\n  exports: a = ";\n#              ^ X_UNCLOSED_QUOTE\n}\n'],
];

for (const [code, text] of FIXTURES) {
    test(`${code} is found at its place in ${JSON.stringify(text.split('\n').find((line) => !line.startsWith('#') && line.length > 4) ?? text)}`, () => {
        const [file] = parseFixture(text);
        const { findings } = parseFile(file!.text);
        checkFindings(file!, findings);
        expect(findings.map((finding) => finding.code)).toContain(code);
    });
}

/** Codes without a place that a label can mark: line, column and text. */
const AT_EDGES: readonly (readonly [string, string, string])[] = [
    ['P_EMPTY_FILE', '', '1:1'],
    ['P_EMPTY_FILE', '\n\n # nothing\n', '1:1'],
    ['P_EMPTY_FILE', 'facet F\n', '1:1'],
    ['P_C_C_BRACKET_MISSING', 'A {\n\texports: ip;\n', '3:1'],
    ['P_C_C_BRACKET_MISSING', 'A {\n\texports: ip;', '2:14'],
    ['P_C_C_BRACKET_MISSING', 'instance of A {\n name: a;\n instance of B {\n  name: b;\n }\n\n', '7:1'],
    ['X_TOO_DEEP', 'instance of A {\n name: a;\n'.repeat(257) + '}\n'.repeat(257), '513:1'],
    ['X_TOO_MANY_FINDINGS', 'a b\n'.repeat(1001), '1000:1'],
];

for (const [code, text, place] of AT_EDGES) {
    test(`${code} is found at ${place} of ${JSON.stringify(text.slice(0, 60))}`, () => {
        const found = parseFile(text).findings.find((finding) => finding.code === code);
        expect(`${found?.range.line}:${found?.range.column}`).toBe(place);
    });
}

/** Texts so large that only their blocks are looked at here. */
const TOO_MUCH: readonly (readonly [string, string, string])[] = [
    ['X_TOO_MANY_ITEMS', `A {\nchildren: ${'b,'.repeat(100_000)}c;\n}\n`, '2:200010'],
    ['X_TOO_MANY_WORDS', `A {\n${`children: ${'b,'.repeat(90_000)}c;\n`.repeat(8)}}\n`, '5:1'],
    ['X_TOO_MANY_WORDS', `A {\n}\n${'\n'.repeat(1_000_000)}`, '1000000:1'],
];

for (const [code, text, place] of TOO_MUCH) {
    test(`${code} is found at ${place}, and what stands before is kept`, () => {
        const { findings, blocks } = scanText(text);
        expect(findings.map((finding) => [finding.code, `${finding.range.line}:${finding.range.column}`])).toEqual([
            [code, place],
        ]);
        expect(blocks).toHaveLength(1);
    });
}

test('every code has a fixture', () => {
    const covered = new Set([...FIXTURES, ...AT_EDGES, ...TOO_MUCH].map(([code]) => code));
    expect(FILE_CODES.filter((code) => !covered.has(code))).toEqual([]);
});

test('messages end with a full stop or a question, and name nothing undefined', () => {
    const messages = FIXTURES.flatMap(([, text]) => parseFile(text).findings.map((finding) => finding.message));
    expect(messages.filter((message) => !/[.?]$/.test(message) || message.includes('undefined'))).toEqual([]);
});

test('details bear the names of the language', () => {
    const { findings } = parseFile('A {\n\timports: B .x;\n\tfoo: bar;\n}\n');
    expect(findings.map(({ code, details }) => [code, details['VARIABLE'] ?? details['NAME']])).toEqual([
        ['PM_INVALID_IMPORTED_VAR_NAME', 'B .x'],
        ['PM_PROPERTY_NOT_APPLIABLE', 'foo'],
    ]);
});
