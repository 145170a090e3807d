import { expect, test } from 'vitest';
import { agoWords, durationWords, elapsedWords, secondsUntil } from '../../client/deployments/time-words.ts';

test.each([
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [420, '0.4 s'],
    [12_900, '12 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
])('%i ms took %s', (durationMs, words) => {
    expect(durationWords(durationMs)).toBe(words);
});

test.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [7_200_000, '2 h ago'],
    [172_800_000, '2 d ago'],
])('%i ms ago is %s', (agoMs, words) => {
    expect(agoWords(agoMs)).toBe(words);
});

test('a wait is told in whole seconds, and never as over', () => {
    expect([secondsUntil(5200, 0), secondsUntil(1000, 0), secondsUntil(0, 900)]).toEqual([6, 1, 1]);
});

test('what goes on is told in whole seconds', () => {
    expect([-5, 0, 2900, 61_500].map(elapsedWords)).toEqual(['0 s', '0 s', '2 s', '1 min 1 s']);
});
