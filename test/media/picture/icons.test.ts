import { expect, test } from 'vitest';
import { ICONS, iconOf } from '../../../media/picture/icons.ts';

test.each([
    ['component', 'target', 'machine'],
    ['instance', ' Target ', 'machine'],
    ['instance', 'script', 'script'],
    ['instance', 'bash', 'script'],
    ['instance', 'puppet', 'puppet'],
    ['instance', 'file', 'file'],
    ['instance', 'logger', 'log'],
    ['component', 'docker', 'container'],
    ['component', 'ansible', 'other'],
    ['instance', 'constructor', 'other'],
    ['component', '', 'package'],
    ['instance', '', 'instance'],
    ['facet', 'script', 'facet'],
    ['outside', '', 'outside'],
] as const)('%s with the installer “%s” has the icon %s', (kind, installer, icon) => {
    expect(iconOf({ kind, installer })).toBe(icon);
});

test('no two icons are drawn alike, and all stay in their square', () => {
    const drawings = Object.values(ICONS);
    expect(new Set(drawings).size).toBe(drawings.length);
    // Every path begins, and begins again, inside of its 20 by 20 pixels.
    for (const [, x, y] of drawings.join('').matchAll(/M(\d*\.?\d+)[ ,]?(\d*\.?\d+)/g))
        expect([Number(x) <= 20, Number(y) <= 20]).toEqual([true, true]);
});
