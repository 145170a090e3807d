/** What news about machines means. */
import { stamp, type Sight } from './move.ts';
import type { Change, CoreEvent, Failure, MachineWork } from './event.ts';
import type { Input } from './input.ts';
import { addressOf, exportsOf, satisfies } from './exports.ts';
import { at, namedTarget, statusOf, type State } from './state.ts';
import type { InstanceStatus } from './status.ts';
import { groupAt, nodeAt, subTreeOf } from './topology.ts';
import { changeTo, waveOf } from './wave.ts';

/** A machine that was being made is up, or a lost one is back. Anything else is known already. */
export function decideMachineUp(
    sight: Sight,
    news: Omit<Extract<Input, { kind: 'machineUp' }>, 'kind' | 'time' | 'path'>,
): readonly CoreEvent[] {
    const { laws, state, node } = sight;
    const { machineId, address } = news;
    if (isOtherMachine(sight, machineId)) return [];
    if (state.beforeLoss.has(node.index)) return isUnreachable(sight) ? [] : recovery(sight, news);
    if (isUnclaimed(sight))
        return [
            {
                ...stamp(sight, 'nothing waits for it'),
                kind: 'machineUnclaimed',
                path: node.path,
                machineId,
                ...namedTarget(news.target ?? null),
                changes: [],
            },
        ];
    if (!isCreating(sight)) return readdressing(sight, address);
    const changes: readonly Change[] = laws.R1(state, node.index)
        ? [{ path: node.path, status: 'DEPLOYED_STARTED', exports: laws.R2(state, node.index, address) }]
        : [changeTo(state, node.index, 'UNRESOLVED')];
    return [
        { ...stamp(sight, 'its machine is up'), kind: 'machineCreated', path: node.path, machineId, address, changes },
    ];
}

/** It could not be made, or not be destroyed. */
export function decideMachineFailed(sight: Sight, reason: string): readonly CoreEvent[] {
    const { laws, state, node } = sight;
    const kind = state.tasks.get(node.index)?.kind;
    if (kind !== 'machine' && kind !== 'orphan') return [];
    if (isCreating(sight)) {
        const failure = machineFailure(state, 'createMachine', `The machine could not be made: ${reason}`);
        const changes = [changeTo(state, node.index, laws.R9('deploy', 'NOT_DEPLOYED'))];
        return [{ ...stamp(sight, reason), kind: 'machineCreationFailed', path: node.path, failure, changes }];
    }
    if (kind === 'machine' && state.forced.has(node.index))
        return gone(sight, `it was given up although it could not be destroyed: ${reason}`);
    const failure = machineFailure(state, 'destroyMachine', `The machine could not be destroyed: ${reason}`);
    const changes = [changeTo(state, node.index, 'PROBLEM')];
    return [{ ...stamp(sight, reason), kind: 'machineDestructionFailed', path: node.path, failure, changes }];
}

/** It does not answer. One that is being made or destroyed gets its answer from that. */
export function decideMachineLost(sight: Sight, reason: string): readonly CoreEvent[] {
    const { laws, state, node } = sight;
    const isKnown = node.scoped && statusOf(state, node.index) !== 'NOT_DEPLOYED';
    if (!isKnown || state.tasks.has(node.index)) return [];
    const failure = machineFailure(state, 'reachMachine', `The machine does not answer: ${reason}`);
    if (state.beforeLoss.has(node.index)) return stillLost(sight, failure, reason);
    const lost = subTreeOf(state.topology, node.index).filter(
        (instance) => statusOf(state, instance) !== 'NOT_DEPLOYED',
    );
    const changes = waveOf(laws, state, new Map(lost.map((instance) => [instance, 'PROBLEM'])));
    return [{ ...stamp(sight, reason), kind: 'machineLost', path: node.path, failure, changes }];
}

