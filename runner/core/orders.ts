/** What an order wants of each instance, and whether it can be obeyed. */
import type { RefusalReason } from './event.ts';
import type { CoreOrder } from './input.ts';
import { isNamedBy, isWithin } from './instance-path.ts';
import { at, isLeaving, statusOf, wantedOf, type State } from './state.ts';
import type { DesiredStatus } from './status.ts';
import { indexOf, nodeAt, subTreeOf } from './topology.ts';

export interface Refusal {
    readonly code: RefusalReason;
    readonly message: string;
}

/** What an order changes for one instance: what is desired, and whether it may move again after a failure. */
export interface Wish {
    readonly instance: number;
    readonly desired: DesiredStatus;
    readonly released: boolean;
}

/** Wishes of an order that was not refused; instances it does not concern are not in it. */
export function wishesOf(state: State, order: CoreOrder): readonly Wish[] {
    if (order.kind === 'cancel') return [];
    const paths = order.kind === 'resume' ? [] : order.paths;
    const concerned = new Set(instancesUnder(state, paths));
    if (order.kind === 'deploy') for (const instance of state.successions.keys()) concerned.add(instance);
    return [...concerned].flatMap((instance) => wishOf(state, order, instance));
}

/** Why the order cannot be obeyed; null when it can. */
export function refusalOf(state: State, order: CoreOrder): Refusal | null {
    if (order.kind === 'cancel') return isIdle(state) ? refusal('nothingUnderWay', 'Nothing is under way.') : null;
    if (state.cancelling) return refusal('alreadyRunning', 'A cancel is under way: wait until it is quiet.');
    if (order.kind === 'resume') return refusedResume(state);
    const unknown = order.paths.find((path) => !state.topology.indexOfPath.has(path));
    if (unknown !== undefined) return refusal('unknownInstance', `There is no instance ${unknown}.`);
    switch (order.kind) {
        case 'deploy':
            return refusedLeaving(state, order.paths) ?? refusedParent(state, order.paths, 'deploy');
        case 'start':
            return (
                refusedAbsence(state, order.paths) ??
                refusedLeaving(state, order.paths) ??
                refusedParent(state, order.paths, 'start')
            );
        case 'stop':
        case 'undeploy':
        case 'retry':
            return refusedAbsence(state, order.paths);
        case 'settle':
            return refusedSettling(state, order.paths);
        default:
            return order satisfies never;
    }
}

/** The instances of the named sub-trees, each once, parents first; all when no path is given. */
export function instancesUnder(state: State, paths: readonly string[]): readonly number[] {
    if (paths.length === 0) return state.topology.nodes.map((node) => node.index);
    const found = new Set<number>();
    for (const path of paths) {
        const root = state.topology.indexOfPath.get(path);
        if (root !== undefined) subTreeOf(state.topology, root).forEach((instance) => found.add(instance));
    }
    return [...found].sort((left, right) => left - right);
}

function wishOf(state: State, order: Exclude<CoreOrder, { kind: 'cancel' }>, instance: number): readonly Wish[] {
    const wanted = wantedOf(state, instance);
    const absent = isAbsent(state, instance);
    const unknown = state.unknowns.has(instance);
    switch (order.kind) {
        case 'deploy':
            return [{ instance, desired: desiredByDeploy(state, instance, order.paths), released: !unknown }];
        case 'start':
            if (absent && wanted === 'NOT_DEPLOYED') return [];
            return [{ instance, desired: 'DEPLOYED_STARTED', released: !unknown }];
        case 'stop':
            return stopWish(state, order.paths, instance);
        case 'undeploy':
            return [{ instance, desired: 'NOT_DEPLOYED', released: true }];
        case 'resume':
            // What a model added whose run never began is wanted by nobody yet.
            if (state.accepted?.has(instance) === true)
                return [{ instance, desired: 'DEPLOYED_STARTED', released: true }];
            if (wanted === statusOf(state, instance)) return [];
            return [{ instance, desired: wanted, released: isResumed(state, instance, order.retryUnknown) }];
        case 'retry':
            return [{ instance, desired: wanted, released: true }];
        case 'settle':
            return isAsked(state, instance) ? [{ instance, desired: wanted, released: false }] : [];
        default:
            return order satisfies never;
    }
}

/** Whether the user can say how a step of the instance ended. While its machine is lost, that is asked first. */
export function isAsked(state: State, instance: number): boolean {
    return state.unknowns.has(instance) && !state.beforeLoss.has(instance);
}

/**
 * The run that goes with another model leaves what was wanted of those that stay, unless they are named: to apply a change is not to
 * start what was stopped. What has to leave or come back is concerned wherever it is.
 */
