/**
 * What failed is tried once more, in a workbench of its own: a real workbench on a busy machine may lose a key press or a second, a fault of
 * the product comes again. Where the workbench itself broke a second time, nothing is known about the product yet: it is tried a third time.
 * Nothing of a failure is hidden: it is reported as it was told.
 */
import type { TestResult } from './test-case.ts';

/** `secondAttemptCount`: how many of `results` came of more than one attempt. */
export type Attempted = { readonly results: readonly TestResult[]; readonly secondAttemptCount: number };

/** Runs tests; `number` tells the attempts apart, so that each can keep its own evidence. */
export type Attempt = (number: 1 | 2 | 3) => Promise<readonly TestResult[]>;

type Outcome = TestResult['outcome'];

const furtherAttempts: readonly { readonly number: 2 | 3; readonly name: string; readonly of: readonly Outcome[] }[] = [
    { number: 2, name: 'second', of: ['failed', 'broken'] },
    { number: 3, name: 'third', of: ['broken'] },
];

/** Runs an attempt, and further ones as long as there is a reason. What passes then is `recovered`, what fails again stays failed. */
export const runInAttempts = async (attempt: Attempt, signal: AbortSignal): Promise<Attempted> => {
    let results = await attempt(1);
    const first = results;
    for (const { number, name, of } of furtherAttempts) {
        const isOpen = ({ outcome }: TestResult): boolean => of.includes(outcome);
        if (!results.some(isOpen) || signal.aborted) break;
        const again = await attempt(number);
        const known = new Set(results.map((result) => result.name));
        results = [
            ...results.map((result) => (isOpen(result) ? settle(result, again, name) : result)),
            ...again.filter((result) => !known.has(result.name)),
        ];
    }
    return { results, secondAttemptCount: results === first ? 0 : first.filter((result) => !isPassed(result)).length };
};

const isPassed = ({ outcome }: TestResult): boolean => outcome === 'passed';

/** A failure that has no counterpart, such as that of a whole suite, is made good by a further attempt without any. */
const settle = (failure: TestResult, again: readonly TestResult[], attempt: string): TestResult => {
    const counterpart = again.filter(({ name }) => name === failure.name);
    const relevant = counterpart.length > 0 ? counterpart : again;
    const faults = relevant.filter((result) => !isPassed(result));
    const seconds = counterpart.reduce((total, result) => total + result.seconds, failure.seconds);
    const [fault] = faults;
    if (fault === undefined) return { ...failure, seconds, outcome: 'recovered' };
    const details = faults.map(({ detail }) => detail).join('\n');
    const detail = `${failure.detail}\nThe ${attempt} attempt failed as well:\n${details}`;
    return { ...failure, seconds, outcome: fault.outcome, detail };
};
