/**
 * Runs the end-to-end tests on the packaged extension: each `test/e2e/*.e2e.ts` through the page of a real VS Code workbench, then the suite of
 * `test/e2e/host` inside its extension host. Exit code 0: all passed, and at least one ran. 1: a test failed.
 * 2: the workbench could not be had or broke, so that nothing is known about the product.
 *
 * --only=TEXT      only tests whose name holds TEXT, or one of several such texts
 * --screenshots    keeps the pictures the tests take in docs/images
 * --electron       runs the suite in a downloaded desktop VS Code instead
 */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium } from './workbench/chromium.ts';
import { commandLine, runCommand } from './workbench/command.ts';
import { runSuiteInElectron } from './workbench/electron.ts';
import { runSuiteInWorkbench } from './workbench/host-suite.ts';
import { installWorkbench } from './workbench/install.ts';
import { installPackagedExtension } from './workbench/packaged-extension.ts';
import { announce, failed, type Outcome, success } from './workbench/outcome.ts';
import { createInterruption } from './workbench/process-group.ts';
import { runTest, type TestRun } from './workbench/run-tests.ts';
import { type EndToEndTest, parseTests, type TestResult } from './workbench/test-case.ts';

const repository = path.resolve(import.meta.dirname, '..');

const { values: options } = parseArgs({
    options: {
        only: { type: 'string', multiple: true, default: [''] },
        screenshots: { type: 'boolean', default: false },
        electron: { type: 'boolean', default: false },
    },
});

const marks: { readonly [outcome in TestResult['outcome']]: string } = {
    passed: 'ok  ',
    failed: 'FAIL',
    broken: 'FAIL',
};

const print = (result: TestResult): void => {
    console.log(`${marks[result.outcome]} ${result.name} (${result.seconds.toFixed(1)} s)`);
    if (result.detail !== '') console.log(result.detail.replaceAll(/^/gm, '     '));
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
    return loaded.flat().filter(({ name }) => isWanted(name));
};

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

const runInWorkbench = async (signal: AbortSignal): Promise<Outcome<readonly TestResult[]>> => {
    const run = await prepareRun(signal);
    if (!run.ok) return run;
    const results: TestResult[] = [];
    for (const test of await loadTests()) {
        if (signal.aborted) return failed('interrupted');
        const result = await runTest(run.value, test, signal);
        print(result);
        results.push(result);
    }
    const suite = (await runSuiteInWorkbench(run.value, signal)).filter((result) => isWanted(result.name));
    suite.forEach(print);
    return success([...results, ...suite]);
};

const runInElectron = async (signal: AbortSignal): Promise<Outcome<readonly TestResult[]>> => {
    const built = await build(signal);
    if (!built.ok) return built;
    const outcome = await runSuiteInElectron(repository, signal);
    if (outcome.ok) outcome.value.forEach(print);
    return outcome;
};

const writeResults = (results: readonly TestResult[]): void => {
    const folder = path.join(repository, '.cache', 'results');
    mkdirSync(folder, { recursive: true });
    const passed = results.filter((result) => result.outcome === 'passed').length;
    // A run without any test proves nothing, so that it counts as one failure.
    const counts = { passed, failed: results.length === 0 ? 1 : results.length - passed };
    writeFileSync(path.join(folder, 'e2e.json'), JSON.stringify({ ...counts, tests: results }, undefined, 2));
    console.log(`end to end: ${counts.passed} passed, ${counts.failed} failed`);
};

const exitCodeOf = (results: readonly TestResult[]): number => {
    if (results.length === 0 || results.some((result) => result.outcome === 'broken')) return 2;
    return results.every((result) => result.outcome === 'passed') ? 0 : 1;
};

const signal = createInterruption();
const outcome = options.electron ? await runInElectron(signal) : await runInWorkbench(signal);
if (!outcome.ok) announce(outcome.reason);
const results = outcome.ok ? outcome.value : [];
writeResults(results);
process.exitCode = exitCodeOf(results);
