import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captionOf, widthOf } from '../../../server/layout/text-metrics.ts';

const font = { size: 13, weight: 'semibold' } as const;
const regular = { size: 13, weight: 'regular' } as const;

test('wide letters are wider than narrow ones, semibold wider than regular, large wider than small', () => {
    expect(widthOf('WWW', font)).toBeGreaterThan(widthOf('iii', font) * 2);
    expect(widthOf('Tomcat', font)).toBeGreaterThan(widthOf('Tomcat', regular));
    expect(widthOf('Tomcat', { ...font, size: 26 })).toBeGreaterThan(widthOf('Tomcat', font) * 1.9);
});

test.each([
    ['short', 'short'],
    ['two\nlines\tand  blanks', 'two lines and blanks'],
    ['turned \u202Eround', 'turned round'],
    ['nul\u0000here', 'nulhere'],
    ['', ''],
])('%j is drawn as %j', (text, drawn) => {
    expect(captionOf(text, font, 400).text).toBe(drawn);
});

test('a long text is cut with an ellipsis, never inside a character', () => {
    const family = '👨‍👩‍👧‍👦';
    const { text } = captionOf(family.repeat(50), font, 100);
    expect(text).toMatch(/^(?:👨‍👩‍👧‍👦)+…$/u);
    expect(captionOf('a'.repeat(10_000), font, 100).text).toMatch(/^a{5,20}…$/);
});

test('a caption is never wider than it may be, and says how wide it is', () => {
    fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 30, max: 300 }), (text, max) => {
            const caption = captionOf(text, font, max);
            expect(caption.width).toBeLessThanOrEqual(max);
            expect(caption.width).toBe(widthOf(caption.text, font));
            expect(caption.text.isWellFormed()).toBe(true);
        }),
    );
});

test('a text of megabytes costs no more than a line', () => {
    const begun = performance.now();
    captionOf('x'.repeat(5_000_000), font, 200);
    expect(performance.now() - begun).toBeLessThan(500);
});
