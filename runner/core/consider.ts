/**
 * Closes the gap between what is desired of one instance and what is observed: looks at it and answers its next move.
 * One row per observed status.
 */
import type { CoreEvent } from './event.ts';
import { randomPortsOf } from './exports.ts';
import { considerSuccession } from './change.ts';
import { statusAfterStop } from './decide-step.ts';
import { changeOf } from './import-change.ts';
import { missingImportsOf, type Laws } from './laws.ts';
import { isCascaded } from './policy.ts';
import {
    act,
    begin,
    destruction,
    hasRoom,
    mayBegin,
    moveTo,
    nextAttempt,
    publishMachine,
    removal,
    REST,
    stamp,
    statusWithoutDeployment,
    stop,
    type Move,
    type Sight,
} from './move.ts';
import {
    at,
    awaitedOriginOf,
    isLeaving,
    namedTarget,
    parentStatusOf,
    statusOf,
    targetOf,
    type State,
} from './state.ts';
import type { InstanceStatus, Phase } from './status.ts';
import { isWithin } from './instance-path.ts';
import { groupAt, nodeAt, subTreeOf, type InstanceNode } from './topology.ts';
import { changeTo } from './wave.ts';

/** The next move of an instance. */
export function consider(sight: Sight): Move {
    const { state, node } = sight;
    if (state.tasks.has(node.index)) return REST;
    if (state.beforeLoss.has(node.index)) return considerLost(sight);
    if (state.forced.has(node.index)) return considerForced(sight);
    const succession = considerSuccession(sight);
    if (succession !== null) return succession;
    if ((state.retries.get(node.index)?.dueAt ?? null) !== null) return REST;
    const status = statusOf(state, node.index);
    switch (status) {
        case 'NOT_DEPLOYED':
            return considerAbsent(sight);
        case 'DEPLOYING':
            return mayBegin(sight) ? considerDeploying(sight) : REST;
        case 'DEPLOYED_STOPPED':
        case 'UNRESOLVED':
        case 'WAITING_FOR_ANCESTOR':
            return considerIdle(sight, status);
        case 'DEPLOYED_STARTED':
            return considerStarted(sight);
        case 'STOPPING':
            return considerStopping(sight);
        case 'UNDEPLOYING':
            return node.scoped ? REST : removal(sight, 'its undeploy recipe has ended');
        case 'STARTING':
            return REST;
        case 'PROBLEM':
            return considerProblem(sight);
        default:
            return status satisfies never;
    }
}

/** Stops and destructions that wait for one another in a ring: the last one told goes on without waiting. Empty when there is none. */
export function breakRing(laws: Laws, state: State, time: number): readonly CoreEvent[] {
    for (const instance of [...state.restless].reverse()) {
        const sight: Sight = { laws, state, node: nodeAt(state.topology, instance), time, isTurn: true };
        const isBlocked = state.tasks.has(instance) || statusOf(state, instance) !== 'STOPPING';
        if (isBlocked || at(state.activeBelow, instance) > 0) continue;
        const move = finishStopping(sight);
        if (move.kind === 'act') return move.events;
    }
    return [];
}

/** A lost machine that is not wanted any more is destroyed unseen. */
function considerLost(sight: Sight): Move {
    const { state, node } = sight;
    const givenUp = node.scoped && at(state.desired, node.index) === 'NOT_DEPLOYED' && mayBegin(sight);
    return givenUp && !state.beforeLoss.has(node.parent)
        ? destruction(sight, 'it is lost and not wanted any more')
        : REST;
}

/**
 * What was given up goes without a recipe. Machines within it and what is below it in its directory go first; what is on a machine that was
 * given up goes with that.
 */
function considerForced(sight: Sight): Move {
    const { state, node } = sight;
    const status = statusOf(state, node.index);
    if (state.halted || (status === 'UNDEPLOYING' && node.scoped)) return REST;
    if (status === 'DEPLOYED_STARTED') return stop(sight, GIVEN_UP);
    if (node.scoped) return hasMachineBelow(state, node) ? REST : destruction(sight, GIVEN_UP);
    if (state.forced.has(node.machine)) return REST;
    return at(state.presentChildren, node.index) === 0 ? removal(sight, GIVEN_UP) : REST;
}

