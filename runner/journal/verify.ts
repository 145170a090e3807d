/** Looking through everything that is kept of a journal, whether it is in use or not: what is whole, what is not, what may be trusted. */
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { evolve } from '../core/evolve.ts';
import { restoreState } from '../core/saved-state.ts';
import { snapshotOf, type InstanceSnapshot } from '../core/snapshot.ts';
import { DEFAULT_SETTINGS, type State } from '../core/state.ts';
import { stateOf } from '../deployment-store.ts';
import { CHAIN_START, type ChainEnd, type JournalRecord } from './record.ts';
import { scanRecords, startOf, type Scanned } from './scan.ts';
import { readSegment, readWithLast, segmentsOf, type JournalPart, type Segment } from './segments.ts';
import { readSnapshot, snapshotFileOf, type JournalSnapshot } from './snapshot.ts';

/** One file that was looked through. */
export interface VerifiedFile {
    /** Absolute. */
    readonly file: string;
    /**
     * `torn`: its end was being written when the computer or the runner died, and nothing was done because of it. `unused`: a snapshot
     * that the runner does not use. `damaged`: it was changed, or is not what belongs here.
     */
    readonly kind: 'whole' | 'torn' | 'unused' | 'damaged';
    /** Whole records in it that follow each other. */
    readonly records: number;
    /** The line in question, from 1; null when all of the file is. */
    readonly line: number | null;
    /** What is wrong, as a sentence; null when nothing is. */
    readonly message: string | null;
}

/** What may be trusted: the records from the first one to this. */
export interface TrustedPart {
    readonly records: number;
    readonly seq: number;
    /** When the last of them was written, in milliseconds since 1970. */
    readonly time: number;
}

export interface VerifiedJournal {
    readonly files: readonly VerifiedFile[];
    /** Null when not even the first record is whole. */
    readonly trusted: TrustedPart | null;
    readonly isWhole: boolean;
}

