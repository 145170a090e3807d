/** Going through the lines of one file of a journal, and telling a write cut short by a crash from damage done to it later. */
import { damageOf, decodeRecord, type ChainEnd, type JournalRecord } from './record.ts';

export interface Scanned {
    /** Whole records, up to the end or to the first line that is none. */
    readonly records: readonly JournalRecord[];
    /** What the next record links to. */
    readonly end: ChainEnd;
    /** Bytes of whole records. */
    readonly validBytes: number;
    /** Bytes of a write cut short behind them: nothing was done because of it. 0 when there is damage. */
    readonly cutBytes: number;
    readonly damage: { readonly line: number; readonly what: string } | null;
}

/** Reads records that follow `start`. */
export function scanRecords(bytes: Buffer, start: ChainEnd): Scanned {
    const records: JournalRecord[] = [];
    let end = start;
    let offset = 0;
    while (offset < bytes.length) {
        const newline = bytes.indexOf(0x0a, offset);
        const line = bytes.subarray(offset, newline < 0 ? bytes.length : newline);
        const record = newline < 0 ? { damage: 'has no end' } : decodeRecord(line, end);
        if ('damage' in record) {
            const isTorn = isTornTail(bytes, offset, newline);
            const damage = isTorn ? null : { line: records.length + 1, what: record.damage };
            return { records, end, validBytes: offset, cutBytes: isTorn ? bytes.length - offset : 0, damage };
        }
        records.push(record);
        end = record;
        offset = newline + 1;
    }
    return { records, end, validBytes: offset, cutBytes: 0, damage: null };
}

/** A write cut short leaves a line without end, or (after a loss of power) zeros up to the end of the file. */
function isTornTail(bytes: Buffer, offset: number, newline: number): boolean {
    if (newline < 0) return true;
    const zero = bytes.indexOf(0, offset);
    return zero >= 0 && bytes.subarray(zero).every((byte) => byte === 0);
}

/** What the first record of a file says that it follows; null when the file has no whole line, or its first is damaged. */
export function startOf(bytes: Buffer): ChainEnd | null {
    const first = wholeRecord(bytes.subarray(0, Math.max(0, bytes.indexOf(0x0a))));
    return first === null ? null : { seq: first.seq - 1, hash: first.prev, fence: 0, time: 0 };
}

/** The last whole record of a file; null when it has none, or when that is damaged. */
export function lastRecordOf(bytes: Buffer): JournalRecord | null {
    const end = bytes.lastIndexOf(0x0a);
    if (end < 0) return null;
    const begin = end === 0 ? -1 : bytes.lastIndexOf(0x0a, end - 1);
    return wholeRecord(bytes.subarray(begin + 1, end));
}

/** A line that is itself undamaged, whatever it follows. */
function wholeRecord(line: Buffer): JournalRecord | null {
    // Without damage it was written by `encodeRecord`.
    return damageOf(line) === null ? (JSON.parse(line.toString('utf8')) as JournalRecord) : null;
}
