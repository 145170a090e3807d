/** Parsed files by path, kept while their text stays the same. */
import type { FileSystem } from '../file-system.ts';
import { createParser } from '../parsing/parse-file.ts';
import { loadText, type KnownBlocks, type LoadedFile } from './load-text.ts';
import { isAtOrBelow, joinPath } from './paths.ts';

export type { LoadedFile } from './load-text.ts';

/** What became of a file that was asked for. */
export type FileLoad =
    | LoadedFile
    | { readonly kind: 'missing' }
    | { readonly kind: 'directory' }
    | { readonly kind: 'tooLarge'; readonly bytes: number }
    | { readonly kind: 'unreadable'; readonly reason: string };

export interface FileCache {
    /** `file` is relative to `directory`. */
    readonly load: (fileSystem: FileSystem, directory: string, file: string) => FileLoad;
    readonly parsedFileCount: () => number;
    readonly parsedBlockCount: () => number;
    /** Drops a file, or all below a directory. */
    readonly forget: (path: string) => void;
    readonly keptCount: () => number;
}

interface CacheEntry {
    readonly text: string;
    readonly file: string;
    readonly loaded: LoadedFile;
    readonly blocks: KnownBlocks;
}

const NO_BLOCKS: KnownBlocks = new Map();

/** An empty cache. Entries live until they are forgotten: one per path, with the last text seen and its blocks. */
export function createFileCache(): FileCache {
    const parser = createParser();
    const entries = new Map<string, CacheEntry>();
    let parsedFileCount = 0;
    let parsedBlockCount = 0;
    const load: FileCache['load'] = (fileSystem, directory, file) => {
        const path = joinPath(directory, file);
        const content = fileSystem.read(path);
        if (content === undefined) return { kind: fileSystem.list(path) === undefined ? 'missing' : 'directory' };
        if ('tooLarge' in content) return { kind: 'tooLarge', bytes: content.bytes };
        if ('unreadable' in content) return { kind: 'unreadable', reason: content.reason };
        const known = entries.get(path);
        const isSameFile = known?.file === file;
        if (isSameFile && known.text === content.text) return known.loaded;
        const loaded = loadText(parser, content.text, file, isSameFile ? known.blocks : NO_BLOCKS);
        parsedFileCount++;
        parsedBlockCount += loaded.parsedBlockCount;
        entries.set(path, { text: content.text, file, loaded: loaded.loaded, blocks: loaded.blocks });
        return loaded.loaded;
    };
    return {
        load,
        parsedFileCount: () => parsedFileCount,
        parsedBlockCount: () => parsedBlockCount,
        forget: (path) => {
            for (const known of entries.keys()) if (isAtOrBelow(path, known)) entries.delete(known);
        },
        keptCount: () => entries.size,
    };
}
