/** What a state looks like from outside. */
import { isMachineWork, type Failure, type PublishedValues } from './event.ts';
import { missingImportsOf } from './laws.ts';
import { retryPolicyOf } from './policy.ts';
import { at, isLeaving, statusOf, type State } from './state.ts';
import type { DesiredStatus, InstanceStatus, Phase } from './status.ts';
import { nodeAt } from './topology.ts';

/** One instance as others see it. */
export interface InstanceSnapshot {
    readonly path: string;
    readonly name: string;
    readonly component: string;
    readonly parent: string | null;
    readonly installer: string;
    readonly status: InstanceStatus;
    readonly desired: DesiredStatus;
    /** The model does not have it any more: it is stopped and undeployed as it was, then forgotten. */
    readonly leaving: boolean;
    readonly step: { readonly phase: Phase; readonly attempt: string; readonly begunAt: number } | null;
    readonly failure: Failure | null;
    /** When its failed step is tried again, in milliseconds since 1970; null when that is not waited for. */
    readonly retryAt: number | null;
    /** Retries of the step that is under way or waited for: used so far, and allowed by its policy. Both 0 otherwise. */
    readonly retries: { readonly used: number; readonly allowed: number };
    /** Import prefixes that keep it from starting. */
    readonly missing: readonly string[];
    /** Exports as published (full names), empty when not started. */
    readonly exports: PublishedValues;
    /** When the status was entered. */
    readonly since: number;
    /** The machine that a target made for it; absent while there is none, and when it is this computer. */
    readonly machine?: { readonly id: string; readonly address: string };
}

/** All instances, parents before children. The result shares nothing that will change. */
export function snapshotOf(state: State): readonly InstanceSnapshot[] {
    return state.topology.nodes.map((node) => instanceSnapshotOf(state, node.index));
}

/** One instance. `missing` is only filled while it waits for its imports. */
export function instanceSnapshotOf(state: State, instance: number): InstanceSnapshot {
    const node = nodeAt(state.topology, instance);
    const task = state.tasks.get(instance);
    const status = statusOf(state, instance);
    return {
        path: node.path,
        name: node.name,
        component: node.component.name,
        parent: node.parent === -1 ? null : nodeAt(state.topology, node.parent).path,
        installer: node.component.resolvedInstaller ?? '',
        status,
        desired: at(state.desired, instance),
        leaving: isLeaving(state, instance),
        step: task?.kind === 'step' ? { phase: task.phase, attempt: task.attempt, begunAt: task.begunAt } : null,
        failure: state.failures.get(instance) ?? null,
        ...retryOf(state, instance),
        missing: status === 'UNRESOLVED' ? missingImportsOf(state, instance) : [],
        exports: state.published.get(instance) ?? {},
        since: at(state.since, instance),
        ...machineOf(state, instance),
    };
}

function machineOf(state: State, instance: number): Pick<InstanceSnapshot, 'machine'> {
    const machine = state.machines.get(instance);
    if (machine === undefined || machine.target === null) return {};
    return { machine: { id: machine.id, address: machine.address } };
}

/** A step that is under way or waited for counts its retries; nothing else does. */
function retryOf(state: State, instance: number): Pick<InstanceSnapshot, 'retryAt' | 'retries'> {
    const task = state.tasks.get(instance);
    const waiting = state.retries.get(instance);
    const retryAt = waiting?.dueAt ?? null;
    const phase = task?.kind === 'step' ? task.phase : waiting === undefined ? null : failedPhaseOf(state, instance);
    if (phase === null) return { retryAt, retries: { used: 0, allowed: 0 } };
    const { retries } = retryPolicyOf(state, instance, phase);
    return { retryAt, retries: { used: waiting?.count ?? 0, allowed: retries } };
}

function failedPhaseOf(state: State, instance: number): Phase | null {
    const phase = state.failures.get(instance)?.phase;
    return phase === undefined || isMachineWork(phase) ? null : phase;
}
