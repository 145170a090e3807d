/** A runner told to others: every connection to its socket gets the same interface by messages. */
import type { Socket } from 'node:net';
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import { PROTOCOL_VERSION, type RunnerEvent } from '../protocol.ts';
import type { Runner, RunnerEnd } from '../runner.ts';
import type { Listening } from './acquire.ts';
import { connectionOver } from './connection.ts';
import {
    endNotification,
    eventNotification,
    helloRequest,
    logsRequest,
    orderRequest,
    quietRequest,
    secretsRequest,
    shutdownRequest,
    snapshotRequest,
    subscribeRequest,
} from './messages.ts';
import { parseOrder, parsePathList, parseSecrets } from './parse-order.ts';

export interface Served {
    /** Connections open at this moment. */
    readonly clientCount: () => number;
    /** Tells everybody why the runner leaves and stops listening. */
    readonly close: (end: RunnerEnd) => Promise<void>;
}

/** Events remembered for those who attach late or again. */
const REMEMBERED = 5_000;
/** A client that lets that many bytes pile up is let go: it can attach again. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;

/** How long clients may take to read why the runner leaves. */
const GOODBYE_MS = 200;

/** Serves `runner` to everybody who connects, from this moment on. `onShutdown` is asked when somebody wants it to leave. */
export function serveRunner(listening: Listening, runner: Runner, onShutdown: () => Promise<boolean>): Served {
    const sockets = new Map<Socket, MessageConnection>();
    const remembered: RunnerEvent[] = [];
    runner.onEvent((event) => {
        remembered.push(event);
        if (remembered.length > REMEMBERED) remembered.shift();
    });
    const accept = (socket: Socket): void => {
        const connection = connectionOver(socket);
        sockets.set(socket, connection);
        const leave = attachClient({ socket, connection, runner, remembered, onShutdown });
        socket.once('close', () => {
            leave();
            sockets.delete(socket);
            connection.dispose();
        });
        connection.listen();
        socket.resume();
    };
    listening.accept(accept);
    const close: Served['close'] = async (end) => {
        const goodbyes = [...sockets.values()].map((connection) => connection.sendNotification(endNotification, end));
        const closed = listening.close();
        // A client that does not read would never have taken its goodbye.
        setTimeout(() => sockets.forEach((_, socket) => socket.destroy()), GOODBYE_MS).unref();
        // Whoever has gone already needs no goodbye.
        await Promise.allSettled(goodbyes);
        for (const socket of sockets.keys()) socket.end();
        await closed;
    };
    return { clientCount: () => sockets.size, close };
}

interface Client {
    readonly socket: Socket;
    readonly connection: MessageConnection;
    readonly runner: Runner;
    readonly remembered: readonly RunnerEvent[];
    readonly onShutdown: () => Promise<boolean>;
}

/** Answers how to forget the client. */
function attachClient({ socket, connection, runner, remembered, onShutdown }: Client): () => void {
    const gone = new AbortController();
    const subscriptions: (() => void)[] = [];
    const signalOf = (token: CancellationToken): AbortSignal => AbortSignal.any([gone.signal, toSignal(token)]);
    const send = (event: RunnerEvent): void => {
        if (socket.writableLength > LARGEST_BACKLOG) socket.destroy();
        // A client that has just left needs no event.
        else connection.sendNotification(eventNotification, event).catch(() => undefined);
    };
    connection.onRequest(helloRequest, () => ({ protocolVersion: PROTOCOL_VERSION, pid: runner.pid, key: runner.key }));
    connection.onRequest(orderRequest, (message, token) => {
        const order = parseOrder(message);
        if (order === undefined) throw new Error('this is no order');
        return runner.order(order, signalOf(token));
    });
    connection.onRequest(secretsRequest, async (message, token) => {
        const values = parseSecrets(message);
        // What was sent is not repeated: some of it may be a secret.
        if (values === undefined) throw new Error('these are no secrets');
        await runner.giveSecrets(values, signalOf(token));
        return null;
    });
    connection.onRequest(snapshotRequest, (_, token) => runner.snapshot(signalOf(token)));
    connection.onRequest(quietRequest, (_, token) => runner.whenQuiet(signalOf(token)));
    connection.onRequest(logsRequest, (message, token) => {
        const paths = parsePathList(message);
        if (paths === undefined) throw new Error('these are no instance paths');
        return runner.logs(paths, signalOf(token));
    });
    connection.onRequest(subscribeRequest, ({ after }) => {
        const first = remembered[0]?.sequence ?? 0;
        if (after !== null) remembered.filter(({ sequence }) => sequence > after).forEach(send);
        subscriptions.push(runner.onEvent(send));
        return { complete: after === null || remembered.length < REMEMBERED || first <= after };
    });
    connection.onRequest(shutdownRequest, () => onShutdown());
    return () => {
        gone.abort(new Error('the client has gone'));
        subscriptions.forEach((dispose) => dispose());
    };
}

function toSignal(token: CancellationToken): AbortSignal {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort(new Error('the request was cancelled')));
    return controller.signal;
}
