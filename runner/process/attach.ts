/** A runner in another process, behind the same interface. */
import type { Socket } from 'node:net';
import {
    CancellationTokenSource,
    ResponseError,
    type CancellationToken,
    type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Clock } from '../clock.ts';
import { PROTOCOL_VERSION, type DeploymentSnapshot, type RunnerEvent } from '../protocol.ts';
import type { Refused, Runner, RunnerEnd } from '../runner.ts';
import { abortable } from '../waiting.ts';
import { drainableConnectionOver } from './connection.ts';
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
    type Welcome,
} from './messages.ts';

/** A runner that takes the connection but does not answer within this time is stopped or stuck. */
const HELLO_MS = 15_000;

/** How often a runner of another version is asked whether it can leave. */
const LEAVE_POLL_MS = 500;
/** How long one that said that it leaves may take. */
const LEAVE_MS = 10_000;

export interface AttachConfig {
    /** Asks a runner of an older version to leave, and waits until it has no run under way and is gone. */
    readonly takeOver: boolean;
    readonly clock: Clock;
}

/**
 * Says hello over an open socket. Refused when the other side speaks another protocol or does not answer; null when it ended, as a
 * process does that was just killed, or one of an older version that was taken over.
 */
export async function attachRunner(
    socket: Socket,
    config: AttachConfig,
    signal: AbortSignal,
): Promise<Runner | Refused | null> {
    const { connection, drained } = drainableConnectionOver(socket);
    const stopped = Promise.withResolvers<RunnerEnd>();
    const listeners = new Set<(event: RunnerEvent) => void>();
    connection.onNotification(eventNotification, (event) => listeners.forEach((listener) => listener(event)));
    connection.onNotification(endNotification, (end) => stopped.resolve(end));
    const lose = async (): Promise<void> => {
        // The last it said may tell why it left.
        await drained();
        stopped.resolve({ kind: 'lost', message: 'The process that drove the deployment ended. Resume to go on.' });
        connection.dispose();
    };
    socket.once('close', () => void lose());
    connection.listen();
    const lost = stopped.promise.then(() => null);
    let attached = false;
    try {
        const welcome = await Promise.race([greet(connection, signal), lost]);
        if (welcome === null || 'kind' in welcome) return welcome;
        if (welcome.protocolVersion !== PROTOCOL_VERSION) {
            if (!config.takeOver || welcome.protocolVersion > PROTOCOL_VERSION) return otherVersion(welcome);
            return await Promise.race([takeOver(connection, config.clock, signal), lost]);
        }
        attached = true;
        return remoteRunner({ socket, connection, stopped, listeners, welcome });
    } finally {
        // An open connection that nobody uses would keep the runner from leaving.
        if (!attached) socket.destroy();
    }
}

async function greet(connection: MessageConnection, signal: AbortSignal): Promise<Welcome | Refused> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(HELLO_MS)]);
    try {
        const hello = connection.sendRequest(helloRequest, { protocolVersion: PROTOCOL_VERSION });
        const welcome = await abortable(hello, patience);
        if (welcome.protocolVersion === PROTOCOL_VERSION)
            await abortable(connection.sendRequest(subscribeRequest, { after: null }), patience);
        return welcome;
    } catch {
        return silent(signal);
    }
}

async function silent(signal: AbortSignal): Promise<Refused> {
    signal.throwIfAborted();
    // A closed connection is told by its `close` event, which comes next.
    await new Promise((resolve) => setImmediate(resolve));
    const message = 'A runner drives this deployment but does not answer. End its process, then try again.';
    return { kind: 'refused', code: 'alreadyRunning', message };
}

/** Resolves only with a refusal: a runner that leaves closes the connection, which ends the race this runs in. */
async function takeOver(connection: MessageConnection, clock: Clock, signal: AbortSignal): Promise<Refused> {
    try {
        // It says no while a run is under way, and is not made to give that up.
        while (!(await abortable(connection.sendRequest(shutdownRequest, null), signal))) {
            await clock.sleep(LEAVE_POLL_MS, signal);
            signal.throwIfAborted();
        }
        await clock.sleep(LEAVE_MS, signal);
        return await silent(signal);
    } catch {
        return silent(signal);
    }
}

function otherVersion({ pid, protocolVersion }: Welcome): Refused {
    const who = `The runner of this deployment (process ${pid})`;
    const message =
        protocolVersion > PROTOCOL_VERSION
            ? `${who} belongs to a newer version of this program. Update this one, or use the newer one.`
            : `${who} belongs to an older version of this program. Take it over, which waits until no run is under way, or wait until it has left by itself.`;
    return { kind: 'refused', code: 'protocolVersion', message };
}

interface Remote {
    readonly socket: Socket;
    readonly connection: MessageConnection;
    readonly stopped: PromiseWithResolvers<RunnerEnd>;
    readonly listeners: Set<(event: RunnerEvent) => void>;
    readonly welcome: Welcome;
}

function remoteRunner({ socket, connection, stopped, listeners, welcome }: Remote): Runner {
    let last: DeploymentSnapshot = { key: welcome.key, simulated: false, run: null, instances: [], sequence: 0 };
    /** The answer, or null when the other process has gone. */
    const ask = async <Answer>(
        send: (token: CancellationToken) => Promise<Answer>,
        signal: AbortSignal,
    ): Promise<{ readonly answer: Answer } | null> => {
        const source = new CancellationTokenSource();
        const lost = stopped.promise.then(() => null);
        const request = async (): Promise<{ readonly answer: Answer }> => ({ answer: await send(source.token) });
        const answered = request().catch((error: unknown) => {
            // The other side is there and refused to answer: a fault of one of the two. Any other rejection means that it goes.
            if (error instanceof ResponseError && !socket.destroyed) throw error;
            return lost;
        });
        try {
            // After the end of the connection a request is rejected or never settles; both mean the same.
            return await abortable(Promise.race([answered, lost]), signal);
        } finally {
            // Whom the connection has left hears of nothing any more.
            if (signal.aborted && !socket.destroyed) source.cancel();
            source.dispose();
        }
    };
    return {
        key: welcome.key,
        pid: welcome.pid,
        inProcess: false,
        notice: null,
        order: async (order, signal) =>
            (await ask((token) => connection.sendRequest(orderRequest, order, token), signal))?.answer ?? LOST,
        giveSecrets: async (values, signal) => {
            await ask((token) => connection.sendRequest(secretsRequest, values, token), signal);
        },
        snapshot: async (signal) => {
            last = (await ask((token) => connection.sendRequest(snapshotRequest, null, token), signal))?.answer ?? last;
            return last;
        },
        onEvent: (listener) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        whenQuiet: async (signal) => {
            const quiet = await ask((token) => connection.sendRequest(quietRequest, null, token), signal);
            return quiet === null ? last.run : quiet.answer;
        },
        logs: async (paths, signal) =>
            (await ask((token) => connection.sendRequest(logsRequest, paths, token), signal))?.answer ?? [],
        stopped: stopped.promise,
        dispose: () => {
            stopped.resolve({ kind: 'disposed' });
            connection.end();
            socket.end();
            socket.unref();
            return Promise.resolve();
        },
    };
}

const LOST = {
    kind: 'refused',
    code: 'notRunning',
    message: 'The process that drove the deployment ended before it answered. Open it again, then look at its state.',
} as const;
