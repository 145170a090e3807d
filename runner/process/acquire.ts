/** Finding who drives a deployment, or becoming it. */
import { existsSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { ProcessTable } from '../local/processes.ts';
import { claimFence, highestFence, isReleased, readClaim, releaseClaim, removeOlderClaims } from './claim.ts';
import { socketPathOf, type RuntimeContext } from './runtime-directory.ts';

export interface AcquireConfig {
    /** The deployment's folder; its hash names the socket. */
    readonly root: string;
    readonly lockDirectory: string;
    /** Highest fence the journal knows: claims restart above it when the lock directory was lost. */
    readonly journalFence: () => number;
    readonly clock: Clock;
    readonly processes: ProcessTable;
    readonly context: RuntimeContext;
}

export type Acquired =
    /** This process is to drive: it listens already, and others wait for it to answer. */
    | { readonly kind: 'holder'; readonly fence: number; readonly listening: Listening }
    | { readonly kind: 'other'; readonly socket: Socket; readonly fence: number }
    /** Somebody holds it who cannot be reached, `pid` tells who. */
    | { readonly kind: 'unreachable'; readonly pid: number };

/** A socket that is listened at. */
export interface Listening {
    /** Hands over every connection: those made so far, then those to come. */
    readonly accept: (onSocket: (socket: Socket) => void) => void;
    /** Takes no more connections; resolves when the last one is closed. */
    readonly close: () => Promise<void>;
    /** Lets this process end although it listens. */
    readonly unref: () => void;
}

const POLL_MS = 25;
/** How long a live claimer may take from its claim to listening. */
const CLAIMER_MS = 10_000;

/** Connects to the holder; null when nobody drives the deployment. */
export async function findHolder(
    config: AcquireConfig,
    signal: AbortSignal,
): Promise<Exclude<Acquired, { kind: 'holder' }> | null> {
    const giveUpAt = config.clock.now() + CLAIMER_MS;
    for (;;) {
        signal.throwIfAborted();
        const fence = highestFence(config.lockDirectory);
        const claim = fence === 0 ? null : readClaim(config.lockDirectory, fence);
        if (claim === null) return null;
        const socket = await connectTo(claim.socket);
        if (socket !== null) return { kind: 'other', socket, fence };
        if (isReleased(config.lockDirectory, fence) || !isAlive(config, claim.pid, claim.born)) return null;
        if (config.clock.now() > giveUpAt) return { kind: 'unreachable', pid: claim.pid };
        await config.clock.sleep(POLL_MS, signal);
    }
}

/** Connects to the holder, or takes its place when there is none. */
export async function acquire(config: AcquireConfig, signal: AbortSignal): Promise<Acquired> {
    for (;;) {
        const holder = await findHolder(config, signal);
        if (holder !== null) return holder;
        const fence = Math.max(highestFence(config.lockDirectory), config.journalFence()) + 1;
        const socketPath = socketPathOf(config.root, fence, config.context);
        const born = config.processes.find(process.pid)?.born ?? '';
        if (!claimFence(config.lockDirectory, fence, { pid: process.pid, born, socket: socketPath })) continue;
        const listening = await listenAsHolder(config, fence, socketPath);
        removeOlderClaims(config.lockDirectory, fence);
        return { kind: 'holder', fence, listening };
    }
}

/** A claim whose maker cannot listen is given back: others would wait for it. */
async function listenAsHolder(config: AcquireConfig, fence: number, socketPath: string): Promise<Listening> {
    try {
        if (config.context.platform !== 'win32') await removeLeftSocket(socketPath);
        return await listenAt(socketPath);
    } catch (error) {
        releaseClaim(config.lockDirectory, fence);
        throw error;
    }
}

/** Numbers begin anew when the deployment's folder was deleted: a runner killed before that has left its socket's name. */
async function removeLeftSocket(path: string): Promise<void> {
    if (!existsSync(path)) return;
    const socket = await connectTo(path);
    if (socket === null) rmSync(path, { force: true });
    else socket.destroy();
}

function isAlive(config: AcquireConfig, pid: number, born: string): boolean {
    const entry = config.processes.find(pid);
    return entry !== undefined && (born === '' || entry.born === born);
}

function connectTo(path: string): Promise<Socket | null> {
    return new Promise((resolve) => {
        const socket = connect(path);
        socket.once('connect', () => {
            socket.removeAllListeners('error');
            resolve(socket);
        });
        socket.once('error', () => resolve(null));
    });
}

/** Connections are kept unread until somebody accepts them. */
function listenAt(path: string): Promise<Listening> {
    const waiting: Socket[] = [];
    let hand = (socket: Socket): void => void waiting.push(socket);
    const server = createServer({ pauseOnConnect: true }, (socket) => hand(socket));
    const listening: Listening = {
        accept: (onSocket) => {
            hand = onSocket;
            waiting.splice(0).forEach(onSocket);
        },
        close: () => {
            for (const socket of waiting.splice(0)) socket.destroy();
            return new Promise((resolve) => server.close(() => resolve()));
        },
        unref: () => server.unref(),
    };
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(path, () => {
            server.removeAllListeners('error');
            resolve(listening);
        });
    });
}
