/** What facts about machines mean for the state. Only `evolve` calls this. */
import { note } from './agenda.ts';
import type { CoreEvent, Failure } from './event.ts';
import { forgetRetry, setFiles } from './evolve-status.ts';
import { beginTask, endTask, fail, hold, unknownOf } from './evolve-task.ts';
import { at, statusOf, type State } from './state.ts';
import { indexOf, subTreeOf } from './topology.ts';

type Of<Kind extends CoreEvent['kind']> = Extract<CoreEvent, { kind: Kind }>;

export type MachineFactKind =
    | 'machineRequested'
    | 'machineCreated'
    | 'machineCreationFailed'
    | 'machineLost'
    | 'machineRecovered'
    | 'machineReaddressed'
    | 'machineDestructionBegun'
    | 'machineDestroyed'
    | 'machineUnclaimed'
    | 'orphanDestroyed'
    | 'machineDestructionFailed';

/** Applies a fact about the machine of an instance. */
export function applyMachineFact(state: State, event: Of<MachineFactKind>, machine: number): void {
    switch (event.kind) {
        case 'machineRequested':
        case 'machineDestructionBegun':
            state.failures.delete(machine);
            return beginTask(state, machine, { kind: 'machine', target: targetIn(state, event, machine) });
        case 'machineCreated':
            createMachine(state, event, machine);
            return;
        case 'machineCreationFailed':
        case 'machineDestructionFailed':
            keepOrphan(state, machine);
            endTask(state, machine);
            return fail(state, machine, event.failure);
        case 'machineLost':
            return loseMachine(state, machine, event.failure);
        case 'machineRecovered':
            return recoverMachine(state, machine, event);
        case 'machineReaddressed':
            return moveMachine(state, machine, event.address);
        case 'machineDestroyed':
            destroyMachine(state, machine);
            for (const { path, machineId, target = null } of event.orphans)
                beginTask(state, indexOf(state.topology, path), { kind: 'orphan', machineId, target });
            return;
        case 'machineUnclaimed':
            return beginTask(state, machine, {
                kind: 'orphan',
                machineId: event.machineId,
                target: event.target ?? null,
            });
        case 'orphanDestroyed':
            return endTask(state, machine);
        default:
            return event satisfies never;
    }
}

/** Journals of before targets were recorded say nothing of them: all was on this computer. */
function targetIn(
    state: State,
    event: Of<'machineRequested' | 'machineDestructionBegun'>,
    machine: number,
): string | null {
    if (event.kind === 'machineRequested') return event.target ?? null;
    return state.machines.get(machine)?.target ?? null;
}

function createMachine(state: State, { machineId, address }: Of<'machineCreated'>, machine: number): void {
    const task = state.tasks.get(machine);
    const target = task?.kind === 'machine' ? task.target : null;
    endTask(state, machine);
    state.machines.set(machine, { id: machineId, address, target });
}

/** Nobody knows how steps on a lost machine end: they are asked about when it is back. */
function loseMachine(state: State, machine: number, failure: Failure): void {
    state.failures.set(machine, failure);
    if (state.beforeLoss.has(machine)) return;
    for (const instance of subTreeOf(state.topology, machine)) {
        const status = statusOf(state, instance);
        if (status !== 'NOT_DEPLOYED') state.beforeLoss.set(instance, status);
        const task = state.tasks.get(instance);
        if (task?.kind === 'orphan') continue;
        if (task !== undefined) endTask(state, instance);
        if (task?.kind === 'step') state.unknowns.set(instance, unknownOf(task));
        else if (task !== undefined) state.lostTasks.set(instance, task);
    }
}

function recoverMachine(state: State, machine: number, { address, time }: Of<'machineRecovered'>): void {
    const known = state.machines.get(machine);
    state.machines.set(machine, { id: known?.id ?? '', address, target: known?.target ?? null });
    state.failures.delete(machine);
    for (const instance of subTreeOf(state.topology, machine)) {
        note(state.agenda, instance);
        if (!state.beforeLoss.delete(instance)) continue;
        const unknown = state.unknowns.get(instance);
        const task = state.lostTasks.get(instance);
        state.lostTasks.delete(instance);
        if (task !== undefined) beginTask(state, instance, task);
        else if (unknown !== undefined) beginTask(state, instance, { kind: 'step', begunAt: time, ...unknown });
    }
}

function moveMachine(state: State, machine: number, address: string): void {
    const { id, target } = state.machines.get(machine) ?? { id: '', target: null };
    state.machines.set(machine, { id, address, target });
}

/** What could not be destroyed is there until it is asked for again; nothing can be reached at its address. */
function keepOrphan(state: State, machine: number): void {
    const task = state.tasks.get(machine);
    if (task?.kind === 'orphan') state.machines.set(machine, { id: task.machineId, address: '', target: task.target });
}

/** A machine that nobody asked to destroy is not made again before somebody says so. */
function destroyMachine(state: State, machine: number): void {
    const wanted = at(state.desired, machine) !== 'NOT_DEPLOYED' && statusOf(state, machine) !== 'UNDEPLOYING';
    for (const instance of subTreeOf(state.topology, machine)) {
        if (state.tasks.has(instance)) endTask(state, instance);
        state.unknowns.delete(instance);
        state.lostTasks.delete(instance);
        state.beforeLoss.delete(instance);
        state.failures.delete(instance);
        forgetRetry(state, instance);
        state.machines.delete(instance);
        setFiles(state, instance, false);
        if (wanted) hold(state, instance);
    }
    if (!wanted) return;
    state.failures.set(machine, {
        kind: 'failed',
        phase: 'createMachine',
        attempt: null,
        message: 'The machine is gone.',
        exitCode: null,
        lastLines: [],
    });
}
