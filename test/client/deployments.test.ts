import { expect, test } from 'vitest';
import { deploymentId } from '../../client/deployments/deployment-view.ts';
import { createDeployments, type OrderResult } from '../../client/deployments/deployments.ts';
import type { Outcome } from '../../client/ui/outcome.ts';
import type { StatusAnswer } from '../../runner/index.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { EXIT_3, instanceAt, KEY, runOf, snapshotOf, startedAt } from './support/snapshots.ts';

const signal = new AbortController().signal;
const id = deploymentId(KEY);
const anywhere = { concerns: () => true, mayConnect: true };
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Waits as the giver of an order does. */
const quiet = async (answered: Outcome<OrderResult>) =>
    answered.kind === 'done' && answered.value.kind === 'accepted' ? answered.value.whenQuiet(signal) : undefined;

function scene(snapshot = snapshotOf([])) {
    const engine = playedEngine(snapshot);
    const access = playedAccess(engine);
    const reports: string[] = [];
    const deployments = createDeployments({ access, report: (message) => void reports.push(message) });
    const order = (paths: readonly string[] = []) =>
        deployments.order({ id, key: KEY, order: { kind: 'stop', paths } }, signal);
    const listed = (alive: boolean, resumable = false) => {
        access.listings = [{ key: KEY, alive, resumable, run: null, statuses: {}, damage: null }];
    };
    return { engine, access, deployments, reports, order, listed };
}

const changed = (sequence: number, instance = startedAt('/a')): RunnerEvent => ({
    kind: 'instanceChanged',
    instance,
    from: 'STARTING',
    because: 'it started',
    sequence,
    time: 0,
});

test('the first order starts a runner, the next ones use it', async () => {
    const { access, deployments, engine, order } = scene();
    expect(await order()).toMatchObject({ kind: 'done', value: { kind: 'accepted', id: 'r1' } });
    await order(['/a']);
    expect(access.opened).toEqual(['start']);
    expect(engine.orders).toHaveLength(2);
    expect(deployments.find(id)?.link).toEqual({ kind: 'live' });
});

test('a refused order is a failure with the reason of the runner', async () => {
    const { engine, order } = scene();
    engine.answer = { kind: 'refused', code: 'parentStopped', message: 'A port differs.' };
    expect(await order()).toMatchObject({ kind: 'failed', failure: { kind: 'refused', message: 'A port differs.' } });
});

test('events change the state one by one', async () => {
    const { deployments, engine, order } = scene(snapshotOf([instanceAt('/a'), instanceAt('/b')]));
    await order();
    engine.say(changed(2));
    expect(deployments.find(id)?.snapshot.instances.map(({ status }) => status)).toEqual([
        'DEPLOYED_STARTED',
        'NOT_DEPLOYED',
    ]);
});

test('an event the snapshot already contains changes nothing', async () => {
    const { deployments, engine, order } = scene({ ...snapshotOf([instanceAt('/a')]), sequence: 9 });
    await order();
    engine.say(changed(8));
    expect(deployments.find(id)?.snapshot.instances[0]?.status).toBe('NOT_DEPLOYED');
});

test('instances a run brings appear all at once', async () => {
    const { deployments, engine, order } = scene();
    await order();
    engine.snapshotNow = snapshotOf([instanceAt('/a'), instanceAt('/b')], runOf());
    engine.say({ kind: 'runBegun', run: runOf(), because: 'ordered', sequence: 1, time: 0 });
    engine.say(changed(2));
    expect(deployments.find(id)?.snapshot.instances).toEqual([]);
    await settle();
    expect(deployments.find(id)?.snapshot.instances.map(({ path, status }) => `${path} ${status}`)).toEqual([
        '/a DEPLOYED_STARTED',
        '/b NOT_DEPLOYED',
    ]);
});

test('who waits for quiet sees the state that belongs to it', async () => {
    const { deployments, engine, order } = scene();
    const accepted = await order();
    engine.say({ kind: 'runBegun', run: runOf(), because: 'ordered', sequence: 1, time: 0 });
    engine.say({ kind: 'runEnded', run: runOf({ endedAt: 1, outcome: 'failed' }), sequence: 2, time: 0 });
    await quiet(accepted);
    expect(deployments.find(id)?.snapshot.run?.outcome).toBe('failed');
});

test('a run that this window ordered is followed until its end is seen, not when its runner is lost', async () => {
    const { deployments, engine, order } = scene();
    expect(deployments.isFollowed(id)).toBe(false);
    const accepted = await order();
    await quiet(accepted);
    expect(deployments.isFollowed(id)).toBe(true);
    engine.lastRun = runOf({ endedAt: 1, outcome: 'succeeded' });
    await quiet(accepted);
    expect(deployments.isFollowed(id)).toBe(false);
});

test('steps whose end nobody knows are those of the state, also after a look at it alone', async () => {
    const unknown = { kind: 'unknown', phase: 'start' } as const;
    const lost = instanceAt('/a', { failure: { ...EXIT_3, ...unknown } });
    const { deployments, engine, order } = scene(snapshotOf([lost]));
    await order();
    expect(deployments.find(id)?.unknownSteps).toEqual([{ path: '/a', phase: 'start' }]);
    engine.say(changed(2));
    expect(deployments.find(id)?.unknownSteps).toEqual([]);
});

