/** The journal's way to the disk, as a port: tests put a disk behind it that fills up or fails to flush. */
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskFailureText } from './disk-failure.ts';

export interface JournalFile {
    /** Writes all of `text` at the end and resolves when it is on the disk for good. Rejects when that is not certain. */
    readonly append: (text: string) => Promise<void>;
    readonly close: () => Promise<void>;
}

/** Opens the file for appending after its first `validBytes` bytes; what follows them is cut. */
export type OpenJournalFile = (file: string, validBytes: number) => Promise<JournalFile>;

/** The disk of this computer. */
export const openJournalFile: OpenJournalFile = async (file, validBytes) => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a', 0o600);
    try {
        await handle.truncate(validBytes);
        await handle.sync();
        await syncDirectory(dirname(file));
    } catch (error) {
        await handle.close();
        throw error;
    }
    return {
        append: async (text) => {
            try {
                await handle.appendFile(text);
                await handle.datasync();
            } catch (error) {
                throw new Error(diskFailureText(error, file), { cause: error });
            }
        },
        close: () => handle.close(),
    };
};

/** A file that was just made is only there after a crash when its directory is on the disk too. */
export async function syncDirectory(directory: string): Promise<void> {
    const handle = await open(directory, 'r');
    try {
        await handle.sync();
    } finally {
        await handle.close();
    }
}
