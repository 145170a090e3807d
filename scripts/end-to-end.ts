/**
 * Runs the end-to-end tests on the packaged extension: each `test/e2e/*.e2e.ts` through the page of a real VS Code workbench, then the suite of
 * `test/e2e/host` inside its extension host. What fails is run once more in a workbench of its own, and a third time where the workbench
 * itself broke twice. Exit code 0: all passed, and at least one ran. 1: a test failed twice.
 * 2: the workbench could not be had or broke, so that nothing is known about the product.
 *
 * --only=TEXT      only tests whose name holds TEXT, or one of several such texts
 * --repeat=N       runs each of these tests N times, to see whether one is steady
 * --screenshots    keeps the pictures the tests take in docs/images
 * --electron       runs the suite in a downloaded desktop VS Code instead
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Attempt, type Attempted, runInAttempts } from './workbench/attempts.ts';
import { findChromium } from './workbench/chromium.ts';
import { commandLine, runCommand } from './workbench/command.ts';
import { runSuiteInElectron } from './workbench/electron.ts';
import { runSuiteInWorkbench, suiteTitle } from './workbench/host-suite.ts';
import { installWorkbench } from './workbench/install.ts';
import { installPackagedExtension } from './workbench/packaged-extension.ts';
import { announce, failed, type Outcome, success } from './workbench/outcome.ts';
import { createInterruption } from './workbench/process-group.ts';
import { countsOf, exitCodeOf, resultText, summaryText } from './workbench/report.ts';
import { runTest, type TestRun } from './workbench/run-tests.ts';
import { type EndToEndTest, parseTests, type TestResult } from './workbench/test-case.ts';

const repository = path.resolve(import.meta.dirname, '..');

const { values: options } = parseArgs({
    options: {
        only: { type: 'string', multiple: true, default: [''] },
        repeat: { type: 'string', default: '1' },
        screenshots: { type: 'boolean', default: false },
        electron: { type: 'boolean', default: false },
    },
});

const print = (result: TestResult): void => {
    console.log(resultText(result));
};

const isWanted = (name: string): boolean => options.only.some((text) => name.includes(text));

const loadTests = async (): Promise<readonly EndToEndTest[]> => {
    const files = globSync('test/e2e/*.e2e.ts', { cwd: repository }).toSorted();
    const loaded = await Promise.all(
        files.map(async (file): Promise<readonly EndToEndTest[]> => {
            const tests = parseTests(await import(pathToFileURL(path.join(repository, file)).href));
            if (tests === undefined) throw new Error(`${file} must export a list of tests named 'tests'`);
            return tests;
        }),
    );
    const wanted = loaded.flat().filter(({ name }) => isWanted(name));
    return wanted.flatMap((test) => Array.from({ length: Number(options.repeat) }, () => test));
};

/** The names of the suite's tests stand in its sources: where none is wanted, no further workbench is opened. */
const isSuiteWanted = (): boolean =>
    globSync('test/e2e/host/*.ts', { cwd: repository })
        .map((file) => readFileSync(path.join(repository, file), 'utf8'))
        .concat(suiteTitle)
        .some(isWanted);

const build = async (signal: AbortSignal): Promise<Outcome<string>> => {
    const command = { file: 'node', arguments: ['scripts/build.ts'], directory: repository, quiet: true };
    const built = await runCommand({ ...command, file: process.execPath }, signal);
    return built.ok ? built : failed(`${commandLine(command)} failed:\n${built.reason}`);
};

const prepareRun = async (signal: AbortSignal): Promise<Outcome<TestRun>> => {
    const built = await build(signal);
    if (!built.ok) return built;
    // One after the other: both may want the package manager of the system.
    const workbench = await installWorkbench(signal);
    if (!workbench.ok) return workbench;
    const extensions = await installPackagedExtension(workbench.value, repository, signal);
    if (!extensions.ok) return extensions;
    const browser = await findChromium(signal);
    if (!browser.ok) return browser;
    const images = options.screenshots ? path.join(repository, 'docs', 'images') : undefined;
    if (images !== undefined) mkdirSync(images, { recursive: true });
    const evidence = path.join(repository, '.cache', 'e2e');
    rmSync(evidence, { recursive: true, force: true });
    mkdirSync(evidence, { recursive: true });
    return success({
        workbench: workbench.value,
        browser: browser.value,
        repository,
        extensions: extensions.value,
        evidence,
        images,
    });
};

/** Each attempt keeps its own evidence. */
const evidenceOf = (run: TestRun, attempt: 1 | 2 | 3): TestRun =>
    attempt === 1 ? run : { ...run, evidence: path.join(run.evidence, `attempt-${attempt}`) };

const runInWorkbench = async (signal: AbortSignal): Promise<Outcome<Attempted>> => {
    const run = await prepareRun(signal);
    if (!run.ok) return run;
    const all: Attempted[] = [];
    const attempt = async (attempted: Promise<Attempted>): Promise<void> => {
        const latest = await attempted;
        latest.results.forEach(print);
        all.push(latest);
    };
    for (const test of await loadTests()) {
        if (signal.aborted) return failed('interrupted');
        const runOnce: Attempt = async (number) => [await runTest(evidenceOf(run.value, number), test, signal)];
        await attempt(runInAttempts(runOnce, signal));
    }
    const runSuite: Attempt = async (number) =>
        (await runSuiteInWorkbench(evidenceOf(run.value, number), signal)).filter(({ name }) => isWanted(name));
    if (isSuiteWanted()) await attempt(runInAttempts(runSuite, signal));
    return success({
        results: all.flatMap(({ results }) => results),
        secondAttemptCount: all.reduce((total, { secondAttemptCount }) => total + secondAttemptCount, 0),
    });
};

const runInElectron = async (signal: AbortSignal): Promise<Outcome<Attempted>> => {
    const built = await build(signal);
    if (!built.ok) return built;
    const outcome = await runSuiteInElectron(repository, signal);
    if (!outcome.ok) return outcome;
    outcome.value.forEach(print);
    return success({ results: outcome.value, secondAttemptCount: 0 });
};

const writeResults = (attempted: Attempted): void => {
    const folder = path.join(repository, '.cache', 'results');
    mkdirSync(folder, { recursive: true });
    const counts = countsOf(attempted);
    const written = { ...counts, tests: attempted.results };
    writeFileSync(path.join(folder, 'e2e.json'), JSON.stringify(written, undefined, 2));
    console.log(summaryText(counts));
};

const signal = createInterruption();
const outcome = options.electron ? await runInElectron(signal) : await runInWorkbench(signal);
if (!outcome.ok) announce(outcome.reason);
const attempted = outcome.ok ? outcome.value : { results: [], secondAttemptCount: 0 };
writeResults(attempted);
process.exitCode = exitCodeOf(attempted.results);
