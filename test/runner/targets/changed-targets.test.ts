/** Deploying again with other targets: what is there stays where it is, what is made from then on is made by the new ones. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Executor } from '../../../runner/executor.ts';
import type { DeploymentDifference, DeploymentTargets, Order, TargetDefinition } from '../../../runner/protocol.ts';
import { readDifference } from '../../../runner/read-difference.ts';
import type { Runner } from '../../../runner/runner.ts';
import { readRecordedTargets } from '../../../runner/targets/read-recorded.ts';
import { readTargetChoices } from '../../../runner/targets/read-choices.ts';
import { sketchModel, temporaryDirectory, type ComponentSketch } from '../support/application.ts';
import { drive, recordingExecutor } from '../support/driven.ts';

const signal = AbortSignal.timeout(20_000);

const COMPONENTS: Readonly<Record<string, ComponentSketch>> = {
    Vm: { installer: 'target' },
    App: { installer: 'logger' },
};
const INSTANCES = { '/a': 'Vm', '/a/app': 'App', '/b': 'Vm', '/b/app': 'App' };
const MODEL = sketchModel(COMPONENTS, INSTANCES);

function definitionOf(id: string, more: Readonly<Record<string, string>> = {}): TargetDefinition {
    return { id, handler: 'embedded', name: id, directory: '/', properties: { id, handler: 'embedded', ...more } };
}

/** Machines by path on targets by id. */
function targetsOf(
    associations: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
): DeploymentTargets {
    const ids = [...new Set(Object.values(associations))];
    return {
        definitions: Object.fromEntries(ids.map((id) => [id, definitionOf(id, more)])),
        associations,
        choices: ids.map((id) => ({ place: '', target: id })),
    };
}

let place: ReturnType<typeof temporaryDirectory>;
let runner: Runner;
/** `+ /a pool` for each machine made, `- /a pool` for each that was ended. */
let machines: string[];
let nameOf: Map<string, string>;

beforeEach(async () => {
    place = temporaryDirectory();
    machines = [];
    nameOf = new Map();
    runner = await open();
});
afterEach(async () => {
    await runner.dispose();
    place[Symbol.dispose]();
});

function open(): Promise<Runner> {
    const executor: Executor = {
        ...recordingExecutor([]),
        createMachine: ({ path, target }) => {
            machines.push(`+ ${path} ${told(target)}`);
            return Promise.resolve({ kind: 'up', machineId: path, address: '10.0.0.1' });
        },
        destroyMachine: ({ path, target }) => {
            machines.push(`- ${path} ${told(target)}`);
            return Promise.resolve({ kind: 'down' });
        },
    };
    return drive(place.path, [], { executorFor: () => executor });
}

/** Copies have names by content: they are told as letters, in the order they were first met. */
function told(target: string | null): string {
    if (target === null) return 'here';
    if (!nameOf.has(target)) nameOf.set(target, `target ${nameOf.size + 1}`);
    return nameOf.get(target) ?? '';
}

function deployOf(
    targets: DeploymentTargets | undefined,
    more: Partial<Extract<Order, { kind: 'deploy' }>> = {},
): Order {
    return { kind: 'deploy', model: MODEL, paths: [], ...(targets === undefined ? {} : { targets }), ...more };
}

async function run(order: Order): Promise<void> {
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    expect((await runner.whenQuiet(signal))?.outcome).toBe('succeeded');
}

async function differenceOf(order: Order): Promise<DeploymentDifference> {
    const answer = await runner.order(order, signal);
    if (answer.kind !== 'changed') throw new Error(`answered ${answer.kind}`);
    return answer.difference;
}

test('machines that are there stay; the difference says so once, and the new target makes what is made later', async () => {
    await run(deployOf(targetsOf({ '/a': 'pool', '/b': 'pool' })));
    const moved = targetsOf({ '/a': 'other' });
    const difference = await differenceOf(deployOf(moved));
    expect(difference.changes).toEqual([
        { path: '/a', kind: 'noted', reasons: ['its target is other; it stays on pool until it is undeployed'] },
        {
            path: '/b',
            kind: 'noted',
            reasons: ['its target is this computer; it stays on pool until it is undeployed'],
        },
    ]);
    await run(deployOf(moved, { accept: difference.fingerprint }));
    await run(deployOf(moved));
    expect(machines).toEqual(['+ /a target 1', '+ /b target 1']);
    machines.length = 0;
    await run({ kind: 'undeploy', paths: ['/a'] });
    await run(deployOf(moved));
    expect(machines).toEqual(['- /a target 1', '+ /a target 2']);
});

