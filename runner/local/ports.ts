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
 * Searches for the lowest ports from `start` on (and from the range's first after its last) that can be bound, are not taken, and were
 * not answered before: all machines of this computer share its ports, and a port is bound only when its instance starts.
 * Fewer when there are no more, or when aborted.
 */
export function createPortSearch(
    portsInUse: () => Iterable<number>,
    start: number,
    range: PortRange = RANDOM_PORTS,
): Executor['findPorts'] {
    const order = [
        { first: start, end: range.end },
        { first: range.first, end: start },
    ];
    const answered = new Set<number>();
    let last: Promise<unknown> = Promise.resolve();
    const search = async (count: number, taken: readonly number[], signal: AbortSignal): Promise<readonly number[]> => {
        const ports = await findFreePorts(count, new Set([...taken, ...answered, ...portsInUse()]), order, signal);
        if (ports.length < count && answered.size > 0 && !signal.aborted) {
            // Every port was answered once; those of instances that are gone are free again.
            answered.clear();
            return search(count, taken, signal);
        }
        for (const port of ports) answered.add(port);
        return ports;
    };
    return (_instancePath, count, taken, signal) => {
        // One at a time: two searches must not find the same port.
        const turn = last.then(() => search(count, taken, signal));
        last = turn.catch(() => undefined); // the caller has the rejection
        return turn;
    };
}

async function findFreePorts(
    count: number,
    taken: ReadonlySet<number>,
    ranges: readonly PortRange[],
    signal: AbortSignal,
): Promise<readonly number[]> {
    const found: number[] = [];
    for (const { first, end } of ranges) {
        for (let port = first; port < end && found.length < count && !signal.aborted; port++) {
            if (!taken.has(port) && (await isFree(port))) found.push(port);
        }
    }
    return found;
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
