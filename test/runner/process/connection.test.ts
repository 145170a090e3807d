import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drainableConnectionOver } from '../../../runner/process/connection.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('whoever is killed in the middle of a message leaves nothing that keeps the other side alive', async () => {
    const [near, far] = await socketPair();
    const { connection, drained } = drainableConnectionOver(near);
    connection.listen();
    const received = once(near, 'data');
    far.write('Content-Length: 400\r\n\r\n{"jsonrpc":"2.0","method":"ev');
    await received;
    far.destroy();
    await once(near, 'close');
    await drained();
    connection.dispose();
    expect(vi.getTimerCount()).toBe(0);
});

async function socketPair(): Promise<readonly [Socket, Socket]> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
    // A server that listens on a port has an address of that form.
    const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const far = await accepted;
    server.close();
    return [near, far];
}
