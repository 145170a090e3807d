/** Applies facts to the state, in place. Knows nothing of the laws: what a fact means was settled when it was decided. */
import { note } from './agenda.ts';
import type { CoreEvent, Failure } from './event.ts';
import { applyChange, noteFamily, setFiles } from './evolve-status.ts';
import { instancesUnder, wishesOf } from './orders.ts';
import { at, statusOf, type Run, type State, type Task, type UnknownStep } from './state.ts';
import type { InstanceStatus } from './status.ts';
import { indexOf, nodeAt, subTreeOf } from './topology.ts';

export interface StatusChange {
    readonly instance: number;
    /** The status before the fact; the same as after when only a step, a failure or a wish changed. */
    readonly from: InstanceStatus;
}

type Of<Kind extends CoreEvent['kind']> = Extract<CoreEvent, { kind: Kind }>;

/** Applies one fact. Answers which instances it is about, each once. Wishes of orders are not answered: see `runBegun`. */
export function evolve(state: State, event: CoreEvent): readonly StatusChange[] {
    const before = new Map<number, InstanceStatus>();
    const remember = (path: string) => {
        const instance = indexOf(state.topology, path);
        if (!before.has(instance)) before.set(instance, statusOf(state, instance));
    };
    if ('path' in event) remember(event.path);
    for (const change of event.changes) remember(change.path);
    state.sequence++;
    applyFact(state, event);
    for (const change of event.changes) applyChange(state, change, event.time);
    return Array.from(before, ([instance, from]) => ({ instance, from }));
}

function applyFact(state: State, event: CoreEvent): void {
    switch (event.kind) {
        case 'runBegun':
        case 'runEnded':
        case 'orderRefused':
        case 'cancelRequested':
        case 'runnerRestarted':
        case 'workAbandoned':
            return applyRunFact(state, event);
        case 'machineRequested':
        case 'machineCreated':
        case 'machineCreationFailed':
        case 'machineLost':
        case 'machineRecovered':
        case 'machineDestructionBegun':
        case 'machineDestroyed':
        case 'machineUnclaimed':
        case 'orphanDestroyed':
        case 'machineDestructionFailed':
            return applyMachineFact(state, event, indexOf(state.topology, event.path));
        case 'portsRequested':
        case 'portsAssigned':
        case 'portsNotFound':
        case 'stepBegun':
        case 'stepEnded':
        case 'updateDropped':
        case 'stopDecided':
        case 'instanceMoved':
        case 'removalBegun':
        case 'instanceRemoved':
        case 'retryDue':
            return applyInstanceFact(state, event, indexOf(state.topology, event.path));
        default:
            return event satisfies never;
    }
}

function applyRunFact(
    state: State,
    event: Of<'runBegun' | 'runEnded' | 'orderRefused' | 'cancelRequested' | 'runnerRestarted' | 'workAbandoned'>,
): void {
    switch (event.kind) {
        case 'runBegun':
            return beginRun(state, event);
        case 'runEnded':
            return endRun(state, event);
        case 'orderRefused':
            return;
        case 'cancelRequested':
            return cancel(state);
        case 'runnerRestarted':
            state.halted = true;
            return noteAll(state);
        case 'workAbandoned':
            event.changes.forEach((change) => hold(state, indexOf(state.topology, change.path)));
            if (state.runs.length === 0) state.cancelling = false;
            return;
        default:
            return event satisfies never;
    }
}

function beginRun(state: State, event: Of<'runBegun'>): void {
    const run: Run = { id: event.run, order: event.order, begunAt: event.time, endedAt: null, outcome: null };
    for (const wish of wishesOf(state, event.order)) {
        const former = at(state.orderedBy, wish.instance);
        if (state.runs.some((other) => other.id === former)) state.superseded.add(former);
        state.orderedBy[wish.instance] = run.id;
        state.desired[wish.instance] = wish.desired;
        if (wish.released) release(state, wish.instance);
        noteFamily(state, nodeAt(state.topology, wish.instance));
    }
    state.runs.push(run);
    state.lastRun = run;
    if (state.halted) noteAll(state);
    state.halted = false;
}