const GIVEN_UP = 'it was given up';

function hasMachineBelow(state: State, { index }: InstanceNode): boolean {
    const below = subTreeOf(state.topology, index).filter((instance) => instance !== index);
    return below.some(
        (instance) => nodeAt(state.topology, instance).scoped && statusOf(state, instance) !== 'NOT_DEPLOYED',
    );
}

function considerAbsent(sight: Sight): Move {
    const { state, node } = sight;
    if (!mayBegin(sight)) return REST;
    if (at(state.desired, node.index) === 'NOT_DEPLOYED')
        return isRemovable(sight) ? removal(sight, 'a failed deployment left files') : REST;
    if (!isReadyParent(sight) || awaitedOriginOf(state, node.index) !== null) return REST;
    if (!node.scoped) return considerDeploying(sight);
    return act({
        ...stamp(sight, 'it is ordered'),
        kind: 'machineRequested',
        path: node.path,
        ...namedTarget(targetOf(state, node.index)),
        changes: [changeTo(state, node.index, 'DEPLOYING')],
    });
}

/** On a lost machine nothing can be removed before it is back, or given up with all that is on it. */
function isRemovable({ state, node }: Sight): boolean {
    return at(state.hasFiles, node.index) && !state.beforeLoss.has(node.machine);
}

function considerDeploying(sight: Sight): Move {
    const { state, node } = sight;
    if (at(state.desired, node.index) === 'NOT_DEPLOYED')
        return moveTo(sight, 'NOT_DEPLOYED', 'it is not wanted any more');
    if (!hasRoom(sight)) return { kind: 'wait' };
    if (!state.ports.has(node.index) && randomPortsOf(node).length > 0) {
        return act({
            ...stamp(sight, 'it exports random ports'),
            kind: 'portsRequested',
            path: node.path,
            attempt: nextAttempt(state),
            changes: statusOf(state, node.index) === 'DEPLOYING' ? [] : [changeTo(state, node.index, 'DEPLOYING')],
        });
    }
    const phase: Phase = at(state.initialized, node.index) ? 'deploy' : 'initialize';
    return begin(sight, phase, phase === 'deploy' ? 'its files are in place' : becauseOfDeployment(sight));
}

function becauseOfDeployment({ state, node }: Sight): string {
    return state.outdated.has(node.index) ? 'its recipe is another one' : 'it is ordered';
}

function considerIdle(sight: Sight, status: InstanceStatus): Move {
    const { laws, state, node } = sight;
    const desired = at(state.desired, node.index);
    if (desired !== 'NOT_DEPLOYED' && state.outdated.has(node.index) && mayBegin(sight) && isReadyParent(sight))
        return considerDeploying(sight);
    switch (desired) {
        case 'NOT_DEPLOYED':
            return considerUndeploy(sight);
        case 'DEPLOYED_STOPPED':
            return laws.R7(state, node.index) ? moveTo(sight, 'DEPLOYED_STOPPED', 'it is to be stopped') : REST;
        case 'DEPLOYED_STARTED':
            return considerStart(sight, status);
        default:
            return desired satisfies never;
    }
}

function considerUndeploy(sight: Sight): Move {
    const { state, node } = sight;
    if (!mayBegin(sight)) return REST;
    if (node.scoped) return isSubTreeSettled(state, node) ? destruction(sight, 'it is not wanted any more') : REST;
    if (at(state.presentChildren, node.index) > 0) return REST;
    if (!goesWithParent(sight, 'undeploy')) return begin(sight, 'undeploy', 'it is not wanted any more');
    return isParentAtWork(sight) ? REST : removal(sight, GOES_WITH_PARENT);
}

function considerStart(sight: Sight, status: InstanceStatus): Move {
    const { laws, state, node } = sight;
    if (laws.R1(state, node.index)) {
        if (state.outdated.has(node.index)) return REST;
        if (!mayBegin(sight) || !mayWake(sight, status)) return REST;
        if (node.scoped) return publishMachine(sight);
        return begin(sight, 'start', becauseOfStart(status));
    }
    const target = waitingStatusOf(sight, status);
    if (target === status) return REST;
    const missing = missingImportsOf(state, node.index).join(', ');
    return moveTo(sight, target, target === 'UNRESOLVED' ? `nobody gives it ${missing}` : 'its parent is not started');
}

