/** Loops in a directed graph of names. Nothing here recurses: a chain may be as long as a file allows. */

export type Successors = (name: string) => readonly string[];

interface Frame {
    readonly name: string;
    readonly next: readonly string[];
    position: number;
}

interface Search {
    readonly order: Map<string, number>;
    readonly low: Map<string, number>;
    readonly open: string[];
    readonly isOpen: Set<string>;
    readonly frames: Frame[];
}

/**
 * The groups of names that reach each other (Tarjan). A name alone is a group only when it is its own successor.
 * Groups and members follow the order of `names`.
 */
export function loopsOf(names: Iterable<string>, successors: Successors): readonly (readonly string[])[] {
    const search: Search = { order: new Map(), low: new Map(), open: [], isOpen: new Set(), frames: [] };
    const groups: string[][] = [];
    const rank = new Map<string, number>();
    for (const name of names) rank.set(name, rank.size);
    for (const name of rank.keys()) {
        if (search.order.has(name)) continue;
        enter(search, name, successors);
        while (search.frames.length > 0) advance(search, successors, groups);
    }
    const rankOf = (name: string | undefined): number => rank.get(name ?? '') ?? 0;
    for (const group of groups) group.sort((a, b) => rankOf(a) - rankOf(b));
    return groups
        .filter((group) => group.length > 1 || group.some((name) => successors(name).includes(name)))
        .sort((a, b) => rankOf(a[0]) - rankOf(b[0]));
}

function enter(search: Search, name: string, successors: Successors): void {
    search.order.set(name, search.order.size);
    search.low.set(name, search.order.size - 1);
    search.open.push(name);
    search.isOpen.add(name);
    search.frames.push({ name, next: successors(name), position: 0 });
}

function advance(search: Search, successors: Successors, groups: string[][]): void {
    const frame = search.frames.at(-1);
    if (frame === undefined) return;
    const next = frame.next[frame.position++];
    if (next === undefined) leave(search, frame.name, groups);
    else if (!search.order.has(next)) enter(search, next, successors);
    else if (search.isOpen.has(next)) lower(search, frame.name, search.order.get(next));
}

function leave(search: Search, name: string, groups: string[][]): void {
    search.frames.pop();
    const parent = search.frames.at(-1);
    if (parent !== undefined) lower(search, parent.name, search.low.get(name));
    if (search.low.get(name) !== search.order.get(name)) return;
    const group = search.open.splice(search.open.lastIndexOf(name));
    for (const member of group) search.isOpen.delete(member);
    groups.push(group);
}

function lower(search: Search, name: string, bound: number | undefined): void {
    search.low.set(name, Math.min(search.low.get(name) ?? 0, bound ?? 0));
}

/** The shortest way from `start` back to itself within `members`: `[A, B, A]`; empty when there is none. */
export function shortestLoop(start: string, members: ReadonlySet<string>, successors: Successors): readonly string[] {
    const previous = new Map<string, string>();
    const queue = [start];
    for (const name of queue) {
        for (const next of successors(name)) {
            if (next === start) return wayTo(start, name, previous);
            if (!members.has(next) || previous.has(next)) continue;
            previous.set(next, name);
            queue.push(next);
        }
    }
    return [];
}

function wayTo(start: string, last: string, previous: ReadonlyMap<string, string>): readonly string[] {
    const way = [start];
    for (let name: string | undefined = last; name !== undefined && name !== start; name = previous.get(name))
        way.push(name);
    way.push(start);
    return way.reverse();
}
