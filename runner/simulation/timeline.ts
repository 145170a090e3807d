/** What will happen when: a binary heap by time; what is due at one time comes in the order it was planned. */
export interface Timeline<Item> {
    readonly heap: Entry<Item>[];
    planned: number;
}

interface Entry<Item> {
    readonly time: number;
    readonly order: number;
    readonly item: Item;
}

/** A timeline with nothing due. */
export function createTimeline<Item>(): Timeline<Item> {
    return { heap: [], planned: 0 };
}

/** Plans an item for a time. */
export function plan<Item>(timeline: Timeline<Item>, time: number, item: Item): void {
    const { heap } = timeline;
    const entry = { time, order: timeline.planned++, item };
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
        const parent = (place - 1) >> 1;
        const above = heap[parent];
        if (above === undefined || !isBefore(entry, above)) break;
        heap[place] = above;
        place = parent;
    }
    heap[place] = entry;
}

/** When the earliest item is due; infinity when nothing is planned. */
export function earliestTime<Item>(timeline: Timeline<Item>): number {
    return timeline.heap[0]?.time ?? Number.POSITIVE_INFINITY;
}

/** Takes the earliest item with its time; undefined when nothing is planned. */
export function takeEarliest<Item>(
    timeline: Timeline<Item>,
): { readonly time: number; readonly item: Item } | undefined {
    const { heap } = timeline;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (let child = smallerChild(heap, place); child !== -1; child = smallerChild(heap, place)) {
        const below = heap[child];
        if (below === undefined || !isBefore(below, last)) break;
        heap[place] = below;
        place = child;
    }
    heap[place] = last;
    return first;
}

function smallerChild<Item>(heap: readonly Entry<Item>[], place: number): number {
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    if (left === undefined) return -1;
    return right !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1;
}

function isBefore<Item>(left: Entry<Item>, right: Entry<Item>): boolean {
    return left.time === right.time ? left.order < right.order : left.time < right.time;
}
