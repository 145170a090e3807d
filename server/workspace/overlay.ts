/** Open documents over the disk: what the editor shows counts, saved or not. */
import { type DirectoryEntry, type FileContent, type FileSystem, MAX_FILE_BYTES } from '../../language/index.ts';
import { relativeTo } from './locations.ts';

/** The text of an open document by path; undefined when it is not open. */
export interface OpenTexts {
    readonly textOf: (path: string) => string | undefined;
    readonly paths: () => Iterable<string>;
    /** Those of `paths` that are model files or descriptors. */
    readonly modelPaths: () => Iterable<string>;
}

/**
 * A file system in which open documents hide the files below them.
 * A document whose file does not exist yet (or any more) is listed in its directory too.
 */
export function overlay(open: Pick<OpenTexts, 'textOf' | 'paths'>, disk: FileSystem): FileSystem {
    return {
        read: (path) => {
            const text = open.textOf(path);
            return text === undefined ? disk.read(path) : contentOf(text);
        },
        ...(disk.realPathOf === undefined ? {} : { realPathOf: disk.realPathOf }),
        list: (path) => withOpen(path, [...open.paths()], disk.list(path)),
    };
}

function contentOf(text: string): FileContent {
    // A UTF-16 unit is at most three bytes of UTF-8, so that short texts need not be counted.
    if (text.length * 3 <= MAX_FILE_BYTES) return { text };
    const bytes = Buffer.byteLength(text);
    return bytes > MAX_FILE_BYTES ? { tooLarge: true, bytes } : { text };
}

function withOpen(
    directory: string,
    open: readonly string[],
    entries: readonly DirectoryEntry[] | undefined,
): readonly DirectoryEntry[] | undefined {
    const inside = open.map((path) => relativeTo(directory, path)).filter((path) => path !== undefined);
    if (inside.length === 0) return entries;
    const known = new Set(entries?.map((entry) => entry.name));
    const missing = new Map(inside.map((path) => entryOf(path)).filter(([name]) => !known.has(name)));
    return [...(entries ?? []), ...missing.values()];
}

function entryOf(relative: string): readonly [string, DirectoryEntry] {
    const [name = ''] = relative.split('/');
    return [name, { name, kind: relative === name ? 'file' : 'directory' }];
}