/** What keeps it away may change: it was silent, then it shows another key. Nothing changes but the reason. */
function stillLost(sight: Sight, failure: Failure, reason: string): readonly CoreEvent[] {
    const { state, node } = sight;
    const known = state.failures.get(node.index);
    if (known?.phase !== 'reachMachine' || known.message === failure.message) return [];
    const changes = [changeTo(state, node.index, 'PROBLEM')];
    return [{ ...stamp(sight, reason), kind: 'machineLost', path: node.path, failure, changes }];
}

/** It does not exist any more (one that is being made gets its answer from that): what was on it is not deployed, whoever depended on that stops. */
export function decideMachineDown(sight: Sight): readonly CoreEvent[] {
    const { state, node } = sight;
    if (state.tasks.get(node.index)?.kind === 'orphan')
        return [
            { ...stamp(sight, 'what was left of it is gone'), kind: 'orphanDestroyed', path: node.path, changes: [] },
        ];
    if (!node.scoped || statusOf(state, node.index) === 'NOT_DEPLOYED' || isCreating(sight)) return [];
    return gone(sight, 'its machine is gone');
}

function gone(sight: Sight, because: string): readonly CoreEvent[] {
    const { laws, state, node } = sight;
    const carried = laws.R10(state, node.index).filter((instance) => statusOf(state, instance) !== 'NOT_DEPLOYED');
    const changes = waveOf(laws, state, new Map(carried.map((instance) => [instance, 'NOT_DEPLOYED'])));
    return [
        {
            ...stamp(sight, because),
            kind: 'machineDestroyed',
            path: node.path,
            orphans: orphansOf(sight),
            changes,
        },
    ];
}

function isCreating({ state, node }: Sight): boolean {
    return state.tasks.get(node.index)?.kind === 'machine' && statusOf(state, node.index) === 'DEPLOYING';
}

/** Its instance was given up while it was being made. */
function isUnclaimed({ state, node }: Sight): boolean {
    return node.scoped && statusOf(state, node.index) === 'NOT_DEPLOYED' && !state.tasks.has(node.index);
}

function machineFailure(state: State, phase: MachineWork, message: string): Failure {
    const kind = state.cancelling ? 'cancelled' : 'failed';
    return { kind, phase, attempt: null, message, exitCode: null, lastLines: [] };
}

/** How a lost machine came back. */
type Return = Pick<Extract<Input, { kind: 'machineUp' }>, 'address' | 'isRebooted'>;

/** Everything on it is again what it was; what cannot be started any more stops, and what ended with the machine is started again. */
function recovery(sight: Sight, { address, isRebooted = false }: Return): readonly CoreEvent[] {
    const { state, node } = sight;
    const lost = subTreeOf(state.topology, node.index).filter((instance) => state.beforeLoss.has(instance));
    const restored = restorable(state, lost, isRebooted);
    const changes = lost.flatMap((instance) => restoration(sight, instance, restored, { address, isRebooted }));
    const because = isRebooted ? 'its machine was started anew' : 'its machine answers again';
    return [{ ...stamp(sight, because), kind: 'machineRecovered', path: node.path, address, changes }];
}

/** What a machine that was there before this one, or after it, says is no news about this one. */
function isOtherMachine({ state, node }: Sight, machineId: string): boolean {
    const known = state.machines.get(node.index)?.id ?? '';
    return known !== '' && machineId !== '' && known !== machineId;
}

/** A machine that is up at another address: whoever imports from it is told once of each exporter there. */
function readdressing(sight: Sight, address: string): readonly CoreEvent[] {
    const { laws, state, node } = sight;
    const known = state.machines.get(node.index);
    const isMoved = known !== undefined && address !== '' && known.address !== '' && known.address !== address;
    if (!isMoved || state.tasks.has(node.index) || statusOf(state, node.index) === 'NOT_DEPLOYED') return [];
    const changes = subTreeOf(state.topology, node.index).flatMap((instance): readonly Change[] => {
        const isThere = nodeAt(state.topology, instance).machine === node.index;
        if (!isThere || statusOf(state, instance) !== 'DEPLOYED_STARTED') return [];
        const exports = laws.R2(state, instance, address);
        const isSame = JSON.stringify(exports) === JSON.stringify(state.published.get(instance));
        return isSame ? [] : [{ ...changeTo(state, instance, 'DEPLOYED_STARTED'), exports }];
    });
    const because = `its machine is at ${address}`;
    return [{ ...stamp(sight, because), kind: 'machineReaddressed', path: node.path, address, changes }];
}

