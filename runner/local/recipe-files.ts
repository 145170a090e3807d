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
import { dirname, join, sep } from 'node:path';

/** A file of a recipe. */
export interface RecipeFile {
    /** Relative to the recipe directory, with `/`. */
    readonly name: string;
    readonly source: string;
}

/**
 * Copies a recipe directory to `<recipes>/<content hash>` unless an equal one is there. Answers the hash, or null when the directory
 * does not exist. Hidden entries, anything that is neither file nor directory, and links that lead out of `within` are left out: what
 * belongs to somebody else must not be sent to machines with an application that was only downloaded. Other links are followed.
 */
export function snapshotRecipe(directory: string, recipes: string, within: string): string | null {
    if (!isDirectory(directory)) return null;
    const files = recipeFilesOf({ root: directory, within: realpathSync(within) }, '', []);
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
export function recipeFingerprint(directory: string, within: string): string | null {
    if (!isDirectory(directory)) return null;
    return fingerprintOf(recipeFilesOf({ root: directory, within: realpathSync(within) }, '', []));
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
        chmodSync(target, installedModeOf(file));
    }
}

/** Rights a file of a recipe has in an instance's directory: its own, and its owner may read, write and (in `scripts/`) run it. */
export function installedModeOf({ name, source }: RecipeFile): number {
    return (statSync(source).mode & 0o777) | (name.startsWith('scripts/') ? 0o700 : 0o600);
}

interface Bounds {
    readonly root: string;
    /** Real path of what nothing is taken from outside of; null = the directory has no links that matter. */
    readonly within: string | null;
}

function recipeFilesOf(bounds: Bounds, folder: string, above: readonly string[]): readonly RecipeFile[] {
    const { root } = bounds;
    const directory = join(root, folder);
    const real = realpathSync(directory);
    // A link to a folder it lies in would never end.
    if (above.includes(real) || !isInside(bounds, real)) return [];
    const names = readdirSync(directory).filter((name) => !name.startsWith('.') && !isForTheEngine(folder, name));
    return names.sort().flatMap((name) => {
        const relative = folder === '' ? name : `${folder}/${name}`;
        const source = join(root, relative);
        const stat = statSync(source, { throwIfNoEntry: false });
        if (stat?.isDirectory() === true) return recipeFilesOf(bounds, relative, [...above, real]);
        return stat?.isFile() === true && isInside(bounds, realpathSync(source)) ? [{ name: relative, source }] : [];
    });
}

function isInside({ within }: Bounds, real: string): boolean {
    return within === null || real === within || real.startsWith(`${within}${sep}`);
}

/** Time-outs and retries are part of the model; no recipe reads them, and a changed one is no reason to deploy anew. */
function isForTheEngine(folder: string, name: string): boolean {
    return folder === '' && name === 'recipe.properties';
}

/** Files of a recipe directory, or of its snapshot, by name; null and missing ones have none. */
export function filesOfRecipe(directory: string | null): readonly RecipeFile[] {
    return directory !== null && isDirectory(directory) ? recipeFilesOf({ root: directory, within: null }, '', []) : [];
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
