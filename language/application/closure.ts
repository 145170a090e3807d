/** Files reached from an entry point through imports (reference: language, section 1). */
import type { FileSystem } from '../file-system.ts';
import type { Word } from '../model/declarations.ts';
import type { FileCache, FileLoad, LoadedFile } from './file-cache.ts';
import { joinPath, normalizePath, relativePath } from './paths.ts';

/** A file that was reached. */
export interface ReachedFile {
    /** Relative to the application's directory. */
    readonly file: string;
    readonly loaded: LoadedFile;
    /** The import that reached it first; null for the entry point. */
    readonly importedBy: Word | null;
}

/** An import, or the entry point, that led to no file. */
export interface FailedImport {
    /** Null for the entry point. */
    readonly word: Word | null;
    /** As written for paths that leave the application, else relative to it. */
    readonly file: string;
    readonly reason: Exclude<FileLoad['kind'], 'loaded'> | 'outside';
    /** Of a file that is too large; else 0. */
    readonly bytes: number;
    /** Why a file is unreadable; else empty. */
    readonly obstacle: string;
}

/** An import with the file it means. */
export interface ImportLink {
    readonly word: Word;
    readonly file: string;
}

export interface Closure {
    readonly files: readonly ReachedFile[];
    readonly failures: readonly FailedImport[];
    readonly links: readonly ImportLink[];
}

export interface ClosureRequest {
    readonly fileSystem: FileSystem;
    readonly cache: FileCache;
    /** The application's directory. */
    readonly directory: string;
    /** The directory imports start from, relative to the application: `graph`, `instances` or empty. */
    readonly root: string;
}

/**
 * Loads `entry` (relative to the application) and all it imports, each file once, breadth first. Nothing is read that lies outside of the
 * application, be it through a link; only an entry that was `chosen` by a person may.
 */
export function closureOf(request: ClosureRequest, entry: string, chosen = false): Closure {
    const files: ReachedFile[] = [];
    const failures: FailedImport[] = [];
    const links: ImportLink[] = [];
    const leavesByLink = linkGuard(request);
    const asked = new Set<string>([entry]);
    const queue: { file: string; word: Word | null }[] = [{ file: entry, word: null }];
    for (const { file, word } of queue) {
        const load =
            !(chosen && word === null) && leavesByLink(file)
                ? OUTSIDE
                : request.cache.load(request.fileSystem, request.directory, file);
        if (load.kind !== 'loaded') {
            failures.push(failureOf(load, file, word));
            continue;
        }
        files.push({ file, loaded: load, importedBy: word });
        for (const imported of load.declarations.imports) {
            const target = targetOf(request, imported.text);
            if (target === null) failures.push(failureOf(OUTSIDE, imported.text, imported));
            else links.push({ word: imported, file: target });
            if (target === null || asked.has(target)) continue;
            asked.add(target);
            queue.push({ file: target, word: imported });
        }
    }
    return { files, failures: [...failures, ...repeated(failures, links)], links };
}

const OUTSIDE = { kind: 'outside' } as const;

function failureOf(
    load: Exclude<FileLoad, LoadedFile> | typeof OUTSIDE,
    file: string,
    word: Word | null,
): FailedImport {
    return {
        word,
        file,
        reason: load.kind,
        bytes: load.kind === 'tooLarge' ? load.bytes : 0,
        obstacle: load.kind === 'unreadable' ? load.reason : '',
    };
}

/** Answers whether a file of the application is, through links, one outside of it. The application's own directory may be reached by a link. */
export function linkGuard({
    fileSystem,
    directory,
}: Pick<ClosureRequest, 'fileSystem' | 'directory'>): (file: string) => boolean {
    const { realPathOf } = fileSystem;
    if (realPathOf === undefined) return () => false;
    const home = realPathOf(directory) ?? directory;
    return (file) => {
        const real = realPathOf(joinPath(directory, file));
        return real !== undefined && relativePath(home, real) === null;
    };
}

/** The file an import names, relative to the application; null when it lies outside of it. */
function targetOf(request: ClosureRequest, path: string): string | null {
    if (/^[a-zA-Z]:[\\/]|^[\\/]/.test(path)) return null;
    return normalizePath(joinPath(request.root === '' ? '.' : request.root, path));
}

/** Every further import of a file that could not be loaded is as wrong as the first one. */
function repeated(failures: readonly FailedImport[], links: readonly ImportLink[]): readonly FailedImport[] {
    const failed = new Map(failures.map((failure) => [failure.file, failure]));
    return links.flatMap(({ word, file }) => {
        const failure = failed.get(file);
        return failure === undefined || failure.word === word ? [] : [{ ...failure, word }];
    });
}
