/** What a state looks like from outside. */
import type { Failure, PublishedValues } from './event.ts';
import { missingImportsOf } from './laws.ts';
import { at, statusOf, type State } from './state.ts';
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
    readonly step: { readonly phase: Phase; readonly attempt: string; readonly begunAt: number } | null;
    readonly failure: Failure | null;
    /** Import prefixes that keep it from starting. */
    readonly missing: readonly string[];
    /** Exports as published (full names), empty when not started. */
    readonly exports: PublishedValues;
    /** When the status was entered. */
    readonly since: number;
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
        step: task?.kind === 'step' ? { phase: task.phase, attempt: task.attempt, begunAt: task.begunAt } : null,
        failure: state.failures.get(instance) ?? null,
        missing: status === 'UNRESOLVED' ? missingImportsOf(state, instance) : [],
        exports: state.published.get(instance) ?? {},
        since: at(state.since, instance),
    };
}
