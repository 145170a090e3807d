/** The page of reliability names tests that exist, shows what was counted, and is the one that is generated. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readBenchRecords } from '../../scripts/benchmark-page.ts';
import { allFaults } from '../../scripts/reliability-faults.ts';
import { missingFaultTests, readObservations, reliabilityPage } from '../../scripts/reliability-page.ts';

const root = resolve(import.meta.dirname, '../..');

test('every test that is named exists, and every row has an id of its own and something that shows it', () => {
    expect(missingFaultTests(root)).toEqual([]);
    const ids = allFaults().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(allFaults().filter(({ shownBy, command }) => shownBy.length === 0 && command === undefined)).toEqual([]);
});

test('what was counted belongs to a row', () => {
    const ids = new Set(allFaults().map(({ id }) => id));
    expect(Object.keys(readObservations(root)).filter((id) => !ids.has(id))).toEqual([]);
});

test('the page is the generated one', () => {
    const cells = (text: string): readonly string[] =>
        text
            .split('\n')
            .map((line) => line.replaceAll(/[ -]+/g, ' ').trim())
            .filter((line) => line !== '');
    const written = readFileSync(join(root, 'docs', 'reliability.md'), 'utf8');
    expect(cells(written)).toEqual(cells(reliabilityPage(readObservations(root), readBenchRecords(root))));
});

test('a row shows figures, tests and failures of the last time, and what a bench measured', () => {
    const observation = { commit: 'abc', node: 'v24', passed: 2, failed: 1, figures: ['25 kills'] };
    const figure = { name: 'from resume to the next step, 100,000 records', value: 215.4, unit: 'ms' };
    const bench = { command: 'npm run bench -- journal', commit: 'abc', load: 0, versions: {}, figures: [figure] };
    const page = reliabilityPage({ 'long-journal': observation }, new Map([['journal', bench]]));
    const row = page.split('\n').find((line) => line.includes('100,000 records is killed')) ?? '';
    expect(row).toContain(
        '| 25 kills<br>2 tests passed<br>**1 failed**<br>commit abc<br>from resume to the next step, 50 records: not measured<br>from resume to the next step, 100,000 records: 215 ms |',
    );
    expect(row).toContain('`npm run reliability -- long-journal`<br>`npm run bench -- journal`');
    expect(page.split('\n').find((line) => line.includes('can only be read'))).toContain('| not counted yet |');
});
