/** Reading a journal back: the whole of it, or what came after its snapshot. */
import { CHAIN_START, type ChainEnd, type DeploymentOpened, type JournalRecord } from './record.ts';
import { lastRecordOf, scanRecords, startOf, type Scanned } from './scan.ts';
import { readParts, readSegment, readWithLast, segmentsOf, type JournalPart, type JournalParts } from './segments.ts';
import { readSnapshot, type JournalSnapshot } from './snapshot.ts';
import type { CoreEvent } from '../core/event.ts';

export interface ReadJournal {
    readonly kind: 'read';
    readonly opened: DeploymentOpened;
    /** Milliseconds since 1970. */
    readonly openedAt: number;
    /** What the events follow: null = the deployment as it was opened. */
    readonly snapshot: JournalSnapshot | null;
    readonly events: readonly CoreEvent[];
    readonly end: ChainEnd;
    /** Bytes of whole records in the journal's last file; what follows was being written when the computer or the runner died, and was never acted upon. */
    readonly validBytes: number;
    readonly cutBytes: number;
}

export type JournalAnswer =
    | ReadJournal
    /** No file, or nothing but a torn first record: no deployment. */
    | { readonly kind: 'empty'; readonly validBytes: 0; readonly cutBytes: number }
    /** Something was changed in the middle. Nothing may be concluded from it. */
    | { readonly kind: 'damaged'; readonly line: number; readonly message: string }
    | { readonly kind: 'unreadable'; readonly message: string };

/** Reads the whole journal whose last file is `file`. */
export function readJournal(file: string): JournalAnswer {
    return answered(file, () => parseParts(readParts(file)));
}

/**
 * Reads what came after the journal's snapshot, and the snapshot with it; the whole journal when there is none that fits. What the snapshot
 * stands for is not looked at again.
 */
export function readRecentJournal(file: string): JournalAnswer {
    return answered(file, () => {
        const { last, more: snapshot } = readWithLast(file, () => readSnapshot(file));
        if (snapshot === null) return parseParts(readParts(file));
        return parseRecent(last, snapshot, file) ?? parseBeside(readParts(file), snapshot);
    });
}

/** Fencing number of the last record; 0 when there is none, or when it is damaged. */
export function readLastFence(file: string): number {
    try {
        const { last, more: before } = readWithLast(file, ({ bytes }) =>
            startOf(bytes) === null ? endBefore(file) : null,
        );
        return (lastRecordOf(last.bytes) ?? before)?.fence ?? 0;
    } catch {
        // It cannot be read: whoever opens it says why.
        return 0;
    }
}

/** The journal in the bytes of a single file; `file` is only named in messages. */
export function parseJournal(bytes: Buffer, file: string): JournalAnswer {
    return parseParts({ sealed: [], last: { file, bytes } });
}

/** The journal in these parts. */
function parseParts({ sealed, last }: JournalParts): JournalAnswer {
    const records: JournalRecord[] = [];
    let end: ChainEnd = CHAIN_START;
    for (const part of [...sealed, last]) {
        const scanned = scanRecords(part.bytes, end);
        const damage = damageIn(scanned, part !== last);
        if (damage !== null) return damaged(damage.line, damage.what, part.file);
        for (const record of scanned.records) records.push(record);
        ({ end } = scanned);
        if (part === last) return journalOf(records, scanned, (sealed[0] ?? last).file);
    }
    throw new Error('a journal has a last part');
}

/** Null when the snapshot does not stand for a record of this journal. */
function parseRecent(last: JournalPart, snapshot: JournalSnapshot, file: string): JournalAnswer | null {
    const start = startOf(last.bytes) ?? endBefore(file);
    if (start === null) return null;
    const scanned = scanRecords(last.bytes, start);
    if (scanned.damage !== null) return damaged(scanned.damage.line, scanned.damage.what, last.file);
    const index = snapshot.end.seq - start.seq;
    const known = index === 0 ? start : scanned.records[index - 1];
    if (known?.seq !== snapshot.end.seq || known.hash !== snapshot.end.hash) return null;
    const { opened, openedAt } = snapshot;
    const after = scanned.records.slice(index);
    const end = after.length === 0 ? snapshot.end : scanned.end;
    return { kind: 'read', opened, openedAt, snapshot, events: factsOf(after), end, ...extentOf(scanned) };
}

/** A snapshot was made when its record was on the disk: a journal that ends before that has lost records. */
function parseBeside(parts: JournalParts, { end }: JournalSnapshot): JournalAnswer {
    const journal = parseParts(parts);
    const lastSeq = journal.kind === 'read' ? journal.end.seq : -1;
    if ((journal.kind !== 'read' && journal.kind !== 'empty') || lastSeq >= end.seq) return journal;
    return damaged(lastSeq + 2, `is missing: the journal once had ${end.seq + 1} records`, parts.last.file);
}

/** The record before the first of the journal's last file; null when it is not there. */
function endBefore(file: string): ChainEnd | null {
    const segment = segmentsOf(file).at(-1);
    return segment === undefined ? null : lastRecordOf(readSegment(segment).bytes);
}

/** A segment was whole when it was sealed. */
function damageIn({ damage, cutBytes, records }: Scanned, isSealed: boolean): Scanned['damage'] {
    return isSealed && cutBytes > 0 ? { line: records.length + 1, what: 'is not a whole record' } : damage;
}

function journalOf(records: readonly JournalRecord[], scanned: Scanned, firstFile: string): JournalAnswer {
    const [first] = records;
    if (first === undefined) return { kind: 'empty', validBytes: 0, cutBytes: scanned.cutBytes };
    if (first.event.kind !== 'deploymentOpened')
        return damaged(1, 'is not the record that opens a deployment', firstFile);
    const { event: opened, time: openedAt } = first;
    const events = factsOf(records);
    return { kind: 'read', opened, openedAt, snapshot: null, events, end: scanned.end, ...extentOf(scanned) };
}

function factsOf(records: readonly JournalRecord[]): readonly CoreEvent[] {
    return records.map((record) => record.event).filter((event) => event.kind !== 'deploymentOpened');
}

function extentOf({ validBytes, cutBytes }: Scanned): Pick<ReadJournal, 'validBytes' | 'cutBytes'> {
    return { validBytes, cutBytes };
}

function answered(file: string, read: () => JournalAnswer): JournalAnswer {
    try {
        return read();
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'unreadable', message: `${file} cannot be read: ${reason}` };
    }
}

function damaged(line: number, what: string, file: string): JournalAnswer {
    const cure =
        'The runner does not guess what happened. Restore the file from a backup, or end what still runs by hand and move the file away.';
    return { kind: 'damaged', line, message: `Line ${line} of ${file} ${what}. ${cure}` };
}
