/** What holds for any command file. */
import { array, assert, constantFrom, property, string, type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../language/commands/commands-file.ts';
import { formatCommands } from '../../../language/commands/format-commands.ts';
import { isLiteral } from '../../../language/commands/located-text.ts';
import { commandsSyntax } from '../../../language/syntax/commands-syntax.ts';
import type { TextRange } from '../../../language/index.ts';
import { applicationWith, commandFindings } from './sample.ts';

/** Texts made of what matters to command files, in any order. */
const fragments = constantFrom(
    ...[
        'create ',
        'replicate ',
        'rename ',
        'associate ',
        'change status of ',
        'email ',
        'define ',
        'write ',
        'append ',
    ],
    ...['execute ', 'stop all ', 'delete ', 'delete all instances of ', 'deploy and start all ', ' instances of '],
    ...[
        ' as ',
        ' with ',
        ' under ',
        ' into ',
        ' to ',
        ' = ',
        'as',
        'into',
        ' = vm $(SMART_INDEX)',
        'Machine',
        'Server',
    ],
    ...[
        '/front',
        '/front/web',
        '/vm 1',
        '/',
        '//',
        'a',
        'b c',
        'x1',
        'é',
        '=',
        '#',
        ' # c',
        '$(',
        ')',
        '$(a)',
        '$(b c)',
    ],
    ...[
        '$(UUID)',
        '$(EXISTING_INDEX MIN)',
        '$(EXISTING_INDEX ',
        '$(FORMATTED_TIME hh)',
        "$(FORMATTED_TIME '",
        'MAX > 2)',
    ],
    ...[
        '\n',
        '\n',
        '\n',
        '\r\n',
        '\r',
        '\\\n',
        '\\\n  ',
        '\\\r\n',
        '\\',
        ' ',
        '  ',
        '\t',
        '\0',
        '\u2028',
        '\u00a0',
        '!@!',
    ],
    ...['__proto__', 'constructor', '\uFEFF', 'NOT_DEPLOYED'],
);
const likely: Arbitrary<string> = array(fragments, { maxLength: 40 }).map((parts) => parts.join(''));
const anyText: Arbitrary<string> = string({ unit: 'binary', maxLength: 100 });

function linesOf(text: string): readonly string[] {
    return text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/);
}

/** The text of a range. */
function textAt(lines: readonly string[], { line, column, endLine, endColumn }: TextRange): string {
    if (line === endLine) return (lines[line - 1] ?? '').slice(column - 1, endColumn - 1);
    const middle = lines.slice(line, endLine - 1);
    return [lines[line - 1]?.slice(column - 1), ...middle, lines[endLine - 1]?.slice(0, endColumn - 1)].join('\n');
}

function expectInside(lines: readonly string[], { line, column, endLine, endColumn }: TextRange): void {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(endLine).toBeGreaterThanOrEqual(line);
    expect(endLine).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    expect(endColumn).toBeLessThanOrEqual((lines[endLine - 1] ?? '').length + 1);
    if (line === endLine) expect(endColumn).toBeGreaterThanOrEqual(column);
}

