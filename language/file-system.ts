/**
 * The only way the language sees files. The caller decides what is behind it: the disk, open editors over the disk, a test's text.
 * Paths are absolute, with `/`. All calls are synchronous: a model is a handful of small files.
 */
export interface FileSystem {
    /** The file's content; undefined when there is no such file. A file over `MAX_FILE_BYTES` is not read. */
    readonly read: (path: string) => FileContent | undefined;
    /** Entries of a directory, unsorted; undefined when it is not a directory. */
    readonly list: (path: string) => readonly DirectoryEntry[] | undefined;
    /** Where a path leads once every link in it is followed; undefined when nothing is there. Left out by file systems without links. */
    readonly realPathOf?: (path: string) => string | undefined;
}

export type FileContent =
    | { readonly text: string }
    | { readonly tooLarge: true; readonly bytes: number }
    /** `reason`: why not, as a clause such as `permission denied`. */
    | { readonly unreadable: true; readonly reason: string };

export interface DirectoryEntry {
    readonly name: string;
    /** Of what a link leads to. */
    readonly kind: 'file' | 'directory';
    readonly isLink?: boolean;
}

/** Larger files are not parsed (X_TOO_LARGE). */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;
