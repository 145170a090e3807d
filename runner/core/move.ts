/** The moves an instance can make, as the facts they begin with. Whether one is due is decided in `consider.ts`. */
import type { CoreEvent, ImportChange } from './event.ts';
import { addressOf } from './exports.ts';
import type { Laws } from './laws.ts';
import { retryPolicyOf } from './policy.ts';
import { at, runIdOf, statusOf, type State } from './state.ts';
import type { InstanceStatus, Phase } from './status.ts';
import type { InstanceNode } from './topology.ts';
import { changeTo, waveOf } from './wave.ts';

/** `wait`: there is a step to begin as soon as the machine (and the limit on steps) allows, and nobody more urgent waits for that. */
export type Move =
    | { readonly kind: 'rest' }
    | { readonly kind: 'wait' }
    | { readonly kind: 'act'; readonly events: readonly CoreEvent[] };

/** What a move is decided from. */
export interface Sight {
    readonly laws: Laws;
    readonly state: State;
    readonly node: InstanceNode;
    readonly time: number;
    /** A step may begin: nobody more urgent waits for the place. */
    readonly isTurn: boolean;
}

/** Nothing to do. */
export const REST: Move = { kind: 'rest' };

/** Builds the parts every fact has. */
export function stamp(
    sight: Pick<Sight, 'state' | 'time'>,
    because: string,
): Pick<CoreEvent, 'time' | 'run' | 'because'> {
    return { time: sight.time, run: runIdOf(sight.state), because };
}

/** A machine that is up shows its exports; it has no recipe to start. */
export function publishMachine(sight: Sight): Move {
    const { laws, state, node } = sight;
    return act({
        ...stamp(sight, 'its machine is up'),
        kind: 'instanceMoved',
        path: node.path,
        changes: [
            {
                path: node.path,
                status: 'DEPLOYED_STARTED',
                exports: laws.R2(state, node.index, addressOf(state, node.index)),
            },
        ],
    });
}

/** Withdraws the exports of an instance and of all that depended on them; its stop recipe follows. */
export function stop(sight: Sight, because: string): Move {
    const { laws, state, node } = sight;
    const leaves: InstanceStatus =
        node.scoped && at(state.desired, node.index) !== 'NOT_DEPLOYED' ? 'UNRESOLVED' : 'STOPPING';
    return act({
        ...stamp(sight, because),
        kind: 'stopDecided',
        path: node.path,
        changes: waveOf(laws, state, new Map([[node.index, leaves]])),
    });
}

/** A change of status that needs no recipe. */
export function moveTo(sight: Sight, status: InstanceStatus, because: string): Move {
    const { state, node } = sight;
    return act({
        ...stamp(sight, because),
        kind: 'instanceMoved',
        path: node.path,
        changes: [changeTo(state, node.index, status)],
    });
}

/** Removes the directory of an instance and ends what runs in it. */
export function removal(sight: Sight, because: string): Move {
    const { state, node } = sight;
    const changes = statusOf(state, node.index) === 'UNDEPLOYING' ? [] : [changeTo(state, node.index, 'UNDEPLOYING')];
    return act({ ...stamp(sight, because), kind: 'removalBegun', path: node.path, changes });
}

/** Destroys a machine, or what is left of it. */
export function destruction(sight: Sight, because: string): Move {
    const { state, node } = sight;
    return act({
        ...stamp(sight, because),
        kind: 'machineDestructionBegun',
        path: node.path,
        changes: [changeTo(state, node.index, 'UNDEPLOYING')],
    });
}

/** Begins a recipe phase, or waits until there is room for another step. `change` goes with an `update` only. */
export function begin(sight: Sight, phase: Phase, because: string, change: ImportChange | null = null): Move {
    const { state, node } = sight;
    if (state.halted) return REST;
    if (!hasRoom(sight)) return { kind: 'wait' };
    const status = statusDuring(phase);
    const changes =
        status === null || status === statusOf(state, node.index) ? [] : [changeTo(state, node.index, status)];
    return act({
        ...stamp(sight, becauseOfTry(sight, phase) ?? because),
        kind: 'stepBegun',
        path: node.path,
        phase,
        attempt: nextAttempt(state),
        change,
        changes,
    });
}

/** Which try of how many a step is; null for the first. */
function becauseOfTry({ state, node }: Sight, phase: Phase): string | null {
    const used = state.retries.get(node.index)?.count ?? 0;
    if (used === 0) return null;
    return `it failed and is tried again: try ${used + 1} of ${retryPolicyOf(state, node.index, phase).retries + 1}`;
}

function statusDuring(phase: Phase): InstanceStatus | null {
    switch (phase) {
        case 'initialize':
        case 'deploy':
            return 'DEPLOYING';
        case 'start':
            return 'STARTING';
        case 'update':
            return null;
        case 'stop':
            return 'STOPPING';
        case 'undeploy':
            return 'UNDEPLOYING';
        default:
            return phase satisfies never;
    }
}

/** Where a failed step leaves an instance: one that was to be deployed over stays deployed, with what is there. */
export function statusAfterFailure(
    { laws, state, node }: Sight,
    phase: Phase,
    previous: InstanceStatus,
): InstanceStatus {
    const status = laws.R9(phase, previous);
    return status === 'NOT_DEPLOYED' ? statusWithoutDeployment(state, node.index) : status;
}

/** The status of an instance whose deployment came to nothing. */
export function statusWithoutDeployment(state: State, instance: number): InstanceStatus {
    return state.outdated.has(instance) ? 'DEPLOYED_STOPPED' : 'NOT_DEPLOYED';
}

/** Nothing is begun for an instance that was given up, or while orders are awaited. */
export function mayBegin({ state, node }: Sight): boolean {
    return !state.halted && !at(state.held, node.index);
}

/** Whether another step may run, here and on the machine of the instance. */
export function hasRoom({ laws, state, node, isTurn }: Sight): boolean {
    return isTurn && state.runningCount < state.settings.concurrency && laws.R8(state, node.machine);
}

/** A name no step of the deployment has had. */
export function nextAttempt(state: State): string {
    return `${runIdOf(state)}-${state.attemptCount + 1}`;
}

/** The move of one fact. */
export function act(event: CoreEvent): Move {
    return { kind: 'act', events: [event] };
}
