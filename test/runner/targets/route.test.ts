/** One deployment over this computer and a target: every effect reaches the machine it is about, by the target that made that. */
import { expect, test } from 'vitest';
import type { StepRequest } from '../../../runner/executor.ts';
import type { DrivenConfig } from '../../../runner/driven-config.ts';
import { identityOf } from '../../../runner/deployment-identity.ts';
import type { DeploymentTargets, Order } from '../../../runner/protocol.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsIn } from '../../../runner/state-directory.ts';
import { createRoute } from '../../../runner/targets/route.ts';
import { readTarget } from '../../../runner/targets/snapshots.ts';
import type { FoundMachine, MachineNews, TargetAdapter, TargetContext } from '../../../runner/targets/target.ts';
import { sketchModel, temporaryDirectory } from '../support/application.ts';
import { drive, recordingExecutor } from '../support/driven.ts';
import { join } from 'node:path';
import { readdirSync } from 'node:fs';

const signal = AbortSignal.timeout(20_000);

const MODEL = sketchModel(
    {
        VM: { installer: 'target', exports: { ip: null } },
        Store: { installer: 'script', exports: { port: '1' } },
        Web: { installer: 'script', imports: ['Store.port'] },
    },
    { '/far': 'VM', '/far/store': 'Store', '/near': 'VM', '/near/web': 'Web' },
);

function targetsOf(id: string, user = 'me'): DeploymentTargets {
    const definition = { id, handler: 'pool', name: id, properties: { id, handler: 'pool', user }, directory: '/' };
    return { definitions: { [id]: definition }, associations: { '/far': id } };
}

const deployTo = (targets?: DeploymentTargets): Order => ({
    kind: 'deploy',
    model: MODEL,
    paths: [],
    ...(targets === undefined ? {} : { targets }),
});

/** A maker of machines that writes down what it is asked; two runners over it see the same machines. */
function createPool() {
    const asked: string[] = [];
    const machines = new Map<string, FoundMachine>();
    const tellers = new Map<string, (news: MachineNews) => void>();
    const open = (definition: TargetContext['definition'], tell: (news: MachineNews) => void): TargetAdapter => {
        const user = definition.properties['user'] ?? '';
        return {
            target: {
                create: (tag) => {
                    asked.push(`create ${tag.path} as ${user}`);
                    machines.set(tag.path, { tag, machineId: `m ${tag.path}` });
                    return Promise.resolve({ kind: 'made', machineId: `m ${tag.path}` });
                },
                configure: () => Promise.resolve({ kind: 'configured', address: '10.9.9.9' }),
                isRunning: () => Promise.resolve('running'),
                destroy: ({ tag }) => {
                    asked.push(`destroy ${tag.path} as ${user}`);
                    machines.delete(tag.path);
                    return Promise.resolve({ kind: 'destroyed' });
                },
                list: (deployment) =>
                    Promise.resolve({
                        kind: 'listed',
                        machines: [...machines.values()].filter(({ tag }) => tag.deployment === deployment),
                    }),
            },
            steps: {
                ...recordingExecutor([]),
                runStep: (request) => {
                    asked.push(`${request.phase} ${request.instancePath} on ${request.machine.address}`);
                    return Promise.resolve({ kind: 'succeeded', durationMs: 0, leftRunning: [] });
                },
                attend: ({ path, address }) => {
                    asked.push(`attend ${path} at ${address}`);
                    tellers.set(path, tell);
                },
                ignore: (path) => void tellers.delete(path),
            },
            dispose: () => Promise.resolve(),
        };
    };
    return { asked, open, tell: (news: MachineNews) => tellers.get(news.path)?.(news) };
}

type Pool = ReturnType<typeof createPool>;

/** Paths of the deployment of `drive`. */
function pathsIn(root: string) {
    const state = join(root, 'state');
    return deploymentPathsIn(join(state, readdirSync(state)[0] ?? ''));
}

