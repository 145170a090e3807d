/**
 * What every target must do, whatever makes its machines: one suite with the faults that makers of machines have. A target passes it as
 * it is used, through `makeMachine` and `endMachine`.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FoundMachine, MachineTag, Target, TargetFailure } from '../../runner/targets/target.ts';
import { endMachine, makeMachine } from '../../runner/targets/machines.ts';

/** A target in a world of its own, which holds at least two machines. */
export interface TargetWorld {
    readonly target: Target;
    /** The same target as another process would open it: nothing is shared but the world. */
    readonly reopened: () => Target;
    /** Does to a machine what its owner would do by hand, without the target being told. */
    readonly destroyByHand: (machine: FoundMachine) => Promise<void>;
    /** Paths of the machines that are really there for a deployment, seen past the target. */
    readonly machinesThere: (deployment: string) => Promise<readonly string[]>;
    /** What a target with a secret must never say; null when it needs none. */
    readonly secret: string | null;
    readonly dispose: () => Promise<void>;
}

/** What a target cannot be asked for. */
export interface TargetLimits {
    /** A machine lives in the memory of the process that made it. */
    readonly forgetsMachines?: boolean;
}

const DEPLOYMENT = 'd1';
const FIRST: MachineTag = { deployment: DEPLOYMENT, path: '/vm 1' };
const SECOND: MachineTag = { deployment: DEPLOYMENT, path: '/vm 2' };
const OF_OTHER: MachineTag = { deployment: 'd2', path: '/vm 1' };

/** Describes a target by all rules of the kit. `makeWorld` is called for every test. */
export function describeTarget(
    name: string,
    makeWorld: () => Promise<TargetWorld>,
    { forgetsMachines = false }: TargetLimits = {},
): void {
    describe(`the target ${name}`, () => {
        let world: TargetWorld;
        beforeEach(async () => void (world = await makeWorld()));
        afterEach(() => world.dispose());
        const once: Rule = (rule, check) => {
            test(rule, () => check(world));
        };

        describeLife(once);
        describeFaultsOfMaking(once);
        describeFaultsOfEnding(once);
        if (!forgetsMachines) describeReopening(once);
    });
}

type Rule = (rule: string, check: (world: TargetWorld) => Promise<void>) => void;

