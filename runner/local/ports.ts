/** Free TCP ports of this computer, found by binding them. */
import { hash } from 'node:crypto';
import { createServer } from 'node:net';
import type { Executor } from '../executor.ts';

export interface PortRange {
    readonly first: number;
    /** Exclusive. */
    readonly end: number;
}

/** The range random ports are taken from (reference §3.6): below what systems hand out to outgoing connections. */
const RANDOM_PORTS: PortRange = { first: 10_000, end: 32_000 };

/** Deployments begin their searches this far apart, or at the same place. */
const DISTANCE = 50;

/**
 * Where a deployment begins to look for ports: always the same place for one `mark`, and most likely another one for another. A port is
 * bound only when its instance starts, so two deployments that began at one place could both be given what neither has bound yet.
 */
export function portStartOf(mark: string, range: PortRange = RANDOM_PORTS): number {
    const places = Math.max(1, Math.floor((range.end - range.first) / DISTANCE));
    return range.first + (Number.parseInt(hash('sha256', mark, 'hex').slice(0, 8), 16) % places) * DISTANCE;
}

/**
 * Searches for ports from `start` on (and from the range's first after its last) that can be bound, are not taken, and were not
 * answered before: all machines of this computer share its ports, and a port is bound only when its instance starts. Each search goes
 * on where the one before ended, so that all of them together look at each port once.
 * Fewer when there are no more, or when aborted.
 */
export function createPortSearch(
    portsInUse: () => Iterable<number>,
    start: number,
    range: PortRange = RANDOM_PORTS,
): Executor['findPorts'] {
    const size = range.end - range.first;
    const portAt = (position: number): number => range.first + ((start - range.first + position) % size);
    let position = 0;
    let inUse: ReadonlySet<number> | null = null;
    let last: Promise<unknown> = Promise.resolve();
    const advance = async (count: number, taken: ReadonlySet<number>, signal: AbortSignal): Promise<number[]> => {
        const found: number[] = [];
        inUse ??= new Set(portsInUse());
        for (; position < size && found.length < count && !signal.aborted; position++) {
            const port = portAt(position);
            if (!taken.has(port) && !inUse.has(port) && (await isFree(port))) found.push(port);
        }
        return found;
    };
    const search = async (count: number, taken: readonly number[], signal: AbortSignal): Promise<readonly number[]> => {
        const isFromStart = position === 0;
        const found = await advance(count, new Set(taken), signal);
        if (found.length === count || isFromStart || signal.aborted) return found;
        // Every port was answered once; those of instances that are gone are free again.
        position = 0;
        inUse = null;
        return [...found, ...(await advance(count - found.length, new Set([...taken, ...found]), signal))];
    };
    return ({ count, taken }, signal) => {
        // One at a time: two searches must not find the same port.
        const turn = last.then(() => search(count, taken, signal));
        last = turn.catch(() => undefined); // the caller has the rejection
        return turn;
    };
}

async function isFree(port: number): Promise<boolean> {
    // Bound on every address and on the local one: either may be what a recipe listens on.
    return (await canBind(port, undefined)) && (await canBind(port, '127.0.0.1'));
}

function canBind(port: number, host: string | undefined): Promise<boolean> {
    return new Promise((resolve) => {
        const server = createServer();
        server.once('error', () => resolve(false));
        server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () => {
            server.close(() => resolve(true));
        });
    });
}
