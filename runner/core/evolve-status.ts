/** What a change of status means for counters, published values and pending updates. Only `evolve` calls this. */
import { note } from './agenda.ts';
import type { Change, PublishedValues } from './event.ts';
import { satisfies } from './exports.ts';
import { at, statusOf, type State } from './state.ts';
import type { InstanceStatus } from './status.ts';
import { groupAt, indexOf, nodeAt, type InstanceNode } from './topology.ts';

/** Enters a status at a time, publishes or withdraws, and notes everybody it may concern. */
export function applyChange(state: State, change: Change, time: number): void {
    const node = nodeAt(state.topology, indexOf(state.topology, change.path));
    const before = statusOf(state, node.index);
    if (before === 'DEPLOYED_STARTED') withdraw(state, node);
    state.status[node.index] = change.status;
    if (before !== change.status) state.since[node.index] = time;
    countPresence(state, node, isPresent(before, at(state.hasFiles, node.index)));
    countActivity(state, node, before);
    state.restless.delete(node.index);
    if (isRestless(change.status)) state.restless.add(node.index);
    if (before === 'PROBLEM') state.unknowns.delete(node.index);
    if (!isListening(state, node.index)) state.updates.delete(node.index);
    // An update that waited to be tried again has nobody to tell any more.
    if (before === 'DEPLOYED_STARTED' && change.status !== before) forgetRetry(state, node.index);
    if (change.status === 'NOT_DEPLOYED') forget(state, node.index);
    if (change.exports !== null) publish(state, node, change.exports);
    noteFamily(state, node);
}

/** Records whether something may be left in the instance's directory. */
export function setFiles(state: State, instance: number, hasFiles: boolean): void {
    const node = nodeAt(state.topology, instance);
    const wasPresent = isPresent(statusOf(state, instance), at(state.hasFiles, instance));
    state.hasFiles[instance] = hasFiles;
    countPresence(state, node, wasPresent);
    note(state.agenda, instance);
}

/** Notes an instance, its parent, its children and its machine. */
export function noteFamily(state: State, node: InstanceNode): void {
    note(state.agenda, node.index);
    if (node.parent !== -1) note(state.agenda, node.parent);
    if (node.machine !== state.topology.localMachine) note(state.agenda, node.machine);
    for (const child of node.children) note(state.agenda, child);
    if (node.scoped && node.parent !== -1) noteMachineAbove(state, node);
    for (const [instance, origin] of state.origins) if (origin === node.index) note(state.agenda, instance);
}

/** A machine that is given up waits for those within it. */
function noteMachineAbove(state: State, { parent }: InstanceNode): void {
    const { machine } = nodeAt(state.topology, parent);
    if (machine !== state.topology.localMachine) note(state.agenda, machine);
}

function forget(state: State, instance: number): void {
    state.initialized[instance] = false;
    state.ports.delete(instance);
    state.outdated.delete(instance);
    if (!at(state.hasFiles, instance)) state.forced.delete(instance);
    forgetRetry(state, instance);
}

/** Gives up the retries of an instance and the wait for the next one. */
export function forgetRetry(state: State, instance: number): void {
    const retry = state.retries.get(instance);
    if (retry === undefined) return;
    if (retry.dueAt !== null) state.timerCount--;
    state.retries.delete(instance);
}

/** Whether there is anything of an instance. */
export function isPresent(status: InstanceStatus, hasFiles: boolean): boolean {
    return hasFiles || status !== 'NOT_DEPLOYED';
}

function isRestless(status: InstanceStatus): boolean {
    return status === 'DEPLOYING' || status === 'STARTING' || status === 'STOPPING' || status === 'UNDEPLOYING';
}

/** What is on a lost machine is told once that is back, and what may have been started once somebody says that it was. */
function isListening(state: State, instance: number): boolean {
    const status = state.beforeLoss.get(instance) ?? statusOf(state, instance);
    if (status === 'PROBLEM') return state.unknowns.get(instance)?.phase === 'start';
    return status === 'STARTING' || status === 'DEPLOYED_STARTED';
}

/** A machine stays up while what surrounds it stops, so a started scoped instance holds nobody up. */
export function isActive(status: InstanceStatus, scoped: boolean): boolean {
    if (scoped) return status === 'STOPPING' || status === 'UNDEPLOYING';
    return status === 'STARTING' || status === 'DEPLOYED_STARTED' || status === 'STOPPING';
}

