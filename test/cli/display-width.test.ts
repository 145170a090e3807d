import { expect, test } from 'vitest';
import { displayWidth, fitted } from '../../cli/display-width.ts';

test('a text is cut to the columns it may take', () => {
    expect(displayWidth('日本 é')).toBe(6);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(fitted('abcdef', 6)).toBe('abcdef');
    expect(fitted('abcdefg', 6)).toBe('abcde…');
    expect(fitted('日本語', 5)).toBe('日本…');
    expect(fitted('日本語', 4)).toBe('日…');
});
