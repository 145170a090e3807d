/** Text on its way to a terminal. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colouredText, displayWidth, fitted, plainText, settledLine } from '../../cli/terminal-text.ts';

const ESC = '\u001B';
const rows: readonly (readonly [string, string, string])[] = [
    [`${ESC}[31mred${ESC}[0m`, 'red', `${ESC}[31mred${ESC}[0m${ESC}[0m`],
    [`${ESC}[38;5;208mtrue${ESC}[m colour`, 'true colour', `${ESC}[38;5;208mtrue${ESC}[m colour${ESC}[0m`],
    [`a${ESC}[2Jb${ESC}[10;10Hc`, 'abc', 'abc'],
    [`${ESC}]0;title\u0007x`, 'x', 'x'],
    [`${ESC}]52;c;c2VjcmV0${ESC}\\x`, 'x', 'x'],
    [`${ESC}P1$r${ESC}\\x`, 'x', 'x'],
    [`\u009B31mx\u009D0;t\u009Cy`, 'xy', 'xy'],
    [`${ESC}(Bx${ESC}cy`, 'xy', 'xy'],
    ['a\u0000b\u0007c\u0008d\u007Fe', 'abcde', 'abcde'],
    ['\tindented\n', '\tindented\n', '\tindented\n'],
    [`cut ${ESC}[3`, 'cut ', 'cut '],
    [`${ESC}[?1049h${ESC}[>4;2m${ESC}[31 qx`, 'x', 'x'],
    ['é 日本 🙂', 'é 日本 🙂', 'é 日本 🙂'],
];

test.for(rows)('%j is shown plain and coloured', ([text, plain, coloured]) => {
    expect(plainText(text)).toBe(plain);
    expect(colouredText(text)).toBe(coloured);
});

const piece = fc.constantFrom(
    ESC,
    '[',
    ']',
    '31',
    'm',
    ';',
    '?',
    '\u0007',
    '\\',
    'P',
    '\u009B',
    '\u009D',
    '\r',
    'x',
    ' ',
);

test('whatever a recipe writes, nothing but colours is left that a terminal obeys', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    const obeyed = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
    fc.assert(
        fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
            const text = pieces.join('');
            expect(plainText(text)).not.toMatch(obeyed);
            // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
            expect(colouredText(text).replaceAll(/\u001B\[[0-9;:]*m/g, '')).not.toMatch(obeyed);
        }),
    );
});

test('a progress bar shows its last state', () => {
    expect(settledLine('10 %\r50 %\r100 %')).toBe('100 %');
    expect(settledLine('a line of Windows\r')).toBe('a line of Windows');
});

test('a text is cut to the columns it may take', () => {
    expect(displayWidth('日本 é')).toBe(6);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(fitted('abcdef', 6)).toBe('abcdef');
    expect(fitted('abcdefg', 6)).toBe('abcde…');
    expect(fitted('日本語', 5)).toBe('日本…');
    expect(fitted('日本語', 4)).toBe('日…');
});
