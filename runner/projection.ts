/** Facts of the core as the events and snapshots of the protocol. Every clock (real, virtual, replayed) shows its facts through this. */
import type { CoreEvent } from './core/event.ts';
import type { StatusChange } from './core/evolve.ts';
import { instanceSnapshotOf, snapshotOf } from './core/snapshot.ts';
import type { Run, State } from './core/state.ts';
import { statusOf } from './core/state.ts';
import type { DeploymentKey, DeploymentSnapshot, RunnerEvent, RunSummary } from './protocol.ts';

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
    const run = state.lastRun === null ? null : runSummaryOf(state.lastRun);
    return { key, simulated, run, instances: snapshotOf(state), sequence: state.sequence };
}

/** A run as the protocol tells it. */
function runSummaryOf(run: Run): RunSummary {
    const { id, order, begunAt, endedAt, outcome } = run;
    return { id, order: order.kind, paths: 'paths' in order ? order.paths : [], begunAt, endedAt, outcome };
}

function headOf(state: State, event: CoreEvent, stamp: Pick<RunnerEvent, 'sequence' | 'time'>): readonly RunnerEvent[] {
    if (event.kind === 'runBegun' && state.lastRun !== null)
        return [{ kind: 'runBegun', run: runSummaryOf(state.lastRun), ...stamp }];
    if (event.kind === 'runEnded') return [{ kind: 'runEnded', run: endedRunOf(event), ...stamp }];
    if (event.kind === 'stepBegun') {
        const { path, phase, attempt, because } = event;
        return [{ kind: 'stepBegun', path, phase, attempt, because, ...stamp }];
    }
    if (event.kind !== 'stepEnded') return [];
    const { path, phase, attempt, result, failure } = event;
    return [
        { kind: 'stepEnded', path, phase, attempt, outcome: result.kind, message: failure?.message ?? '', ...stamp },
    ];
}

function endedRunOf(event: Extract<CoreEvent, { kind: 'runEnded' }>): RunSummary {
    const { run, order, begunAt, time, outcome } = event;
    return runSummaryOf({ id: run, order, begunAt, endedAt: time, outcome });
}

/** A change of status, or of what is known of a failure, or of the values others see. */
function isVisible(state: State, event: CoreEvent, { instance, from }: StatusChange): boolean {
    return (
        statusOf(state, instance) !== from || event.kind === 'stepEnded' || event.kind === 'machineDestructionFailed'
    );
}
