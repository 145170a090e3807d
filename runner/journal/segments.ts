/**
 * The parts of a journal. Its end is in `journal.jsonl`; when that has grown large it becomes a *segment*, numbered from 1, and another
 * file takes its place. The chain of records goes on from part to part: put one behind the other, they are one journal.
 *
 * 1. A segment is never written again. Some time later it is compressed: `1.jsonl` gives way to `1.jsonl.gz` with the same lines.
 * 2. A segment ends with a whole record: only the journal's last file can have a torn tail.
 */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Segment {
    readonly number: number;
    /** Absolute. */
    readonly file: string;
    readonly isCompressed: boolean;
}

/** One file of a journal with what is in it; compressed ones as they were before. */
export interface JournalPart {
    readonly file: string;
    readonly bytes: Buffer;
}

/** The files of a journal at one moment. */
export interface JournalParts {
    readonly sealed: readonly JournalPart[];
    /** Empty while it does not exist. */
    readonly last: JournalPart;
}

/** Where the segments of a journal are kept. */
export function segmentsDirectoryOf(journal: string): string {
    return join(dirname(journal), 'segments');
}

/** The segments of a journal, oldest first. One that is there both ways counts once, as it was written. */
export function segmentsOf(journal: string): readonly Segment[] {
    const directory = segmentsDirectoryOf(journal);
    const found = new Map<number, Segment>();
    for (const name of namesOf(directory)) {
        const match = /^([1-9]\d{0,8})\.jsonl(\.gz)?$/.exec(name);
        if (match === null) continue;
        const number = Number(match[1]);
        const isCompressed = match[2] !== undefined;
        if (isCompressed && found.has(number)) continue;
        found.set(number, { number, file: join(directory, name), isCompressed });
    }
    return [...found.values()].sort((left, right) => left.number - right.number);
}

/** What is in a segment. Throws what the disk says, or that the file cannot be decompressed. */
export function readSegment({ file, isCompressed }: Segment): JournalPart {
    const bytes = readFileSync(file);
    return { file, bytes: isCompressed ? gunzipSync(bytes) : bytes };
}

/**
 * Reads the journal's last file together with what `readMore` reads beside it, so that both are of one moment although the runner may
 * begin another file between the two. Throws what the disk says; a journal that does not exist is empty.
 */
export function readWithLast<More>(
    journal: string,
    readMore: (last: JournalPart) => More,
): { readonly last: JournalPart; readonly more: More } {
    for (let attempt = 1; ; attempt++) {
        const { bytes, identity } = readIdentified(journal);
        const last = { file: journal, bytes };
        try {
            const more = readMore(last);
            if (identityAt(journal) === identity || attempt === ATTEMPTS) return { last, more };
        } catch (error) {
            // A segment gave way to its compressed form since it was listed.
            if (attempt === ATTEMPTS || !isMissing(error)) throw error;
        }
    }
}

/** All parts of a journal. Throws what the disk says. */
export function readParts(journal: string): JournalParts {
    const { last, more } = readWithLast(journal, () => segmentsOf(journal).map(readSegment));
    return { sealed: more, last };
}

/** A journal that goes to another file more often than it is read does not exist. */
const ATTEMPTS = 10;

/** Whether an error says that a file is not there. */
function isMissing(error: unknown): boolean {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function namesOf(directory: string): readonly string[] {
    try {
        return readdirSync(directory);
    } catch (error) {
        if (isMissing(error)) return [];
        throw error;
    }
}

function readIdentified(file: string): { readonly bytes: Buffer; readonly identity: string } {
    let descriptor: number;
    try {
        descriptor = openSync(file, 'r');
    } catch (error) {
        if (isMissing(error)) return { bytes: Buffer.alloc(0), identity: '' };
        throw error;
    }
    try {
        const { dev, ino } = fstatSync(descriptor);
        return { bytes: readFileSync(descriptor), identity: `${dev}:${ino}` };
    } finally {
        closeSync(descriptor);
    }
}

function identityAt(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}
