/** The targets of this computer by the rules of the kit, and a maker of machines that has every fault by itself. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundMachine, MachineTag, Target } from '../../../runner/targets/target.ts';
import { expect, test } from 'vitest';
import { makeMachine } from '../../../runner/targets/machines.ts';
import { createInMemoryTarget } from '../../../runner/targets/in-memory-target.ts';
import { createLocalTarget } from '../../../runner/targets/local-target.ts';
import { describeTarget } from '../../targets/kit.ts';

const signal = new AbortController().signal;

describeTarget('local', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'roboconf-machines-'));
    const machinesOnDisk = (): readonly { readonly tag: MachineTag; readonly directory: string }[] =>
        readdirSync(folder).map((name) => {
            const directory = join(folder, name);
            // The file was written by the target itself.
            return { directory, tag: JSON.parse(readFileSync(join(directory, 'machine.json'), 'utf8')) as MachineTag };
        });
    return {
        target: createLocalTarget(folder),
        reopened: () => createLocalTarget(folder),
        destroyByHand: async ({ tag }) => {
            for (const each of machinesOnDisk())
                if (JSON.stringify(each.tag) === JSON.stringify(tag)) rmSync(each.directory, { recursive: true });
        },
        machinesThere: async (deployment) =>
            machinesOnDisk()
                .filter(({ tag }) => tag.deployment === deployment)
                .map(({ tag }) => tag.path)
                .sort(),
        secret: null,
        dispose: async () => rmSync(folder, { recursive: true, force: true }),
    };
});

describeTarget(
    'in-memory',
    async () => {
        const target = createInMemoryTarget({ 'in-memory.delay': '3' }, { sleep: () => Promise.resolve() });
        return {
            target,
            reopened: () => target,
            destroyByHand: async (machine) => void (await target.destroy(machine, signal)),
            machinesThere: (deployment) => pathsOf(target, deployment),
            secret: null,
            dispose: async () => undefined,
        };
    },
    { forgetsMachines: true },
);

/** A maker that never looks whether it has made a machine before: each asking makes another one, as clouds do. */
function createCarelessTarget(machines: Map<string, FoundMachine>): Target {
    return {
        create: async (tag) => {
            const machineId = `m${machines.size + 1}-${tag.path}`;
            machines.set(machineId, { tag, machineId });
            return { kind: 'made', machineId };
        },
        configure: async ({ machineId, tag }) =>
            machines.has(machineId)
                ? { kind: 'configured', address: `10.0.0.${machineId.slice(1, 2)}` }
                : { kind: 'failed', reason: `there is no machine for ${tag.path}` },
        isRunning: async ({ machineId }) => (machines.has(machineId) ? 'running' : 'gone'),
        destroy: async ({ machineId }) => {
            machines.delete(machineId);
            return { kind: 'destroyed' };
        },
        list: async (deployment) => ({
            kind: 'listed',
            machines: [...machines.values()].filter(({ tag }) => tag.deployment === deployment),
        }),
    };
}

describeTarget('of a careless maker', async () => {
    const machines = new Map<string, FoundMachine>();
    const target = createCarelessTarget(machines);
    return {
        target,
        reopened: () => createCarelessTarget(machines),
        destroyByHand: async ({ machineId }) => void machines.delete(machineId),
        machinesThere: (deployment) => pathsOf(target, deployment),
        secret: null,
        dispose: async () => undefined,
    };
});

test('a target that gives up what it cannot make fit is asked for another one, but not for ever', async () => {
    const machines = new Map<string, FoundMachine>();
    const careless = createCarelessTarget(machines);
    const tag = { deployment: 'd1', path: '/vm' };
    const made: string[] = [];
    const fitFrom = (number: number): Target => ({
        ...careless,
        create: async (each, aborted) => {
            const answer = await careless.create(each, aborted);
            made.push(answer.kind);
            return answer;
        },
        configure: async (machine, aborted) => {
            if (made.length >= number) return careless.configure(machine, aborted);
            await careless.destroy(machine, aborted);
            return { kind: 'failed', reason: `machine ${made.length} does not answer` };
        },
    });
    expect(await makeMachine(fitFrom(3), tag, signal)).toMatchObject({ kind: 'up' });
    expect([made.length, machines.size]).toEqual([3, 1]);
    machines.clear();
    made.length = 0;
    expect(await makeMachine(fitFrom(9), tag, signal)).toEqual({
        kind: 'failed',
        reason: 'machine 1 does not answer\nmachine 2 does not answer\nmachine 3 does not answer',
    });
    expect(machines.size).toBe(0);
});

async function pathsOf(target: Target, deployment: string): Promise<readonly string[]> {
    const listed = await target.list(deployment, signal);
    return listed.kind === 'failed' ? [] : listed.machines.map(({ tag }) => tag.path).sort();
}