async function driveOver(root: string, pool: Pool, local: StepRequest[] = []): Promise<Runner> {
    const executorFor: DrivenConfig['executorFor'] = ({ onMachineNews }) =>
        createRoute({
            local: recordingExecutor(local),
            deploymentOf: () => identityOf(pathsIn(root)),
            definitionOf: (name) => readTarget(pathsIn(root).targets, name),
            open: (definition, tell) => Promise.resolve(pool.open(definition, tell)),
            onMachineNews,
        });
    return drive(root, local, { executorFor });
}

async function quietAfter(runner: Runner, order: Order): Promise<string | null> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    return (await runner.whenQuiet(signal))?.outcome ?? null;
}

async function statuses(runner: Runner): Promise<Readonly<Record<string, string>>> {
    const { instances } = await runner.snapshot(signal);
    return Object.fromEntries(instances.map(({ path, status }) => [path, status]));
}

test('instances run where their machine is: on the target that made it, or on this computer', async () => {
    using place = temporaryDirectory();
    const pool = createPool();
    const local: StepRequest[] = [];
    const runner = await driveOver(place.path, pool, local);
    expect(await quietAfter(runner, deployTo(targetsOf('pool')))).toBe('succeeded');
    expect(pool.asked).toEqual([
        'create /far as me',
        'attend /far at 10.9.9.9',
        ...['initialize', 'deploy', 'start'].map((phase) => `${phase} /far/store on 10.9.9.9`),
    ]);
    expect(new Set(local.map(({ instancePath }) => instancePath))).toEqual(new Set(['/near/web']));
    const { instances } = await runner.snapshot(signal);
    expect(instances.filter(({ machine }) => machine !== undefined)).toMatchObject([
        { path: '/far', machine: { id: 'm /far', address: '10.9.9.9' } },
    ]);
    await runner.dispose();
});

test('a machine is ended by the target as it was when it was made, by the next runner too', async () => {
    using place = temporaryDirectory();
    const pool = createPool();
    const first = await driveOver(place.path, pool);
    await quietAfter(first, deployTo(targetsOf('pool')));
    const edited = deployTo(targetsOf('pool', 'somebody else'));
    const answer = await first.order(edited, signal);
    if (answer.kind !== 'changed' || edited.kind !== 'deploy') throw new Error(`answered ${answer.kind}`);
    await quietAfter(first, { ...edited, accept: answer.difference.fingerprint });
    await first.dispose();
    pool.asked.length = 0;
    const next = await driveOver(place.path, pool);
    await quietAfter(next, { kind: 'undeploy', paths: [] });
    expect(pool.asked).toContain('attend /far at 10.9.9.9');
    expect(pool.asked.at(-1)).toBe('destroy /far as me');
    pool.asked.length = 0;
    expect(await quietAfter(next, deployTo(targetsOf('pool', 'third')))).toBe('succeeded');
    expect(pool.asked[0]).toBe('create /far as third');
    await next.dispose();
});

test('what a lost machine exports is withdrawn, and back when it answers again', async () => {
    using place = temporaryDirectory();
    const pool = createPool();
    const runner = await driveOver(place.path, pool);
    await quietAfter(runner, deployTo(targetsOf('pool')));
    pool.tell({ kind: 'lost', path: '/far', reason: 'silence' });
    await expect.poll(() => statuses(runner)).toMatchObject({ '/far': 'PROBLEM', '/near/web': 'UNRESOLVED' });
    pool.tell({ kind: 'back', path: '/far', machineId: 'm /far', address: '10.9.9.9', isRebooted: false });
    const isUp = { '/far': 'DEPLOYED_STARTED', '/far/store': 'DEPLOYED_STARTED', '/near/web': 'DEPLOYED_STARTED' };
    await expect.poll(() => statuses(runner)).toMatchObject(isUp);
    await runner.dispose();
});
