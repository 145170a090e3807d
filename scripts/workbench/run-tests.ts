/** Runs end-to-end tests one after the other, each in a workbench of its own. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Workbench } from './install.ts';
import type { FoundProcess } from './processes.ts';
import { type Session, startSession, waitForWorkbench, WorkbenchFault } from './session.ts';
import { type EndToEndTest, reasonOf, type TestResult } from './test-case.ts';

/** What all tests of a run share. `extensions` is the directory the packaged extension is installed in. `evidence` receives screenshots and logs, `images` those of the documentation. */
export type TestRun = {
    readonly workbench: Workbench;
    readonly browser: string;
    readonly repository: string;
    readonly extensions: string;
    readonly evidence: string;
    readonly images: string | undefined;
};

const workbenchLimitMs = 120_000;
const settlingMs = 1_500;
const shownLength = 200;

const fileNameOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

const takePicture = async (run: TestRun, session: Session, name: string): Promise<void> => {
    const file = path.join(run.evidence, `${fileNameOf(name)}.png`);
    // The editor asks for lenses, badges and fonts when it likes: a picture people will see waits for the last of them.
    if (run.images !== undefined) await sleep(settlingMs);
    await session.page.screenshot({ path: file });
    if (run.images !== undefined) cpSync(file, path.join(run.images, path.basename(file)));
};

const keepEvidence = async (run: TestRun, session: Session, name: string): Promise<string> => {
    const base = path.join(run.evidence, fileNameOf(name));
    // The page may be the very thing that broke: the logs are worth keeping without its picture.
    await session.page.screenshot({ path: `${base}-failure.png` }).catch(() => undefined);
    const logs = path.join(session.directories.data, 'logs');
    if (existsSync(logs)) cpSync(logs, `${base}-logs`, { recursive: true });
    cpSync(session.state, `${base}-state`, { recursive: true });
    return `See ${base}-failure.png, ${base}-logs and ${base}-state`;
};

const withinLimit = async (work: Promise<void>, limitMs: number): Promise<void> => {
    const timer = new AbortController();
    const limit = sleep(limitMs, undefined, { signal: timer.signal }).then(
        () => {
            throw new Error(`the test did not end within ${limitMs / 1000} s`);
        },
        () => undefined,
    );
    try {
        await Promise.race([work, limit]);
    } finally {
        timer.abort();
    }
};

const unwanted = (session: Session, left: readonly FoundProcess[]): readonly string[] => [
    // A shell carries its whole script in its command line.
    ...left.map(
        ({ pid, command }) => `left behind: process ${pid} ${command.replaceAll(/\s+/g, ' ').slice(0, shownLength)}`,
    ),
    ...session.foreignRequests.map((address) => `asked the network for ${address}`),
];

/** `isBroken`: the workbench failed, rather than what it was to show. */
type Ending = { readonly faults: readonly string[]; readonly isBroken: boolean };

const runInSession = async (
    run: TestRun,
    test: EndToEndTest,
    session: Session,
    signal: AbortSignal,
): Promise<Ending> => {
    const picture = async (name: string): Promise<void> => takePicture(run, session, name);
    try {
        await withinLimit(test.run({ session, page: session.page, signal, picture }), test.limitMs);
        return { faults: [], isBroken: false };
    } catch (error) {
        const isBroken = error instanceof WorkbenchFault || session.crashes.length > 0;
        return { faults: [...session.crashes, reasonOf(error), await keepEvidence(run, session, test.name)], isBroken };
    }
};

const openSession = async (run: TestRun, test: EndToEndTest, signal: AbortSignal): Promise<Session | string> => {
    const started = await startSession(
        {
            workbench: run.workbench,
            browser: run.browser,
            repository: run.repository,
            extensions: run.extensions,
            folder: path.join(run.repository, test.folder),
            setup: test.setup ?? {},
            pixelRatio: run.images === undefined ? 1 : 2,
        },
        signal,
    );
    if (!started.ok) return started.reason;
    try {
        await waitForWorkbench(started.value.page, workbenchLimitMs);
        return started.value;
    } catch (error) {
        const evidence = await keepEvidence(run, started.value, test.name);
        await started.value.dispose(signal);
        return `${reasonOf(error)}\n${evidence}`;
    }
};

/** Runs one test. The result is `broken` when no workbench could be opened. */
export const runTest = async (run: TestRun, test: EndToEndTest, signal: AbortSignal): Promise<TestResult> => {
    const started = performance.now();
    const result = (outcome: TestResult['outcome'], detail: string): TestResult => ({
        name: test.name,
        seconds: (performance.now() - started) / 1000,
        outcome,
        detail,
    });
    mkdirSync(run.evidence, { recursive: true });
    const session = await openSession(run, test, signal);
    if (typeof session === 'string') return result('broken', session);
    const { faults, isBroken } = await runInSession(run, test, session, signal);
    const left = await session.dispose(signal);
    const all = [...faults, ...unwanted(session, left)];
    if (all.length === 0) return result('passed', '');
    return result(isBroken ? 'broken' : 'failed', all.join('\n'));
};
