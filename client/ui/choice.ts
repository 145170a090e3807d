/** Choosing one of several things: what was chosen last comes first, and a single thing is not asked about. */

export interface Choosable {
    /** Stays the same while the thing does. */
    readonly id: string;
}

/** What was chosen, last choice first. */
export type ChoiceMemory = readonly string[];

const MEMORY_LENGTH = 20;

/** The things with those chosen before in front, last choice first; the others keep their order. */
export function orderByMemory<Thing extends Choosable>(
    things: readonly Thing[],
    memory: ChoiceMemory,
): readonly Thing[] {
    const remembered = memory.flatMap((id) => things.filter((thing) => thing.id === id));
    return [...remembered, ...things.filter((thing) => !memory.includes(thing.id))];
}

/** The memory after a choice. */
export function rememberChoice(memory: ChoiceMemory, id: string): ChoiceMemory {
    return [id, ...memory.filter((known) => known !== id)].slice(0, MEMORY_LENGTH);
}

/** Reads a memory that was stored; anything else is an empty one. */
export function parseChoiceMemory(stored: unknown): ChoiceMemory {
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MEMORY_LENGTH) : [];
}
