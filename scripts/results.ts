/** Adds up what the test runners wrote and prints the closing line that continuous integration reads. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failuresIn, valueOf } from './failures.ts';
import { root } from './steps.ts';

export interface Counts {
    readonly passed: number;
    readonly failed: number;
}

/** Prints what failed, then `N passed, N failed` alone on a line. A report that is missing counts as one failure: its runner did not finish. */
export function printSummary(files: readonly string[], others: Counts): Counts {
    const reports = files.map(reportIn);
    const all = [others, ...reports.map(countsOf)];
    const sum = {
        passed: all.reduce((total, counts) => total + counts.passed, 0),
        failed: all.reduce((total, counts) => total + counts.failed, 0),
    };
    for (const { name, detail } of reports.flatMap(failuresIn))
        console.log(`FAIL ${name}\n${detail}`.replaceAll(`${root}/`, ''));
    console.log(`${sum.passed} passed, ${sum.failed} failed`);
    return sum;
}

function countsOf(written: unknown): Counts {
    if (written === undefined) return { passed: 0, failed: 1 };
    return {
        passed: numberOf(written, 'numPassedTests') ?? numberOf(written, 'passed') ?? 0,
        failed: numberOf(written, 'numFailedTests') ?? numberOf(written, 'failed') ?? 1,
    };
}

function reportIn(file: string): unknown {
    const path = join(root, file);
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function numberOf(value: unknown, key: string): number | undefined {
    const found = valueOf(value, key);
    return typeof found === 'number' ? found : undefined;
}
