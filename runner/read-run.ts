/** One run with everything that is known of its steps, played again from its journal. */
import { evolve } from './core/evolve.ts';
import { DEFAULT_SETTINGS } from './core/state.ts';
import { stateOf } from './deployment-store.ts';
import { readJournal, type ReadJournal } from './journal/read.ts';
import { deploymentSnapshotOf, runnerEventsOf } from './projection.ts';
import type { DeploymentKey, InstanceSnapshot, RunnerEvent } from './protocol.ts';
import { placesOf } from './read-history.ts';
import { beginRecord, type RunRecord, type RunRecorder } from './run-record.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf } from './state-directory.ts';

/** Which run: ids are unique within a deployment, which `deploymentBegunAt` (milliseconds since 1970) tells from others of its name; null = the latest one that has such a run. */
export interface RunName {
    readonly run: string;
    readonly deploymentBegunAt: number | null;
}

/** The record of a run, over or not; null when no journal tells of it. */
export function readRun(
    { directory, deployment }: DeploymentKey,
    { run, deploymentBegunAt }: RunName,
    stateDirectory?: string,
): RunRecord | null {
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
    for (const { journal } of placesOf(paths)) {
        const read = readJournal(journal);
        if (read.kind !== 'read') continue;
        if (deploymentBegunAt !== null && read.openedAt !== deploymentBegunAt) continue;
        const record = recordIn(read, run);
        if (record !== null) return record;
    }
    return null;
}

/** Facts that another version wrote in words this one does not know end the record: it says what came before them. */
function recordIn({ opened, events }: ReadJournal, run: string): RunRecord | null {
    const begun = events.findIndex((event) => event.kind === 'runBegun' && event.run === run);
    if (begun === -1) return null;
    const state = stateOf(opened, DEFAULT_SETTINGS);
    let recorder: RunRecorder | null = null;
    try {
        for (const event of events.slice(0, begun)) evolve(state, event);
        for (const event of events.slice(begun)) {
            const told = runnerEventsOf(state, event, evolve(state, event));
            recorder ??= recorderFrom(told, deploymentSnapshotOf(state, opened.key, false).instances);
            for (const news of told) recorder?.take(news);
            if (event.kind === 'runEnded' && event.run === run) break;
        }
    } catch {
        // The records come from a file: what another version wrote there is no fault of this one.
    }
    return recorder?.record() ?? null;
}

function recorderFrom(told: readonly RunnerEvent[], instances: readonly InstanceSnapshot[]): RunRecorder | null {
    const begun = told.find((event) => event.kind === 'runBegun');
    return begun === undefined ? null : beginRecord(begun.run, instances);
}
