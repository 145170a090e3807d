/** Free TCP ports of a host, by its tables of sockets. */
import { portStartOf } from '../local/ports.ts';

/** As on this computer: below what systems hand out to outgoing connections. */
const FIRST = 10_000;
const END = 32_000;

export interface RemotePortSearch {
    /** As many ports as asked for, neither in use, nor taken, nor answered before; fewer when there are no more. */
    readonly choose: (count: number, inUse: ReadonlySet<number>, taken: readonly number[]) => readonly number[];
}

/** Searches from the same place for one `mark`, and most likely from another for another: a port is bound only when its instance starts. */
export function createRemotePortSearch(mark: string): RemotePortSearch {
    const size = END - FIRST;
    const start = portStartOf(mark);
    let position = 0;
    const advance = (count: number, refused: ReadonlySet<number>): number[] => {
        const found: number[] = [];
        for (; position < size && found.length < count; position++) {
            const port = FIRST + ((start - FIRST + position) % size);
            if (!refused.has(port)) found.push(port);
        }
        return found;
    };
    return {
        choose: (count, inUse, taken) => {
            const refused = new Set([...inUse, ...taken]);
            const isFromStart = position === 0;
            const found = advance(count, refused);
            if (found.length === count || isFromStart) return found;
            // Every port was answered once; those of instances that are gone are free again.
            position = 0;
            return [...found, ...advance(count - found.length, new Set([...refused, ...found]))];
        },
    };
}

/** Local ports of all sockets in the tables, whatever their state: what waits to close cannot be bound either. */
export function parseSocketPorts(tables: string): ReadonlySet<number> {
    const ports = new Set<number>();
    for (const [, port = ''] of tables.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) /gm))
        ports.add(Number.parseInt(port, 16));
    return ports;
}
