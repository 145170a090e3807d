/** Reading a journal that somebody else is writing: what is whole at each look, from where the last look ended. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { CHAIN_START, decodeRecord, type ChainEnd, type JournalRecord } from './record.ts';

export interface JournalFollower {
    /** Records written since the last look, in order. Nothing is answered after a damaged one. */
    readonly read: () => readonly JournalRecord[];
    /** Whether `file` is still the one that was opened; false when it was moved away or deleted. */
    readonly isAt: (file: string) => boolean;
    readonly close: () => void;
}

const CHUNK = 1024 * 1024;

/** Opens the journal; null when there is none. */
export function openJournalFollower(file: string): JournalFollower | null {
    let descriptor: number;
    try {
        descriptor = openSync(file, 'r');
    } catch {
        // Nothing is deployed, or it may not be read: somebody will say so who has to act on it.
        return null;
    }
    const { ino, dev } = fstatSync(descriptor);
    const buffer = Buffer.alloc(CHUNK);
    let position = 0;
    let rest: Buffer = Buffer.alloc(0);
    let end: ChainEnd | null = CHAIN_START;
    const readChunk = (): boolean => {
        const count = readSync(descriptor, buffer, 0, CHUNK, position);
        position += count;
        rest = Buffer.concat([rest, buffer.subarray(0, count)]);
        return count > 0;
    };
    /** A tail that was torn by a crash is cut and written anew: what was read of it is forgotten. */
    const forgetTornTail = (): void => {
        if (fstatSync(descriptor).size >= position) return;
        position -= rest.length;
        rest = Buffer.alloc(0);
    };
    const takeRecord = (): JournalRecord | null => {
        const newline = rest.indexOf(0x0a);
        if (newline < 0 || end === null) return null;
        const record = decodeRecord(rest.subarray(0, newline), end);
        end = 'damage' in record ? null : record;
        rest = rest.subarray(newline + 1);
        return 'damage' in record ? null : record;
    };
    const read: JournalFollower['read'] = () => {
        const records: JournalRecord[] = [];
        forgetTornTail();
        while (readChunk())
            for (let record = takeRecord(); record !== null; record = takeRecord()) records.push(record);
        return records;
    };
    const isAt: JournalFollower['isAt'] = (path) => {
        const stat = statSync(path, { throwIfNoEntry: false });
        return stat?.ino === ino && stat.dev === dev;
    };
    return { read, isAt, close: () => closeSync(descriptor) };
}
