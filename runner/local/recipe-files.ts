/** Copies of recipe directories: once into the deployment (by content), then into each instance's directory. */
import { hash } from 'node:crypto';
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

interface RecipeFile {
    /** Relative to the recipe directory, with `/`. */
    readonly name: string;
    readonly source: string;
}

/**
 * Copies a recipe directory to `<recipes>/<content hash>` unless an equal one is there. Answers the hash, or null when the directory
 * does not exist. Hidden entries, and anything that is neither file nor directory, are left out; links are followed.
 */
export function snapshotRecipe(directory: string, recipes: string): string | null {
    if (!isDirectory(directory)) return null;
    const files = recipeFilesOf(directory, '', []);
    const fingerprint = fingerprintOf(files);
    const target = join(recipes, fingerprint);
    if (existsSync(target)) return fingerprint;
    const part = join(recipes, `.${fingerprint}.${process.pid}`);
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true, mode: 0o700 });
    for (const file of files) copyInto(file, part);
    renameSync(part, target);
    return fingerprint;
}

/** What tells the content of a recipe directory from another: the name its snapshot has. Null when the directory does not exist. */
export function recipeFingerprint(directory: string): string | null {
    return isDirectory(directory) ? fingerprintOf(recipeFilesOf(directory, '', [])) : null;
}

/** Makes the instance's directory anew from a snapshot (or empty). Files of `scripts/` get the owner's right to run. */
export function installRecipe(snapshot: string | null, instanceDirectory: string): void {
    rmSync(instanceDirectory, { recursive: true, force: true });
    mkdirSync(join(instanceDirectory, 'scripts'), { recursive: true, mode: 0o700 });
    if (snapshot === null) return;
    for (const file of recipeFilesOf(snapshot, '', [])) {
        const target = copyInto(file, instanceDirectory);
        const runnable = file.name.startsWith('scripts/') ? 0o700 : 0o600;
        chmodSync(target, statSync(target).mode | runnable);
    }
}

function recipeFilesOf(root: string, folder: string, above: readonly string[]): readonly RecipeFile[] {
    const directory = join(root, folder);
    const real = realpathSync(directory);
    // A link to a folder it lies in would never end.
    if (above.includes(real)) return [];
    const names = readdirSync(directory).filter((name) => !name.startsWith('.'));
    return names.sort().flatMap((name) => {
        const relative = folder === '' ? name : `${folder}/${name}`;
        const source = join(root, relative);
        const stat = statSync(source, { throwIfNoEntry: false });
        if (stat?.isDirectory() === true) return recipeFilesOf(root, relative, [...above, real]);
        return stat?.isFile() === true ? [{ name: relative, source }] : [];
    });
}

function fingerprintOf(files: readonly RecipeFile[]): string {
    const parts = files.map((file) => {
        const runnable = (statSync(file.source).mode & 0o100) !== 0;
        return [file.name, runnable, hash('sha256', readFileSync(file.source), 'hex')];
    });
    return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 24);
}

function copyInto(file: RecipeFile, directory: string): string {
    const target = join(directory, file.name);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    copyFileSync(file.source, target);
    return target;
}

function isDirectory(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
