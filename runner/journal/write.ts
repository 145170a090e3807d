/** Appending decisions to a journal. After one failure nothing is ever written again: what is on the disk then is uncertain. */
import type { JournalFile } from './file-port.ts';
import { encodeRecord, type ChainEnd, type JournalEvent } from './record.ts';
import type { JournalRotation } from './rotate.ts';

export type Written =
    { readonly kind: 'written'; readonly end: ChainEnd } | { readonly kind: 'failed'; readonly message: string };

export interface JournalWriter {
    /** Writes the records of one decision (or of several taken together) with one flush. */
    readonly append: (events: readonly { readonly event: JournalEvent; readonly time: number }[]) => Promise<Written>;
    readonly end: () => ChainEnd;
    /** Whether the file is so large that another one should take its place. */
    readonly isFull: () => boolean;
    /**
     * Puts a snapshot of what all records lead to beside the journal, then goes on in another file. Never rejects: a snapshot that cannot
     * be written leaves everything as it is, for a later try; a file that cannot be begun fails the next write.
     */
    readonly rotate: (snapshot: string) => Promise<void>;
    readonly close: () => Promise<void>;
}

export interface JournalWriterConfig {
    /** Opened behind the record `start`. */
    readonly file: JournalFile;
    readonly start: ChainEnd;
    /** Goes into each record. */
    readonly fence: number;
    /** Bytes that are in the file already. */
    readonly bytes: number;
    /** From how many bytes on it is full. */
    readonly fullBytes: number;
    readonly rotation: JournalRotation;
}

/** A writer behind the last record of a journal. */
export function createJournalWriter(config: JournalWriterConfig): JournalWriter {
    const { fence, rotation } = config;
    let { file, start: end, bytes } = config;
    /** A snapshot costs time: what is written until the next one is at least twice as much. */
    let fullBytes = config.fullBytes;
    let failure: string | null = null;
    const failed = (error: unknown): Written => {
        failure = error instanceof Error ? error.message : String(error);
        return { kind: 'failed', message: failure };
    };
    return {
        append: async (events) => {
            if (failure !== null) return { kind: 'failed', message: failure };
            let next = end;
            let text = '';
            for (const { event, time } of events) {
                const encoded = encodeRecord(event, { time, fence }, next);
                next = encoded.end;
                text += encoded.line;
            }
            try {
                await file.append(text);
            } catch (error) {
                return failed(error);
            }
            const size = Buffer.byteLength(text);
            // The model is in a snapshot as it is in the first record.
            if (bytes === 0) fullBytes = Math.max(fullBytes, 2 * size);
            end = next;
            bytes += size;
            return { kind: 'written', end };
        },
        end: () => end,
        isFull: () => failure === null && bytes >= fullBytes,
        rotate: async (snapshot) => {
            if (!(await rotation.saveSnapshot(snapshot))) {
                fullBytes = bytes + config.fullBytes;
                return;
            }
            try {
                await file.close();
                file = await rotation.begin();
                bytes = 0;
                fullBytes = Math.max(config.fullBytes, 2 * Buffer.byteLength(snapshot));
            } catch (error) {
                failed(error);
            }
        },
        close: async () => {
            await file.close();
            await rotation.settled();
        },
    };
}
