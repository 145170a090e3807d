/** A binary heap of numbers by rank: the highest rank comes first, of equal ranks the smallest number. */
export interface PriorityQueue {
    readonly ranks: number[];
    readonly values: number[];
}

/** A queue with nothing in it. */
export function createPriorityQueue(): PriorityQueue {
    return { ranks: [], values: [] };
}

/** Adds a number; one that is in it already is in it twice. */
export function push(queue: PriorityQueue, rank: number, value: number): void {
    let place = queue.values.length;
    while (place > 0) {
        const parent = (place - 1) >> 1;
        if (!isBefore(rank, value, queue, parent)) break;
        put(queue, place, rankAt(queue, parent), valueAt(queue, parent));
        place = parent;
    }
    put(queue, place, rank, value);
}

/** The first number; undefined when there is none. */
export function first({ values }: PriorityQueue): number | undefined {
    return values[0];
}

/** The rank of the first number, lower than any when there is none. */
export function firstRank({ ranks }: PriorityQueue): number {
    return ranks[0] ?? Number.NEGATIVE_INFINITY;
}

/** Takes the first number away; nothing when there is none. */
export function pop(queue: PriorityQueue): void {
    const rank = queue.ranks.pop();
    const value = queue.values.pop();
    const count = queue.values.length;
    if (rank === undefined || value === undefined || count === 0) return;
    let place = 0;
    for (let child = earlierChild(queue, place); child < count; child = earlierChild(queue, place)) {
        if (isBefore(rank, value, queue, child)) break;
        put(queue, place, rankAt(queue, child), valueAt(queue, child));
        place = child;
    }
    put(queue, place, rank, value);
}

function put({ ranks, values }: PriorityQueue, place: number, rank: number, value: number): void {
    ranks[place] = rank;
    values[place] = value;
}

/** A place beyond the end when there is no child. */
function earlierChild(queue: PriorityQueue, place: number): number {
    const left = 2 * place + 1;
    const right = left + 1;
    if (right >= queue.values.length) return left;
    return isBefore(rankAt(queue, right), valueAt(queue, right), queue, left) ? right : left;
}

function isBefore(rank: number, value: number, queue: PriorityQueue, other: number): boolean {
    const otherRank = rankAt(queue, other);
    return rank === otherRank ? value < valueAt(queue, other) : rank > otherRank;
}

function rankAt({ ranks }: PriorityQueue, place: number): number {
    return ranks[place] ?? Number.NEGATIVE_INFINITY;
}

function valueAt({ values }: PriorityQueue, place: number): number {
    return values[place] ?? -1;
}
