/** Runs the suite of test/e2e/host in a desktop VS Code, where one can be downloaded (needs a display). */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { makeDirectories, removeDirectories, type WorkbenchDirectories } from './directories.ts';
import { failed, type Outcome, success } from './outcome.ts';
import { bundleSuite, readReport, reportVariable, type SuiteBundle } from './suite-bundle.ts';
import { reasonOf, type TestResult } from './test-case.ts';

const title = 'suite in a desktop VS Code';

const download = async (): Promise<Outcome<string>> => {
    try {
        return success(await downloadAndUnzipVSCode({ version: process.env['VSCODE_VERSION'] ?? 'stable' }));
    } catch (error) {
        return failed(
            `A desktop VS Code cannot be downloaded here: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
};

const runIn = async (
    executable: string,
    repository: string,
    bundle: SuiteBundle,
    directories: WorkbenchDirectories,
): Promise<readonly TestResult[]> => {
    const folder = path.join(directories.root, 'ws', 'hello-cluster');
    cpSync(path.join(repository, 'examples', 'hello-cluster'), folder, { recursive: true });
    const report = path.join(directories.root, 'report.json');
    const code = await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: repository,
        extensionTestsPath: bundle.entry,
        extensionTestsEnv: { [reportVariable]: report, ROBOCONF_STATE: path.join(directories.root, 'state') },
        launchArgs: [
            folder,
            '--disable-workspace-trust',
            '--disable-extensions',
            ...['--user-data-dir', directories.data],
            ...['--extensions-dir', directories.extensions],
        ],
    }).catch((error: unknown) => reasonOf(error));
    const reported = await readReport(report, title);
    const isGreen = reported.every((result) => result.outcome === 'passed');
    if (isGreen && code !== 0)
        return [...reported, { name: title, seconds: 0, outcome: 'broken', detail: String(code) }];
    return reported;
};

/** Runs the suite. Fails when VS Code cannot be downloaded; $VSCODE_EXECUTABLE names one that is there already. */
export const runSuiteInElectron = async (
    repository: string,
    signal: AbortSignal,
): Promise<Outcome<readonly TestResult[]>> => {
    const named = process.env['VSCODE_EXECUTABLE'];
    const executable = named === undefined ? await download() : success(named);
    if (!executable.ok) return executable;
    if (signal.aborted) return failed('interrupted');
    const bundle = await bundleSuite(repository);
    const directories = makeDirectories();
    try {
        return success(await runIn(executable.value, repository, bundle, directories));
    } finally {
        removeDirectories(directories);
    }
};
