/** What is under way for instances, and what it occupies. Only `evolve` and its parts call this. */
import { noteRoom } from './agenda.ts';
import type { Failure } from './event.ts';
import { noteFamily } from './evolve-status.ts';
import { at, type State, type Task, type UnknownStep } from './state.ts';
import { nodeAt } from './topology.ts';

/** Something is under way for an instance that had nothing. */
export function beginTask(state: State, instance: number, task: Task): void {
    if (state.tasks.has(instance)) throw new Error('an instance has one task at a time');
    state.tasks.set(instance, task);
    addLoad(state, instance, task, 1);
}

/** Nothing is under way for it any more. */
export function endTask(state: State, instance: number): void {
    const task = state.tasks.get(instance);
    if (task === undefined) throw new Error('the instance has no task');
    state.tasks.delete(instance);
    addLoad(state, instance, task, -1);
    noteFamily(state, nodeAt(state.topology, instance));
}

function addLoad(state: State, instance: number, task: Task, difference: number): void {
    if (task.kind === 'removal' || task.kind === 'orphan') return;
    const { machine } = nodeAt(state.topology, instance);
    state.occupied[machine] = at(state.occupied, machine) + difference;
    if (task.kind !== 'machine') state.runningCount += difference;
    if (difference < 0) noteRoom(state.agenda, machine);
}

/** What stays known of a step when nobody can say how it ended. */
export function unknownOf({ phase, attempt, previous, change, told }: UnknownStep): UnknownStep {
    return { phase, attempt, previous, change, told };
}

/** Notes why an instance is not where it is wanted, and holds it there until an order comes. */
export function fail(state: State, instance: number, failure: Failure): void {
    state.failures.set(instance, failure);
    hold(state, instance);
}

/** It makes no move of its own until an order releases it. */
export function hold(state: State, instance: number): void {
    state.held[instance] = true;
}
