/** The target files that can be chosen for an application besides its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { targetSourceOf, type TargetSource } from '../../language/target-files.ts';

/**
 * Targets right in `targets/` of the folder that an application lies in, and of those above that up to `top`; all paths are absolute.
 * Files without handler are no targets.
 */
export function targetsAround(directory: string, top: string): readonly TargetSource[] {
    return foldersAround(directory, top).flatMap((folder) => targetsIn(join(folder, 'targets')));
}

function foldersAround(directory: string, top: string): readonly string[] {
    const folders: string[] = [];
    for (let folder = dirname(directory); ; folder = dirname(folder)) {
        folders.push(folder);
        const isBelow = !relative(top, folder).startsWith('..') && folder !== top;
        if (!isBelow || folder === dirname(folder)) return folders;
    }
}

function targetsIn(folder: string): readonly TargetSource[] {
    return namesIn(folder).flatMap((name) => {
        const read = /\.properties$/i.test(name) ? readTargetFile(join(folder, name)) : null;
        return read === null || 'cause' in read || read.handler === null ? [] : [read];
    });
}

function namesIn(folder: string): readonly string[] {
    try {
        return readdirSync(folder).sort();
    } catch {
        // Most folders have no targets beside them.
        return [];
    }
}

/** A target file of an absolute path, or what the system said. */
export function readTargetFile(file: string): TargetSource | { readonly cause: unknown } {
    try {
        return targetSourceOf(readFileSync(file, 'utf8'), file.replaceAll('\\', '/'));
    } catch (cause) {
        return { cause };
    }
}

/** Further files, by absolute paths, among the targets that can be chosen; one that cannot be read is told when it is looked for. */
export function withTargetFiles(known: readonly TargetSource[], files: readonly string[]): readonly TargetSource[] {
    const others = files.filter((file) => !known.some((source) => source.file === file));
    const read = others.map(readTargetFile).flatMap((each) => ('cause' in each ? [] : [each]));
    return [...known, ...read];
}
