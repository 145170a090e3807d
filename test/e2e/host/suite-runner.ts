/** Runs named tests one after the other inside an extension host and writes what became of them to a file. */
import { renameSync, writeFileSync } from 'node:fs';

/** One test of the suite; it fails by throwing. */
export type HostTest = {
    readonly name: string;
    readonly run: () => Promise<void>;
};

/** The tests, what brings the editor back to its first state after each of them, and the file of the report. */
export type HostSuite = {
    readonly tests: readonly HostTest[];
    readonly report: string;
    readonly restore: () => Promise<void>;
};

type HostResult = {
    readonly name: string;
    readonly seconds: number;
    readonly outcome: 'passed' | 'failed';
    readonly detail: string;
};

const runOne = async (test: HostTest): Promise<HostResult> => {
    const started = performance.now();
    const fault = await test.run().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    const seconds = (performance.now() - started) / 1000;
    return { name: test.name, seconds, outcome: fault === undefined ? 'passed' : 'failed', detail: fault ?? '' };
};

const writeReport = (file: string, results: readonly HostResult[]): void => {
    // Renamed into place, so that a report that exists is whole.
    writeFileSync(`${file}.new`, JSON.stringify(results));
    renameSync(`${file}.new`, file);
};

/** Runs the suite and writes its report. Throws when a test failed, for that is what VS Code counts. */
export const runSuite = async (suite: HostSuite): Promise<void> => {
    const results: HostResult[] = [];
    for (const test of suite.tests) {
        results.push(await runOne(test));
        await suite.restore();
    }
    writeReport(suite.report, results);
    const failures = results.filter((result) => result.outcome === 'failed');
    if (failures.length > 0) throw new Error(`${failures.length} of ${results.length} tests failed`);
};
