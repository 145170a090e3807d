/** Appending decisions to a journal. After one failure nothing is ever written again: what is on the disk then is uncertain. */
import type { JournalFile } from './file-port.ts';
import { encodeRecord, type ChainEnd, type JournalEvent } from './record.ts';

export type Written =
    { readonly kind: 'written'; readonly end: ChainEnd } | { readonly kind: 'failed'; readonly message: string };

export interface JournalWriter {
    /** Writes the records of one decision (or of several taken together) with one flush. */
    readonly append: (events: readonly { readonly event: JournalEvent; readonly time: number }[]) => Promise<Written>;
    readonly end: () => ChainEnd;
    readonly close: () => Promise<void>;
}

/** `fence` goes into each record. */
export function createJournalWriter(file: JournalFile, start: ChainEnd, fence: number): JournalWriter {
    let end = start;
    let failure: string | null = null;
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
                failure = error instanceof Error ? error.message : String(error);
                return { kind: 'failed', message: failure };
            }
            end = next;
            return { kind: 'written', end };
        },
        end: () => end,
        close: () => file.close(),
    };
}
