/** Bundles the suite that runs inside an extension host, into a minimal extension that holds nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { reasonOf, type TestResult } from './test-case.ts';

/** Where the suite lies. `extension` is an empty extension to develop, so that the one under test is the installed one. */
export type SuiteBundle = {
    readonly extension: string;
    readonly entry: string;
};

/** The environment variable that names the file the suite writes its report to. */
export const reportVariable = 'ROBOCONF_E2E_REPORT';

const manifest = {
    name: 'host-suite',
    publisher: 'roboconf-test',
    version: '1.0.0',
    engines: { vscode: '^1.101.0' },
};

/** Bundles test/e2e/host of `repository`. Throws when it cannot be bundled: that is a fault of the suite. */
export const bundleSuite = async (repository: string): Promise<SuiteBundle> => {
    const extension = path.join(repository, '.cache', 'host-suite');
    const entry = path.join(extension, 'suite.cjs');
    mkdirSync(extension, { recursive: true });
    writeFileSync(path.join(extension, 'package.json'), JSON.stringify(manifest));
    await build({
        entryPoints: [path.join(repository, 'test', 'e2e', 'host', 'index.ts')],
        outfile: entry,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node22',
        external: ['vscode'],
        sourcemap: 'inline',
        logLevel: 'silent',
    });
    return { extension, entry };
};

const isResult = (value: unknown): value is TestResult =>
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'seconds' in value &&
    typeof value.seconds === 'number' &&
    'outcome' in value &&
    (value.outcome === 'passed' || value.outcome === 'failed') &&
    'detail' in value &&
    typeof value.detail === 'string';

/** The results in a report. A report that is missing, unreadable or empty is one broken result: nothing is known. */
export const readReport = async (file: string, title: string): Promise<readonly TestResult[]> => {
    const broken = (detail: string): readonly TestResult[] => [{ name: title, seconds: 0, outcome: 'broken', detail }];
    try {
        const written: unknown = JSON.parse(await readFile(file, 'utf8'));
        if (Array.isArray(written) && written.length > 0 && written.every(isResult)) return written;
        return broken('the suite reported no test');
    } catch (error) {
        return broken(`the suite wrote no report: ${reasonOf(error)}`);
    }
};
