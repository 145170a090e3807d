import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHistories } from '../../client/deployments/histories.ts';
import type { DeploymentEvent } from '../../client/deployments/deployments.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import type { PastRun } from '../../runner/index.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { KEY, runOf, snapshotOf, viewOf } from './support/snapshots.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const past = (id: string, begunAt: number): PastRun => ({
    ...runOf({ id, begunAt, endedAt: begunAt + 1, outcome: 'succeeded' }),
    deploymentBegunAt: 0,
    unreached: [],
    unreachedCount: 0,
    stepCount: 0,
    steps: [],
});

function scene() {
    const access = playedAccess(playedEngine());
    const events = createEmitter<DeploymentEvent>();
    const reports: string[] = [];
    const deployments = { onEvent: events.listen };
    const histories = createHistories({ access, deployments, report: (message) => void reports.push(message) });
    const say = (fields: Partial<DeploymentEvent['deployment']> = {}) =>
        events.emit({
            deployment: viewOf(snapshotOf([]), fields),
            event: { kind: 'runEnded', run: runOf(), sequence: 1, time: 0 },
        });
    const idsOf = () =>
        histories
            .all()
            .get(KEY.directory)
            ?.map(({ run }) => run.id);
    return { access, histories, reports, say, idsOf };
}

test('runs of the folders of the window are read, newest first, and again when one ends', async () => {
    const { access, histories, idsOf, say } = scene();
    access.runs = [past('r1', 1), past('r2', 2)];
    histories.look((directory) => directory === KEY.directory);
    await vi.advanceTimersByTimeAsync(400);
    expect(idsOf()).toEqual(['r2', 'r1']);
    access.runs = [past('r3', 3), ...access.runs];
    say({ simulated: true });
    await vi.advanceTimersByTimeAsync(400);
    expect(idsOf()).toEqual(['r2', 'r1']);
    say();
    await vi.advanceTimersByTimeAsync(400);
    expect(idsOf()).toEqual(['r3', 'r2', 'r1']);
    histories.dispose();
});

test('folders of other windows are left alone, and a fault is told', async () => {
    const { access, histories, idsOf, reports } = scene();
    access.runs = [past('r1', 1)];
    histories.look(() => false);
    await vi.advanceTimersByTimeAsync(400);
    expect(idsOf()).toBeUndefined();
    access.keys = () => Promise.reject(new Error('no disk'));
    histories.look(() => true);
    await vi.advanceTimersByTimeAsync(400);
    expect(reports).toEqual(['History: Error: no disk']);
});