function mayWake({ laws, state, node }: Sight, status: InstanceStatus): boolean {
    if (status === 'WAITING_FOR_ANCESTOR') return laws.R6(state, node.index);
    return status !== 'UNRESOLVED' || laws.R4(state, node.index);
}

function becauseOfStart(status: InstanceStatus): string {
    if (status === 'WAITING_FOR_ANCESTOR') return 'its parent is started';
    return status === 'UNRESOLVED' ? 'its imports are there' : 'it is deployed';
}

/** A parent that is only on its way up keeps nobody waiting visibly; one that hangs does. */
function waitingStatusOf({ state, node }: Sight, status: InstanceStatus): InstanceStatus {
    const parent = parentStatusOf(state, node.index);
    if (parent === 'DEPLOYED_STARTED') return 'UNRESOLVED';
    const hangs = parent === 'UNRESOLVED' || parent === 'WAITING_FOR_ANCESTOR' || at(state.held, node.parent);
    return hangs || status === 'UNRESOLVED' ? 'WAITING_FOR_ANCESTOR' : status;
}

function considerStarted(sight: Sight): Move {
    const { laws, state, node } = sight;
    const desired = at(state.desired, node.index);
    const isUnwanted = desired === 'NOT_DEPLOYED' || (desired === 'DEPLOYED_STOPPED' && !node.scoped);
    if (isUnwanted) return mayBegin(sight) ? stop(sight, becauseOfStop(sight)) : REST;
    if (laws.R5(state, node.index, (group) => laws.R3(state, node.index, group)))
        return stop(sight, 'it lost an import');
    return state.halted ? REST : considerUpdate(sight);
}

function becauseOfStop({ state, node }: Sight): string {
    if (isLeaving(state, node.index)) return 'the model does not have it any more';
    return state.successions.has(node.index) ? 'it is to be replaced' : 'it is ordered';
}

function considerUpdate(sight: Sight): Move {
    const { state, node } = sight;
    const [entry] = state.updates.get(node.index) ?? [];
    if (entry === undefined) return REST;
    const [exporter, told] = entry;
    const change = changeOf(state, node, exporter, told);
    if (change !== null) return begin(sight, 'update', `${change.exporterPath} was ${change.kind}`, change);
    return act({
        ...stamp(sight, 'what changed was undone meanwhile'),
        kind: 'updateDropped',
        path: node.path,
        exporterPath: nodeAt(state.topology, exporter).path,
        changes: [],
    });
}

function considerStopping(sight: Sight): Move {
    const { state, node } = sight;
    if (state.halted) return REST;
    if (node.scoped && at(state.desired, node.index) !== 'NOT_DEPLOYED')
        return moveTo(sight, 'UNRESOLVED', 'it is wanted again');
    if (at(state.activeBelow, node.index) > 0 || hasBusyDependants(state, node)) return REST;
    return finishStopping(sight);
}

function finishStopping(sight: Sight): Move {
    if (!sight.node.scoped)
        return goesWithParent(sight, 'stop')
            ? moveTo(sight, statusAfterStop(sight), GOES_WITH_PARENT)
            : begin(sight, 'stop', 'nobody depends on it any more');
    return isSubTreeSettled(sight.state, sight.node) ? destruction(sight, 'nothing is left on it') : REST;
}

const GOES_WITH_PARENT = 'it goes with its parent';

/** Its component leaves it to the recipe of the parent, which is on the same way. */
function goesWithParent({ state, node }: Sight, phase: 'stop' | 'undeploy'): boolean {
    if (node.parent === -1 || isCascaded(state, node.index, phase)) return false;
    const isParentLeaving = at(state.desired, node.parent) === 'NOT_DEPLOYED';
    return phase === 'undeploy' ? isParentLeaving : isParentLeaving || statusOf(state, node.parent) === 'STOPPING';
}

