/** Writers of journals as the runner makes them. */
import { openJournalFile, type JournalFile } from '../../../runner/journal/file-port.ts';
import type { ReadJournal } from '../../../runner/journal/read.ts';
import { createRotation, type JournalRotation } from '../../../runner/journal/rotate.ts';
import { createJournalWriter, type JournalWriter } from '../../../runner/journal/write.ts';

type Place = Pick<ReadJournal, 'end' | 'validBytes'>;

/** Writes to a file of this computer, behind what is read of it, and goes to another one when it has `fullBytes`. */
export async function writerAt(
    journal: string,
    { end, validBytes }: Place,
    fence: number,
    fullBytes = 1_000_000,
): Promise<JournalWriter> {
    const file = await openJournalFile(journal, validBytes);
    const rotation = createRotation(journal, openJournalFile);
    return createJournalWriter({ file, start: end, fence, bytes: validBytes, fullBytes, rotation });
}

/** Writes to a scripted disk; another file is never begun. */
export function writerInto(file: JournalFile, { end, validBytes }: Place, fence: number): JournalWriter {
    const rotation: JournalRotation = {
        saveSnapshot: () => Promise.resolve(false),
        begin: () => Promise.reject(new Error('never asked for without a snapshot')),
        settled: () => Promise.resolve(),
    };
    return createJournalWriter({ file, start: end, fence, bytes: validBytes, fullBytes: 1_000_000, rotation });
}