/** Of those that were started, the ones that may stay so together. */
function restorable(state: State, lost: readonly number[], isRebooted: boolean): ReadonlySet<number> {
    const wasStarted = (instance: number) =>
        (!isRebooted || nodeAt(state.topology, instance).scoped) &&
        state.beforeLoss.get(instance) === 'DEPLOYED_STARTED' &&
        at(state.desired, instance) === 'DEPLOYED_STARTED';
    const candidates = new Set(lost.filter(wasStarted));
    for (let before = -1; before !== candidates.size;) {
        before = candidates.size;
        for (const instance of candidates) {
            if (!couldRun(state, instance, candidates)) candidates.delete(instance);
        }
    }
    return candidates;
}

function couldRun(state: State, instance: number, candidates: ReadonlySet<number>): boolean {
    const node = nodeAt(state.topology, instance);
    const isUp = (other: number) => candidates.has(other) || statusOf(state, other) === 'DEPLOYED_STARTED';
    if (node.parent !== -1 && !isUp(node.parent)) return false;
    return node.groups.every((index) => {
        const group = groupAt(state.topology, index);
        if (at(state.feeders, index) > 0) return true;
        return [...candidates].some((other) => other !== instance && offers(state, other, group));
    });
}

function offers(state: State, instance: number, group: Parameters<typeof satisfies>[1]): boolean {
    const node = nodeAt(state.topology, instance);
    return (
        node.prefixes.includes(group.prefix) && satisfies(exportsOf(state, instance, addressOf(state, instance)), group)
    );
}

function restoration(
    sight: Sight,
    instance: number,
    restored: ReadonlySet<number>,
    { address, isRebooted = false }: Return,
): readonly Change[] {
    const { state } = sight;
    const before: InstanceStatus = state.beforeLoss.get(instance) ?? 'PROBLEM';
    if (before === 'PROBLEM') return [];
    if (before !== 'DEPLOYED_STARTED') return [changeTo(state, instance, before)];
    if (!restored.has(instance)) {
        const { scoped } = nodeAt(state.topology, instance);
        // What ran there ended with the machine: there is nothing to stop.
        const withoutRun = isRebooted ? 'DEPLOYED_STOPPED' : 'STOPPING';
        return [changeTo(state, instance, scoped ? 'UNRESOLVED' : withoutRun)];
    }
    const exports = sight.laws.R2(state, instance, addressAfter(sight, instance, address));
    return [{ ...changeTo(state, instance, 'DEPLOYED_STARTED'), exports }];
}

/** A machine within a lost machine answers when that does. */
function isUnreachable({ state, node }: Sight): boolean {
    return node.parent !== -1 && state.beforeLoss.has(node.parent);
}

/** Machines within the recovered one keep their own addresses. */
function addressAfter({ state, node }: Sight, instance: number, address: string): string | null {
    return nodeAt(state.topology, instance).machine === node.index ? address : addressOf(state, instance);
}

type Orphan = Extract<CoreEvent, { kind: 'machineDestroyed' }>['orphans'][number];

function orphansOf({ state, node }: Sight): readonly Orphan[] {
    const below = subTreeOf(state.topology, node.index).filter((instance) => instance !== node.index);
    return below.flatMap((instance): readonly Orphan[] => {
        const { path } = nodeAt(state.topology, instance);
        const task = state.tasks.get(instance) ?? state.lostTasks.get(instance);
        if (task?.kind === 'orphan') return [{ path, machineId: task.machineId, ...namedTarget(task.target) }];
        const machine = state.machines.get(instance);
        if (machine !== undefined) return [{ path, machineId: machine.id, ...namedTarget(machine.target) }];
        return task?.kind === 'machine' ? [{ path, machineId: '', ...namedTarget(task.target) }] : [];
    });
}
