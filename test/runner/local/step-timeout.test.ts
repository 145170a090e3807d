import { expect, test } from 'vitest';
import { parseStepTimeout } from '../../../runner/local/step-timeout.ts';

test.each([
    [undefined, 600_000],
    ['', 600_000],
    ['1', 1],
    ['2500', 2_500],
    ['2147483647', 2_147_483_647],
    ['2147483648', null],
    ['0', null],
    ['-5', null],
    ['2.5', null],
    ['10s', null],
])('a step may take, as %j says, %j milliseconds', (text, expected) => {
    expect(parseStepTimeout(text)).toBe(expected);
});