function desiredByDeploy(state: State, instance: number, paths: readonly string[]): DesiredStatus {
    const { path } = nodeAt(state.topology, instance);
    const isOrdered = paths.length === 0 ? isAddedOrPlain(state, instance) : isNamedBy(path, paths);
    return isOrdered ? 'DEPLOYED_STARTED' : wantedOf(state, instance);
}

function isAddedOrPlain(state: State, instance: number): boolean {
    return state.accepted?.has(instance) ?? true;
}

/** A stop never deploys anything, and machines stay up. What leaves with something above that is not named leaves all the same. */
function stopWish(state: State, paths: readonly string[], instance: number): readonly Wish[] {
    const status = statusOf(state, instance);
    const isLeavingAlready = status === 'NOT_DEPLOYED' || status === 'UNDEPLOYING';
    if (isLeavingAlready) return [{ instance, desired: 'NOT_DEPLOYED', released: false }];
    if (leavesWithAncestor(state, paths, instance)) return [];
    if (!nodeAt(state.topology, instance).scoped) return [{ instance, desired: 'DEPLOYED_STOPPED', released: true }];
    return status === 'STOPPING' ? [{ instance, desired: 'DEPLOYED_STARTED', released: true }] : [];
}

function leavesWithAncestor(state: State, paths: readonly string[], instance: number): boolean {
    for (let { parent } = nodeAt(state.topology, instance); parent !== -1;) {
        const above = nodeAt(state.topology, parent);
        if (!isNamedBy(above.path, paths) && at(state.desired, parent) === 'NOT_DEPLOYED') return true;
        ({ parent } = above);
    }
    return false;
}

function isResumed(state: State, instance: number, retryUnknown: boolean): boolean {
    const kind = state.failures.get(instance)?.kind;
    if (state.unknowns.has(instance) || kind === 'unknown') return retryUnknown;
    return kind === undefined || kind === 'cancelled';
}

function isAbsent(state: State, instance: number): boolean {
    return statusOf(state, instance) === 'NOT_DEPLOYED' && !at(state.hasFiles, instance);
}

function isIdle(state: State): boolean {
    return state.runs.length === 0 && state.tasks.size === 0;
}

function refusedResume(state: State): Refusal | null {
    if (state.lastRun === null) return refusal('notDeployed', 'Nothing was ever ordered here: deploy first.');
    if (state.runs.length > 0 && !state.halted) return refusal('alreadyRunning', 'The run is under way already.');
    return null;
}

function refusedAbsence(state: State, paths: readonly string[]): Refusal | null {
    const roots = paths.length === 0 ? [instancesUnder(state, [])] : paths.map((path) => instancesUnder(state, [path]));
    const isUnwanted = (instance: number) =>
        isAbsent(state, instance) && at(state.desired, instance) === 'NOT_DEPLOYED';
    const position = roots.findIndex((instances) => instances.every(isUnwanted));
    return position === -1 ? null : refusal('notDeployed', `${paths[position] ?? 'The application'} is not deployed.`);
}

function refusedSettling(state: State, paths: readonly string[]): Refusal | null {
    const roots = paths.length === 0 ? [[]] : paths.map((path) => [path]);
    const position = roots.findIndex((root) => !instancesUnder(state, root).some((each) => isAsked(state, each)));
    if (position === -1) return null;
    const place = paths[position] ?? 'the application';
    return refusal('nothingUnknown', `No step of ${place} is waiting to be told how it ended.`);
}

function refusedLeaving(state: State, paths: readonly string[]): Refusal | null {
    const leaving = paths.find((path) => isLeaving(state, indexOf(state.topology, path)));
    if (leaving === undefined) return null;
    return refusal('unknownInstance', `${leaving} is being removed: the model does not have it any more.`);
}

/** Why what the paths name cannot come up. A parent that is ordered too is no obstacle. */
export function refusedParent(state: State, paths: readonly string[], order: 'deploy' | 'start'): Refusal | null {
    for (const path of paths) {
        const parentPath = path.slice(0, path.lastIndexOf('/'));
        const parent = state.topology.indexOfPath.get(parentPath);
        const isOrdered = paths.some((other) => isWithin(parentPath, other));
        if (parentPath === '' || isOrdered) continue;
        switch (parent === undefined ? 'NOT_DEPLOYED' : wantedOf(state, parent)) {
            case 'NOT_DEPLOYED':
                return refusal('notDeployed', `The parent of ${path} is not deployed: ${order} ${parentPath} first.`);
            case 'DEPLOYED_STOPPED':
                return refusal('parentStopped', `The parent of ${path} is stopped: start ${parentPath} first.`);
            case 'DEPLOYED_STARTED':
        }
    }
    return null;
}

function refusal(code: RefusalReason, message: string): Refusal {
    return { code, message };
}
