/** Reading a journal back, and telling a write cut short by a crash from damage done to it later. */
import { readFileSync } from 'node:fs';
import { CHAIN_START, decodeRecord, type ChainEnd, type DeploymentOpened, type JournalRecord } from './record.ts';
import type { CoreEvent } from '../core/event.ts';

export interface ReadJournal {
    readonly kind: 'read';
    readonly opened: DeploymentOpened;
    /** Milliseconds since 1970. */
    readonly openedAt: number;
    readonly events: readonly CoreEvent[];
    readonly end: ChainEnd;
    /** Bytes of whole records; what follows was being written when the computer or the runner died, and was never acted upon. */
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

/** Reads the whole journal file. */
export function readJournal(file: string): JournalAnswer {
    try {
        return parseJournal(readFileSync(file), file);
    } catch (error) {
        if (isMissing(error)) return { kind: 'empty', validBytes: 0, cutBytes: 0 };
        return {
            kind: 'unreadable',
            message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}

function isMissing(error: unknown): boolean {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The journal in `bytes`; `file` is only named in messages. */
export function parseJournal(bytes: Buffer, file: string): JournalAnswer {
    const records: JournalRecord[] = [];
    let end: ChainEnd = CHAIN_START;
    let offset = 0;
    while (offset < bytes.length) {
        const newline = bytes.indexOf(0x0a, offset);
        const line = bytes.subarray(offset, newline < 0 ? bytes.length : newline);
        const record = newline < 0 ? { damage: 'has no end' } : decodeRecord(line, end);
        if ('damage' in record) {
            if (isTornTail(bytes, offset, newline)) break;
            return damaged(records.length + 1, record.damage, file);
        }
        records.push(record);
        end = record;
        offset = newline + 1;
    }
    return journalOf(records, end, { valid: offset, cut: bytes.length - offset, file });
}

/** A write cut short leaves a line without end, or (after a loss of power) zeros up to the end of the file. */
function isTornTail(bytes: Buffer, offset: number, newline: number): boolean {
    if (newline < 0) return true;
    const zero = bytes.indexOf(0, offset);
    return zero >= 0 && bytes.subarray(zero).every((byte) => byte === 0);
}

function journalOf(
    records: readonly JournalRecord[],
    end: ChainEnd,
    extent: { readonly valid: number; readonly cut: number; readonly file: string },
): JournalAnswer {
    const [first] = records;
    if (first === undefined) return { kind: 'empty', validBytes: 0, cutBytes: extent.cut };
    if (first.event.kind !== 'deploymentOpened')
        return damaged(1, 'is not the record that opens a deployment', extent.file);
    const events = records.map((record) => record.event).filter((event) => event.kind !== 'deploymentOpened');
    const { event: opened, time: openedAt } = first;
    return { kind: 'read', opened, openedAt, events, end, validBytes: extent.valid, cutBytes: extent.cut };
}

function damaged(line: number, what: string, file: string): JournalAnswer {
    const cure =
        'The runner does not guess what happened. Restore the file from a backup, or end what still runs by hand and move the file away.';
    return { kind: 'damaged', line, message: `Line ${line} of ${file} ${what}. ${cure}` };
}