function endRun(state: State, event: Of<'runEnded'>): void {
    const run = state.runs.find((candidate) => candidate.id === event.run);
    if (run === undefined) throw new Error(`the run ${event.run} is not under way`);
    state.runs.splice(state.runs.indexOf(run), 1);
    if (state.lastRun?.id === run.id) state.lastRun = { ...run, endedAt: event.time, outcome: event.outcome };
    state.superseded.delete(run.id);
    if (state.runs.length === 0) state.cancelling = false;
}

function cancel(state: State): void {
    state.halted = true;
    state.cancelling = true;
    for (const node of state.topology.nodes) {
        if (statusOf(state, node.index) !== at(state.desired, node.index)) hold(state, node.index);
    }
    for (const [instance, retry] of state.retries) {
        if (retry.dueAt !== null) state.retries.delete(instance);
    }
    state.timerCount = 0;
}

function applyMachineFact(state: State, event: Of<MachineFactKind>, machine: number): void {
    switch (event.kind) {
        case 'machineRequested':
        case 'machineDestructionBegun':
            state.failures.delete(machine);
            return beginTask(state, machine, { kind: 'machine' });
        case 'machineCreated':
            endTask(state, machine);
            state.machines.set(machine, { id: event.machineId, address: event.address });
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
        case 'machineDestroyed':
            destroyMachine(state, machine);
            for (const { path, machineId } of event.orphans)
                beginTask(state, indexOf(state.topology, path), { kind: 'orphan', machineId });
            return;
        case 'machineUnclaimed':
            return beginTask(state, machine, { kind: 'orphan', machineId: event.machineId });
        case 'orphanDestroyed':
            return endTask(state, machine);
        default:
            return event satisfies never;
    }
}

type MachineFactKind =
    | 'machineRequested'
    | 'machineCreated'
    | 'machineCreationFailed'
    | 'machineLost'
    | 'machineRecovered'
    | 'machineDestructionBegun'
    | 'machineDestroyed'
    | 'machineUnclaimed'
    | 'orphanDestroyed'
    | 'machineDestructionFailed';

