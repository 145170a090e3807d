/** Adds up what the test runners wrote and prints the closing line that continuous integration reads. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.ts';

export interface Counts {
    readonly passed: number;
    readonly failed: number;
}

/** Prints `N passed, N failed` alone on a line. A report that is missing counts as one failure: its runner did not finish. */
export function printSummary(files: readonly string[], others: Counts): Counts {
    const all = [others, ...files.map(countsOf)];
    const sum = {
        passed: all.reduce((total, counts) => total + counts.passed, 0),
        failed: all.reduce((total, counts) => total + counts.failed, 0),
    };
    console.log(`${sum.passed} passed, ${sum.failed} failed`);
    return sum;
}

function countsOf(file: string): Counts {
    const path = join(root, file);
    if (!existsSync(path)) return { passed: 0, failed: 1 };
    const written: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return {
        passed: numberOf(written, 'numPassedTests') ?? numberOf(written, 'passed') ?? 0,
        failed: numberOf(written, 'numFailedTests') ?? numberOf(written, 'failed') ?? 1,
    };
}

function numberOf(value: unknown, key: string): number | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const found: unknown = Reflect.get(value, key);
    return typeof found === 'number' ? found : undefined;
}
