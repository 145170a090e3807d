/** Recipes of components (reference: language, sections 4.6, 8 and 9). The resolved installer counts, so that heirs are checked like others. */
import { lastEntries, parseProperties, type PropertiesFile } from '../application/properties.ts';
import { baseNameOf } from '../application/paths.ts';
import { RECIPE_PROPERTIES } from '../application/recipe-properties.ts';
import type { TypeDeclaration, Word } from '../model/declarations.ts';
import type { SourceRange } from '../model/application-model.ts';
import { checkPuppetRecipe } from './puppet-recipes.ts';
import { checkRecipeProperties } from './recipe-properties.ts';
import { besides, placeOf, type Scope } from './scope.ts';

/** PROJ_NO_RESOURCE_DIRECTORY and REC_ codes of all components. Shared recipe directories are read once. */
export function checkRecipes(scope: Scope): void {
    const checkedTargets = new Set<string>();
    const directories = new Set<string>();
    for (const [name, type] of scope.analysis.files.graph.components) {
        const directory = scope.analysis.recipeDirectoryOf(name);
        if (directory === null) {
            const message = `The component '${name}' has no recipe: create the directory 'graph/${name}'.`;
            scope.report.add('PROJ_NO_RESOURCE_DIRECTORY', placeOf(type), message, { details: { COMPONENT: name } });
        } else {
            directories.add(directory);
            checkRecipe(scope, type, directory, checkedTargets);
        }
    }
    for (const directory of directories) checkRecipeProperties(scope, directory);
}

function checkRecipe(scope: Scope, type: TypeDeclaration, directory: string, checkedTargets: Set<string>): void {
    const installer = scope.analysis.files.installerOf(type.name.text)?.toLowerCase();
    const place = type.installer ?? type.name;
    if (installer === 'script') checkScripts(scope, type, directory, place);
    if (installer === 'puppet') checkPuppetRecipe(scope, type, directory);
    if (installer !== 'target' || checkedTargets.has(directory)) return;
    checkedTargets.add(directory);
    checkTargetDirectory(scope, directory, place.range);
}

/** Templates alone are a recipe too. */
function checkScripts(scope: Scope, type: TypeDeclaration, directory: string, place: Word): void {
    const { project } = scope.analysis;
    const parts = project.directoriesIn(directory);
    if (parts.includes('scripts') || parts.includes('roboconf-templates') || project.filesBelow(directory).length === 0)
        return;
    const message = `The recipe '${directory}' has no directory 'scripts': put the scripts there, as in '${directory}/scripts/start.sh'.`;
    scope.report.add('REC_SCRIPT_NO_SCRIPTS_DIR', place.range, message, {
        details: { COMPONENT: type.name.text, DIRECTORY: directory },
    });
}

/** Target files right in the directory of a target component; `place` is where facts about the whole directory are shown. */
function checkTargetDirectory(scope: Scope, directory: string, place: SourceRange | null): void {
    const { project } = scope.analysis;
    const files = project.filesIn(directory).filter(isPropertiesFile);
    const below = project.filesBelow(directory).filter(isPropertiesFile);
    if (files.length === 0 && below.length > 0) {
        const message = `The target files of '${directory}' are in sub-directories: only those right in it are used.`;
        scope.report.add('REC_TARGET_NO_PROPERTIES', place, message, { details: { DIRECTORY: directory } });
    }
    const byId = new Map<string, SourceRange[]>();
    for (const name of files) {
        const id = checkTargetFile(scope, directory === '' ? name : `${directory}/${name}`, place);
        if (id !== null) byId.set(id.text, [...(byId.get(id.text) ?? []), id.range]);
    }
    for (const [id, places] of byId) if (places.length > 1) reportConflict(scope, id, places, place);
}

function reportConflict(scope: Scope, id: string, places: readonly SourceRange[], place: SourceRange | null): void {
    const related = places.map((range) => ({
        message: id === '' ? 'An id is missing here.' : `The id '${id}' is used here.`,
        range,
    }));
    const message =
        id === ''
            ? 'Several target files of this directory have no id.'
            : `The id '${id}' is used by ${places.length} target files of this directory: give each its own.`;
    scope.report.add('REC_TARGET_CONFLICTING_ID', place ?? places[0] ?? null, message, {
        details: { NAME: id },
        related,
    });
}

function isPropertiesFile(file: string): boolean {
    return /\.properties$/i.test(file) && baseNameOf(file) !== RECIPE_PROPERTIES;
}

/**
 * Checks one target file and answers its id, which is empty when there is none; null when it cannot be read.
 * Findings are shown at `place`, with the exact place beside; without it, at the exact place.
 */
export function checkTargetFile(scope: Scope, file: string, place: SourceRange | null): Word | null {
    const text = scope.analysis.project.textOf(file);
    if (text === null) return null;
    const target = parseProperties(text, file);
    const report = (code: TargetCode, exact: SourceRange, message: string): void =>
        scope.report.add(code, place ?? exact, place === null ? message : `${file}: ${message}`, {
            ...besides({ FILE: baseNameOf(file) }, 'The fault is in this file.', place === null ? undefined : exact),
        });
    for (const range of target.malformedEscapes) {
        report(
            'REC_TARGET_INVALID_FILE_OR_CONTENT',
            range,
            "Four hexadecimal digits must follow '\\u' in a properties file.",
        );
    }
    if (target.malformedEscapes.length > 0) return null;
    const id = required(target, 'id');
    const handler = required(target, 'handler');
    const name = required(target, 'name');
    if (id.text === '') report('REC_TARGET_NO_ID', id.range, "A target needs an id: add 'id = …'.");
    if (handler.text === '')
        report('REC_TARGET_NO_HANDLER', handler.range, "A target needs a handler: add 'handler = …', such as local.");
    if (name.text === '')
        report('REC_TARGET_NO_NAME', name.range, "A target should have a name for people: add 'name = …'.");
    return id;
}

type TargetCode =
    'REC_TARGET_INVALID_FILE_OR_CONTENT' | 'REC_TARGET_NO_ID' | 'REC_TARGET_NO_HANDLER' | 'REC_TARGET_NO_NAME';

function required(target: PropertiesFile, key: string): Word {
    const entry = lastEntries(target).get(key);
    if (entry === undefined) return { text: '', range: target.firstLine };
    const text = entry.value.trim();
    return { text, range: text === '' ? entry.keyRange : entry.valueRange };
}