/** Nobody knows how steps on a lost machine end: they are asked about when it is back. */
function loseMachine(state: State, machine: number, failure: Failure): void {
    state.failures.set(machine, failure);
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
    state.machines.set(machine, { id: known?.id ?? '', address });
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

/** What could not be destroyed is there until it is asked for again; nothing can be reached at its address. */
function keepOrphan(state: State, machine: number): void {
    const task = state.tasks.get(machine);
    if (task?.kind === 'orphan') state.machines.set(machine, { id: task.machineId, address: '' });
}

/** A machine that nobody wanted gone is not made again before somebody says so. */
function destroyMachine(state: State, machine: number): void {
    const wanted = at(state.desired, machine) !== 'NOT_DEPLOYED';
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

type InstanceFactKind =
    | 'portsRequested'
    | 'portsAssigned'
    | 'portsNotFound'
    | 'stepBegun'
    | 'stepEnded'
    | 'updateDropped'
    | 'stopDecided'
    | 'instanceMoved'
    | 'removalBegun'
    | 'instanceRemoved'
    | 'retryDue';

function applyInstanceFact(state: State, event: Of<InstanceFactKind>, instance: number): void {
    note(state.agenda, instance);
    switch (event.kind) {
        case 'portsRequested':
            state.attemptCount++;
            return beginTask(state, instance, { kind: 'ports', attempt: event.attempt });
        case 'portsAssigned':
            endTask(state, instance);
            state.ports.set(instance, event.ports);
            return;
        case 'portsNotFound':
            endTask(state, instance);
            return fail(state, instance, event.failure);
        case 'stepBegun':
            return beginStep(state, event, instance);
        case 'stepEnded':
            return endStep(state, event, instance);
        case 'updateDropped':
            return dropUpdate(state, instance, event.exporterPath);
        case 'stopDecided':
        case 'instanceMoved':
            return;
        case 'removalBegun':
            return beginTask(state, instance, { kind: 'removal' });
        case 'instanceRemoved':
            endTask(state, instance);
            return setFiles(state, instance, false);
        case 'retryDue':
            return becomeDue(state, instance);
        default:
            return event satisfies never;
    }
}

function beginStep(state: State, event: Of<'stepBegun'>, instance: number): void {
    const { phase, attempt, time } = event;
    const previous = statusOf(state, instance);
    state.attemptCount++;
    beginTask(state, instance, { kind: 'step', phase, attempt, begunAt: time, previous, change: event.change });
    if (phase === 'initialize') setFiles(state, instance, true);
    if (event.change !== null) dropUpdate(state, instance, event.change.exporterPath);
    state.failures.delete(instance);
}

function endStep(state: State, event: Of<'stepEnded'>, instance: number): void {
    const task = state.tasks.get(instance);
    const known = task?.kind === 'step' ? task : state.unknowns.get(instance);
    if (task?.kind === 'step' && task.attempt === event.attempt) endTask(state, instance);
    state.unknowns.delete(instance);
    if (event.failure === null) return succeed(state, event, instance);
    state.failures.set(instance, event.failure);
    if (event.retryAt !== null) return awaitRetry(state, instance, event.retryAt);
    forgetRetry(state, instance);
    if (known !== undefined) doubt(state, event, instance, unknownOf(known));
}

/** What stays known of a step when nobody can say how it ended. */
function unknownOf({ phase, attempt, previous, change }: UnknownStep): UnknownStep {
    return { phase, attempt, previous, change };
}

function succeed(state: State, event: Of<'stepEnded'>, instance: number): void {
    forgetRetry(state, instance);
    if (!state.cancelling) state.held[instance] = false;
    state.failures.delete(instance);
    if (event.phase === 'initialize') state.initialized[instance] = true;
}

/** A failed `update` or `stop` holds nothing up; anything else waits for an order. */
function doubt(state: State, event: Of<'stepEnded'>, instance: number, step: UnknownStep): void {
    const { phase, result } = event;
    if (phase === 'update') return;
    if (result.kind === 'unknown') state.unknowns.set(instance, step);
    const goesOn = phase === 'stop' && (result.kind === 'failed' || result.kind === 'timedOut');
    if (!goesOn) hold(state, instance);
}

function awaitRetry(state: State, instance: number, dueAt: number): void {
    const count = (state.retries.get(instance)?.count ?? 0) + 1;
    state.retries.set(instance, { count, dueAt });
    state.timerCount++;
}

function becomeDue(state: State, instance: number): void {
    const retry = state.retries.get(instance);
    if (retry === undefined || retry.dueAt === null) throw new Error('no retry is waited for');
    state.retries.set(instance, { count: retry.count, dueAt: null });
    state.timerCount--;
}

function forgetRetry(state: State, instance: number): void {
    const retry = state.retries.get(instance);
    if (retry === undefined) return;
    if (retry.dueAt !== null) state.timerCount--;
    state.retries.delete(instance);
}

function dropUpdate(state: State, importer: number, exporterPath: string): void {
    const pending = state.updates.get(importer);
    pending?.delete(indexOf(state.topology, exporterPath));
    if (pending?.size === 0) state.updates.delete(importer);
}

function beginTask(state: State, instance: number, task: Task): void {
    if (state.tasks.has(instance)) throw new Error('an instance has one task at a time');
    state.tasks.set(instance, task);
    addLoad(state, instance, task, 1);
}

function endTask(state: State, instance: number): void {
    const task = state.tasks.get(instance);
    if (task === undefined) throw new Error('the instance has no task');
    state.tasks.delete(instance);
    addLoad(state, instance, task, -1);
    noteFamily(state, nodeAt(state.topology, instance));
}

function addLoad(state: State, instance: number, task: Task, difference: number): void {
    if (task.kind === 'removal' || task.kind === 'orphan') return;
    const { machine } = nodeAt(state.topology, instance);
    state.occupied[machine] = at(state.occupied, machine) + difference;
    if (task.kind !== 'machine') state.runningCount += difference;
}

function fail(state: State, instance: number, failure: Failure): void {
    state.failures.set(instance, failure);
    hold(state, instance);
}

function hold(state: State, instance: number): void {
    state.held[instance] = true;
}

function release(state: State, instance: number): void {
    state.held[instance] = false;
    if (!state.beforeLoss.has(instance)) state.failures.delete(instance);
    forgetRetry(state, instance);
}

function noteAll(state: State): void {
    for (const instance of instancesUnder(state, [])) note(state.agenda, instance);
}
