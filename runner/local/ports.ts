/** Free TCP ports of this computer, found by binding them. */
import { createServer } from 'node:net';
import type { Executor } from '../executor.ts';

export interface PortRange {
    readonly first: number;
    /** Exclusive. */
    readonly end: number;
}

/** The range random ports are taken from (reference §3.6): below what systems hand out to outgoing connections. */
export const RANDOM_PORTS: PortRange = { first: 10_000, end: 32_000 };

/**
 * Searches for the lowest ports of the range that can be bound, are not taken, and were not answered before: all machines of this
 * computer share its ports, and a port is bound only when its instance starts. Fewer when there are no more, or when aborted.
 */
export function createPortSearch(
    portsInUse: () => Iterable<number>,
    range: PortRange = RANDOM_PORTS,
): Executor['findPorts'] {
    const answered = new Set<number>();
    let last: Promise<unknown> = Promise.resolve();
    const search = async (count: number, taken: readonly number[], signal: AbortSignal): Promise<readonly number[]> => {
        const ports = await findFreePorts(count, new Set([...taken, ...answered, ...portsInUse()]), range, signal);
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
    range: PortRange,
    signal: AbortSignal,
): Promise<readonly number[]> {
    const found: number[] = [];
    for (let port = range.first; port < range.end && found.length < count && !signal.aborted; port++) {
        if (!taken.has(port) && (await isFree(port))) found.push(port);
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
