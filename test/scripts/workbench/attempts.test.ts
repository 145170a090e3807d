import { expect, test } from 'vitest';
import { countsOf, exitCodeOf, resultText, summaryText } from '../../../scripts/workbench/report.ts';
import { type Attempt, runInAttempts } from '../../../scripts/workbench/attempts.ts';
import type { TestResult } from '../../../scripts/workbench/test-case.ts';

const { signal } = new AbortController();

const result = (name: string, outcome: TestResult['outcome'], detail = ''): TestResult => ({
    name,
    seconds: 2,
    outcome,
    detail,
});

/** Answers one list after the other, and notes which attempts were made. */
const played = (...lists: readonly (readonly TestResult[])[]) => {
    const attempts: number[] = [];
    const attempt: Attempt = (number) => {
        attempts.push(number);
        return Promise.resolve(lists[number - 1] ?? []);
    };
    return { attempts, attempt };
};

const texts = (results: readonly TestResult[]): readonly string[] => results.map(resultText);

test('what passes is tried once', async () => {
    const { attempt, attempts } = played([result('draws', 'passed')]);
    const attempted = await runInAttempts(attempt, signal);
    expect(attempts).toEqual([1]);
    expect(texts(attempted.results)).toEqual(['ok   draws (2.0 s)']);
    expect(summaryText(countsOf(attempted))).toBe('end to end: 1 passed, 0 failed, 0 second attempts');
});

test('what fails once has passed, with its first failure told in full', async () => {
    const { attempt, attempts } = played(
        [result('draws', 'failed', 'no node\nSee a.png')],
        [result('draws', 'passed')],
    );
    const attempted = await runInAttempts(attempt, signal);
    expect(attempts).toEqual([1, 2]);
    expect(texts(attempted.results)).toEqual(['ok   draws (4.0 s) (second attempt)\n     no node\n     See a.png']);
    expect(summaryText(countsOf(attempted))).toBe('end to end: 1 passed, 0 failed, 1 second attempt');
    expect(exitCodeOf(attempted.results)).toBe(0);
});

test('what fails twice fails, with both failures told', async () => {
    const { attempt } = played([result('draws', 'failed', 'no node')], [result('draws', 'failed', 'no edge')]);
    const attempted = await runInAttempts(attempt, signal);
    expect(texts(attempted.results)).toEqual([
        'FAIL draws (4.0 s)\n     no node\n     The second attempt failed as well:\n     no edge',
    ]);
    expect(summaryText(countsOf(attempted))).toBe('end to end: 0 passed, 1 failed, 1 second attempt');
    expect(exitCodeOf(attempted.results)).toBe(1);
});

test('of a suite only what failed is judged again', async () => {
    const first = [result('opens', 'passed'), result('draws', 'failed', 'no node')];
    const second = [result('opens', 'failed', 'slow'), result('draws', 'passed')];
    const attempted = await runInAttempts(played(first, second).attempt, signal);
    expect(attempted.results.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
        'opens passed',
        'draws recovered',
    ]);
});

test('a suite that broke is made good by one that ran, not by one that fails', async () => {
    const broken = [result('suite', 'broken', 'the page crashed')];
    const whole = await runInAttempts(played(broken, [result('opens', 'passed')]).attempt, signal);
    expect(whole.results.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['suite recovered', 'opens passed']);
    const again = await runInAttempts(played(broken, [result('opens', 'failed', 'slow')]).attempt, signal);
    expect(again.results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
});

test('a workbench that broke twice is tried a third time, and what failed in the second is not', async () => {
    const broken = [result('draws', 'broken', 'the page crashed')];
    const third = played(broken, broken, [result('draws', 'passed')]);
    const attempted = await runInAttempts(third.attempt, signal);
    expect(third.attempts).toEqual([1, 2, 3]);
    expect(attempted.secondAttemptCount).toBe(1);
    expect(texts(attempted.results)).toEqual([
        'ok   draws (6.0 s) (second attempt)\n     the page crashed\n     The second attempt failed as well:\n     the page crashed',
    ]);
    expect(exitCodeOf((await runInAttempts(played(broken, broken, broken).attempt, signal)).results)).toBe(2);
    const failing = played(broken, [result('draws', 'failed', 'no node')], [result('draws', 'passed')]);
    expect(exitCodeOf((await runInAttempts(failing.attempt, signal)).results)).toBe(1);
    expect(failing.attempts).toEqual([1, 2]);
});

test('nothing is tried again after an interruption, and no test at all is a failure', async () => {
    const { attempt, attempts } = played([result('draws', 'failed', 'interrupted')]);
    expect((await runInAttempts(attempt, AbortSignal.abort())).secondAttemptCount).toBe(0);
    expect(attempts).toEqual([1]);
    expect(countsOf({ results: [], secondAttemptCount: 0 }).failed).toBe(1);
    expect(exitCodeOf([])).toBe(2);
});
