/** What an order wants of each instance, and whether it can be obeyed. */
import type { RefusalReason } from './event.ts';
import type { CoreOrder } from './input.ts';
import { at, statusOf, type State } from './state.ts';
import type { DesiredStatus } from './status.ts';
import { nodeAt, subTreeOf } from './topology.ts';

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
    return instancesUnder(state, paths).flatMap((instance) => wishOf(state, order, instance));
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
            return refusedParent(state, order.paths, 'deploy');
        case 'start':
            return refusedAbsence(state, order.paths) ?? refusedParent(state, order.paths, 'start');
        case 'stop':
        case 'undeploy':
        case 'retry':
            return refusedAbsence(state, order.paths);
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
    const wanted = at(state.desired, instance);
    const absent = isAbsent(state, instance);
    const unknown = state.unknowns.has(instance);
    switch (order.kind) {
        case 'deploy':
            return [{ instance, desired: 'DEPLOYED_STARTED', released: !unknown }];
        case 'start':
            if (absent && wanted === 'NOT_DEPLOYED') return [];
            return [{ instance, desired: 'DEPLOYED_STARTED', released: !unknown }];
        case 'stop':
            return stopWish(state, instance);
        case 'undeploy':
            return [{ instance, desired: 'NOT_DEPLOYED', released: true }];
        case 'resume':
            if (wanted === statusOf(state, instance)) return [];
            return [{ instance, desired: wanted, released: isResumed(state, instance, order.retryUnknown) }];
        case 'retry':
            return [{ instance, desired: wanted, released: true }];
        default:
            return order satisfies never;
    }
}

/** A stop never deploys anything, and machines stay up. */
function stopWish(state: State, instance: number): readonly Wish[] {
    if (statusOf(state, instance) === 'NOT_DEPLOYED') return [{ instance, desired: 'NOT_DEPLOYED', released: false }];
    if (nodeAt(state.topology, instance).scoped) return [];
    return [{ instance, desired: 'DEPLOYED_STOPPED', released: true }];
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

/** A parent that is ordered too is no obstacle. */
function refusedParent(state: State, paths: readonly string[], order: 'deploy' | 'start'): Refusal | null {
    const ordered = new Set(instancesUnder(state, paths));
    for (const path of paths) {
        const { parent } = nodeAt(state.topology, state.topology.indexOfPath.get(path) ?? 0);
        if (parent === -1 || ordered.has(parent)) continue;
        const parentPath = nodeAt(state.topology, parent).path;
        switch (at(state.desired, parent)) {
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
