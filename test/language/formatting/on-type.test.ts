/** What follows from typing: only what was typed is touched, and only a missing semicolon changes what a text means. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedEdits, type TypedCharacter } from '../../../language/index.ts';
import { createParser } from '../../../language/parsing/parse-file.ts';

/** The text once a character was typed at the caret `|` and its consequences are applied. */
function typed(marked: string, character: TypedCharacter, indent = ''): string {
    const at = marked.indexOf('|');
    const text = marked.slice(0, at) + character + indent + marked.slice(at + 1);
    return applied(text, at + character.length + indent.length, character);
}

function applied(text: string, offset: number, character: TypedCharacter): string {
    const edits = typedEdits(text, { character, offset, indentation: '\t' });
    return edits
        .toReversed()
        .reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), text);
}

test.each([
    ['a property', 'A {\n\texports: ip|\n}\n', 'A {\n\texports: ip;\n\t\n}\n'],
    ['a property with blanks behind', 'A {\n\texports: ip  |\n}\n', 'A {\n\texports: ip;  \n\t\n}\n'],
    ['an import', 'import a.graph|\nB {\n}\n', 'import a.graph;\n\nB {\n}\n'],
    ['a property of an instance', 'instance of A {\n\tname: a|\n', 'instance of A {\n\tname: a;\n\t\n'],
    ['an override', 'instance of A {\n\tname: a;\n\tport: 8|', 'instance of A {\n\tname: a;\n\tport: 8;\n\t'],
    ['with carriage returns', 'A {\r\n\texports: ip\r|\r\n}\r\n', 'A {\r\n\texports: ip;\r\n\t\r\n}\r\n'],
])('Enter ends %s', (_, marked, expected) => {
    expect(typed(marked, '\n', '\t')).toBe(expected.replace('a.graph;\n\n', 'a.graph;\n\t\n'));
});

test.each([
    ['a property', 'A {\n\tinstaller: target|;\n}\n', 'A {\n\tinstaller: target;\n\t\n}\n'],
    ['an import', 'import a.graph |;\n', 'import a.graph; \n\t\n'],
    ['with carriage returns', 'A {\r\n\texports: ip\r|;\r\n}\r\n', 'A {\r\n\texports: ip;\r\n\t\r\n}\r\n'],
])('Enter in front of its semicolon ends %s', (_, marked, expected) => {
    expect(typed(marked, '\n', '\t')).toBe(expected);
});

test.each([
    ['nothing yet', 'A {\n\tinstaller: |;\n}\n'],
    ['more to come', 'A {\n\texports: ip,|;\n}\n'],
    ['an open quote', 'A {\n\texports: a = "x|;\n}\n'],
    ['a comment', 'A {\n\texports: ip # a|;\n}\n'],
])('Enter leaves a semicolon behind %s where it is', (_, marked) => {
    expect(typed(marked, '\n', '\t')).toBe(marked.replace('|', '\n\t'));
});

test.each([
    ['with a semicolon', 'A {\n\texports: ip;|\n}\n'],
    ['with a comment', 'A {\n\texports: ip # mine|\n}\n'],
    ['that is a comment', 'A {\n\t# exports: ip|\n}\n'],
    ['without value', 'A {\n\texports:|\n}\n'],
    ['with more to come', 'A {\n\texports: ip,|\n}\n'],
    ['with an open quote', 'A {\n\texports: a = "x|\n}\n'],
    ['in the middle', 'A {\n\texports: a|, b;\n}\n'],
    ['that opens a block', 'A {|\n}\n'],
    ['that is no property', 'A {\n\twords only|\n}\n'],
    ['outside any block', 'exports: ip|\n'],
    ['with other faults', 'A {\n\twords exports: ip|\n}\n'],
    ['that is empty', 'A {\n|\n}\n'],
])('Enter adds no semicolon to a line %s', (_, marked) => {
    expect(typed(marked, '\n', '\t')).toBe(marked.replace('|', '\n\t'));
});

test('Enter keeps the indentation where the editor does not', () => {
    expect(typed('A {\n  exports: ip;|\n}\n', '\n')).toBe('A {\n  exports: ip;\n  \n}\n');
    expect(typed('instance of A {\n  instance of B {|\n', '\n')).toBe('instance of A {\n  instance of B {\n  \t\n');
    expect(typed('A {\n}|\n', '\n')).toBe('A {\n}\n\n');
});

test('a closing bracket goes below the beginning of its block', () => {
    expect(typed('A {\n\texports: ip;\n\t|\n', '}')).toBe('A {\n\texports: ip;\n}\n');
    expect(typed('instance of A {\n  instance of B {\n    name: b;\n      |\n}\n', '}')).toBe(
        'instance of A {\n  instance of B {\n    name: b;\n  }\n}\n',
    );
    expect(typed('  |\n', '}')).toBe('  }\n');
    expect(typed('A {\n\texports: a = "|";\n}\n', '}')).toBe('A {\n\texports: a = "}";\n}\n');
});

test('an opening bracket gets a blank, unless a name would become a keyword', () => {
    expect(typed('Tomcat|\n}\n', '{')).toBe('Tomcat {\n}\n');
    expect(typed('facet f|\n}\n', '{')).toBe('facet f {\n}\n');
    expect(typed('facet|\n}\n', '{')).toBe('facet{\n}\n');
    expect(typed('A {\n\texports: a|;\n}\n', '{')).toBe('A {\n\texports: a{;\n}\n');
});

const PIECES = [
    '{',
    '}',
    '#',
    ';',
    ':',
    ',',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '"',
    '=',
    'Web',
    'facet ',
    'import ',
    'instance of ',
];
const WORDS = ['exports: ', 'imports: ', 'name: ', 'count: ', 'external ', '(optional)', '\uFEFF'];

test('for any text, a bracket changes no meaning, and Enter at most ends a line', () => {
    const text = fc.array(fc.constantFrom(...PIECES, ...WORDS), { maxLength: 30 }).map((pieces) => pieces.join(''));
    const parser = createParser();
    const meaning = (source: string): string => {
        const { imports, types, instances } = parser.parseFile(source);
        return [...imports, ...types, ...instances].map((node) => wordsOf(node.$cstNode?.text ?? '')).join('\n');
    };
    fc.assert(
        fc.property(
            text,
            fc.nat(),
            fc.constantFrom('{' as const, '}' as const, '\n' as const),
            (source, at, character) => {
                const caret = at % (source.length + 1);
                const before = source.slice(0, caret) + character + source.slice(caret);
                const after = applied(before, caret + 1, character);
                expect(after.replaceAll(/[\s;]/g, '')).toBe(before.replaceAll(/[\s;]/g, ''));
                if (character !== '\n') expect(meaning(after)).toBe(meaning(before));
            },
        ),
    );
});

function wordsOf(text: string): string {
    return text.replaceAll(/\s/g, '');
}
