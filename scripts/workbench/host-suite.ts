/**
 * Runs the suite of test/e2e/host inside the extension host of the workbench, the way VS Code runs extension tests.
 * The exit code the workbench announces is 0 also when the extension host has died, so that it never counts alone:
 * a run is believed only when the report and the exit code agree.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestRun } from './run-tests.ts';
import { type Session, startSession } from './session.ts';
import { bundleSuite, readReport, reportVariable, type SuiteBundle } from './suite-bundle.ts';
import type { TestResult } from './test-case.ts';

/** What a failure of the suite as a whole is told under. */
export const suiteTitle = 'suite in the extension host';
const limitMs = 400_000;

type Ending =
    { readonly kind: 'exit'; readonly code: number } | { readonly kind: 'crash' } | { readonly kind: 'limit' };

const payloadOf = (bundle: SuiteBundle, authority: string): readonly (readonly [string, string])[] => [
    ['extensionDevelopmentPath', `vscode-remote://${authority}${bundle.extension}`],
    ['extensionTestsPath', `vscode-remote://${authority}${bundle.entry}`],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
];

const exposeHooks = async (page: Page, settle: (ending: Ending) => void): Promise<void> => {
    page.on('crash', () => {
        settle({ kind: 'crash' });
    });
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', (code: number) => {
        settle({ kind: 'exit', code });
    });
};

const broken = (detail: string): readonly TestResult[] => [{ name: suiteTitle, seconds: 0, outcome: 'broken', detail }];

const judge = (ending: Ending, reported: readonly TestResult[]): readonly TestResult[] => {
    switch (ending.kind) {
        case 'crash':
            return broken('the page crashed');
        case 'limit':
            return broken(`the suite did not end within ${limitMs / 1000} s`);
        case 'exit': {
            const isGreen = reported.every((result) => result.outcome === 'passed');
            const agrees = isGreen === (ending.code === 0);
            return agrees ? reported : [...reported, ...broken(`the workbench ended with code ${ending.code}`)];
        }
        default: {
            const never: never = ending;
            return never;
        }
    }
};

const finish = async (session: Session, ending: Ending, signal: AbortSignal): Promise<readonly TestResult[]> => {
    const reported = await readReport(path.join(session.directories.root, 'report.json'), suiteTitle);
    const left = await session.dispose(signal);
    const results = judge(ending, reported);
    if (left.length === 0) return results;
    const detail = left.map((found) => `process ${found.pid} ${found.command}`).join('\n');
    return [...results, { name: `${suiteTitle}: nothing is left behind`, seconds: 0, outcome: 'failed', detail }];
};

/** Runs the suite. A workbench that cannot be started, or a suite without a report, is one `broken` result. */
export const runSuiteInWorkbench = async (run: TestRun, signal: AbortSignal): Promise<readonly TestResult[]> => {
    const bundle = await bundleSuite(run.repository);
    const ended = Promise.withResolvers<Ending>();
    const started = await startSession(
        {
            workbench: run.workbench,
            browser: run.browser,
            repository: run.repository,
            extensions: run.extensions,
            folder: path.join(run.repository, 'examples', 'hello-cluster'),
            setup: {},
            pixelRatio: 1,
            environmentOf: (directories) => ({ [reportVariable]: path.join(directories.root, 'report.json') }),
            payload: (authority) => payloadOf(bundle, authority),
            prepare: async (page) => exposeHooks(page, ended.resolve),
        },
        signal,
    );
    if (!started.ok) return broken(started.reason);
    const limit = new AbortController();
    const waiting = sleep(limitMs, undefined, { signal: AbortSignal.any([limit.signal, signal]) })
        // Aborted: either the suite has ended, or a person wants this run to end.
        .catch(() => undefined)
        .then((): Ending => ({ kind: 'limit' }));
    const ending = await Promise.race([ended.promise, waiting]);
    limit.abort();
    return finish(started.value, ending, signal);
};
