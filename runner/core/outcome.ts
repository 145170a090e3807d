/** How a run ended, and why instances are not where it wanted them. */
import type { CoreEvent, Unreached } from './event.ts';
import { missingImportsOf } from './laws.ts';
import { instancesUnder } from './orders.ts';
import { at, awaitedOriginOf, statusOf, type Run, type State } from './state.ts';
import { groupAt, nodeAt } from './topology.ts';

const NAMED_AT_MOST = 20;

/** The fact that ends a run. It succeeded only when each instance it ordered, and no later run did, is where it wanted it. */
export function runEndOf(state: State, run: Run, time: number): CoreEvent {
    const unreached = unreachedOf(state, run);
    const named = unreached.slice(0, NAMED_AT_MOST);
    const isCancelled = state.cancelling || state.superseded.has(run.id);
    return {
        time,
        run: run.id,
        because: state.superseded.has(run.id) ? 'a later order took over' : 'all is quiet',
        kind: 'runEnded',
        order: run.order,
        begunAt: run.begunAt,
        outcome: isCancelled ? 'cancelled' : unreached.length === 0 ? 'succeeded' : 'failed',
        unreached: named.map((instance): Unreached => ({
            path: nodeAt(state.topology, instance).path,
            reason: reasonOf(state, instance),
        })),
        unreachedCount: unreached.length,
        changes: [],
    };
}

/** Why an instance is not where it is wanted, as a sentence. */
function reasonOf(state: State, instance: number): string {
    const failure = state.failures.get(instance);
    if (failure !== undefined) return failure.message;
    const node = nodeAt(state.topology, instance);
    const parentPath = node.parent === -1 ? '' : nodeAt(state.topology, node.parent).path;
    const status = statusOf(state, instance);
    switch (status) {
        case 'UNRESOLVED':
            return unresolvedReason(state, instance);
        case 'WAITING_FOR_ANCESTOR':
            return `It waits for its parent ${parentPath} to be started.`;
        case 'PROBLEM':
            return state.beforeLoss.has(instance)
                ? 'Its machine is lost: what happened to it is not known.'
                : 'It was cancelled half-way: resume goes on with it.';
        case 'NOT_DEPLOYED':
            if (awaitedOriginOf(state, instance) !== null) return originReason(state, instance);
            if (node.parent !== -1 && !at(state.held, instance)) return `Its parent ${parentPath} is not deployed.`;
            return 'It was given up before it was deployed.';
        case 'DEPLOYED_STOPPED':
            if (at(state.presentChildren, instance) > 0 && at(state.desired, instance) === 'NOT_DEPLOYED')
                return 'Something below it could not be undeployed.';
            return at(state.held, instance)
                ? 'It was given up before it got further.'
                : `Its parent ${parentPath} is not started.`;
        case 'DEPLOYING':
        case 'STARTING':
        case 'DEPLOYED_STARTED':
        case 'STOPPING':
        case 'UNDEPLOYING':
            return 'It was given up before it got further.';
        default:
            return status satisfies never;
    }
}

function originReason(state: State, instance: number): string {
    const origin = awaitedOriginOf(state, instance) ?? instance;
    return `It takes the place of ${nodeAt(state.topology, origin).path}, which is not gone.`;
}

/** What a run named and was ordered by it or by one before it that is under way with it: those end together. */
function unreachedOf(state: State, { id, order }: Run): readonly number[] {
    const position = state.runs.findIndex((run) => run.id === id);
    const runs = new Set(state.runs.slice(0, position + 1).map((run) => run.id));
    const named = 'paths' in order ? order.paths : [];
    return instancesUnder(state, named).filter(
        (index) => runs.has(at(state.orderedBy, index)) && statusOf(state, index) !== at(state.desired, index),
    );
}

function unresolvedReason(state: State, instance: number): string {
    const missing = missingImportsOf(state, instance);
    if (missing.length === 0) return 'It was given up before it got further.';
    const cycle = cycleFrom(state, instance);
    const text = `Nobody gives it ${missing.join(', ')}.`;
    if (cycle.length === 0) return text;
    const paths = [...cycle, instance].map((member) => nodeAt(state.topology, member).path);
    return `${text} Instances wait for one another: ${paths.join(' → ')}.`;
}

/** A ring of instances that wait for one another, begun at `start`; empty when there is none. Breadth first, so the ring is short. */
function cycleFrom(state: State, start: number): readonly number[] {
    const cameFrom = new Map<number, number>([[start, -1]]);
    for (const instance of cameFrom.keys()) {
        for (const next of awaitedBy(state, instance)) {
            if (next === start) return pathTo(cameFrom, instance);
            if (!cameFrom.has(next)) cameFrom.set(next, instance);
        }
    }
    return [];
}

function pathTo(cameFrom: ReadonlyMap<number, number>, end: number): readonly number[] {
    const path: number[] = [];
    for (let member = end; member !== -1; member = cameFrom.get(member) ?? -1) path.unshift(member);
    return path;
}

/** Whoever could help: exporters of what is missing, or the parent. */
function awaitedBy(state: State, instance: number): readonly number[] {
    const node = nodeAt(state.topology, instance);
    const status = statusOf(state, instance);
    if (status === 'WAITING_FOR_ANCESTOR') return [node.parent];
    if (status !== 'UNRESOLVED') return [];
    const missing = missingImportsOf(state, instance);
    const prefixes = node.groups
        .map((group) => groupAt(state.topology, group).prefix)
        .filter((prefix) => missing.includes(prefix));
    return prefixes.flatMap((prefix) => exportersUnder(state, prefix)).filter((exporter) => exporter !== instance);
}

function exportersUnder(state: State, prefix: string): readonly number[] {
    return state.topology.exportersOfPrefix.get(prefix) ?? [];
}
