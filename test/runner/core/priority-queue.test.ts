import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPriorityQueue, first, firstRank, pop, push } from '../../../runner/core/priority-queue.ts';

test('numbers come out by rank, of equal ranks the smallest first', () => {
    const entry = fc.record({ rank: fc.constantFrom(0, 1, 2.5, Number.POSITIVE_INFINITY), value: fc.nat(50) });
    fc.assert(
        fc.property(fc.array(entry), (entries) => {
            const queue = createPriorityQueue();
            for (const { rank, value } of entries) push(queue, rank, value);
            const found: { rank: number; value: number }[] = [];
            for (let value = first(queue); value !== undefined; value = first(queue)) {
                found.push({ rank: firstRank(queue), value });
                pop(queue);
            }
            const byRank = entries.toSorted((left, right) =>
                left.rank === right.rank ? left.value - right.value : left.rank > right.rank ? -1 : 1,
            );
            expect(found).toEqual(byRank);
        }),
        { seed: 20_251 },
    );
});

test('an empty queue has nothing first and nothing to take', () => {
    const queue = createPriorityQueue();
    pop(queue);
    expect([first(queue), firstRank(queue)]).toEqual([undefined, Number.NEGATIVE_INFINITY]);
});