test('a model that differs is answered with the difference, and nothing is shown as begun', async () => {
    const { engine, order } = scene();
    const difference = { fingerprint: 'f', changes: [], others: ['its name'] };
    engine.answer = { kind: 'changed', difference };
    expect(await order()).toEqual({ kind: 'done', value: { kind: 'changed', difference } });
});

test('a runner of another version is told as such, and is asked to leave only when wanted', async () => {
    const { access, deployments, order } = scene();
    const { open } = access;
    access.open = (key, mode, until) =>
        mode === 'takeOver'
            ? open(key, mode, until)
            : Promise.resolve({ kind: 'refused', code: 'protocolVersion', message: 'An older runner drives it.' });
    expect(await order()).toEqual({
        kind: 'done',
        value: { kind: 'otherVersion', message: 'An older runner drives it.' },
    });
    expect(access.opened).toEqual([]);
    const request = { id, key: KEY, order: { kind: 'stop', paths: [] }, takeOver: true } as const;
    expect(await deployments.order(request, signal)).toMatchObject({ value: { kind: 'accepted' } });
    expect(access.opened).toEqual(['takeOver']);
});

test('a deployment that another version runs is shown from its journal', async () => {
    const { access, deployments, listed } = scene();
    listed(true);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: true, resumable: false };
    access.open = () => Promise.resolve({ kind: 'refused', code: 'protocolVersion', message: 'older' });
    await deployments.rescan(anywhere, signal);
    expect(deployments.list()[0]?.link).toEqual({ kind: 'otherVersion', message: 'older' });
});

test('a cancel is seen as soon as it is asked for', async () => {
    const { deployments, engine, order } = scene(snapshotOf([startedAt('/a')], runOf()));
    await order();
    const run = runOf({ cancelling: true });
    engine.say({ kind: 'runCancelling', run, steps: [], sequence: 2, time: 0 });
    expect(deployments.find(id)?.snapshot.run?.cancelling).toBe(true);
});

test('a deployment found alive is attached to, without starting a runner', async () => {
    const { access, deployments, listed } = scene(snapshotOf([startedAt('/a')]));
    listed(true);
    await deployments.rescan(anywhere, signal);
    await deployments.rescan(anywhere, signal);
    expect(access.opened).toEqual(['attach']);
    expect(deployments.list().map(({ link }) => link.kind)).toEqual(['live']);
});

test('two looks at one time keep one connection', async () => {
    const { access, deployments, engine, listed } = scene(snapshotOf([startedAt('/a')]));
    listed(true);
    const second = playedEngine(snapshotOf([startedAt('/a')]));
    const engines = [engine, second];
    // Only what an Engine has is used of a Runner.
    access.open = () => Promise.resolve({ kind: 'opened', runner: engines.shift() as never });
    await Promise.all([deployments.rescan(anywhere, signal), deployments.rescan(anywhere, signal)]);
    expect([engine.isDisposed(), second.isDisposed()]).toEqual([false, true]);
    expect(deployments.list().map(({ link }) => link.kind)).toEqual(['live']);
});

test('an engine that cannot say what there is is let go', async () => {
    const { deployments, engine, order } = scene();
    engine.snapshot = () => Promise.reject(new Error('no snapshot'));
    await expect(order()).rejects.toThrow('no snapshot');
    expect(engine.isDisposed()).toBe(true);
    expect(deployments.find(id)?.link).toEqual({ kind: 'idle' });
});

test('where connecting is not allowed the journal is shown and nothing is opened', async () => {
    const { access, deployments, listed } = scene();
    listed(true);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: true, resumable: false };
    await deployments.rescan({ ...anywhere, mayConnect: false }, signal);
    expect(access.opened).toEqual([]);
    expect(deployments.list().map(({ link }) => link.kind)).toEqual(['idle']);
});

test('deployments of other folders are not shown', async () => {
    const { deployments, listed } = scene();
    listed(true);
    await deployments.rescan({ concerns: () => false, mayConnect: true }, signal);
    expect(deployments.list()).toEqual([]);
});

test('a runner that is lost leaves an interrupted deployment, and says why', async () => {
    const { access, deployments, engine, listed, order, reports } = scene(snapshotOf([startedAt('/a')]));
    await order();
    listed(false, true);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: true };
    engine.end({ kind: 'lost', message: 'The connection broke.' });
    await settle();
    await settle();
    expect(deployments.find(id)?.link).toEqual({ kind: 'interrupted' });
    expect(reports).toEqual(['shop: The connection broke.']);
});

test('a damaged journal is shown with its reason', async () => {
    const { access, deployments, listed } = scene();
    listed(false);
    access.statusAnswer = { kind: 'damaged', key: KEY, message: 'Line 7 is damaged.' };
    await deployments.rescan(anywhere, signal);
    expect(deployments.list()[0]?.link).toEqual({ kind: 'damaged', message: 'Line 7 is damaged.' });
});