test('nothing is assigned while a difference was not accepted', async () => {
    await run(deployOf(targetsOf({ '/a': 'pool' }), { paths: ['/a'] }));
    await differenceOf(deployOf(targetsOf({ '/a': 'pool', '/b': 'other' })));
    machines.length = 0;
    await run(deployOf(undefined));
    expect(machines).toEqual(['+ /b here']);
});

test('what is not deployed yet is told what will make it, and a target back again that it is there already', async () => {
    await run(deployOf(targetsOf({ '/a': 'pool' }), { paths: ['/a'] }));
    const both = targetsOf({ '/a': 'other', '/b': 'other' });
    const first = await differenceOf(deployOf(both));
    expect(first.changes.at(-1)).toEqual({ path: '/b', kind: 'noted', reasons: ['its machine will be made by other'] });
    await run(deployOf(both, { accept: first.fingerprint, paths: ['/a'] }));
    const back = await differenceOf(deployOf(targetsOf({ '/a': 'pool', '/b': 'other' })));
    expect(back.changes).toEqual([{ path: '/a', kind: 'noted', reasons: ['its target is pool again, where it is'] }]);
});

test('a target file that was edited is another target; the machine is ended by the one that made it', async () => {
    await run(deployOf(targetsOf({ '/a': 'pool', '/b': 'pool' })));
    const edited = targetsOf({ '/a': 'pool', '/b': 'pool' }, { 'scp.user': 'root' });
    const { changes, fingerprint } = await differenceOf(deployOf(edited));
    const reason = 'its target pool was changed; it stays as it was made until it is undeployed';
    expect(changes.map(({ reasons }) => reasons)).toEqual([[reason], [reason]]);
    await run(deployOf(edited, { accept: fingerprint }));
    machines.length = 0;
    await run({ kind: 'undeploy', paths: [] });
    expect(machines.sort()).toEqual(['- /a target 1', '- /b target 1']);
});

test('other changes of an instance carry what becomes of its machine', async () => {
    await run(deployOf(targetsOf({ '/a': 'pool', '/b': 'pool' })));
    const model = sketchModel(COMPONENTS, { '/a': 'Vm', '/a/app': 'App', '/c': 'Vm' });
    const { changes } = await differenceOf(deployOf(targetsOf({ '/a': 'other', '/c': 'other' }), { model }));
    expect(changes.map(({ path, kind, reasons }) => [path, kind, ...reasons])).toEqual([
        ['/a', 'noted', 'its target is other; it stays on pool until it is undeployed'],
        ['/b', 'removed'],
        ['/b/app', 'removed'],
        ['/c', 'added', 'its machine will be made by other'],
    ]);
});

test('the disk alone tells the same difference, and what was chosen last until all is gone', async () => {
    const state = join(place.path, 'state');
    const choices = () => readTargetChoices(place.path, 'shop', state);
    expect(choices()).toEqual([]);
    await run(deployOf(targetsOf({ '/a': 'pool', '/b': 'pool' })));
    expect(choices()).toEqual([{ place: '', target: 'pool' }]);
    const targets = targetsOf({ '/a': 'other', '/b': 'other' });
    const difference = await differenceOf(deployOf(targets));
    expect(readDifference(place.path, 'shop', { model: MODEL, targets }, state)).toEqual(difference);
    await run({ kind: 'undeploy', paths: [] });
    expect(choices()).toEqual([]);
});

test('the targets of what is deployed are told from the disk: those that made machines, and those that are to make others', async () => {
    const state = join(place.path, 'state');
    const recorded = () => readRecordedTargets(place.path, 'shop', state).map(({ id }) => id);
    expect(recorded()).toEqual([]);
    await run(deployOf(targetsOf({ '/a': 'pool', '/b': 'pool' })));
    expect(recorded()).toEqual(['pool']);
    const moved = deployOf(targetsOf({ '/a': 'pool', '/b': 'other' }));
    const difference = await differenceOf(moved);
    await run({ ...moved, accept: difference.fingerprint } as Order);
    expect(recorded().sort()).toEqual(['other', 'pool']);
    await run({ kind: 'undeploy', paths: [] });
    expect(recorded()).toEqual([]);
});
