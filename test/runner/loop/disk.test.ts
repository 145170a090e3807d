/** What the runner does when nothing can be recorded any more, or somebody else has taken over. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Executor, StepRequest } from '../../../runner/executor.ts';
import { openJournalFile, type OpenJournalFile } from '../../../runner/journal/file-port.ts';
import type { RunSummary } from '../../../runner/protocol.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsOf } from '../../../runner/state-directory.ts';
import { sketchModel, temporaryDirectory } from '../support/application.ts';
import { drive, recordingExecutor } from '../support/driven.ts';

const signal = AbortSignal.timeout(10_000);
const model = sketchModel({ Log: { installer: 'logger' } }, { '/log': 'Log' });

/** A disk that takes `writes` writes and is full then. */
function fullAfter(writes: number): OpenJournalFile {
    let left = writes;
    return async (file, validBytes) => {
        const real = await openJournalFile(file, validBytes);
        return {
            close: real.close,
            append: (text) => (left-- > 0 ? real.append(text) : Promise.reject(new Error('ENOSPC: no space left'))),
        };
    };
}

test('a disk that is full from the start refuses the order and begins nothing', async () => {
    using place = temporaryDirectory();
    const steps: StepRequest[] = [];
    const runner = await drive(place.path, steps, { openFile: fullAfter(0) });
    const answer = await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    expect(answer).toMatchObject({ kind: 'refused', code: 'journalNotWritable' });
    expect(steps).toEqual([]);
});

test('a disk that fills up stops the run with a clear failure, and nothing unrecorded is begun', async () => {
    for (let writes = 1; writes < 5; writes++) {
        using place = temporaryDirectory();
        const steps: StepRequest[] = [];
        const runner = await drive(place.path, steps, { openFile: fullAfter(writes) });
        void runner.order({ kind: 'deploy', model, paths: [] }, signal);
        expect(await runner.stopped).toMatchObject({ kind: 'failed', code: 'journalNotWritable' });
        const next = await drive(place.path, [], {});
        const recorded = await next.logs([], signal);
        expect(steps.map(({ attempt }) => attempt)).toEqual(recorded.map(({ attempt }) => attempt));
        await next.dispose();
    }
});

test('a run whose end cannot be recorded is not told to have ended', async () => {
    let writes = 0;
    const counted: OpenJournalFile = async (file, validBytes) => {
        const real = await openJournalFile(file, validBytes);
        return { close: real.close, append: (text) => ((writes += 1), real.append(text)) };
    };
    using whole = temporaryDirectory();
    const complete = await drive(whole.path, [], { openFile: counted });
    await complete.order({ kind: 'deploy', model, paths: [] }, signal);
    expect(await complete.whenQuiet(signal)).toMatchObject({ outcome: 'succeeded' });
    await complete.dispose();
    using place = temporaryDirectory();
    const runner = await drive(place.path, [], { openFile: fullAfter(writes - 1) });
    await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    expect(await runner.whenQuiet(signal)).toMatchObject({ outcome: null, endedAt: null });
    expect((await runner.snapshot(signal)).run).toMatchObject({ outcome: null });
});

test('whoever waits for quiet has heard all that happened before', async () => {
    using place = temporaryDirectory();
    const slow: OpenJournalFile = async (file, validBytes) => {
        const real = await openJournalFile(file, validBytes);
        const append = async (text: string): Promise<void> => {
            await setTimeout(20);
            await real.append(text);
        };
        return { close: real.close, append };
    };
    const runner = await drive(place.path, [], { openFile: slow });
    const heard: string[] = [];
    runner.onEvent(({ kind }) => heard.push(kind));
    await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    // Asked at each moment, also while the end of the run is decided and not yet on the disk.
    while ((await abandoned(runner)) === null);
    expect(heard).toContain('runEnded');
    await runner.dispose();
});

/** What `whenQuiet` says within a few milliseconds; null when it still waits. */
async function abandoned(runner: Runner): Promise<RunSummary | null> {
    return Promise.race([runner.whenQuiet(signal), setTimeout(2, null)]);
}

test('a runner that was superseded writes nothing more', async () => {
    using place = temporaryDirectory();
    const steps: StepRequest[] = [];
    const runner = await drive(place.path, steps, { isSuperseded: () => true });
    const answer = await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    expect(answer).toMatchObject({ kind: 'refused', code: 'alreadyRunning' });
    expect(await runner.stopped).toMatchObject({ kind: 'failed', code: 'superseded' });
    expect(steps).toEqual([]);
});

test('a fault of the executor ends the runner instead of hanging it', async () => {
    using place = temporaryDirectory();
    const broken: Executor = { ...recordingExecutor([]), runStep: () => Promise.reject(new Error('a bug')) };
    const runner = await drive(place.path, [], { executorFor: () => broken });
    await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    const run = await runner.whenQuiet(signal);
    expect(run).toMatchObject({ outcome: null });
    expect(await runner.stopped).toMatchObject({ kind: 'failed', code: 'internal' });
});

test('an order after a fault of the runner is told so, and not that the disk is full', async () => {
    using place = temporaryDirectory();
    const broken: Executor = { ...recordingExecutor([]), runStep: () => Promise.reject(new Error('a bug')) };
    const runner = await drive(place.path, [], { executorFor: () => broken });
    await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    await runner.stopped;
    const answer = await runner.order({ kind: 'stop', paths: [] }, signal);
    expect(answer).toMatchObject({ kind: 'refused', code: 'internal' });
});

test('who opens a deployment with a torn journal is told what was cut; the next one is not', async () => {
    using place = temporaryDirectory();
    const { journal } = deploymentPathsOf(join(place.path, 'state'), { directory: place.path, deployment: 'shop' });
    const first = await drive(place.path, [], {});
    await first.order({ kind: 'deploy', model, paths: [] }, signal);
    await first.dispose();
    expect(first.notice).toBeNull();
    appendFileSync(journal, '{"v":1,"seq":99');
    const second = await drive(place.path, [], {});
    expect(second.notice).toContain('The last 15 bytes');
    expect(second.notice).toContain(journal);
    await second.dispose();
    const third = await drive(place.path, [], {});
    expect(third.notice).toBeNull();
    await third.dispose();
});
