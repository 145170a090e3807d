/** Going from one file of a journal to the next one, on the disk of this computer; a port, as tests let it fail. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { diskFailureText } from './disk-failure.ts';
import { syncDirectory, type JournalFile, type OpenJournalFile } from './file-port.ts';
import { segmentsDirectoryOf, segmentsOf, type Segment } from './segments.ts';
import { snapshotFileOf } from './snapshot.ts';
import { dirname, join } from 'node:path';

export interface JournalRotation {
    /** Puts a text in the place of the snapshot, whole or not at all. False when it cannot be written. */
    readonly saveSnapshot: (text: string) => Promise<boolean>;
    /** Makes a segment of the journal's last file, which nobody writes to any more, and begins another. Rejects when it cannot be begun. */
    readonly begin: () => Promise<JournalFile>;
    /** Resolves when nothing goes on behind the writer's back. */
    readonly settled: () => Promise<void>;
}

/** When and how a journal goes to another file. */
export interface RotationPolicy {
    /** How large a file grows before another one takes its place. */
    readonly fullBytes: number;
    readonly create: (journal: string, openFile: OpenJournalFile) => JournalRotation;
}

/** Files of some ten thousand records, which are read back in some ten milliseconds. */
export const ROTATION: RotationPolicy = { fullBytes: 4 * 1024 * 1024, create: createRotation };

/** For the journal whose last file is `journal`. Segments that a runner before left uncompressed are compressed with the next one. */
export function createRotation(journal: string, openFile: OpenJournalFile): JournalRotation {
    let compressing: Promise<void> = Promise.resolve();
    return {
        saveSnapshot: async (text) => {
            try {
                await replaceFile(snapshotFileOf(journal), text);
                return true;
            } catch {
                // A snapshot only saves time.
                return false;
            }
        },
        begin: async () => {
            try {
                await seal(journal);
            } catch (error) {
                throw new Error(diskFailureText(error, segmentsDirectoryOf(journal)), { cause: error });
            }
            const file = await openFile(journal, 0);
            compressing = compressing.then(() => compressSegments(journal));
            return file;
        },
        settled: () => compressing,
    };
}

async function seal(journal: string): Promise<void> {
    const directory = segmentsDirectoryOf(journal);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const number = (segmentsOf(journal).at(-1)?.number ?? 0) + 1;
    await rename(journal, join(directory, `${number}.jsonl`));
    await syncDirectory(directory);
    await syncDirectory(dirname(directory));
}

/** The lines are there at every moment, in the one form or in the other. */
async function compressSegments(journal: string): Promise<void> {
    for (const segment of segmentsOf(journal)) {
        try {
            if (!segment.isCompressed) await compress(segment);
        } catch {
            // Without room for it, it stays as it is.
        }
    }
}

async function compress({ file }: Segment): Promise<void> {
    await replaceFile(`${file}.gz`, await promisify(gzip)(await readFile(file)));
    await rm(file);
}

/** Whoever reads it sees the former content or all of this one, also after a loss of power. */
async function replaceFile(file: string, content: string | Buffer): Promise<void> {
    const part = `${file}.part`;
    const handle = await open(part, 'w', 0o600);
    try {
        await handle.writeFile(content);
        await handle.sync();
    } finally {
        await handle.close();
    }
    await rename(part, file);
    await syncDirectory(dirname(file));
}
