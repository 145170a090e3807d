/** Machines whose end is forced, or asked for again by the next runner: they stand in nobody's way, and nobody watches them. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DrivenConfig } from '../../../runner/driven-config.ts';
import { identityOf } from '../../../runner/deployment-identity.ts';
import type { Order } from '../../../runner/protocol.ts';
import type { Runner } from '../../../runner/runner.ts';
import type { KeptConnections } from '../../../runner/ssh/connections.ts';
import { deploymentPathsIn } from '../../../runner/state-directory.ts';
import { createEmbeddedPool } from '../../../runner/targets/embedded-pool.ts';
import { releaseClaim, takeClaim } from '../../../runner/targets/pool-claims.ts';
import { createRoute } from '../../../runner/targets/route.ts';
import { readTarget } from '../../../runner/targets/snapshots.ts';
import type { Target, TargetAdapter } from '../../../runner/targets/target.ts';
import { sketchModel, temporaryDirectory } from '../support/application.ts';
import { drive, recordingExecutor } from '../support/driven.ts';

const signal = AbortSignal.timeout(20_000);

const MODEL = sketchModel({ VM: { installer: 'target', exports: { ip: null } } }, { '/far': 'VM' });
const DEFINITION = { id: 'pool', handler: 'pool', name: 'Pool', properties: { id: 'pool' }, directory: '/' };
const DEPLOY: Order = {
    kind: 'deploy',
    model: MODEL,
    paths: [],
    targets: { definitions: { pool: DEFINITION }, associations: { '/far': 'pool' } },
};

/** Runners over a machine that is there until somebody lets its destruction end. */
function createWorld(root: string) {
    const asked: string[] = [];
    const watched = new Set<string>();
    const destructions: PromiseWithResolvers<Awaited<ReturnType<Target['destroy']>>>[] = [];
    const adapter: TargetAdapter = {
        target: {
            create: () => Promise.resolve({ kind: 'made', machineId: 'm' }),
            configure: () => Promise.resolve({ kind: 'configured', address: '10.9.9.9' }),
            isRunning: () => Promise.resolve('running'),
            destroy: () => {
                asked.push('destroy');
                const destruction = Promise.withResolvers<Awaited<ReturnType<Target['destroy']>>>();
                destructions.push(destruction);
                return destruction.promise;
            },
            giveUp: ({ machineId }) => void asked.push(`give up ${machineId}`),
            list: () => Promise.resolve({ kind: 'listed', machines: [] }),
        },
        steps: {
            ...recordingExecutor([]),
            attend: ({ path }) => void watched.add(path),
            ignore: (path) => void watched.delete(path),
        },
        dispose: () => Promise.resolve(),
    };
    const paths = () => deploymentPathsIn(join(root, 'state', readdirSync(join(root, 'state'))[0] ?? ''));
    const executorFor: DrivenConfig['executorFor'] = ({ onMachineNews }) =>
        createRoute({
            local: recordingExecutor([]),
            deploymentOf: () => identityOf(paths()),
            definitionOf: (name) => readTarget(paths().targets, name),
            open: () => Promise.resolve(adapter),
            onMachineNews,
        });
    return { asked, watched, destructions, open: () => drive(root, [], { executorFor }) };
}

async function quietAfter(runner: Runner, order: Order): Promise<string | null> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    return (await runner.whenQuiet(signal))?.outcome ?? null;
}

const FAILED = { kind: 'failed', reason: 'it does not answer' } as const;

test('a machine whose end is forced is given up before it is destroyed', async () => {
    using place = temporaryDirectory();
    const { asked, destructions, open } = createWorld(place.path);
    const runner = await open();
    expect(await quietAfter(runner, DEPLOY)).toBe('succeeded');
    const quiet = quietAfter(runner, { kind: 'undeploy', paths: ['/far'], force: true });
    await expect.poll(() => asked).toEqual(['give up m', 'destroy']);
    destructions[0]?.resolve(FAILED);
    expect(await quiet).toBe('succeeded');
    await runner.dispose();
});

