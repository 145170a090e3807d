/** The disk as the language sees it. Texts are kept as long as size and time of the file stay, so that looking again is cheap. */
import { readdirSync, readFileSync, realpathSync, statSync, type BigIntStats, type Dirent } from 'node:fs';
import { type DirectoryEntry, type FileContent, type FileSystem, MAX_FILE_BYTES } from '../../language/index.ts';
import { pathIn, relativeTo } from './locations.ts';
import { reasonOf } from './system-reason.ts';

export { reasonOf } from './system-reason.ts';

export interface Disk extends FileSystem {
    /** Forgets what is kept of a file: it may have changed faster than its time stamp can tell. */
    readonly forget: (path: string) => void;
    /** Forgets what is kept of all files below a directory: nobody reads them any more. */
    readonly forgetBelow: (directory: string) => void;
    /** Texts that are kept. */
    readonly keptCount: () => number;
}

interface KeptFile {
    readonly stamp: string;
    readonly content: FileContent;
}

/** The disk of this machine. Invalid UTF-8 is replaced, never refused (reference: language, section 2.1). */
export function createDisk(): Disk {
    const kept = new Map<string, KeptFile>();
    return {
        read: (path) => readKept(kept, path),
        list: listDirectory,
        realPathOf,
        forget: (path) => void kept.delete(path),
        forgetBelow: (directory) => {
            for (const path of kept.keys()) if (relativeTo(directory, path) !== undefined) kept.delete(path);
        },
        keptCount: () => kept.size,
    };
}

function readKept(kept: Map<string, KeptFile>, path: string): FileContent | undefined {
    const stats = statOf(path);
    if ('obstacle' in stats || !stats.isFile()) {
        kept.delete(path);
        return 'obstacle' in stats ? unreadable(stats.obstacle) : undefined;
    }
    const stamp = `${stats.size}:${stats.mtimeNs}:${stats.ino}`;
    const known = kept.get(path);
    if (known?.stamp === stamp) return known.content;
    const content = stats.size > MAX_FILE_BYTES ? tooLarge(Number(stats.size)) : readText(path);
    // Rights may change without the file changing: what cannot be read is tried again.
    if (content !== undefined && !('unreadable' in content)) kept.set(path, { stamp, content });
    return content;
}

/** `ENOENT` and the like: nothing is there. */
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'ERR_INVALID_ARG_VALUE']);

/** Undefined for a file that is not there, or is gone since it was looked at. */
function unreadable(code: string): FileContent | undefined {
    return ABSENT.has(code) ? undefined : { unreadable: true, reason: reasonOf(code) ?? code };
}

function codeOf(cause: unknown): string {
    return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown error';
}

function realPathOf(path: string): string | undefined {
    try {
        return realpathSync.native(path).replaceAll('\\', '/');
    } catch {
        // Nothing is there, or it cannot be told: reading it will say why.
        return undefined;
    }
}

function tooLarge(bytes: number): FileContent {
    return { tooLarge: true, bytes };
}

function readText(path: string): FileContent | undefined {
    try {
        return { text: readFileSync(path, 'utf8') };
    } catch (cause) {
        return unreadable(codeOf(cause));
    }
}

function listDirectory(path: string): readonly DirectoryEntry[] | undefined {
    try {
        return readdirSync(path, { withFileTypes: true }).flatMap((entry) => entriesOf(path, entry));
    } catch {
        // Not a directory, or not readable: for the language there is no such directory.
        return undefined;
    }
}

function entriesOf(directory: string, entry: Dirent): readonly DirectoryEntry[] {
    const { name } = entry;
    if (entry.isSymbolicLink()) return linkedEntry(directory, name);
    if (entry.isDirectory()) return [{ name, kind: 'directory' }];
    return entry.isFile() ? [{ name, kind: 'file' }] : [];
}

function linkedEntry(directory: string, name: string): readonly DirectoryEntry[] {
    const target = statOf(pathIn(directory, name));
    if ('obstacle' in target) return [];
    return [{ name, kind: target.isDirectory() ? 'directory' : 'file', isLink: true }];
}

function statOf(path: string): BigIntStats | { readonly obstacle: string } {
    try {
        return statSync(path, { throwIfNoEntry: false, bigint: true }) ?? { obstacle: 'ENOENT' };
    } catch (cause) {
        return { obstacle: codeOf(cause) };
    }
}
