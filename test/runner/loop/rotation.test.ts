/** A deployment whose journal goes to other files while it is driven: nothing of it is told otherwise than before. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRotation } from '../../../runner/journal/rotate.ts';
import { readTrustedJournal } from '../../../runner/journal/trusted.ts';
import { segmentsOf } from '../../../runner/journal/segments.ts';
import { snapshotFileOf } from '../../../runner/journal/snapshot.ts';
import { readHistory, readLogs, readStatus, verifyJournals } from '../../../runner/index.ts';
import type { Order } from '../../../runner/protocol.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsOf, namesIn, retiredPathsOf } from '../../../runner/state-directory.ts';
import { modelOf } from '../../scenarios/model-text.ts';
import { temporaryDirectory } from '../support/application.ts';
import { drive } from '../support/driven.ts';

const signal = AbortSignal.timeout(25_000);
const model = modelOf(
    ['VM is target gives ip', 'Store gives ip', 'Part gives ip needs Store.ip', '/data VM', '/data/store Store']
        .concat(['/web VM', '/web/a Part', '/web/b Part', '/web/c Part'])
        .join('\n'),
);
const rotation = { fullBytes: 6_000, create: createRotation };

async function carriedOut(runner: Runner, order: Order): Promise<void> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    expect(await runner.whenQuiet(signal)).toMatchObject({ outcome: 'succeeded' });
}

test('what a runner knows, the next one knows, from the snapshot and the records behind it', async () => {
    using place = temporaryDirectory();
    const state = join(place.path, 'state');
    const paths = deploymentPathsOf(state, { directory: place.path, deployment: 'shop' });
    const first = await drive(place.path, [], { rotation });
    await carriedOut(first, { kind: 'deploy', model, paths: [] });
    for (let turn = 0; turn < 3; turn++) {
        await carriedOut(first, { kind: 'stop', paths: ['/data/store'] });
        await carriedOut(first, { kind: 'start', paths: [] });
    }
    const known = await first.snapshot(signal);
    await first.dispose();
    expect(segmentsOf(paths.journal).length).toBeGreaterThan(2);
    const journal = readTrustedJournal(paths);
    if (journal.kind !== 'read') throw new Error(journal.kind);
    expect(journal.snapshot).not.toBeNull();
    expect(journal.events.length).toBeLessThan(known.sequence / 2);

    const second = await drive(place.path, [], { rotation, fence: 2 });
    expect(await second.snapshot(signal)).toEqual(known);
    expect(await readStatus(place.path, 'shop', state)).toMatchObject({ kind: 'known', snapshot: known });
    await carriedOut(second, { kind: 'stop', paths: ['/web'] });
    const runs = readHistory(place.path, 'shop', state);
    expect(runs.map(({ order }) => order)).toEqual([
        'stop',
        'start',
        'stop',
        'start',
        'stop',
        'start',
        'stop',
        'deploy',
    ]);
    const begun = runs.reduce((sum, { stepCount }) => sum + stepCount, 0);
    expect(readLogs(place.path, 'shop', [], state)).toHaveLength(begun);
    await carriedOut(second, { kind: 'undeploy', paths: [] });
    await carriedOut(second, { kind: 'deploy', model, paths: [] });
    await second.dispose();

    const [name = ''] = namesIn(paths.historyDirectory);
    const retired = retiredPathsOf(paths, name);
    expect(segmentsOf(retired.journal).length).toBeGreaterThan(3);
    expect(existsSync(snapshotFileOf(retired.journal))).toBe(false);
    expect(readHistory(place.path, 'shop', state)).toHaveLength(10);
    const verdicts = verifyJournals(place.path, 'shop', state);
    expect(verdicts.map(({ deployment, isWhole }) => [deployment, isWhole])).toEqual([
        ['current', true],
        [name, true],
    ]);
});
