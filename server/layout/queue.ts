/** Numbers in the order of their priorities. */
export interface Queue {
    readonly push: (value: number, priority: number) => void;
    readonly pop: () => number | null;
}

/** Least priority first; equal ones in the order they came. */
export function createQueue(): Queue {
    const heap: { readonly value: number; readonly priority: number; readonly turn: number }[] = [];
    let turn = 0;
    const isBefore = (one: number, other: number): boolean => {
        const [a, b] = [heap[one], heap[other]];
        if (a === undefined || b === undefined) return b === undefined;
        return a.priority === b.priority ? a.turn < b.turn : a.priority < b.priority;
    };
    const swap = (one: number, other: number): void => {
        const [a, b] = [heap[one], heap[other]];
        if (a !== undefined && b !== undefined) [heap[one], heap[other]] = [b, a];
    };
    const rise = (from: number): void => {
        for (let at = from; at > 0 && isBefore(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
    };
    const sink = (): void => {
        for (let at = 0; ;) {
            const [left, right] = [2 * at + 1, 2 * at + 2];
            const least = right < heap.length && isBefore(right, left) ? right : left;
            if (left >= heap.length || !isBefore(least, at)) return;
            swap(at, least);
            at = least;
        }
    };
    return {
        push: (value, priority) => {
            heap.push({ value, priority, turn: turn++ });
            rise(heap.length - 1);
        },
        pop: () => {
            const first = heap[0];
            const last = heap.pop();
            if (first === undefined || last === undefined) return null;
            if (heap.length > 0) {
                heap[0] = last;
                sink();
            }
            return first.value;
        },
    };
}
