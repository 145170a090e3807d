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

/** Names of files that two recipe directories do not have alike, sorted; null and missing ones have none. */
export function differingFiles(before: string | null, after: string | null): readonly string[] {
    const [former, asked] = [digestsOf(before), digestsOf(after)];
    const names = new Set([...former.keys(), ...asked.keys()]);
    return [...names].filter((name) => former.get(name) !== asked.get(name)).sort();
}

/**
 * Copies a snapshot over what earlier ones left in the instance's directory: their files go, everything else stays. Harmless to repeat.
 */
export function reinstallRecipe(snapshot: string | null, former: readonly string[], instanceDirectory: string): void {
    const asked = new Set(filesOfRecipe(snapshot).map((file) => file.name));
    for (const { name } of former.flatMap((each) => filesOfRecipe(each))) {
        if (!asked.has(name)) rmSync(join(instanceDirectory, name), { force: true });
    }
    mkdirSync(join(instanceDirectory, 'scripts'), { recursive: true, mode: 0o700 });
    copyRecipe(snapshot, instanceDirectory);
}

/** Makes the instance's directory anew from a snapshot (or empty). Files of `scripts/` get the owner's right to run. */
export function installRecipe(snapshot: string | null, instanceDirectory: string): void {
    rmSync(instanceDirectory, { recursive: true, force: true });
    mkdirSync(join(instanceDirectory, 'scripts'), { recursive: true, mode: 0o700 });
    copyRecipe(snapshot, instanceDirectory);
}

function copyRecipe(snapshot: string | null, instanceDirectory: string): void {
    for (const file of filesOfRecipe(snapshot)) {
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
    const names = readdirSync(directory).filter((name) => !name.startsWith('.') && !isForTheEngine(folder, name));
    return names.sort().flatMap((name) => {
        const relative = folder === '' ? name : `${folder}/${name}`;
        const source = join(root, relative);
        const stat = statSync(source, { throwIfNoEntry: false });
        if (stat?.isDirectory() === true) return recipeFilesOf(root, relative, [...above, real]);
        return stat?.isFile() === true ? [{ name: relative, source }] : [];
    });
}

/** Time-outs and retries are part of the model; no recipe reads them, and a changed one is no reason to deploy anew. */
function isForTheEngine(folder: string, name: string): boolean {
    return folder === '' && name === 'recipe.properties';
}

function filesOfRecipe(directory: string | null): readonly RecipeFile[] {
    return directory !== null && isDirectory(directory) ? recipeFilesOf(directory, '', []) : [];
}

function fingerprintOf(files: readonly RecipeFile[]): string {
    return hash('sha256', JSON.stringify(files.map(digestOf)), 'hex').slice(0, 24);
}

function digestOf(file: RecipeFile): readonly [string, boolean, string] {
    const runnable = (statSync(file.source).mode & 0o100) !== 0;
    return [file.name, runnable, hash('sha256', readFileSync(file.source), 'hex')];
}

function digestsOf(directory: string | null): ReadonlyMap<string, string> {
    return new Map(filesOfRecipe(directory).map((file) => [file.name, JSON.stringify(digestOf(file))]));
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
