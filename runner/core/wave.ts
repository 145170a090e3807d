/**
 * Who leaves DEPLOYED_STARTED together. When an instance stops, its started descendants stop with it, and so does every
 * importer left without a mandatory import; all of them in one record, so that no instance is ever started on nothing.
 */
import type { Change } from './event.ts';
import { feederCount, satisfies } from './exports.ts';
import type { Laws } from './laws.ts';
import { statusOf, type State } from './state.ts';
import type { InstanceStatus } from './status.ts';
import { groupAt, nodeAt } from './topology.ts';

/** Changes of a wave that begins with `first` (instances and the status they enter; not all need to be started). */
export function waveOf(laws: Laws, state: State, first: ReadonlyMap<number, InstanceStatus>): readonly Change[] {
    const wave = new Map(first);
    const lost = new Map<number, number>();
    const remaining = (importer: number) => (group: number) => laws.R3(state, importer, group) - (lost.get(group) ?? 0);
    const add = (instance: number) => {
        if (!wave.has(instance) && statusOf(state, instance) === 'DEPLOYED_STARTED')
            wave.set(instance, leavingStatusOf(state, wave, instance));
    };
    // Entries added while the loop runs are visited too.
    for (const instance of wave.keys()) {
        if (statusOf(state, instance) !== 'DEPLOYED_STARTED') continue;
        nodeAt(state.topology, instance).children.forEach(add);
        for (const group of groupsFedBy(state, instance)) {
            lost.set(group, (lost.get(group) ?? 0) + 1);
            if (feederCount(state, group) - (lost.get(group) ?? 0) > 1) continue;
            const { importers } = groupAt(state.topology, group);
            importers.filter((importer) => laws.R5(state, importer, remaining(importer))).forEach(add);
        }
    }
    return Array.from(wave, ([instance, status]) => changeTo(state, instance, status));
}

/** A change without exports. */
export function changeTo(state: State, instance: number, status: InstanceStatus): Change {
    return { path: nodeAt(state.topology, instance).path, status, exports: null };
}

/** Mandatory groups that what an instance publishes satisfies. */
function groupsFedBy(state: State, instance: number): readonly number[] {
    const published = state.published.get(instance);
    if (published === undefined) return [];
    return nodeAt(state.topology, instance)
        .prefixes.flatMap((prefix) => state.topology.groupsOfPrefix.get(prefix) ?? [])
        .filter((group) => satisfies(published, groupAt(state.topology, group)));
}

/** Nothing runs for a machine itself, so it leaves at once; everything else has a recipe to stop it. */
function leavingStatusOf(state: State, wave: ReadonlyMap<number, InstanceStatus>, instance: number): InstanceStatus {
    const node = nodeAt(state.topology, instance);
    if (!node.scoped) return 'STOPPING';
    return wave.has(node.parent) ? 'WAITING_FOR_ANCESTOR' : 'UNRESOLVED';
}
