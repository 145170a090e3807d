/** What stands where in an application's directory, besides the text of model files (reference: language, section 1). */
import type { FileSystem } from '../file-system.ts';
import { memo } from '../model/type-graph.ts';
import { joinPath } from './paths.ts';

/** Directories nested deeper, or more entries, are not looked at: a link that leads back up must not hang the analysis. */
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
    /** Content of a small text file; null when it cannot be read. */
    readonly textOf: (path: string) => string | null;
}

/** Paths are relative to `directory`; an empty path is the directory itself. Lives as long as one analysis: listings are remembered. */
export function projectIn(fileSystem: FileSystem, directory: string): Project {
    const namesIn = (path: string, kind: 'file' | 'directory'): readonly string[] =>
        (fileSystem.list(joinPath(directory, path)) ?? [])
            .filter((entry) => entry.kind === kind && !entry.name.startsWith('.'))
            .map((entry) => entry.name)
            .sort();
    const project: Project = {
        filesBelow: memo((path) => filesBelow(project, path)),
        filesIn: (path) => namesIn(path, 'file'),
        directoriesIn: (path) => namesIn(path, 'directory'),
        isDirectory: (path) => fileSystem.list(joinPath(directory, path)) !== undefined,
        textOf: (path) => {
            const content = fileSystem.read(joinPath(directory, path));
            return content === undefined || 'tooLarge' in content ? null : content.text;
        },
    };
    return project;
}

function filesBelow(project: Project, start: string): readonly string[] {
    const files: string[] = [];
    const queue = [{ path: start, depth: 0 }];
    for (const { path, depth } of queue) {
        if (files.length + queue.length > MAX_ENTRIES) break;
        for (const name of project.filesIn(path)) files.push(below(path, name));
        if (depth === MAX_DEPTH) continue;
        for (const name of project.directoriesIn(path)) queue.push({ path: below(path, name), depth: depth + 1 });
    }
    return files.sort();
}

function below(path: string, name: string): string {
    return path === '' ? name : `${path}/${name}`;
}
