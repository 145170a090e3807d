/**
 * What the records of a journal lead to, up to one of them, so that a runner need not read them all to begin. One line of JSON with its
 * digest, in the file `snapshot.json` beside the journal.
 *
 * A snapshot is never more than a shortcut: it counts only when the journal has the very record it stands for (same number, same hash),
 * and when this version of the runner wrote its form. In every other case the whole journal is read.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SavedState } from '../core/saved-state.ts';
import { damageOf, signed, type ChainEnd, type DeploymentOpened } from './record.ts';

export interface JournalSnapshot {
    /** The record it stands for. */
    readonly end: ChainEnd;
    readonly opened: DeploymentOpened;
    /** Milliseconds since 1970. */
    readonly openedAt: number;
    readonly state: SavedState;
}

/** Goes up whenever anything that is saved of a state gets another meaning. */
const SNAPSHOT_VERSION = 1;

/** Where the snapshot of a journal is kept. */
export function snapshotFileOf(journal: string): string {
    return join(dirname(journal), 'snapshot.json');
}

/** The text of a snapshot's file. The model is in it once, unless another one took its place. */
export function encodeSnapshot({ end, opened, openedAt, state }: JournalSnapshot): string {
    const { model, ...rest } = opened;
    const opening = { ...rest, ...(model === state.model ? {} : { model }) };
    return signed(JSON.stringify({ v: SNAPSHOT_VERSION, format: FORMAT, end, openedAt, opened: opening, state })).line;
}

/** The snapshot in a file's bytes; null when they are damaged or another version wrote them. */
export function decodeSnapshot(bytes: Buffer): JournalSnapshot | null {
    const line = bytes.subarray(0, -1);
    if (bytes.at(-1) !== NEWLINE || damageOf(line) !== null) return null;
    // The digest says that these are the bytes of `encodeSnapshot`, the version that they have this form.
    const snapshot = JSON.parse(line.toString('utf8')) as Written;
    if (snapshot.v !== SNAPSHOT_VERSION || snapshot.format !== FORMAT) return null;
    const { end, openedAt, opened, state } = snapshot;
    return { end, openedAt, opened: { ...opened, model: opened.model ?? state.model }, state };
}

/** The snapshot beside a journal; null when there is none that can be used. */
export function readSnapshot(journal: string): JournalSnapshot | null {
    try {
        return decodeSnapshot(readFileSync(snapshotFileOf(journal)));
    } catch {
        // It is missing, cannot be read, or is in a form that only looks like this one: the journal itself tells everything.
        return null;
    }
}

const FORMAT = 'roboconf-snapshot';
const NEWLINE = 0x0a;

type Written = Omit<JournalSnapshot, 'opened'> & {
    readonly v: number;
    readonly format: string;
    readonly opened: Omit<DeploymentOpened, 'model'> & Partial<Pick<DeploymentOpened, 'model'>>;
};
