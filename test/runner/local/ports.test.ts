import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createPortSearch } from '../../../runner/local/ports.ts';

const signal = new AbortController().signal;

test('searches that run at one time never give the same port, nor one in use, nor one taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const used = typeof address === 'object' && address !== null ? address.port : 0;
    const find = createPortSearch(() => [], { first: used, end: used + 60 });
    const found = (await Promise.all([2, 2, 1].map((count) => find('/i', count, [used + 1], signal)))).flat();
    server.close();
    expect(found).toHaveLength(5);
    expect(new Set(found).size).toBe(5);
    expect(found).not.toContain(used);
    expect(found).not.toContain(used + 1);
});

test('fewer are answered when there are no more', async () => {
    const find = createPortSearch(() => [], { first: 31_990, end: 31_992 });
    expect((await find('/i', 5, [31_990], signal)).length).toBeLessThanOrEqual(1);
});
