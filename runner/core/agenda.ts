/**
 * Which instances are worth a look. `due` is looked at first, in the order it was noted. What cannot go on because its
 * machine is occupied (or too much runs) is parked by machine, and one is looked at each time a place gets free.
 */
export interface Agenda {
    readonly due: Set<number>;
    readonly parked: Map<number, Set<number>>;
}

/** An agenda with nothing on it. */
export function createAgenda(): Agenda {
    return { due: new Set(), parked: new Map() };
}

/** Notes that something about the instance changed. */
export function note(agenda: Agenda, instance: number): void {
    agenda.due.add(instance);
}

/** Puts an instance aside until `machine` (a slot) is free. */
export function park(agenda: Agenda, machine: number, instance: number): void {
    const queue = agenda.parked.get(machine);
    if (queue === undefined) agenda.parked.set(machine, new Set([instance]));
    else queue.add(instance);
}

/** Takes the next instance to look at: a due one, else one parked on a machine that `isFree` (null = none is). Undefined when there is none. */
export function takeNext(agenda: Agenda, isFree: ((machine: number) => boolean) | null): number | undefined {
    const [due] = agenda.due;
    if (due !== undefined) {
        agenda.due.delete(due);
        return due;
    }
    if (isFree === null) return undefined;
    for (const [machine, queue] of agenda.parked) {
        if (!isFree(machine)) continue;
        const [instance] = queue;
        if (instance !== undefined) queue.delete(instance);
        if (queue.size === 0) agenda.parked.delete(machine);
        return instance;
    }
    return undefined;
}