/** The recipe that stops the parent may need what is below it. */
function isParentAtWork({ state, node }: Sight): boolean {
    const isMachine = node.parent === node.machine;
    const status = parentStatusOf(state, node.index);
    return !isMachine && (status === 'STARTING' || status === 'DEPLOYED_STARTED' || status === 'STOPPING');
}

/** An importer that starts or stops may still use what is being withdrawn. */
function hasBusyDependants(state: State, node: InstanceNode): boolean {
    const own = node.groups;
    const groups = node.prefixes.flatMap((prefix) => state.topology.groupsOfPrefix.get(prefix) ?? []);
    return groups.some(
        (group) => at(state.busyImporters, group) > (own.includes(group) ? 1 : 0) || hasBusyMachine(state, node, group),
    );
}

/** A machine that imports has no recipe of its own to wait for: what stops on it counts in its place. */
function hasBusyMachine(state: State, { index }: InstanceNode, group: number): boolean {
    const { importers } = groupAt(state.topology, group);
    const [first] = importers;
    if (first === undefined || !nodeAt(state.topology, first).scoped) return false;
    return importers.some(
        (importer) =>
            importer !== index &&
            at(state.activeBelow, importer) > 0 &&
            statusOf(state, importer) !== 'DEPLOYED_STARTED' &&
            !isWithin(nodeAt(state.topology, index).path, nodeAt(state.topology, importer).path),
    );
}

/** Released by an order: goes back to where the step in doubt can be tried again, or be undone. */
function considerProblem(sight: Sight): Move {
    const { state, node } = sight;
    if (!mayBegin(sight)) return REST;
    if (node.scoped && at(state.desired, node.index) === 'NOT_DEPLOYED') return considerUndeploy(sight);
    if (node.scoped && state.machines.get(node.index)?.address === '')
        return destruction(sight, 'what is left of it must go first');
    if (node.scoped) return moveTo(sight, 'UNRESOLVED', 'it is wanted again');
    const phase = state.unknowns.get(node.index)?.phase ?? 'stop';
    return moveTo(sight, statusToGoOnFrom(sight, phase), 'it is tried again');
}

function isWantedUp({ state, node }: Sight): boolean {
    return at(state.desired, node.index) === 'DEPLOYED_STARTED';
}

function statusToGoOnFrom(sight: Sight, phase: Phase): InstanceStatus {
    const { state, node } = sight;
    switch (phase) {
        case 'initialize':
        case 'deploy':
            if (at(state.desired, node.index) === 'NOT_DEPLOYED') return 'DEPLOYED_STOPPED';
            return statusWithoutDeployment(state, node.index);
        case 'start':
            return isWantedUp(sight) ? 'DEPLOYED_STOPPED' : 'STOPPING';
        case 'update':
        case 'stop':
            return 'STOPPING';
        case 'undeploy':
            return 'DEPLOYED_STOPPED';
        default:
            return phase satisfies never;
    }
}

function isReadyParent({ state, node }: Sight): boolean {
    if (node.parent === -1) return true;
    if (at(state.desired, node.parent) === 'NOT_DEPLOYED') return false;
    const status = statusOf(state, node.parent);
    return status !== 'NOT_DEPLOYED' && status !== 'DEPLOYING' && status !== 'UNDEPLOYING' && status !== 'PROBLEM';
}

/** Nothing on the machine can go further down by itself: each instance is gone, or its undeployment was given up. */
function isSubTreeSettled(state: State, node: InstanceNode): boolean {
    if (at(state.presentChildren, node.index) === 0) return true;
    if (state.failures.size === 0) return false;
    return subTreeOf(state.topology, node.index).every(
        (instance) => instance === node.index || isSettled(state, instance),
    );
}

function isSettled(state: State, instance: number): boolean {
    if (state.tasks.has(instance)) return false;
    if (at(state.held, instance)) return true;
    const status = statusOf(state, instance);
    if (status === 'NOT_DEPLOYED') return !at(state.hasFiles, instance);
    const isIdle = status === 'DEPLOYED_STOPPED' || status === 'UNRESOLVED' || status === 'WAITING_FOR_ANCESTOR';
    return isIdle && at(state.presentChildren, instance) > 0;
}
