/** Reading a journal that somebody else is writing: what is whole at each look, from where the last look ended. */
import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { CHAIN_START, decodeRecord, type ChainEnd, type JournalRecord } from './record.ts';
import { readSegment, segmentsOf } from './segments.ts';

export interface JournalFollower {
    /**
     * Records written since the last look, in order. Nothing is answered after a damaged one. `file` is where the journal is at this
     * moment; when another one is there, what is still told is what can be read without it.
     */
    readonly read: (file: string) => readonly JournalRecord[];
    /** Whether the journal that was opened is at `file`; false when its folder was moved away or deleted. */
    readonly isAt: (file: string) => boolean;
    readonly close: () => void;
}

const CHUNK = 1024 * 1024;

/** Opens the journal whose last file is `file`; null when there is none. */
export function openJournalFollower(file: string): JournalFollower | null {
    const last = openLast(file);
    if (last === null) return null;
    closeSync(last.descriptor);
    const folder = openFolder(dirname(file));
    if (folder === null) return null;
    const chain = createChain();
    let number = 0;
    let tail: Tail | null = null;
    const isAt: JournalFollower['isAt'] = (path) => isSame(statOf(dirname(path)), folder.stat);
    /** Goes on to the next file of the journal; false when there is none yet. */
    const goOn = (path: string): boolean => {
        const next = openPart(path, number + 1);
        if (next === null) return false;
        tail?.close();
        tail = null;
        number++;
        if ('bytes' in next) chain.add(next.bytes);
        else tail = createTail(next, chain);
        return true;
    };
    const read: JournalFollower['read'] = (path) => {
        do tail?.read();
        while (isAt(path) && tail?.isAt(path) !== true && (tail?.read(), goOn(path)));
        return chain.take();
    };
    const close = (): void => {
        tail?.close();
        folder.close();
    };
    return { read, isAt, close };
}

/** Records are taken out as soon as their lines are whole. */
interface Chain {
    readonly add: (bytes: Buffer) => void;
    readonly take: () => readonly JournalRecord[];
    /** Forgets a line that is not whole yet; answers how many bytes that were. */
    readonly forgetRest: () => number;
}

function createChain(): Chain {
    let records: JournalRecord[] = [];
    let rest: Buffer = Buffer.alloc(0);
    let end: ChainEnd | null = CHAIN_START;
    const takeRecord = (): JournalRecord | null => {
        const newline = rest.indexOf(0x0a);
        if (newline < 0 || end === null) return null;
        const record = decodeRecord(rest.subarray(0, newline), end);
        end = 'damage' in record ? null : record;
        rest = rest.subarray(newline + 1);
        return 'damage' in record ? null : record;
    };
    return {
        add: (bytes) => {
            rest = Buffer.concat([rest, bytes]);
            for (let record = takeRecord(); record !== null; record = takeRecord()) records.push(record);
        },
        take: () => {
            const taken = records;
            records = [];
            return taken;
        },
        forgetRest: () => {
            const count = rest.length;
            rest = Buffer.alloc(0);
            return count;
        },
    };
}

/** The journal's last file, which grows. */
interface Tail {
    readonly read: () => void;
    readonly isAt: (path: string) => boolean;
    readonly close: () => void;
}

interface OpenFile {
    readonly descriptor: number;
    readonly stat: Stats;
}

function createTail({ descriptor, stat }: OpenFile, chain: Chain): Tail {
    const buffer = Buffer.alloc(CHUNK);
    let position = 0;
    const readChunk = (): boolean => {
        const count = readSync(descriptor, buffer, 0, CHUNK, position);
        position += count;
        chain.add(Buffer.from(buffer.subarray(0, count)));
        return count > 0;
    };
    return {
        read: () => {
            // A tail that was torn by a crash is cut and written anew.
            if (fstatSync(descriptor).size < position) position -= chain.forgetRest();
            while (readChunk());
        },
        isAt: (path) => isSame(statOf(path), stat),
        close: () => closeSync(descriptor),
    };
}

/** The file with this number: a segment, or the last file when none has it yet. Null when it is not there (yet). */
function openPart(journal: string, number: number): OpenFile | { readonly bytes: Buffer } | null {
    // Opened first: what becomes a segment after that is in the list.
    const last = openLast(journal);
    const segments = segmentsOf(journal);
    if (segments.every((segment) => segment.number < number)) return last;
    if (last !== null) closeSync(last.descriptor);
    const segment = segments.find((candidate) => candidate.number === number);
    try {
        return segment === undefined ? null : { bytes: readSegment(segment).bytes };
    } catch {
        // It is being compressed, or cannot be read: the next look tries again.
        return null;
    }
}

function openLast(file: string): OpenFile | null {
    try {
        const descriptor = openSync(file, 'r');
        return { descriptor, stat: fstatSync(descriptor) };
    } catch {
        // Nothing is deployed, or it may not be read: somebody will say so who has to act on it.
        return null;
    }
}

/** A folder that is held open keeps its number, so that no other one can be taken for it. */
function openFolder(folder: string): { readonly stat: Stats; readonly close: () => void } | null {
    const stat = statOf(folder);
    if (stat === undefined) return null;
    try {
        const descriptor = openSync(folder, 'r');
        return { stat: fstatSync(descriptor), close: () => closeSync(descriptor) };
    } catch {
        // Windows opens no folders; its numbers do not come again soon.
        return { stat, close: () => undefined };
    }
}

function statOf(path: string): Stats | undefined {
    return statSync(path, { throwIfNoEntry: false });
}

function isSame(left: Stats | undefined, right: Stats): boolean {
    return left?.ino === right.ino && left.dev === right.dev;
}
