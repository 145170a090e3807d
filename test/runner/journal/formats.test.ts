/**
 * Journals as every released version wrote them: each is read, replayed, and gone on with. They are in test/fixtures/journals, one folder
 * a journal, with the names of the steps that lay beside it; what one version wrote there never changes.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../runner/core/state.ts';
import { replayJournal } from '../../../runner/deployment-store.ts';
import type { Executor } from '../../../runner/executor.ts';
import { readJournal, type ReadJournal } from '../../../runner/journal/read.ts';
import { readTrustedJournal } from '../../../runner/journal/trusted.ts';
import { verifyJournal } from '../../../runner/journal/verify.ts';
import { deploymentSnapshotOf } from '../../../runner/projection.ts';
import type { DeploymentSnapshot, Order } from '../../../runner/protocol.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsOf, stepDirectoryOf, type DeploymentPaths } from '../../../runner/state-directory.ts';
import { temporaryDirectory } from '../support/application.ts';
import { drive, recordingExecutor } from '../support/driven.ts';

const FIXTURES = resolve(import.meta.dirname, '..', '..', 'fixtures', 'journals');
const signal = AbortSignal.timeout(20_000);

/** What each tells: records, its last run, and how often which status. */
const TOLD: Readonly<Record<string, unknown>> = {
    'v1-first': { records: 3, run: ['deploy', null], statuses: { DEPLOYING: 1 } },
    'v1-deployed': { records: 48, run: ['deploy', 'succeeded'], statuses: { DEPLOYED_STARTED: 8 } },
    'v1-changed': { records: 61, run: ['deploy', 'succeeded'], statuses: { DEPLOYED_STARTED: 8 } },
    'v1-failed': { records: 44, run: ['deploy', 'failed'], statuses: { DEPLOYED_STARTED: 5, UNRESOLVED: 3 } },
    'v1-finished': { records: 99, run: ['undeploy', 'succeeded'], statuses: { NOT_DEPLOYED: 8 } },
    'v1-killed': { records: 43, run: ['deploy', null], statuses: { DEPLOYED_STARTED: 6, STARTING: 2 } },
    'v1-segments': {
        records: 68,
        run: ['stop', 'succeeded'],
        statuses: { DEPLOYED_STARTED: 7, DEPLOYED_STOPPED: 1 },
    },
};
const names = readdirSync(FIXTURES).filter((name) => name.startsWith('v'));

function placed(name: string, root: string): DeploymentPaths {
    const paths = deploymentPathsOf(join(root, 'state'), { directory: root, deployment: 'shop' });
    mkdirSync(paths.steps, { recursive: true });
    cpSync(join(FIXTURES, name), paths.current, { recursive: true });
    const attempts = readFileSync(join(FIXTURES, name, 'steps.txt'), 'utf8')
        .split('\n')
        .slice(0, -1);
    for (const attempt of attempts) mkdirSync(stepDirectoryOf(paths, attempt));
    return paths;
}

function whole(journal: ReturnType<typeof readJournal>): ReadJournal {
    if (journal.kind !== 'read') throw new Error(JSON.stringify(journal));
    return journal;
}

function toldBy(journal: ReadJournal, paths: DeploymentPaths): DeploymentSnapshot {
    const replayed = replayJournal(journal, paths, DEFAULT_SETTINGS);
    if (replayed.kind !== 'replayed') throw new Error(replayed.message);
    return deploymentSnapshotOf(replayed.state, journal.opened.key, false);
}

function statusesOf({ instances }: DeploymentSnapshot): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status } of instances) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
}

test('there is a journal of every form', () => {
    expect(names).toEqual(Object.keys(TOLD).toSorted());
});

test.each(names)('%s is read, replayed and found whole', (name) => {
    using place = temporaryDirectory();
    const paths = placed(name, place.path);
    const journal = whole(readJournal(paths.journal));
    const told = toldBy(journal, paths);
    const run = told.run === null ? null : [told.run.order, told.run.outcome];
    expect({ records: journal.end.seq + 1, run, statuses: statusesOf(told) }).toEqual(TOLD[name]);
    expect(toldBy(whole(readTrustedJournal(paths)), paths)).toEqual(told);
    const verified = verifyJournal(paths.journal);
    expect(verified).toMatchObject({ isWhole: true, trusted: { records: journal.end.seq + 1 } });
});

async function carriedOut(runner: Runner, order: Order): Promise<DeploymentSnapshot> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    expect(await runner.whenQuiet(signal)).toMatchObject({ outcome: 'succeeded' });
    return runner.snapshot(signal);
}

function executor(): Executor {
    const findPorts: Executor['findPorts'] = ({ count }) =>
        Promise.resolve(Array.from({ length: count }, (_, index) => 20_000 + index));
    return { ...recordingExecutor([]), findPorts };
}

test.each(names)('%s is gone on with: ended, undeployed, deployed again', async (name) => {
    using place = temporaryDirectory();
    const { opened } = whole(readJournal(placed(name, place.path).journal));
    const runner = await drive(place.path, [], { fence: 9, executorFor: executor });
    const { run } = await runner.snapshot(signal);
    if (run?.outcome === null) await carriedOut(runner, { kind: 'resume', retryUnknown: false });
    const count = opened.model.instances.length;
    if (name !== 'v1-finished')
        expect(statusesOf(await carriedOut(runner, { kind: 'undeploy', paths: [] }))).toEqual({ NOT_DEPLOYED: count });
    const model = {
        ...opened.model,
        components: opened.model.components.map((each) => ({ ...each, recipeDirectory: null })),
    };
    const deployed = await carriedOut(runner, { kind: 'deploy', model, paths: [] });
    expect(statusesOf(deployed)).toEqual({ DEPLOYED_STARTED: count });
    await runner.dispose();
});
