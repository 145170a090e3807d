/**
 * Journal format, version 1 (docs/journal.md). One record a line, written as JSON in a fixed order of fields:
 *
 *     {"v":1,"seq":7,"time":1700000000000,"fence":2,"prev":"<16 hex>","event":{…},"hash":"<16 hex>"}
 *
 * 1. `seq` counts from 0 without gaps: the first record is the deployment itself, the others are its facts.
 * 2. `hash` is over the line's bytes up to (not including) `,"hash"`; `prev` is the hash of the line before, empty in the first.
 *    So a changed byte anywhere is noticed, in the last line too.
 */
import { hash } from 'node:crypto';
import type { CoreEvent } from '../core/event.ts';
import type { ApplicationModel } from '../../language/index.ts';
import type { Targets } from '../core/state.ts';
import type { DeploymentKey } from '../protocol.ts';

export const JOURNAL_VERSION = 1;

/** The first record: what was deployed. Later decisions depend on it alone, never on files edited since. */
export interface DeploymentOpened {
    readonly kind: 'deploymentOpened';
    readonly format: 'roboconf-journal';
    readonly key: DeploymentKey;
    readonly model: ApplicationModel;
    /** Component name to the content hash of its recipe snapshot; components without recipe are absent. */
    readonly recipes: Readonly<Record<string, string>>;
    /** Path of a scoped instance to the name of the snapshot of its target; absent = all machines are on this computer. */
    readonly targets?: Targets;
}

export type JournalEvent = DeploymentOpened | CoreEvent;

export interface JournalRecord {
    readonly v: typeof JOURNAL_VERSION;
    readonly seq: number;
    /** Milliseconds since 1970. */
    readonly time: number;
    /** Fencing number of the runner that wrote it; never decreases. */
    readonly fence: number;
    readonly prev: string;
    readonly event: JournalEvent;
    readonly hash: string;
}

/** Where the next record links to. */
export interface ChainEnd {
    readonly seq: number;
    readonly hash: string;
    readonly fence: number;
    readonly time: number;
}

/** What the first record of a journal follows. */
export const CHAIN_START: ChainEnd = { seq: -1, hash: '', fence: 0, time: 0 };

/** The line of one record, with its newline, and the chain's new end. */
export function encodeRecord(
    event: JournalEvent,
    stamp: { readonly time: number; readonly fence: number },
    end: ChainEnd,
): { readonly line: string; readonly end: ChainEnd } {
    const seq = end.seq + 1;
    const head = JSON.stringify({
        v: JOURNAL_VERSION,
        seq,
        time: stamp.time,
        fence: stamp.fence,
        prev: end.hash,
        event,
    });
    const { line, digest } = signed(head);
    return { line, end: { seq, hash: digest, fence: stamp.fence, time: stamp.time } };
}

/** A line of the JSON of an object, with its digest as the last field. */
export function signed(json: string): { readonly line: string; readonly digest: string } {
    const body = json.slice(0, -1);
    const digest = digestOf(body);
    return { line: `${body},"hash":"${digest}"}\n`, digest };
}

/** Why the bytes of a line (without its newline) are not those of `signed`; null when they are. */
export function damageOf(line: Buffer): string | null {
    const cut = line.length - HASH_LENGTH;
    const digest = /^,"hash":"([0-9a-f]{16})"\}$/.exec(line.toString('latin1', Math.max(0, cut)))?.[1];
    if (digest === undefined) return 'is not a journal record';
    return digestOf(line.subarray(0, cut)) === digest ? null : 'was changed after it was written';
}

/** Reads a line (without its newline) that must follow `end`. Answers the record or what is wrong with the line. */
export function decodeRecord(line: Buffer, end: ChainEnd): JournalRecord | { readonly damage: string } {
    const damage = damageOf(line);
    if (damage !== null) return { damage };
    // The digest says that these are the bytes of `encodeRecord`.
    const record = JSON.parse(line.toString('utf8')) as JournalRecord;
    if (record.v !== JOURNAL_VERSION)
        return { damage: `has format version ${String(record.v)}, this runner reads version 1` };
    if (record.seq !== end.seq + 1) return { damage: `is record ${record.seq}, but record ${end.seq + 1} is due` };
    if (record.prev !== end.hash) return { damage: 'does not follow the line before it' };
    return record;
}

/** Length of `,"hash":"0123456789abcdef"}`. */
const HASH_LENGTH = 27;

function digestOf(body: string | Buffer): string {
    return hash('sha256', body, 'hex').slice(0, 16);
}
