/**
 * What failed is tried once more, in a workbench of its own: a real workbench on a busy machine may lose a key press or a second, a fault of
 * the product comes again. Nothing of the first failure is hidden: it is reported as it was told.
 */
import type { TestResult } from './test-case.ts';

/** `secondAttemptCount`: how many of `results` came of two attempts. */
export type Attempted = { readonly results: readonly TestResult[]; readonly secondAttemptCount: number };

/** Runs tests; `number` tells the attempts apart, so that each can keep its own evidence. */
export type Attempt = (number: 1 | 2) => Promise<readonly TestResult[]>;

/** Runs an attempt, and a second one when anything failed in the first. What passes then is `recovered`, what fails again stays failed. */
export const runInTwoAttempts = async (attempt: Attempt, signal: AbortSignal): Promise<Attempted> => {
    const first = await attempt(1);
    if (first.every(isPassed) || signal.aborted) return { results: first, secondAttemptCount: 0 };
    const second = await attempt(2);
    const known = new Set(first.map(({ name }) => name));
    const results = [
        ...first.map((result) => (isPassed(result) ? result : settle(result, second))),
        ...second.filter(({ name }) => !known.has(name)),
    ];
    return { results, secondAttemptCount: first.filter((result) => !isPassed(result)).length };
};

const isPassed = ({ outcome }: TestResult): boolean => outcome === 'passed';

/** A failure that has no counterpart, such as that of a whole suite, is made good by a second attempt without any. */
const settle = (failure: TestResult, second: readonly TestResult[]): TestResult => {
    const counterpart = second.filter(({ name }) => name === failure.name);
    const again = counterpart.length > 0 ? counterpart : second;
    const faults = again.filter((result) => !isPassed(result));
    const seconds = counterpart.reduce((total, result) => total + result.seconds, failure.seconds);
    const [fault] = faults;
    if (fault === undefined) return { ...failure, seconds, outcome: 'recovered' };
    const details = faults.map(({ detail }) => detail).join('\n');
    const detail = `${failure.detail}\nThe second attempt failed as well:\n${details}`;
    return { ...failure, seconds, outcome: fault.outcome, detail };
};
