/** Outline, colours and folds of command files. */
import { expect, test } from 'vitest';
import { commandsSyntax } from '../../../language/syntax/commands-syntax.ts';

/** `type text` of every token; declarations are marked with a star. */
function tokensOf(text: string): readonly string[] {
    const lines = text.split('\n');
    return commandsSyntax(text).tokens.map(({ line, column, length, type, isDeclaration }) => {
        const word = (lines[line - 1] ?? '').slice(column - 1, column - 1 + length);
        return `${type}${isDeclaration ? '*' : ''} ${word}`;
    });
}

test.each<readonly [string, readonly string[]]>([
    [
        'create Server as web under /front/a b # c',
        [
            'keyword create',
            'component Server',
            'keyword as',
            'instance* web',
            'keyword under',
            'instance front',
            'instance a b',
            'comment # c',
        ],
    ],
    [
        'define n = web $(SMART_INDEX)\nstop all /a/$(n)x',
        [
            'keyword define',
            'variable* n',
            'operator =',
            'string web ',
            'variable $(SMART_INDEX)',
            'keyword stop',
            'keyword all',
            'instance a',
            'variable $(n)',
            'instance x',
        ],
    ],
    ['associate /a with 3', ['keyword associate', 'instance a', 'keyword with', 'number 3']],
    [
        'change status of /a to unresolved',
        ['keyword change', 'keyword status', 'keyword of', 'instance a', 'keyword to', 'property unresolved'],
    ],
    ['delete instances of A', ['keyword delete', 'keyword instances', 'keyword of', 'component A']],
    ['write a b \\\n  c into d', ['keyword write', 'string a b', 'string c', 'keyword into', 'path d']],
    ['email a, b with c', ['keyword email', 'string a, b', 'keyword with', 'string c']],
    ['execute x', ['keyword execute', 'command x']],
    ['rename x', ['keyword rename']],
    ['foo $(b)', ['variable $(b)']],
])('%j', (text, expected) => {
    expect(tokensOf(text)).toEqual(expected);
});

test('the outline has an instruction each, with variables by their names', () => {
    const text = 'define a = 1\ncreate Machine as vm$(a)\nfoo\nstop all \\\n /vm1\nwrite hello into x';
    const { outline } = commandsSyntax(text);
    expect(outline.map(({ name, detail, range }) => `${name} | ${detail} | ${range.line}-${range.endLine}`)).toEqual([
        'define a | 1 | 1-1',
        'create vm$(a) | Machine | 2-2',
        'foo |  | 3-3',
        'stop all /vm1 |  | 4-5',
        'write x | hello | 6-6',
    ]);
});

test('comments in a row and continued instructions can be folded', () => {
    const text = '# a\n# b\n\nexecute x # c\n# d\nwrite a \\\n  b \\\n  into c\n# e\n# f\n# g';
    expect(commandsSyntax(text).folds).toEqual([
        { first: 1, last: 2, kind: 'comment' },
        { first: 6, last: 8, kind: 'region' },
        { first: 9, last: 11, kind: 'comment' },
    ]);
});