/** Looks through the journal whose last file is `journal`, its segments and its snapshot. A journal that does not exist has no files. */
export function verifyJournal(journal: string): VerifiedJournal {
    try {
        return verifyReadable(journal);
    } catch (error) {
        const message = `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
        const file: VerifiedFile = { file: journal, kind: 'damaged', records: 0, line: null, message };
        return { files: [file], trusted: null, isWhole: false };
    }
}

function verifyReadable(journal: string): VerifiedJournal {
    const { last, more } = readWithLast(journal, () => ({
        snapshot: readSnapshot(journal),
        hasSnapshot: existsSync(snapshotFileOf(journal)),
        parts: segmentsOf(journal).map((segment) => ({ segment, part: readable(segment) })),
    }));
    const chain = createChain();
    const files: VerifiedFile[] = [];
    for (const { segment, part } of more.parts)
        files.push(part === null ? unreadable(chain, segment) : verifyPart(chain, part, false));
    if (last.bytes.length > 0 || existsSync(journal)) files.push(verifyPart(chain, last, true));
    if (more.hasSnapshot) files.push(verifySnapshot(snapshotFileOf(journal), more.snapshot, chain));
    const isWhole = files.every(({ kind }) => kind !== 'damaged');
    return { files, trusted: chain.trusted(), isWhole };
}

/** All records of a journal up to the first damage, as they were written. Throws what the disk says. */
export function recordsOf(journal: string): readonly JournalRecord[] {
    const { last, more } = readWithLast(journal, () => segmentsOf(journal).map(readSegment));
    const records: JournalRecord[] = [];
    let end: ChainEnd = CHAIN_START;
    for (const { bytes } of [...more, last]) {
        const scanned = scanRecords(bytes, end);
        for (const record of scanned.records) records.push(record);
        if (scanned.damage !== null || (scanned.cutBytes > 0 && bytes !== last.bytes)) break;
        ({ end } = scanned);
    }
    return records;
}

/** The chain as far as it can be followed; after a break files are only looked at for themselves. */
interface Chain {
    readonly end: () => ChainEnd;
    /** Takes records that follow the chain's end. */
    readonly follow: (records: readonly JournalRecord[]) => void;
    readonly breakOff: () => void;
    readonly isBroken: () => boolean;
    readonly trusted: () => TrustedPart | null;
    /** The state right after a record, as far as the chain was followed; null when it was not so far. */
    readonly stateAt: (end: ChainEnd) => State | null;
}

function createChain(): Chain {
    const records: JournalRecord[] = [];
    let isBroken = false;
    return {
        end: () => records.at(-1) ?? CHAIN_START,
        follow: (more) => more.forEach((record) => records.push(record)),
        breakOff: () => (isBroken = true),
        isBroken: () => isBroken,
        trusted: () => {
            const last = records.at(-1);
            return last === undefined ? null : { records: records.length, seq: last.seq, time: last.time };
        },
        stateAt: ({ seq, hash }) => (records[seq]?.hash === hash ? stateAfter(records.slice(0, seq + 1)) : null),
    };
}

function stateAfter(records: readonly JournalRecord[]): State | null {
    const opened = records[0]?.event;
    if (opened?.kind !== 'deploymentOpened') return null;
    try {
        const state = stateOf(opened, DEFAULT_SETTINGS);
        for (const { event } of records) if (event.kind !== 'deploymentOpened') evolve(state, event);
        return state;
    } catch {
        // They are of another version of the runner: what they lead to cannot be compared.
        return null;
    }
}

function readable(segment: Segment): JournalPart | null {
    try {
        return readSegment(segment);
    } catch {
        // It cannot be read or decompressed: that is the finding.
        return null;
    }
}

function unreadable(chain: Chain, { file }: Segment): VerifiedFile {
    chain.breakOff();
    return { file, kind: 'damaged', records: 0, line: null, message: 'It cannot be read or decompressed.' };
}

function verifyPart(chain: Chain, { file, bytes }: JournalPart, isLast: boolean): VerifiedFile {
    const follows = chain.isBroken() ? (startOf(bytes) ?? chain.end()) : chain.end();
    const scanned = scanRecords(bytes, follows);
    const records = scanned.records.length;
    if (!chain.isBroken()) chain.follow(scanned.records);
    const finding = findingIn(scanned, isLast);
    const isOrphan = chain.isBroken() && finding === null;
    if (finding?.kind === 'damaged') chain.breakOff();
    if (isOrphan)
        return {
            file,
            kind: 'damaged',
            records,
            line: 1,
            message: 'Its records are whole, but they follow what is damaged.',
        };
    return { file, records, ...(finding ?? { kind: 'whole', line: null, message: null }) };
}

function findingIn(scanned: Scanned, isLast: boolean): Pick<VerifiedFile, 'kind' | 'line' | 'message'> | null {
    const { damage, cutBytes } = scanned;
    const line = scanned.records.length + 1;
    if (damage !== null) return { kind: 'damaged', line, message: `Line ${line} ${damage.what}.` };
    if (cutBytes === 0) return null;
    if (!isLast) return { kind: 'damaged', line, message: `Line ${line} is not a whole record.` };
    const message = `The last ${cutBytes} bytes were being written when the runner or the computer died. Nothing was done because of them; the next runner cuts them.`;
    return { kind: 'torn', line, message };
}

function verifySnapshot(file: string, snapshot: JournalSnapshot | null, chain: Chain): VerifiedFile {
    const about = { file, records: 0, line: null };
    if (snapshot === null)
        return {
            ...about,
            kind: 'unused',
            message: 'It is damaged or of another version: all records are read instead.',
        };
    const { end } = snapshot;
    const lastSeq = chain.end().seq;
    if (!chain.isBroken() && end.seq > lastSeq) {
        const message = `It stands for record ${end.seq}, but the journal ends with record ${lastSeq}: records were lost.`;
        return { ...about, kind: 'damaged', message };
    }
    const replayed = chain.stateAt(end);
    if (replayed === null)
        return {
            ...about,
            kind: 'unused',
            message: `It stands for a record ${end.seq} that this journal does not have.`,
        };
    const restored = restoreState(snapshot.state, DEFAULT_SETTINGS);
    if (restored === null) return { ...about, kind: 'unused', message: 'It is of another version of the runner.' };
    if (isDeepStrictEqual(instancesOf(restored), instancesOf(replayed)))
        return { ...about, kind: 'whole', message: null };
    return {
        ...about,
        kind: 'damaged',
        message: `It does not say what the records up to ${end.seq} lead to. Delete it.`,
    };
}

/** In the form of text, where what is absent and what is undefined are one. */
function instancesOf(state: State): readonly InstanceSnapshot[] {
    return JSON.parse(JSON.stringify(snapshotOf(state))) as readonly InstanceSnapshot[]; // it is the JSON of these
}
