/** Applies facts to the state, in place. Knows nothing of the laws: what a fact means was settled when it was decided. */
import { adoptModel, forgetInstances, redefine } from './adopt.ts';
import { note } from './agenda.ts';
import type { CoreEvent, PublishedValues } from './event.ts';
import { applyMachineFact } from './evolve-machine.ts';
import { applyChange, forgetRetry, noteFamily, setFiles } from './evolve-status.ts';
import { beginTask, endTask, fail, hold, unknownOf } from './evolve-task.ts';
import type { CoreOrder } from './input.ts';
import { instancesUnder, wishesOf, type Wish } from './orders.ts';
import { at, isGone, statusOf, wantedOf, type Run, type State, type UnknownStep } from './state.ts';
import type { DesiredStatus, InstanceStatus } from './status.ts';
import { indexOf, nodeAt } from './topology.ts';

export interface StatusChange {
    readonly instance: number;
    /** The status before the fact; the same as after when only a step, a failure or a wish changed. */
    readonly from: InstanceStatus;
}

type Of<Kind extends CoreEvent['kind']> = Extract<CoreEvent, { kind: Kind }>;

/** Applies one fact. Answers which instances it is about, each once. Wishes of orders are not answered: see `runBegun`. */
export function evolve(state: State, event: CoreEvent): readonly StatusChange[] {
    const touched = touchedBy(state, event);
    state.sequence++;
    applyFact(state, event);
    for (const change of event.changes) applyChange(state, change, event.time);
    return touched;
}

/** The instances a fact is about, as they are before it. */
function touchedBy(state: State, event: CoreEvent): readonly StatusChange[] {
    const touched: StatusChange[] = [];
    const own = 'path' in event ? indexOf(state.topology, event.path) : -1;
    if (own !== -1) touched.push({ instance: own, from: statusOf(state, own) });
    const known = event.changes.length > 1 ? new Set([own]) : null;
    for (const change of event.changes) {
        const instance = indexOf(state.topology, change.path);
        if (instance === own || known?.has(instance) === true) continue;
        known?.add(instance);
        touched.push({ instance, from: statusOf(state, instance) });
    }
    return touched;
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
        case 'targetsAssigned':
            state.targets = event.targets;
            return;
        case 'modelChanged':
            return adoptModel(state, event);
        case 'instanceRedefined':
            return redefine(state, indexOf(state.topology, event.path));
        case 'instancesForgotten':
            return forgetInstances(state, event.paths);
        case 'machineRequested':
        case 'machineCreated':
        case 'machineCreationFailed':
        case 'machineLost':
        case 'machineRecovered':
        case 'machineReaddressed':
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
        claim(state, run, wish);
        want(state, wish.instance, wish.desired);
        if (wish.released) release(state, wish.instance);
        force(state, event.order, wish.instance);
        noteFamily(state, nodeAt(state.topology, wish.instance));
    }
    if (event.order.kind === 'deploy' || event.order.kind === 'resume') state.accepted = null;
    state.runs.push(run);
    state.lastRun = run;
    if (state.halted) noteAll(state);
    state.halted = false;
}

/** Any later order takes force back. */
function force(state: State, order: CoreOrder, instance: number): void {
    const isForced = order.kind === 'undeploy' && order.force === true && !isGone(state, instance);
    if (isForced) state.forced.add(instance);
    else if (order.kind !== 'resume' && order.kind !== 'settle') state.forced.delete(instance);
}

/**
 * A run keeps what it ordered while nobody wants anything else of it: two that deploy the same at once, or a run that is resumed after
 * a crash, end together.
 */
function claim(state: State, { id }: Run, { instance, desired }: Wish): void {
    const former = at(state.orderedBy, instance);
    const isUnderWay = state.runs.some((other) => other.id === former);
    if (isUnderWay && wantedOf(state, instance) === desired) return;
    if (isUnderWay) state.superseded.add(former);
    state.orderedBy[instance] = id;
}