test('simulations have an entry each and leave with it', async () => {
    const { deployments, engine } = scene();
    const first = await deployments.addSimulation(engine, signal);
    const second = await deployments.addSimulation(playedEngine(), signal);
    expect(first).not.toBe(second);
    expect(deployments.list().map(({ simulated }) => simulated)).toEqual([true, true]);
    await deployments.remove(first);
    expect(engine.isDisposed()).toBe(true);
    expect(deployments.list().map((view) => view.id)).toEqual([second]);
});

test('disposing detaches from every runner', async () => {
    const { deployments, engine, order } = scene();
    await order();
    deployments.dispose();
    expect(engine.isDisposed()).toBe(true);
});

test('a run whose runner is lost while somebody waits is answered as it stood', async () => {
    const snapshot = snapshotOf([instanceAt('/a')], runOf());
    const { access, engine, listed, order } = scene(snapshot);
    access.statusAnswer = { kind: 'known', snapshot, alive: false, resumable: true };
    engine.whenQuiet = () => Promise.reject(new Error('The connection is closed.'));
    const accepted = await order();
    listed(false);
    engine.end({ kind: 'lost', message: 'gone' });
    await settle();
    const run = await quiet(accepted);
    expect(run).toMatchObject({ id: 'r1', outcome: null });
});

test('what was undeployed before the window looked is history; what fails or waits is not', async () => {
    const { access, deployments, listed } = scene();
    listed(false);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([instanceAt('/a')]), alive: false, resumable: false };
    await deployments.rescan(anywhere, signal);
    expect(deployments.list()).toEqual([]);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: false };
    await deployments.rescan(anywhere, signal);
    expect(deployments.list().map((view) => view.id)).toEqual([id]);
});

test('what was taken out of the list stays out until the next order', async () => {
    const { access, deployments, listed, order } = scene();
    listed(false);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: false };
    await deployments.rescan(anywhere, signal);
    await deployments.remove(id);
    await deployments.rescan(anywhere, signal);
    expect(deployments.list()).toEqual([]);
    await order();
    expect(deployments.list().map((view) => view.id)).toEqual([id]);
});

test('what ended while nobody here followed it is shown with its end, although it is listed no more', async () => {
    const { access, deployments, listed } = scene();
    listed(false);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: false };
    await deployments.rescan(anywhere, signal);
    access.listings = [];
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([instanceAt('/a')]), alive: false, resumable: false };
    await deployments.rescan({ ...anywhere, concerns: () => false }, signal);
    expect(deployments.find(id)?.snapshot.instances[0]?.status).toBe('DEPLOYED_STARTED');
    await deployments.rescan(anywhere, signal);
    expect(deployments.find(id)?.snapshot.instances[0]?.status).toBe('NOT_DEPLOYED');
});

test('what is left of a deployment that was deleted is taken away, a simulation is not', async () => {
    const { access, deployments, listed } = scene();
    listed(false);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: false };
    await deployments.rescan(anywhere, signal);
    const simulation = await deployments.addSimulation(playedEngine(), signal);
    access.listings = [];
    access.statusAnswer = { kind: 'none', key: KEY, related: [] };
    let changeCount = 0;
    deployments.onChange(() => (changeCount += 1));
    await deployments.rescan(anywhere, signal);
    expect(deployments.list().map((view) => view.id)).toEqual([simulation]);
    expect(changeCount).toBe(1);
});

test('a journal that was read before another look began is not shown after it', async () => {
    const { access, deployments, listed } = scene();
    listed(false);
    const answers = [Promise.withResolvers<StatusAnswer>(), Promise.withResolvers<StatusAnswer>()];
    const [first, second] = answers;
    const asked = answers.values();
    access.status = () => asked.next().value?.promise ?? Promise.resolve(access.statusAnswer);
    const looks = [deployments.rescan(anywhere, signal), deployments.rescan(anywhere, signal)];
    await settle();
    second?.resolve({
        kind: 'known',
        snapshot: snapshotOf([instanceAt('/a')], runOf({ endedAt: 1 })),
        alive: false,
        resumable: true,
    });
    await looks[1];
    first?.resolve({ kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: true });
    await looks[0];
    expect(deployments.find(id)?.snapshot.instances[0]?.status).toBe('NOT_DEPLOYED');
});

test('a runner that leaves before it has said what there is does not empty what is shown', async () => {
    const { access, deployments, engine, listed } = scene();
    listed(true);
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([startedAt('/a')]), alive: false, resumable: false };
    await deployments.rescan({ ...anywhere, mayConnect: false }, signal);
    const { open } = access;
    access.open = async (key, mode, until) => {
        listed(false);
        return open(key, mode, until);
    };
    const shown: number[] = [];
    deployments.onChange(() => shown.push(deployments.find(id)?.snapshot.instances.length ?? 0));
    engine.end({ kind: 'lost', message: 'gone' });
    await deployments.rescan(anywhere, signal);
    await settle();
    expect(shown).not.toContain(0);
});