test('one that is being destroyed is given up as soon as that is ordered', async () => {
    using place = temporaryDirectory();
    const { asked, destructions, open } = createWorld(place.path);
    const runner = await open();
    await quietAfter(runner, DEPLOY);
    await runner.order({ kind: 'undeploy', paths: ['/far'] }, signal);
    await expect.poll(() => asked).toEqual(['destroy']);
    const quiet = quietAfter(runner, { kind: 'undeploy', paths: ['/far'], force: true });
    await expect.poll(() => asked).toEqual(['destroy', 'give up m', 'destroy']);
    for (const { resolve } of destructions) resolve(FAILED);
    expect(await quiet).toBe('succeeded');
    expect((await runner.snapshot(signal)).instances).toMatchObject([{ status: 'NOT_DEPLOYED' }]);
    await runner.dispose();
});

test('one whose end is asked for again by the next runner is not watched any more', async () => {
    using place = temporaryDirectory();
    const { asked, watched, destructions, open } = createWorld(place.path);
    const first = await open();
    await quietAfter(first, DEPLOY);
    expect([...watched]).toEqual(['/far']);
    await first.order({ kind: 'undeploy', paths: [] }, signal);
    await expect.poll(() => asked).toEqual(['destroy']);
    await first.dispose();
    const next = await open();
    await expect.poll(() => asked).toEqual(['destroy', 'destroy']);
    expect([...watched]).toEqual([]);
    destructions[1]?.resolve({ kind: 'destroyed' });
    await expect.poll(async () => (await next.snapshot(signal)).instances).toMatchObject([{ status: 'NOT_DEPLOYED' }]);
    expect([...watched]).toEqual([]);
    await next.dispose();
});

test('the address of a machine that was given up is passed over, and taken when no other one is free', async () => {
    using place = temporaryDirectory();
    const connections: KeptConnections = {
        connect: () =>
            Promise.resolve({ kind: 'refused', code: 'unreachable', message: 'it does not answer', hostKey: null }),
        end: () => undefined,
        dispose: () => Promise.resolve(),
    };
    const definition = { ...DEFINITION, properties: { id: 'pool', 'embedded.ip': 'a, b' } };
    const pool = createEmbeddedPool({
        ...{ definition, connections, stateDirectory: place.path },
        context: { secretOf: () => undefined, environment: {}, home: place.path },
        agents: { prepare: () => Promise.resolve(null) },
    });
    const tag = { deployment: 'one', path: '/vm' };
    expect(await pool.create(tag, signal)).toEqual({ kind: 'made', machineId: 'a' });
    const machine = { tag, machineId: 'a' };
    pool.giveUp?.(machine);
    pool.giveUp?.(machine);
    expect(await pool.list('one', signal)).toEqual({ kind: 'listed', machines: [] });
    expect(await pool.isRunning(machine, signal)).not.toBe('running');
    expect(await pool.create(tag, signal)).toEqual({ kind: 'made', machineId: 'b' });
    expect(await pool.create({ ...tag, path: '/other' }, signal)).toEqual({ kind: 'made', machineId: 'a' });
    expect(await pool.create({ ...tag, path: '/third' }, signal)).toMatchObject({ kind: 'failed' });
});

test('a draft of a claim whose process was killed goes with the next claim that is given back, one of a living process stays', () => {
    using place = temporaryDirectory();
    const pools = join(place.path, 'pools');
    mkdirSync(pools);
    const living = `${process.ppid}-x.draft`;
    for (const name of ['4194305-x.draft', living]) writeFileSync(join(pools, name), '');
    const tag = { deployment: 'one', path: '/vm' };
    const claim = { ...tag, address: 'a', isTouched: false, leftBy: null, isGivenUp: false };
    expect(takeClaim(place.path, 'a:22', claim)).toBe('taken');
    releaseClaim(place.path, 'a:22', tag);
    expect(readdirSync(pools)).toEqual([living]);
});
