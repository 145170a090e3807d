/**
 * The ten rules of the runtime as one table. `decide` asks them and nothing else where a rule is at stake, so that each can
 * be exchanged on its own: a test replaces one and shows that its scenario notices.
 */
import type { PublishedValues } from './event.ts';
import { exportsOf, feederCount, satisfies } from './exports.ts';
import { at, parentStatusOf, statusOf, type State } from './state.ts';
import type { InstanceStatus, Phase } from './status.ts';
import { groupAt, nodeAt, subTreeOf } from './topology.ts';

export interface Laws {
    /** R1: may be started: the parent is, and every mandatory prefix is fed. */
    readonly R1: (state: State, instance: number) => boolean;
    /** R2: what becomes visible when the instance is started at an address; null = nothing. */
    readonly R2: (state: State, instance: number, address: string | null) => PublishedValues | null;
    /** R3: how many of the exporters that feed a group count for this importer: all but itself. */
    readonly R3: (state: State, instance: number, group: number) => number;
    /** R4: an unresolved instance whose imports are there comes up by itself. */
    readonly R4: (state: State, instance: number) => boolean;
    /** R5: a started instance that `remaining` (feeders per group, of those that count) no longer feeds must stop. */
    readonly R5: (state: State, instance: number, remaining: (group: number) => number) => boolean;
    /** R6: an instance that waits for its parent comes up when that is started. */
    readonly R6: (state: State, instance: number) => boolean;
    /** R7: an instance that is to be stopped gives up waiting. */
    readonly R7: (state: State, instance: number) => boolean;
    /** R8: a machine (slot) has room for one more recipe. */
    readonly R8: (state: State, machine: number) => boolean;
    /** R9: where a failed step leaves its instance; `previous` is the status before the step. */
    readonly R9: (phase: Phase, previous: InstanceStatus) => InstanceStatus;
    /** R10: who is no longer deployed when a machine is gone. */
    readonly R10: (state: State, machine: number) => readonly number[];
}

export const LAWS: Laws = {
    R1: (state, instance) => isParentStarted(state, instance) && isComplete(LAWS, state, instance),
    R2: exportsOf,
    R3: othersFeeding,
    R4: (state, instance) => isComplete(LAWS, state, instance),
    R5: (state, instance, remaining) => !nodeAt(state.topology, instance).groups.every((group) => remaining(group) > 0),
    R6: isParentStarted,
    R7: (state, instance) => statusOf(state, instance) !== 'DEPLOYED_STOPPED',
    R8: (state, machine) => at(state.occupied, machine) === 0,
    R9: statusAfterFailure,
    R10: (state, machine) => subTreeOf(state.topology, machine),
};

/** Whether every mandatory prefix of an instance is fed by somebody else. */
function isComplete(laws: Laws, state: State, instance: number): boolean {
    return nodeAt(state.topology, instance).groups.every((group) => laws.R3(state, instance, group) > 0);
}

/** Mandatory prefixes that nobody feeds; external ones are marked. */
export function missingImportsOf(state: State, instance: number): readonly string[] {
    const groups = nodeAt(state.topology, instance).groups.filter((group) => LAWS.R3(state, instance, group) === 0);
    return groups.map((group) => {
        const { prefix, external } = groupAt(state.topology, group);
        return external ? `external ${prefix}` : prefix;
    });
}

function isParentStarted(state: State, instance: number): boolean {
    return parentStatusOf(state, instance) === 'DEPLOYED_STARTED';
}

function othersFeeding(state: State, instance: number, group: number): number {
    const own = state.published.get(instance);
    const counted =
        own !== undefined && publishesUnder(state, instance, group) && satisfies(own, groupAt(state.topology, group));
    return feederCount(state, group) - (counted ? 1 : 0);
}

function publishesUnder(state: State, instance: number, group: number): boolean {
    return nodeAt(state.topology, instance).prefixes.includes(groupAt(state.topology, group).prefix);
}

function statusAfterFailure(phase: Phase, previous: InstanceStatus): InstanceStatus {
    switch (phase) {
        case 'initialize':
        case 'deploy':
            return 'NOT_DEPLOYED';
        case 'start':
        case 'update':
            return previous;
        case 'stop':
        case 'undeploy':
            return 'DEPLOYED_STOPPED';
        default:
            return phase satisfies never;
    }
}