function countPresence(state: State, node: InstanceNode, wasPresent: boolean): void {
    const present = isPresent(statusOf(state, node.index), at(state.hasFiles, node.index));
    if (node.parent === -1 || present === wasPresent) return;
    state.presentChildren[node.parent] = at(state.presentChildren, node.parent) + (present ? 1 : -1);
}

function countActivity(state: State, node: InstanceNode, before: InstanceStatus): void {
    const after = statusOf(state, node.index);
    const active = Number(isActive(after, node.scoped)) - Number(isActive(before, node.scoped));
    if (active !== 0) addToAncestors(state, node, active);
    const busy = Number(isBusy(after)) - Number(isBusy(before));
    if (busy === 0) return;
    for (const group of node.groups) {
        state.busyImporters[group] = at(state.busyImporters, group) + busy;
        if (busy < 0 && at(state.busyImporters, group) <= 1)
            noteStoppingExporters(state, groupAt(state.topology, group).prefix);
    }
}

/** An importer that starts or stops may use what others offer. */
export function isBusy(status: InstanceStatus): boolean {
    return status === 'STARTING' || status === 'STOPPING';
}

function addToAncestors(state: State, node: InstanceNode, difference: number): void {
    for (let parent = node.parent; parent !== -1; parent = nodeAt(state.topology, parent).parent) {
        state.activeBelow[parent] = at(state.activeBelow, parent) + difference;
        if (at(state.activeBelow, parent) > 0) continue;
        note(state.agenda, parent);
        const above = nodeAt(state.topology, parent);
        if (!above.scoped) continue;
        for (const group of above.groups) noteStoppingExporters(state, groupAt(state.topology, group).prefix);
    }
}

/** Whatever is shorter is gone through: who exports under the prefix, or who is on its way. */
function noteStoppingExporters(state: State, prefix: string): void {
    const exporters = state.topology.exportersOfPrefix.get(prefix) ?? [];
    const isStopping = (instance: number): boolean => statusOf(state, instance) === 'STOPPING';
    if (exporters.length <= state.restless.size) {
        for (const instance of exporters) if (isStopping(instance)) note(state.agenda, instance);
        return;
    }
    for (const instance of state.restless) {
        if (isStopping(instance) && nodeAt(state.topology, instance).prefixes.includes(prefix))
            note(state.agenda, instance);
    }
}

function publish(state: State, node: InstanceNode, values: PublishedValues): void {
    state.published.set(node.index, values);
    for (const prefix of node.prefixes) {
        const visible = state.visible.get(prefix) ?? new Set();
        state.visible.set(prefix, visible.add(node.index));
        countFeeder(state, prefix, values, 1);
        for (const importer of state.topology.importersOfPrefix.get(prefix) ?? []) {
            if (importer !== node.index) tellGained(state, importer, node.index);
        }
    }
}

function withdraw(state: State, node: InstanceNode): void {
    const values = state.published.get(node.index);
    if (values === undefined) return;
    state.published.delete(node.index);
    for (const prefix of node.prefixes) {
        state.visible.get(prefix)?.delete(node.index);
        countFeeder(state, prefix, values, -1);
        for (const importer of state.topology.importersOfPrefix.get(prefix) ?? []) {
            if (importer !== node.index) addUpdate(state, importer, node.index, values);
        }
    }
}

function countFeeder(state: State, prefix: string, values: PublishedValues, difference: number): void {
    for (const group of state.topology.groupsOfPrefix.get(prefix) ?? []) {
        if (satisfies(values, groupAt(state.topology, group)))
            state.feeders[group] = at(state.feeders, group) + difference;
    }
}

/** An import gained is news for a failed start that waited for imports: it is worth another try. */
function tellGained(state: State, importer: number, exporter: number): void {
    if (statusOf(state, importer) !== 'UNRESOLVED') {
        addUpdate(state, importer, exporter, null);
        return;
    }
    const failure = state.failures.get(importer);
    if (failure?.phase === 'start' && failure.kind !== 'cancelled') state.held[importer] = false;
    note(state.agenda, importer);
}

/** `told` is what the importer knew before the change; an older entry knows better. Machines have no recipe to tell. */
function addUpdate(state: State, importer: number, exporter: number, told: PublishedValues | null): void {
    if (!isListening(state, importer) || nodeAt(state.topology, importer).scoped) return;
    const pending = state.updates.get(importer) ?? new Map<number, PublishedValues | null>();
    if (!pending.has(exporter)) pending.set(exporter, told);
    state.updates.set(importer, pending);
    note(state.agenda, importer);
}
