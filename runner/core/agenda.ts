/**
 * Which instances are worth a look. `due` is looked at first, in the order it was noted. What could begin a step is parked by machine;
 * as soon as a machine has room, the most urgent one parked on any such machine is looked at again.
 *
 * Nothing here is content: noting more instances, or other urgencies, changes nothing but time.
 */
import { createPriorityQueue, first, firstRank, pop, push, type PriorityQueue } from './priority-queue.ts';
import type { Urgencies } from './urgency.ts';

export interface Agenda {
    readonly due: Set<number>;
    /** By machine slot. */
    readonly parked: Map<number, PriorityQueue>;
    /** How urgent each parked instance is; entries of a queue that say otherwise are stale. */
    readonly ranks: Map<number, number>;
    /** Machine slots that may have room and somebody parked, by the most urgent of these. */
    readonly machines: PriorityQueue;
    /** Null until they are asked for. */
    urgencies: Urgencies | null;
}

/** An agenda with nothing on it. */
export function createAgenda(): Agenda {
    return {
        due: new Set(),
        parked: new Map(),
        ranks: new Map(),
        machines: createPriorityQueue(),
        urgencies: null,
    };
}

/** Notes that something about the instance changed. */
export function note(agenda: Agenda, instance: number): void {
    agenda.due.add(instance);
}

/** Takes the next instance something changed about; undefined when there is none. */
export function takeDue({ due }: Agenda): number | undefined {
    const [instance] = due;
    if (instance !== undefined) due.delete(instance);
    return instance;
}

/** Puts an instance aside until `machine` (a slot) has room and nobody more urgent waits. */
export function park(agenda: Agenda, machine: number, instance: number, rank: number): void {
    if (agenda.ranks.get(instance) === rank) return;
    agenda.ranks.set(instance, rank);
    const queue = agenda.parked.get(machine) ?? createPriorityQueue();
    agenda.parked.set(machine, queue);
    push(queue, rank, instance);
    if (first(queue) === instance) push(agenda.machines, rank, machine);
}

/** Notes that a machine (slot) may have room. */
export function noteRoom(agenda: Agenda, machine: number): void {
    const queue = agenda.parked.get(machine);
    if (queue !== undefined) push(agenda.machines, firstRank(queue), machine);
}

/** Takes the most urgent instance parked on a machine that has room; undefined when there is none. */
export function takeParked(agenda: Agenda, hasRoom: (machine: number) => boolean): number | undefined {
    const { machines, parked, ranks } = agenda;
    for (let machine = first(machines); machine !== undefined; machine = first(machines)) {
        const rank = firstRank(machines);
        pop(machines);
        const queue = parked.get(machine);
        if (queue === undefined || !hasRoom(machine)) continue;
        dropStale(queue, ranks);
        const instance = first(queue);
        if (instance === undefined) {
            parked.delete(machine);
        } else if (firstRank(queue) < rank) {
            push(machines, firstRank(queue), machine);
        } else {
            pop(queue);
            ranks.delete(instance);
            if (first(queue) === undefined) parked.delete(machine);
            else push(machines, firstRank(queue), machine);
            return instance;
        }
    }
    return undefined;
}

function dropStale(queue: PriorityQueue, ranks: ReadonlyMap<number, number>): void {
    for (let instance = first(queue); instance !== undefined; instance = first(queue)) {
        if (ranks.get(instance) === firstRank(queue)) return;
        pop(queue);
    }
}
