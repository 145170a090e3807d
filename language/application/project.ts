/** What stands where in an application's directory, besides the text of model files (reference: language, section 1). */
import { MAX_FILE_BYTES, type DirectoryEntry, type FileSystem } from '../file-system.ts';
import { memo } from '../model/type-graph.ts';
import { joinPath } from './paths.ts';

/** Directories nested deeper, or more entries, are not looked at. */
const MAX_DEPTH = 64;
const MAX_ENTRIES = 100_000;

export interface Project {
    /** Files below a directory, relative to the application, sorted; names starting with a dot are left out. */
    readonly filesBelow: (directory: string) => readonly string[];
    /** Names of the files right in a directory, sorted; names starting with a dot are left out. */
    readonly filesIn: (directory: string) => readonly string[];
    /** Names of the directories right in a directory, sorted; names starting with a dot are left out. */
    readonly directoriesIn: (directory: string) => readonly string[];
    readonly isDirectory: (path: string) => boolean;
    /** Links to directories below a directory, relative to the application, sorted: what is behind them is in no other list. */
    readonly linksBelow: (directory: string) => readonly string[];
    /** Content of a small text file; null when it cannot be read. */
    readonly textOf: (path: string) => string | null;
    /** Why an existing file cannot be read, as a clause; null when it can, or when there is none. */
    readonly obstacleTo: (path: string) => string | null;
}

/** Paths are relative to `directory`; an empty path is the directory itself. Lives as long as one analysis: listings are remembered. */
export function projectIn(fileSystem: FileSystem, directory: string): Project {
    const entriesIn = (path: string): readonly DirectoryEntry[] =>
        (fileSystem.list(joinPath(directory, path)) ?? []).filter((entry) => !entry.name.startsWith('.'));
    const namesIn = (path: string, kind: 'file' | 'directory'): readonly string[] =>
        entriesIn(path)
            .filter((entry) => entry.kind === kind)
            .map((entry) => entry.name)
            .sort();
    const treeBelow = memo((path) => treeFrom(path, entriesIn));
    return {
        filesBelow: (path) => treeBelow(path).files,
        linksBelow: (path) => treeBelow(path).links,
        filesIn: (path) => namesIn(path, 'file'),
        directoriesIn: (path) => namesIn(path, 'directory'),
        isDirectory: (path) => fileSystem.list(joinPath(directory, path)) !== undefined,
        textOf: (path) => {
            const content = fileSystem.read(joinPath(directory, path));
            return content !== undefined && 'text' in content ? content.text : null;
        },
        obstacleTo: (path) => {
            const content = fileSystem.read(joinPath(directory, path));
            if (content === undefined || 'text' in content) return null;
            return 'unreadable' in content
                ? content.reason
                : `it has ${content.bytes} bytes, files over ${MAX_FILE_BYTES} are not read`;
        },
    };
}

interface Tree {
    readonly files: readonly string[];
    readonly links: readonly string[];
}

/** Links to directories are not followed: they lead out of the application, or to what is listed where it stands. */
function treeFrom(start: string, entriesIn: (path: string) => readonly DirectoryEntry[]): Tree {
    const files: string[] = [];
    const links: string[] = [];
    const queue = [{ path: start, depth: 0 }];
    for (const { path, depth } of queue) {
        if (files.length + queue.length > MAX_ENTRIES) break;
        for (const { name, kind, isLink = false } of entriesIn(path)) {
            if (kind === 'file') files.push(below(path, name));
            else if (isLink) links.push(below(path, name));
            else if (depth < MAX_DEPTH) queue.push({ path: below(path, name), depth: depth + 1 });
        }
    }
    return { files: files.sort(), links: links.sort() };
}

function below(path: string, name: string): string {
    return path === '' ? name : `${path}/${name}`;
}
