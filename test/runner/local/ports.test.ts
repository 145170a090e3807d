import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { PortsRequest } from '../../../runner/executor.ts';
import { createPortSearch, portStartOf } from '../../../runner/local/ports.ts';
import { THIS_COMPUTER } from '../support/place.ts';

const signal = new AbortController().signal;

function wanted(count: number, taken: readonly number[]): PortsRequest {
    return { instancePath: '/i', machine: THIS_COMPUTER, count, taken };
}

test('searches that run at one time never give the same port, nor one in use, nor one taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const used = typeof address === 'object' && address !== null ? address.port : 0;
    const find = createPortSearch(() => [], used, { first: used, end: used + 60 });
    const found = (await Promise.all([2, 2, 1].map((count) => find(wanted(count, [used + 1]), signal)))).flat();
    server.close();
    expect(found).toHaveLength(5);
    expect(new Set(found).size).toBe(5);
    expect(found).not.toContain(used);
    expect(found).not.toContain(used + 1);
});

test('fewer are answered when there are no more', async () => {
    const find = createPortSearch(() => [], 31_991, { first: 31_990, end: 31_992 });
    expect((await find(wanted(5, [31_990]), signal)).length).toBeLessThanOrEqual(1);
});

test('a search goes up from where it begins and around, passing what is in use', async () => {
    const range = { first: 28_400, end: 28_430 };
    const candidates = await createPortSearch(() => [], range.first, range)(wanted(30, []), signal);
    const start = candidates[5] ?? range.first;
    const find = createPortSearch(() => [candidates[6] ?? 0], start, range);
    const found = await find(wanted(candidates.length - 1, []), signal);
    expect(found).toEqual([start, ...candidates.slice(7), ...candidates.slice(0, 5)]);
});

test('deployments that have bound nothing yet are given different ports, one deployment always the same', async () => {
    const [one, other] = [portStartOf('one'), portStartOf('other')];
    const first = await createPortSearch(() => [], one)(wanted(10, []), signal);
    const second = await createPortSearch(() => [], other)(wanted(10, []), signal);
    expect(first.filter((port) => second.includes(port))).toEqual([]);
    expect(await createPortSearch(() => [], portStartOf('one'))(wanted(10, []), signal)).toEqual(first);
});

test('each search goes on where the one before ended: what is in use is asked for once until the range is through', async () => {
    let asked = 0;
    const inUse = (): readonly number[] => {
        asked += 1;
        return [];
    };
    const range = { first: 28_500, end: 28_540 };
    const find = createPortSearch(inUse, range.first, range);
    const all = await createPortSearch(() => [], range.first, range)(wanted(40, []), signal);
    const found: number[] = [];
    for (let i = 0; i < all.length; i++) found.push(...(await find(wanted(1, []), signal)));
    expect(found).toEqual(all);
    expect(asked).toBe(1);
    expect(await find(wanted(1, []), signal)).toEqual([all[0]]);
    expect(asked).toBe(2);
});