test('any text is read, and all words stand where they are said to be', () => {
    for (const texts of [anyText, likely])
        assert(
            property(texts, (text) => {
                const lines = linesOf(text);
                const { findings, instructions, comments } = parseCommands(text, 'c.commands');
                for (const { range } of findings) expectInside(lines, range!);
                for (const range of comments) expect(textAt(lines, range).startsWith('#')).toBe(true);
                for (const { keywords, uses, range } of instructions) {
                    expectInside(lines, range);
                    for (const word of keywords)
                        if (isLiteral(word, uses)) expect(textAt(lines, word.range)).toBe(word.text);
                    for (const use of uses) expect(textAt(lines, use.range)).toMatch(/^\$\\?\s*\(/);
                }
            }),
            { numRuns: 120 },
        );
});

test('any text is checked, and its findings stand in it', () => {
    assert(
        property(likely, (text) => {
            const files = { 'commands/c.commands': text, 'commands/a.commands': 'execute c' };
            const own = commandFindings(files).filter(({ range }) => range?.file === 'commands/c.commands');
            for (const { range } of own) expectInside(linesOf(text), range!);
        }),
        { numRuns: 40 },
    );
});

test('references and declarations of any text cover words of it', () => {
    assert(
        property(likely, (text) => {
            const lines = linesOf(text);
            const { declarations, references } = applicationWith({ 'commands/c.commands': text });
            for (const { range } of [...declarations, ...references])
                if (range.file === 'commands/c.commands') expectInside(lines, range);
            for (const { range, name } of references)
                if (range.file === 'commands/c.commands') expect(name).toContain(textAt(lines, range));
        }),
        { numRuns: 40 },
    );
});

test('tokens of any text are sorted, do not overlap and lie inside of their lines', () => {
    for (const texts of [anyText, likely])
        assert(
            property(texts, (text) => {
                const lines = linesOf(text);
                const { tokens, outline, folds } = commandsSyntax(text);
                let [line, column] = [1, 1];
                for (const token of tokens) {
                    expect(token.length).toBeGreaterThan(0);
                    expect(token.line > line || (token.line === line && token.column >= column)).toBe(true);
                    [line, column] = [token.line, token.column + token.length];
                    expect(column).toBeLessThanOrEqual((lines[token.line - 1] ?? '').length + 1);
                }
                for (const { range, nameRange } of outline) {
                    expectInside(lines, range);
                    expectInside(lines, nameRange);
                }
                for (const { first, last } of folds) expect(last > first && last <= lines.length).toBe(true);
            }),
            { numRuns: 120 },
        );
});

function formatted(text: string): string {
    let result = '';
    let offset = 0;
    for (const edit of formatCommands(text)) {
        expect(edit.start).toBeGreaterThanOrEqual(offset);
        result += text.slice(offset, edit.start) + edit.text;
        offset = edit.end;
    }
    return result + text.slice(offset);
}

/** What instructions say, without places. */
function meaningOf(text: string): readonly unknown[] {
    const { instructions, comments } = parseCommands(text, 'c.commands');
    const lines = linesOf(text);
    const said = instructions.map((instruction) => {
        const isRead = instruction.kind !== 'malformed' && instruction.kind !== 'unrecognized';
        const parts = Object.entries(instruction).filter(([key]) => !['line', 'range', 'keywords'].includes(key));
        return JSON.stringify(parts, (key, value: unknown) => {
            if (key === 'range' || (isRead && key === 'segments')) return undefined;
            return value;
        }).replace(isRead ? /\["text","(?:[^"\\]|\\.)*"\],/ : '', '');
    });
    return [...said, ...comments.map((range) => textAt(lines, range).trimEnd())];
}

describe('formatting', () => {
    test('keeps what any text says, and changes nothing the second time', () => {
        for (const texts of [anyText, likely])
            assert(
                property(texts, (text) => {
                    const once = formatted(text);
                    expect(meaningOf(once)).toEqual(meaningOf(text));
                    expect(formatted(once)).toBe(once);
                }),
                { numRuns: 150 },
            );
    });

    test.each([
        ['  create   A\tas  b   under   /c  # d  ', 'create A as b under /c # d'],
        ['\tdefine   a  b  =  c  d  ', 'define a  b = c  d'],
        ['define a=b', 'define a = b'],
        ['define a= # b', 'define a = # b'],
        ['define v = define x\n$(v)=b', 'define v = define x\n$(v) = b'],
        ['write  a  b  into  c', 'write a  b into c'],
        ['stop all    /a  b', 'stop all /a  b'],
        ['stop  all /a', 'stop  all /a'],
        ['change  status  of  /a  to  b', 'change status of /a to b'],
        ['  write a \\\n   b  \\\n  into   c  \n', 'write a \\\n   b  \\\n  into   c\n'],
        ['a\n\n \n\t\nb\n\n', 'a\n\nb\n\n'],
        ['email a with b \\  ', 'email a with b \\  '],
        ['\uFEFF  execute   x\r\n  # y \r\n', '\uFEFFexecute x\r\n# y\r\n'],
    ])('%j', (text, expected) => {
        expect(formatted(text)).toBe(expected);
    });
});
