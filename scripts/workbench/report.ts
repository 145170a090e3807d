/** What is printed about end-to-end tests. */
import type { Attempted } from './attempts.ts';
import type { TestResult } from './test-case.ts';

const marks: { readonly [outcome in TestResult['outcome']]: string } = {
    passed: 'ok  ',
    recovered: 'ok  ',
    failed: 'FAIL',
    broken: 'FAIL',
};

/** One line about a test, and below it what failed, in full. */
export const resultText = ({ name, seconds, outcome, detail }: TestResult): string => {
    const attempt = outcome === 'recovered' ? ' (second attempt)' : '';
    const line = `${marks[outcome]} ${name} (${seconds.toFixed(1)} s)${attempt}`;
    return detail === '' ? line : `${line}\n${detail.replaceAll(/^/gm, '     ')}`;
};

/** Figures of a whole run. A run without any test proves nothing, so that it counts as one failure. */
export type Counts = { readonly passed: number; readonly failed: number; readonly secondAttempts: number };

/** A test that passed in its second attempt has passed. */
export const countsOf = ({ results, secondAttemptCount }: Attempted): Counts => {
    const passed = results.filter(({ outcome }) => outcome === 'passed' || outcome === 'recovered').length;
    const failed = results.length === 0 ? 1 : results.length - passed;
    return { passed, failed, secondAttempts: secondAttemptCount };
};

/** The last line of the step. */
export const summaryText = ({ passed, failed, secondAttempts }: Counts): string =>
    `end to end: ${passed} passed, ${failed} failed, ${secondAttempts} second attempt${secondAttempts === 1 ? '' : 's'}`;

/** 0: all passed, and at least one ran. 1: a test failed. 2: a workbench broke, so that nothing is known about the product. */
export const exitCodeOf = (results: readonly TestResult[]): 0 | 1 | 2 => {
    if (results.length === 0 || results.some(({ outcome }) => outcome === 'broken')) return 2;
    return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
};
