/**
 * The only way the language sees files. The caller decides what is behind it: the disk, open editors over the disk, a test's text.
 * Paths are absolute, with `/`. All calls are synchronous: a model is a handful of small files.
 */
export interface FileSystem {
    /** The file's content, or undefined when it cannot be read. A file over `MAX_FILE_BYTES` is answered as `{ tooLarge: true }`. */
    readonly read: (path: string) => FileContent | undefined;
    /** Entries of a directory, unsorted; undefined when it is not a directory. */
    readonly list: (path: string) => readonly DirectoryEntry[] | undefined;
}

export type FileContent = { readonly text: string } | { readonly tooLarge: true; readonly bytes: number };

export interface DirectoryEntry {
    readonly name: string;
    readonly kind: 'file' | 'directory';
}

/** Larger files are not parsed (X_TOO_LARGE). */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;
