/** The disk as the language sees it. Texts are kept as long as size and time of the file stay, so that looking again is cheap. */
import { readdirSync, readFileSync, statSync, type BigIntStats, type Dirent } from 'node:fs';
import { type DirectoryEntry, type FileContent, type FileSystem, MAX_FILE_BYTES } from '../../language/index.ts';
import { pathIn } from './locations.ts';

export interface Disk extends FileSystem {
    /** Forgets what is kept of a file: it may have changed faster than its time stamp can tell. */
    readonly forget: (path: string) => void;
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
        forget: (path) => void kept.delete(path),
    };
}

function readKept(kept: Map<string, KeptFile>, path: string): FileContent | undefined {
    const stats = statOf(path);
    if (stats?.isFile() !== true) {
        kept.delete(path);
        return undefined;
    }
    const stamp = `${stats.size}:${stats.mtimeNs}:${stats.ino}`;
    const known = kept.get(path);
    if (known?.stamp === stamp) return known.content;
    const content = stats.size > MAX_FILE_BYTES ? tooLarge(Number(stats.size)) : readText(path);
    if (content !== undefined) kept.set(path, { stamp, content });
    return content;
}

function tooLarge(bytes: number): FileContent {
    return { tooLarge: true, bytes };
}

function readText(path: string): FileContent | undefined {
    try {
        return { text: readFileSync(path, 'utf8') };
    } catch {
        // Not readable, or gone since it was looked at: for the language there is no such file.
        return undefined;
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
    if (target === undefined) return [];
    return [{ name, kind: target.isDirectory() ? 'directory' : 'file' }];
}

function statOf(path: string): BigIntStats | undefined {
    try {
        return statSync(path, { throwIfNoEntry: false, bigint: true });
    } catch {
        // A link that leads round in a circle names nothing; behind a directory that may not be entered there is nothing to see.
        return undefined;
    }
}
