import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGLISH } from '../../../media/picture.ts';
import { ageText } from '../../../media/picture/age.ts';
import { cutToWidth, graphemesOf, roughWidth } from '../../../media/picture/text-width.ts';

test.each([
    [-5, '0 s'],
    [999, '0 s'],
    [12_500, '12 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [7_200_000, '2 h'],
    [86_400_000 * 3 + 5, '3 d'],
])('after %i milliseconds something is %s old', (age, text) => {
    expect(ageText(1_000, 1_000 + age, ENGLISH)).toBe(text);
});

test.each([
    ['short', 200, 'short'],
    ['a  name\nof two lines', 200, 'a name of two lines'],
    ['quite a long name for a small card', 100, 'quite a long na…'],
    ['👩🏽‍💻👩🏽‍💻👩🏽‍💻👩🏽‍💻', 90, '👩🏽‍💻…'],
    ['anything', 3, ''],
])('%j in %i pixels is %j', (text, room, cut) => {
    expect(cutToWidth(text, 11, room)).toBe(cut);
});

test('a cut text fits, begins as the whole does, and splits no sign', () => {
    fc.assert(
        fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 0, max: 300 }), (text, room) => {
            const cut = cutToWidth(text, 11, room);
            expect(roughWidth(cut, 11)).toBeLessThanOrEqual(room);
            const line = text.replace(/\s+/g, ' ').trim();
            const kept = cut === line ? cut : cut.replace(/…$/, '');
            expect(graphemesOf(line).slice(0, graphemesOf(kept).length).join('').trimEnd()).toBe(kept);
        }),
    );
});
