/** Facts of the core as the events and snapshots of the protocol. Every clock (real, virtual, replayed) shows its facts through this. */
import type { CoreEvent } from './core/event.ts';
import type { StatusChange } from './core/evolve.ts';
import { instanceSnapshotOf, snapshotOf } from './core/snapshot.ts';
import type { Run, State } from './core/state.ts';
import { statusOf } from './core/state.ts';
import { nodeAt } from './core/topology.ts';
import type { DeploymentKey, DeploymentSnapshot, RunnerEvent, RunningStep, RunSummary, Stamp } from './protocol.ts';

/**
 * What people are told of one fact: called right after `evolve` with what that answered, before any other fact is applied.
 * A step's beginning and end come with the change of its instance. Empty for facts nobody needs to see.
 */
export function runnerEventsOf(
    state: State,
    event: CoreEvent,
    changed: readonly StatusChange[],
): readonly RunnerEvent[] {
    const stamp = { sequence: state.sequence, time: event.time };
    const changes = changed
        .filter((change) => isVisible(state, event, change))
        .map(({ instance, from }): RunnerEvent => {
            const seen = instanceSnapshotOf(state, instance);
            return { kind: 'instanceChanged', instance: seen, from, because: event.because, ...stamp };
        });
    return [...headOf(state, event, stamp), ...changes];
}

/** The state as a snapshot of the protocol. */
export function deploymentSnapshotOf(state: State, key: DeploymentKey, simulated: boolean): DeploymentSnapshot {
    const run = state.lastRun === null ? null : runSummaryOf(state.lastRun, state.cancelling);
    return { key, simulated, run, instances: snapshotOf(state), sequence: state.sequence };
}

/** A run as the protocol tells it; `isCancelling`: a cancel is under way in its deployment. */
export function runSummaryOf(run: Run, isCancelling: boolean): RunSummary {
    const { id, order, begunAt, endedAt, outcome } = run;
    const paths = 'paths' in order ? order.paths : [];
    const cancelling = isCancelling && endedAt === null;
    return { id, order: order.kind, paths, begunAt, endedAt, outcome, cancelling };
}

function headOf(state: State, event: CoreEvent, stamp: Stamp): readonly RunnerEvent[] {
    if (event.kind === 'runBegun' && state.lastRun !== null)
        return [{ kind: 'runBegun', run: runSummaryOf(state.lastRun, false), because: event.because, ...stamp }];
    if (event.kind === 'cancelRequested') return [...cancellingOf(state, stamp), ...failuresOf(state, event, stamp)];
    if (event.kind === 'modelChanged') return [{ kind: 'instancesListed', instances: snapshotOf(state), ...stamp }];
    if (event.kind === 'instancesForgotten') return [{ kind: 'instancesForgotten', paths: event.paths, ...stamp }];
    if (event.kind === 'runEnded') return [{ kind: 'runEnded', run: endedRunOf(event), ...stamp }];
    if (event.kind === 'stepBegun') {
        const { path, phase, attempt, because, change } = event;
        const cause = change === null ? {} : { exporter: change.exporterPath };
        return [{ kind: 'stepBegun', path, phase, attempt, because, ...cause, ...stamp }];
    }
    if (event.kind !== 'stepEnded') return [];
    const { path, phase, attempt, result, failure } = event;
    return [
        { kind: 'stepEnded', path, phase, attempt, outcome: result.kind, message: failure?.message ?? '', ...stamp },
    ];
}

function endedRunOf(event: Extract<CoreEvent, { kind: 'runEnded' }>): RunSummary {
    const { run, order, begunAt, time, outcome } = event;
    return runSummaryOf({ id: run, order, begunAt, endedAt: time, outcome }, false);
}

/** A cancel outside any run ends what an earlier runner left under way, and has no run to tell about. */
function cancellingOf(state: State, stamp: Stamp): readonly RunnerEvent[] {
    if (state.lastRun === null || state.runs.length === 0) return [];
    const steps = [...state.tasks].flatMap(([instance, task]): readonly RunningStep[] => {
        const { path } = nodeAt(state.topology, instance);
        return task.kind === 'step' ? [{ path, phase: task.phase, attempt: task.attempt }] : [];
    });
    return [{ kind: 'runCancelling', run: runSummaryOf(state.lastRun, true), steps, ...stamp }];
}

/** A cancel ends the waiting of what was to be tried again. */
function failuresOf(state: State, { because }: CoreEvent, stamp: Stamp): readonly RunnerEvent[] {
    return [...state.failures.keys()].map((index): RunnerEvent => {
        const instance = instanceSnapshotOf(state, index);
        return { kind: 'instanceChanged', instance, from: instance.status, because, ...stamp };
    });
}

/** Facts that tell something of their instance without a change of its status. */
const NEWS: ReadonlySet<CoreEvent['kind']> = new Set([
    'stepEnded',
    'machineDestructionFailed',
    'retryDue',
    'machineReaddressed',
    'instanceRedefined',
]);

/** A change of status, or of what is known of a failure, or of the values others see. */
function isVisible(state: State, event: CoreEvent, { instance, from }: StatusChange): boolean {
    return statusOf(state, instance) !== from || NEWS.has(event.kind);
}
