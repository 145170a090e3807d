/** The way to a host: a TCP connection of its own, or a stream through the host on the way. */
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';

/** A stream whose bytes can be counted. */
export interface DialedStream {
    readonly stream: Duplex;
    readonly heard: () => number;
    readonly sent: () => number;
}

export type Dialed =
    | { readonly kind: 'open'; readonly dialed: DialedStream }
    /** `isFinal`: trying again does not help. */
    | { readonly kind: 'closed'; readonly reason: string; readonly isFinal: boolean };

/** Opens a TCP connection without waiting for more to send: steps are small packets. Aborting ends it. */
export function dial(host: string, port: number, signal: AbortSignal): Promise<Dialed> {
    return new Promise((resolve) => {
        const socket = connect({ host, port, noDelay: true });
        const settle = (dialed: Dialed): void => {
            signal.removeEventListener('abort', abort);
            socket.removeListener('error', fail);
            // Whoever takes it over listens from here on; an error in between must not end the process.
            socket.on('error', () => undefined);
            resolve(dialed);
        };
        const abort = (): void => {
            socket.destroy();
            settle({ kind: 'closed', reason: 'it does not answer', isFinal: false });
        };
        const fail = (error: NodeJS.ErrnoException): void =>
            settle({ kind: 'closed', reason: dialFaultText(error, host, port), isFinal: FINAL.has(error.code) });
        socket.once('error', fail);
        socket.once('connect', () => settle({ kind: 'open', dialed: countedSocket(socket) }));
        signal.addEventListener('abort', abort, { once: true });
        if (signal.aborted) abort();
    });
}

function countedSocket(socket: Socket): DialedStream {
    return { stream: socket, heard: () => socket.bytesRead, sent: () => socket.bytesWritten };
}

const FINAL: ReadonlySet<string | undefined> = new Set(['ENOTFOUND', 'EINVAL', 'ERR_SOCKET_BAD_PORT', 'EACCES']);

const FAULTS: Readonly<Record<string, string>> = {
    ENOTFOUND: 'no address is known for this name',
    EAI_AGAIN: 'the name service does not answer',
    EHOSTUNREACH: 'no way leads to it',
    ENETUNREACH: 'no way leads to its network',
    ETIMEDOUT: 'it does not answer',
    ECONNRESET: 'the connection was reset',
};

function dialFaultText(error: NodeJS.ErrnoException, host: string, port: number): string {
    if (error.code === 'ECONNREFUSED') return `nothing listens on port ${port}`;
    return FAULTS[error.code ?? ''] ?? `${host} cannot be reached (${error.code ?? error.message})`;
}

/** The connection to the host on the way. */
export interface JumpLink {
    readonly client: Client;
    /** Bytes that were sent on it: they go before those of the streams through it. */
    readonly sent: () => number;
}

/** Opens a stream to a host through another one. */
export function dialThrough(jump: JumpLink, host: string, port: number, signal: AbortSignal): Promise<Dialed> {
    return new Promise((resolve) => {
        const closed = (reason: string): void => {
            signal.removeEventListener('abort', abort);
            resolve({ kind: 'closed', reason, isFinal: false });
        };
        const abort = (): void => closed('it does not answer');
        if (signal.aborted) return abort();
        signal.addEventListener('abort', abort, { once: true });
        try {
            jump.client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
                if (error !== undefined) return closed('the host on the way cannot reach it');
                signal.removeEventListener('abort', abort);
                stream.on('error', () => undefined);
                if (signal.aborted) stream.destroy();
                resolve({ kind: 'open', dialed: countedStream(stream, jump.sent) });
            });
        } catch {
            // ssh2 throws when the connection to the host on the way is gone.
            closed('the connection to the host on the way is gone');
        }
    });
}

/** A stream that was paused by name is not set flowing by one more listener. */
function countedStream(stream: Duplex, sent: () => number): DialedStream {
    let heard = 0;
    stream.pause();
    stream.on('data', (data: Buffer) => (heard += data.length));
    return { stream, heard: () => heard, sent };
}
