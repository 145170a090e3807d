/** Gives a file another content so that nobody ever sees half of it: a crash or a full disk leaves the old one. */
import {
    accessSync,
    chmodSync,
    chownSync,
    closeSync,
    constants,
    fsyncSync,
    openSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `path` must be no link. Mode and, where that is allowed, owner stay. Throws what the file system throws. */
export function replaceFile(path: string, text: string): void {
    // Renaming would go round the protection of a file that may not be written.
    accessSync(path, constants.W_OK);
    const { mode, uid, gid } = statSync(path);
    const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    try {
        const file = openSync(beside, 'wx', 0o600);
        try {
            writeFileSync(file, text);
            fsyncSync(file);
        } finally {
            closeSync(file);
        }
        keepOwner(beside, uid, gid);
        chmodSync(beside, mode & 0o7777);
        renameSync(beside, path);
    } catch (error) {
        rmSync(beside, { force: true });
        throw error;
    }
}

function keepOwner(path: string, uid: number, gid: number): void {
    const made = statSync(path);
    if (made.uid === uid && made.gid === gid) return;
    try {
        chownSync(path, uid, gid);
    } catch {
        // Only root may give files away; as on every save by an editor, the file is then its writer's.
    }
}