function describeLife(rule: Rule): void {
    rule('makes a machine that runs, is listed by its tag and has an address', async ({ target, machinesThere }) => {
        const made = await madeOn(target, FIRST);
        expect(made.address).not.toBe('');
        expect(await target.isRunning(made.machine, never())).toBe('running');
        expect(await pathsListed(target)).toEqual([FIRST.path]);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });

    rule('answers the same machine when it is asked for again', async ({ target, machinesThere }) => {
        const first = await madeOn(target, FIRST);
        const again = await madeOn(target, FIRST);
        expect(again).toEqual(first);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });

    rule('makes a machine of its own for each instance, also at one time', async ({ target, machinesThere }) => {
        const [first, second] = await Promise.all([madeOn(target, FIRST), madeOn(target, SECOND)]);
        expect(first.machine.machineId).not.toBe(second.machine.machineId);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path, SECOND.path]);
    });

    rule('tells the machines of deployments apart', async ({ target, machinesThere }) => {
        await madeOn(target, FIRST);
        await madeOn(target, OF_OTHER);
        expect(await pathsListed(target)).toEqual([FIRST.path]);
        expect(await ended(target, FIRST)).toEqual({ kind: 'down' });
        expect(await machinesThere('d2')).toEqual([OF_OTHER.path]);
    });

    rule('ends a machine and leaves nothing of it', async ({ target, machinesThere }) => {
        const { machine } = await madeOn(target, FIRST);
        expect(await endMachine(target, machine, never())).toEqual({ kind: 'down' });
        expect(await target.isRunning(machine, never())).toBe('gone');
        expect(await pathsListed(target)).toEqual([]);
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('makes one again after the first was ended', async ({ target, machinesThere }) => {
        const { machine } = await madeOn(target, FIRST);
        await endMachine(target, machine, never());
        await madeOn(target, FIRST);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });
}

function describeFaultsOfMaking(rule: Rule): void {
    rule('a machine whose making timed out is found, and no other is made', async ({ target, machinesThere }) => {
        let creations = 0;
        const late: Target = {
            ...target,
            create: async (tag, signal) => {
                creations++;
                await target.create(tag, signal);
                return TIMED_OUT;
            },
        };
        const made = await madeOn(late, FIRST);
        expect(await target.isRunning(made.machine, never())).toBe('running');
        expect(creations).toBe(1);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });

    rule('one that was not made is told, and made when it is tried again', async ({ target, machinesThere }) => {
        const failing: Target = { ...target, create: async () => TIMED_OUT };
        expect(await makeMachine(failing, FIRST, never())).toEqual(TIMED_OUT);
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
        await madeOn(target, FIRST);
    });

    rule('of a machine that was made twice one stays', async ({ target, machinesThere }) => {
        await target.create(FIRST, never());
        await target.create(FIRST, never());
        const { machine } = await madeOn(target, FIRST);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
        await endMachine(target, machine, never());
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('a half-made machine is made whole', async ({ target, machinesThere }) => {
        await target.create(FIRST, never());
        const { machine } = await madeOn(target, FIRST);
        expect(await target.isRunning(machine, never())).toBe('running');
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });

    rule('a machine that could not be made fit is kept, and made fit when it is tried again', async (world) => {
        const { target, machinesThere } = world;
        let isBroken = true;
        const shaky: Target = {
            ...target,
            configure: async (machine, signal) => (isBroken ? TIMED_OUT : target.configure(machine, signal)),
        };
        expect(await makeMachine(shaky, FIRST, never())).toEqual(TIMED_OUT);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
        isBroken = false;
        await madeOn(shaky, FIRST);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });

    rule('nothing is made while nobody can tell what there is', async ({ target, machinesThere }) => {
        const blind: Target = { ...target, list: async () => TIMED_OUT };
        expect(await makeMachine(blind, FIRST, never())).toEqual(TIMED_OUT);
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('a cancel before it is made leaves no machine that cannot be ended', async ({ target, machinesThere }) => {
        const outcome = await makeMachine(target, FIRST, AbortSignal.abort());
        expect(['up', 'failed']).toContain(outcome.kind);
        expect(await ended(target, FIRST)).toEqual({ kind: 'down' });
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('one that was destroyed by hand is not running, and is made again', async (world) => {
        const { target, machinesThere } = world;
        const { machine } = await madeOn(target, FIRST);
        await world.destroyByHand(machine);
        expect(await target.isRunning(machine, never())).toBe('gone');
        await madeOn(target, FIRST);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });
}

function describeFaultsOfEnding(rule: Rule): void {
    rule('ending one that was destroyed by hand is fine', async (world) => {
        const { target, machinesThere } = world;
        const { machine } = await madeOn(target, FIRST);
        await world.destroyByHand(machine);
        expect(await endMachine(target, machine, never())).toEqual({ kind: 'down' });
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('ending twice, and ending what never was, is fine', async ({ target }) => {
        const { machine } = await madeOn(target, FIRST);
        expect(await endMachine(target, machine, never())).toEqual({ kind: 'down' });
        expect(await endMachine(target, machine, never())).toEqual({ kind: 'down' });
        expect(await ended(target, SECOND)).toEqual({ kind: 'down' });
    });

    rule('a half-made machine that nobody was told of is ended by its tag', async ({ target, machinesThere }) => {
        await target.create(FIRST, never());
        expect(await ended(target, FIRST)).toEqual({ kind: 'down' });
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('an ending that was not answered is told, and repeated', async ({ target, machinesThere }) => {
        const { machine } = await madeOn(target, FIRST);
        const late: Target = { ...target, destroy: async () => TIMED_OUT };
        expect(await endMachine(late, machine, never())).toEqual(TIMED_OUT);
        expect(await endMachine(target, machine, never())).toEqual({ kind: 'down' });
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('nothing it says holds a secret', async ({ target, secret }) => {
        const { machine } = await madeOn(target, FIRST);
        const said = JSON.stringify([
            machine,
            await target.list(DEPLOYMENT, never()),
            await target.configure({ ...machine, machineId: 'nobody' }, never()),
            await endMachine(target, machine, never()),
        ]);
        if (secret !== null) expect(said).not.toContain(secret);
        expect(said).toContain(FIRST.path);
    });
}

/** After the process that made machines is gone. */
function describeReopening(rule: Rule): void {
    rule('another process finds the machine, and ends it', async ({ target, reopened, machinesThere }) => {
        const made = await madeOn(target, FIRST);
        const other = reopened();
        expect(await other.isRunning(made.machine, never())).toBe('running');
        expect(await madeOn(other, FIRST)).toEqual(made);
        expect(await ended(other, FIRST)).toEqual({ kind: 'down' });
        expect(await machinesThere(DEPLOYMENT)).toEqual([]);
    });

    rule('another process makes a half-made machine whole', async ({ target, reopened, machinesThere }) => {
        await target.create(FIRST, never());
        await madeOn(reopened(), FIRST);
        expect(await machinesThere(DEPLOYMENT)).toEqual([FIRST.path]);
    });
}

const TIMED_OUT: TargetFailure = { kind: 'failed', reason: 'no answer in time' };

interface Made {
    readonly machine: FoundMachine;
    readonly address: string;
}

async function madeOn(target: Target, tag: MachineTag): Promise<Made> {
    const outcome = await makeMachine(target, tag, never());
    if (outcome.kind !== 'up') throw new Error(outcome.reason);
    return { machine: { tag, machineId: outcome.machineId }, address: outcome.address };
}

function ended(target: Target, tag: MachineTag): ReturnType<typeof endMachine> {
    return endMachine(target, { tag, machineId: '' }, never());
}

async function pathsListed(target: Target): Promise<readonly string[]> {
    const listed = await target.list(DEPLOYMENT, never());
    if (listed.kind === 'failed') throw new Error(listed.reason);
    return listed.machines.map(({ tag }) => tag.path).sort();
}

function never(): AbortSignal {
    return new AbortController().signal;
}
