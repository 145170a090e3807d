/** Parsed files by path, kept while their text stays the same. */
import type { FileSystem } from '../file-system.ts';
import type { FileDeclarations } from '../model/declarations.ts';
import { createParser, type FileFinding } from '../parsing/parse-file.ts';
import { fileDeclarationsOf } from './file-declarations.ts';
import { joinPath } from './paths.ts';

/** A model file as it was understood. */
export interface LoadedFile {
    readonly kind: 'loaded';
    readonly declarations: FileDeclarations;
    readonly findings: readonly FileFinding[];
}

/** What became of a file that was asked for. */
export type FileLoad =
    | LoadedFile
    | { readonly kind: 'missing' }
    | { readonly kind: 'directory' }
    | { readonly kind: 'tooLarge'; readonly bytes: number };

export interface FileCache {
    /** `file` is relative to `directory`. */
    readonly load: (fileSystem: FileSystem, directory: string, file: string) => FileLoad;
    readonly parsedFileCount: () => number;
}

interface CacheEntry {
    readonly text: string;
    readonly file: string;
    readonly loaded: LoadedFile;
}

/** An empty cache. Entries live as long as the cache: one per path, with the last text seen. */
export function createFileCache(): FileCache {
    const parser = createParser();
    const entries = new Map<string, CacheEntry>();
    let parsedFileCount = 0;
    const parse = (text: string, file: string): LoadedFile => {
        parsedFileCount++;
        const parsed = parser.parseFile(text);
        return { kind: 'loaded', declarations: fileDeclarationsOf(parsed, file), findings: parsed.findings };
    };
    const load: FileCache['load'] = (fileSystem, directory, file) => {
        const path = joinPath(directory, file);
        const content = fileSystem.read(path);
        if (content === undefined) return { kind: fileSystem.list(path) === undefined ? 'missing' : 'directory' };
        if ('tooLarge' in content) return { kind: 'tooLarge', bytes: content.bytes };
        const known = entries.get(path);
        if (known?.text === content.text && known.file === file) return known.loaded;
        const loaded = parse(content.text, file);
        entries.set(path, { text: content.text, file, loaded });
        return loaded;
    };
    return { load, parsedFileCount: () => parsedFileCount };
}