/** What is wanted of an instance that is being replaced counts once it is back; nothing can be wanted of one that leaves. */
function want(state: State, instance: number, desired: DesiredStatus): void {
    const succession = state.successions.get(instance);
    if (succession?.kind === 'removed') return;
    if (succession?.kind === 'replaced') state.successions.set(instance, { ...succession, desired });
    else state.desired[instance] = desired;
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
        if (retry.dueAt !== null) cancelRetry(state, instance);
    }
}

/** A failure that waited for another try was not the end of it: whoever resumes goes on with that try. */
function cancelRetry(state: State, instance: number): void {
    forgetRetry(state, instance);
    const failure = state.failures.get(instance);
    if (failure === undefined) return;
    const message = failure.message.replace(/ Try \d+ of \d+ in [^ ]+ s\.$/, ' Its next try was cancelled.');
    state.failures.set(instance, { ...failure, kind: 'cancelled', message });
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
            forgetRetry(state, instance);
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
    const { change } = event;
    const told = change === null ? null : toldOf(state, instance, change.exporterPath);
    beginTask(state, instance, { kind: 'step', phase, attempt, begunAt: time, previous, change, told });
    if (phase === 'initialize') setFiles(state, instance, true);
    if (change !== null) dropUpdate(state, instance, change.exporterPath);
    state.failures.delete(instance);
    // Something else took the place of what was to be tried again.
    if ((state.retries.get(instance)?.dueAt ?? null) !== null) forgetRetry(state, instance);
}

function endStep(state: State, event: Of<'stepEnded'>, instance: number): void {
    const task = state.tasks.get(instance);
    const known = task?.kind === 'step' ? task : state.unknowns.get(instance);
    if (task?.kind === 'step' && task.attempt === event.attempt) endTask(state, instance);
    state.unknowns.delete(instance);
    if (event.failure === null) return succeed(state, event, instance);
    state.failures.set(instance, event.failure);
    if (event.retryAt !== null) {
        if (known !== undefined) tellAgain(state, instance, known);
        return awaitRetry(state, instance, event.retryAt);
    }
    forgetRetry(state, instance);
    if (known === undefined) return;
    // What was cancelled is not told: whoever resumes goes on with it.
    const isCancelled = event.result.kind === 'cancelled' && statusOf(state, instance) === 'DEPLOYED_STARTED';
    if (isCancelled) tellAgain(state, instance, known);
    doubt(state, event, instance, unknownOf(known));
}

function succeed(state: State, event: Of<'stepEnded'>, instance: number): void {
    forgetRetry(state, instance);
    if (!state.cancelling) state.held[instance] = false;
    state.failures.delete(instance);
    if (event.phase === 'initialize') state.initialized[instance] = true;
    if (event.phase === 'deploy') state.outdated.delete(instance);
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

/** What an update told that failed, or was cancelled, is told again, first, together with what changed meanwhile. */
function tellAgain(state: State, importer: number, { change, told }: UnknownStep): void {
    const exporter = state.topology.indexOfPath.get(change?.exporterPath ?? '');
    // While its machine was lost the exporter may have left for good.
    if (exporter === undefined) return;
    const others = [...(state.updates.get(importer) ?? [])].filter(([other]) => other !== exporter);
    state.updates.set(importer, new Map([[exporter, told], ...others]));
}

function toldOf(state: State, importer: number, exporterPath: string): PublishedValues | null {
    return state.updates.get(importer)?.get(indexOf(state.topology, exporterPath)) ?? null;
}

function becomeDue(state: State, instance: number): void {
    const retry = state.retries.get(instance);
    if (retry === undefined || retry.dueAt === null) throw new Error('no retry is waited for');
    state.retries.set(instance, { count: retry.count, dueAt: null });
    state.timerCount--;
}

function dropUpdate(state: State, importer: number, exporterPath: string): void {
    const pending = state.updates.get(importer);
    pending?.delete(indexOf(state.topology, exporterPath));
    if (pending?.size === 0) state.updates.delete(importer);
}

function release(state: State, instance: number): void {
    state.held[instance] = false;
    if (!state.beforeLoss.has(instance)) state.failures.delete(instance);
    forgetRetry(state, instance);
}

function noteAll(state: State): void {
    for (const instance of instancesUnder(state, [])) note(state.agenda, instance);
}
