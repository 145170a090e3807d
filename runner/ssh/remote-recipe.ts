/**
 * Recipe folders on their way to a host, once for each content.
 * A small one travels as a shell function over the channel that needs it: calling it writes the files, which costs less than a program
 * that copies them. A large one, or one with files that are no text, is unpacked to `recipes/<content hash>` and copied from there.
 */
import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { filesOfRecipe, installedModeOf, type RecipeFile } from '../local/recipe-files.ts';
import { quoted } from './shell-text.ts';

/** Bytes of a recipe that travels as a function. */
const SMALL = 64 * 1024;

export interface RecipeToSend {
    /** Tells its content from any other; clean. */
    readonly name: string;
    readonly files: readonly RecipeFile[];
    /** The body of the function that writes it into the folder `$1`; null = it must be copied from `recipes/`. */
    readonly body: string | null;
    /** Names by mode of what that function cannot give its rights: a shell makes files that may not be run. */
    readonly executables: ReadonlyMap<number, readonly string[]>;
}

/** Reads a snapshot. Throws when it cannot be read. */
export function readRecipe(snapshot: string | null): RecipeToSend {
    const files = filesOfRecipe(snapshot);
    const name = snapshot === null ? 'none' : nameOf(snapshot);
    const isSmall = files.reduce((sum, { source }) => sum + statSync(source).size, 0) <= SMALL;
    const texts = isSmall ? files.map(({ source }) => textOf(source)) : [];
    if (!isSmall || texts.includes(null)) return { name, files, body: null, executables: new Map() };
    const body = bodyOf(files, (index) => texts[index] ?? '');
    return { name, files, body, executables: executablesOf(files) };
}

/** Snapshots are named by their content. */
function nameOf(snapshot: string): string {
    const name = basename(snapshot);
    return /^[0-9a-f]{8,}$/.test(name) ? name : hash('sha256', snapshot, 'hex').slice(0, 24);
}

function textOf(file: string): string | null {
    const bytes = readFileSync(file);
    return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null;
}

function bodyOf(files: readonly RecipeFile[], textAt: (index: number) => string): string {
    const writes = files.map((file, index) => {
        const creation = 0o666 & ~installedModeOf(file);
        return `umask ${creation.toString(8)} && printf '%s' ${quoted(textAt(index))} >|"$1"/${quoted(file.name)}`;
    });
    return [...writes, ':'].join(' &&\n');
}

function executablesOf(files: readonly RecipeFile[]): ReadonlyMap<number, readonly string[]> {
    const names = new Map<number, string[]>();
    for (const file of files) {
        const mode = installedModeOf(file);
        if ((mode & 0o111) === 0) continue;
        const known = names.get(mode) ?? [];
        names.set(mode, known);
        known.push(file.name);
    }
    return names;
}

/** Name of the function that installs a recipe. */
export function functionNameOf(recipe: RecipeToSend): string {
    return `rc_recipe_${recipe.name}`;
}

/** Defines the function that fills the folder `$1`: it answers with its exit code, 9 when the recipe is not on the host. */
function functionTextOf(recipe: RecipeToSend): string {
    const folder = `"$D"/recipes/${recipe.name}`;
    const body = recipe.body ?? `[ -d ${folder} ] || return 9\ncp -Rp ${folder}/. "$1"`;
    return `${functionNameOf(recipe)}() {\n${body}\n}`;
}

export interface InstallText {
    readonly recipe: RecipeToSend;
    readonly instance: string;
    /** Files of earlier recipes that this one does not have; null = the folder is made anew. */
    readonly obsolete: readonly string[] | null;
}

/**
 * Fills the folders of instances, with no more programs for many than for one; answers the exit code and the first folder. Harmless to
 * repeat. `defined` has the names of the functions that the shell knows.
 */
export function installText(all: readonly InstallText[], defined: ReadonlySet<string>): (nonce: string) => string {
    const recipes = new Map(all.map(({ recipe }) => [functionNameOf(recipe), recipe]));
    const functions = [...recipes].flatMap(([name, recipe]) => (defined.has(name) ? [] : [functionTextOf(recipe)]));
    const folders = all.flatMap(foldersOf).join(' ');
    const fills = all.map(({ recipe, instance }) => `${functionNameOf(recipe)} ${folderOf(instance)} && `);
    const chain = `${all.map((each) => `{ ${clearing(each)}; } && `).join('')}mkdir -p ${folders} && ${fills.join('')}:${rightsOf(all)}`;
    return (nonce) => `${functions.join('\n')}
umask 077
${chain}
rc_code=$?
umask "$rc_umask"
printf '\\n%s end %s %s\\n' ${nonce} $rc_code ${all.map(({ instance }) => folderOf(instance))[0] ?? ''}`;
}

function folderOf(instance: string): string {
    return `"$D"/instances/${quoted(instance)}`;
}

function clearing({ instance, obsolete }: InstallText): string {
    const folder = folderOf(instance);
    if (obsolete === null) return `[ ! -e ${folder} ] || rm -rf ${folder}`;
    return obsolete.length === 0 ? ':' : `rm -f ${obsolete.map((name) => `${folder}/${quoted(name)}`).join(' ')}`;
}

function foldersOf({ recipe, instance }: InstallText): readonly string[] {
    const names = new Set(['scripts', ...recipe.files.flatMap(({ name }) => foldersAbove(name))]);
    return [...Array.from(names, (name) => `${folderOf(instance)}/${quoted(name)}`), `"$D"/steps/${quoted(instance)}`];
}

function rightsOf(all: readonly InstallText[]): string {
    const words = new Map<number, string[]>();
    for (const { recipe, instance } of all) {
        for (const [mode, names] of recipe.executables) {
            const known = words.get(mode) ?? [];
            words.set(mode, known);
            known.push(...names.map((name) => `${folderOf(instance)}/${quoted(name)}`));
        }
    }
    return Array.from(words, ([mode, files]) => ` && chmod ${mode.toString(8)} ${files.join(' ')}`).join('');
}

function foldersAbove(name: string): readonly string[] {
    const parts = name.split('/').slice(0, -1);
    return parts.length === 0 ? [] : [parts.join('/')];
}

/** Names of files that earlier snapshots have and the recipe has not. */
export function obsoleteFiles(recipe: RecipeToSend, former: readonly string[]): readonly string[] {
    const asked = new Set(recipe.files.map(({ name }) => name));
    const names = former.flatMap((snapshot) => filesOfRecipe(snapshot)).map(({ name }) => name);
    return [...new Set(names)].filter((name) => !asked.has(name));
}
