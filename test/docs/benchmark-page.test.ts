/** The page of benchmarks is made from what was measured, and shows what missed its goal. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarkPage, isMet, readBenchRecords, shownValue, type Figure } from '../../scripts/benchmark-page.ts';

const root = resolve(import.meta.dirname, '../..');

function pageOf(figures: readonly Figure[]): readonly string[] {
    const record = { command: 'npm run bench -- x', commit: 'abc', load: 0.1, versions: { node: 'v24' }, figures };
    return benchmarkPage(new Map([['x', record]]))
        .split('\n')
        .slice(-figures.length - 4)
        .filter((line) => line.startsWith('|'));
}

test('the page is the generated one', () => {
    const cells = (text: string): readonly string[] =>
        text
            .split('\n')
            .map((line) => line.replaceAll(/[ -]+/g, ' ').trim())
            .filter((line) => line !== '');
    const written = readFileSync(join(root, 'docs', 'benchmarks.md'), 'utf8');
    expect(cells(written)).toEqual(cells(benchmarkPage(readBenchRecords(root))));
});

test('a figure stands with its unit and its goal, in bold when it misses that', () => {
    const figures: readonly Figure[] = [
        { name: 'a step', value: 2.34567, unit: 'ms', goal: { atMost: 3 } },
        { name: 'a run', value: 1.5, unit: 's', goal: { atMost: 1.4 } },
        { name: 'the peer', value: 12, unit: 'x', goal: { atLeast: 30 } },
        { name: 'events', value: 123_456.7, unit: '/s' },
    ];
    expect(pageOf(figures)).toEqual([
        '| what | figure |',
        '| --- | --- |',
        '| a step | 2.35 ms (≤ 3 ms) |',
        '| a run | **1.5 s** (≤ 1.4 s) |',
        '| the peer | **12x** (≥ 30x) |',
        '| events | 123,457 /s |',
    ]);
});

test('the same measures of several subjects stand side by side', () => {
    const figures: readonly Figure[] = [
        { name: 'small: floor', value: 1, unit: 's' },
        { name: 'small: ours', value: 2, unit: 's' },
        { name: 'large: floor', value: 10, unit: 's' },
        { name: 'large: ours', value: 11, unit: 's' },
        { name: 'large: peer', value: 300, unit: 's' },
    ];
    expect(pageOf(figures)).toEqual([
        '|  | small | large |',
        '| --- | --- | --- |',
        '| floor | 1 s | 10 s |',
        '| ours | 2 s | 11 s |',
        '| peer |  | 300 s |',
    ]);
});

test.each([
    [1.4, { atMost: 1.4 }, 0, true],
    [1.41, { atMost: 1.4 }, 0, false],
    [1.6, { atMost: 1.4 }, 0.2, true],
    [1.7, { atMost: 1.4 }, 0.2, false],
    [30, { atLeast: 30 }, 0, true],
    [25, { atLeast: 30 }, 0, false],
    [25, { atLeast: 30 }, 0.2, true],
])('%d is held against %j with a tolerance of %d: %s', (value, goal, tolerance, expected) => {
    expect(isMet({ name: '', unit: 's', value, goal }, tolerance)).toBe(expected);
});

test.each([
    [{ value: 0.000_123_4, unit: 's' }, '0.000123 s'],
    [{ value: 999.4, unit: 'ms' }, '999 ms'],
    [{ value: 1_234.5, unit: 'ms' }, '1,235 ms'],
    [{ value: 31.26, unit: 'x' }, '31.3x'],
])('%j reads %s', (figure, text) => {
    expect(shownValue(figure)).toBe(text);
});
