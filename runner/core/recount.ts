/** The counters of a state, made from what they count. They are kept up to date one change at a time; this is for a topology that changed. */
import { isActive, isBusy, isPresent } from './evolve-status.ts';
import { satisfies } from './exports.ts';
import { at, statusOf, type State } from './state.ts';
import { groupAt, nodeAt } from './topology.ts';

/** Fills counters that are all zero. */
export function recount(state: State): void {
    for (const { index } of state.topology.nodes) countInstance(state, index);
    for (const [instance, values] of state.published) countExporter(state, instance, values);
    for (const [instance, task] of state.tasks) {
        if (task.kind === 'removal' || task.kind === 'orphan') continue;
        const { machine } = nodeAt(state.topology, instance);
        state.occupied[machine] = at(state.occupied, machine) + 1;
        if (task.kind !== 'machine') state.runningCount++;
    }
    for (const { dueAt } of state.retries.values()) {
        if (dueAt !== null) state.timerCount++;
    }
}

function countInstance(state: State, instance: number): void {
    const node = nodeAt(state.topology, instance);
    const status = statusOf(state, instance);
    if (node.parent !== -1 && isPresent(status, at(state.hasFiles, instance)))
        state.presentChildren[node.parent] = at(state.presentChildren, node.parent) + 1;
    if (isActive(status, node.scoped)) {
        for (let parent = node.parent; parent !== -1; parent = nodeAt(state.topology, parent).parent)
            state.activeBelow[parent] = at(state.activeBelow, parent) + 1;
    }
    if (!isBusy(status)) return;
    for (const group of node.groups) state.busyImporters[group] = at(state.busyImporters, group) + 1;
}

function countExporter(state: State, instance: number, values: Readonly<Record<string, string>>): void {
    for (const prefix of nodeAt(state.topology, instance).prefixes) {
        const visible = state.visible.get(prefix) ?? new Set();
        state.visible.set(prefix, visible.add(instance));
        for (const group of state.topology.groupsOfPrefix.get(prefix) ?? []) {
            if (satisfies(values, groupAt(state.topology, group))) state.feeders[group] = at(state.feeders, group) + 1;
        }
    }
}
