/** What recipes write, on its way to a terminal or into a line of the editor. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colouredLine, plainLine } from '../../runner/terminal-text.ts';

const ESC = '\u001b';
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const COLOUR = /\u001b\[[\d;:]*m/g;

test.each([
    ['plain', 'plain'],
    [`${ESC}[31mred${ESC}[0m`, `${ESC}[31mred${ESC}[0m${ESC}[0m`],
    [`${ESC}[38;5;208mx`, `${ESC}[38;5;208mx${ESC}[0m`],
    [`${ESC}[38;5;208mtrue${ESC}[m colour`, `${ESC}[38;5;208mtrue${ESC}[m colour${ESC}[0m`],
    [`a${ESC}[2Jb${ESC}[10;10Hc`, 'abc'],
    [`${ESC}[?1049h${ESC}[31 qx`, 'x'],
    [`\u009d0;t\u009cy`, 'y'],
    ['a\u0000b\u0007c\u007fd', 'abcd'],
    ['é 日本 🙂', 'é 日本 🙂'],
    [`cut ${ESC}[3`, 'cut '],
    [`${ESC}[2J${ESC}[Hcleared`, 'cleared'],
    [`${ESC}]0;a title\u0007text`, 'text'],
    [`${ESC}]52;c;c2VjcmV0${ESC}\\text`, 'text'],
    [`${ESC}]8;;http://x${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    [`${ESC}P1$r0m${ESC}\\after`, 'after'],
    [`${ESC}(Bascii${ESC}c`, 'ascii'],
    ['\u009b31mC1', `${ESC}[31mC1${ESC}[0m`],
    ['a\u0008\u0000b\tc', 'ab\tc'],
    ['10 %\r20 %\r100 %', '100 %'],
    ['with CRLF\r', 'with CRLF'],
    [`cut ${ESC}[`, 'cut '],
    [`cut ${ESC}]0;never ended`, 'cut '],
    ['\u202Etxt.exe', 'txt.exe'],
    [`${ESC}[>4;1mno colour`, 'no colour'],
])('%j is shown as %j', (line, shown) => {
    expect(colouredLine(line).text).toBe(shown);
    expect(plainLine(line)).toBe(shown.replaceAll(COLOUR, ''));
});

test('a colour that is not ended goes on in the next line, until it is', () => {
    const first = colouredLine(`${ESC}[1m${ESC}[32mone`);
    expect(first.renditions).toEqual([`${ESC}[1m`, `${ESC}[32m`]);
    const second = colouredLine('two', first.renditions);
    expect(second.text).toBe(`${ESC}[1m${ESC}[32mtwo${ESC}[0m`);
    expect(colouredLine(`three${ESC}[m`, second.renditions).renditions).toEqual([]);
});

test('colours cannot be piled up without end', () => {
    expect(colouredLine(`${ESC}[31m`.repeat(100)).renditions.length).toBeLessThanOrEqual(8);
});

test('plain text has no control left', () => {
    expect(plainLine(`${ESC}[31mred${ESC}[0m\u0007 and ${ESC}]0;t\u0007more`)).toBe('red and more');
});

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;

test('whatever a recipe writes, nothing but colours and text comes through', () => {
    const piece = fc.oneof(
        fc.nat({ max: 0x2fff }).map((code) => String.fromCharCode(code)),
        fc.constantFrom(ESC, `${ESC}[`, `${ESC}]`, '\u009b', '\u009d', '\u0007', `${ESC}\\`, '31m', '2J', ';', '\r'),
    );
    fc.assert(
        fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
            const line = pieces.join('').replaceAll('\n', '');
            const rest = colouredLine(line).text.replaceAll(COLOUR, '');
            expect(rest).not.toMatch(CONTROL);
            expect(plainLine(line)).not.toMatch(CONTROL);
        }),
    );
});
