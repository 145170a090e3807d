/** The files of applications below a directory that have a canonical form. */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createLanguage, fileKindOf, type FileKind } from '../language/index.ts';
import { createDisk } from '../server/workspace/disk.ts';

/** What a file is formatted as, by its name alone; null when it has no canonical form. Properties files are all alike. */
export function formattedKindOf(file: string): FileKind | null {
    if (/\.properties$/i.test(file)) return 'target';
    const kind = fileKindOf(file);
    return kind === 'graph' || kind === 'instances' || kind === 'commands' ? kind : null;
}

/**
 * Files below a directory, but not through links to directories, nor in hidden ones and in those of packages. Properties files are only those
 * Roboconf reads: a recipe may have others, which belong to the software it installs.
 */
export function filesToFormat(directory: string): readonly string[] {
    const isRead = readProperties();
    return filesBelow(directory).filter(
        (file) => formattedKindOf(file) !== null && (!/\.properties$/i.test(file) || isRead(realpathSync(file))),
    );
}

function filesBelow(directory: string): readonly string[] {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries
        .toSorted((left, right) => (left.name < right.name ? -1 : 1))
        .flatMap((entry) => {
            const path = join(directory, entry.name);
            if (entry.isDirectory()) return isSkipped(entry.name) ? [] : filesBelow(path);
            return isFile(path) ? [path] : [];
        });
}

function isSkipped(name: string): boolean {
    return name.startsWith('.') || name === 'node_modules';
}

function isFile(path: string): boolean {
    return lstatSync(path).isFile() || statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Tells whether the application around a properties file reads it; each application is analysed once. */
function readProperties(): (path: string) => boolean {
    const language = createLanguage();
    const disk = createDisk();
    const known = new Map<string, ReadonlySet<string>>();
    const filesOf = (directory: string): ReadonlySet<string> => {
        const before = known.get(directory);
        if (before !== undefined) return before;
        const recipe = language.isRecipeProject(disk, directory);
        const { files } = language.loadApplication(disk, directory, { recipe, flexible: recipe });
        const own = new Set(files);
        known.set(directory, own);
        return own;
    };
    return (path) => {
        const kind = fileKindOf(path);
        if (kind === 'recipe' || kind === 'instructions' || kind === 'measureValues') return true;
        if (kind !== 'descriptor' && kind !== 'target') return false;
        const directory = language.directoryOf(disk, path);
        return directory !== null && filesOf(directory).has(relative(directory, path).replaceAll('\\', '/'));
    };
}
