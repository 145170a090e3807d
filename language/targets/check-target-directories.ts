/** Findings about target files together: those of one directory, and of the whole application (reference: language, sections 4.6 and 8). */
import { baseNameOf, parentOf } from '../application/paths.ts';
import type { RelatedPlace } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import { besides, others, type Scope } from '../validation/scope.ts';
import { checkTarget, dataKeysIn, NO_DATA, targetFaults } from './check-target.ts';
import { DEFAULT_TARGET_FILE, isDefaultTarget, isTargetFileName, parseTarget, type TargetFile } from './target-file.ts';

/** So many other places are shown with a finding. */
const MAX_RELATED = 20;

/** The recipe directory of a machine. */
export interface MachineRecipe {
    /** Relative to the application. */
    readonly directory: string;
    /** Of the component that has it first. */
    readonly component: Word;
    /** Where facts about the directory are shown in the graph: the installer. */
    readonly place: SourceRange;
    /** Whether instances of the component stand in others. */
    readonly isNested: boolean;
}

/** All target files of the application, each directory once. `recipes` are those of target components. */
export function checkTargetFiles(scope: Scope, recipes: readonly MachineRecipe[]): void {
    const { targets } = scope.analysis.side;
    const given = dataKeysIn(scope.analysis.files.tree);
    const directories = Map.groupBy(targets, ({ file }) => parentOf(file));
    for (const target of targets) checkTarget(scope, target, given);
    for (const recipe of recipes) checkRecipe(scope, recipe, directories.get(recipe.directory) ?? []);
    for (const together of directories.values()) reportConflicts(scope, together, null);
    reportShared(scope, targets);
}

/** The target files right in a directory that is no application's: a Maven project of targets. Answers findings with paths relative to it. */
export function checkTargetFolder(scope: Scope): void {
    const { project } = scope.analysis;
    const targets = project
        .filesIn('')
        .filter((name) => /\.properties$/i.test(name))
        .flatMap((name) => {
            const text = project.textOf(name);
            return text === null ? [] : [parseTarget(text, name)];
        });
    for (const target of targets) checkTarget(scope, target, NO_DATA);
    reportConflicts(scope, targets, null);
    if (targets.length > 0) return;
    const message = 'There is no target file here: a project of targets needs files called ….properties.';
    scope.report.add('REC_TARGET_NO_PROPERTIES', null, message, {
        details: { DIRECTORY: scope.analysis.directory, SHAPE: 'folder' },
    });
}

/** What is said of the files in the graph as well: there people see what keeps a component from being a machine. */
function checkRecipe(scope: Scope, recipe: MachineRecipe, targets: readonly TargetFile[]): void {
    const { directory, place } = recipe;
    checkPresence(scope, recipe, targets);
    for (const target of targets) {
        for (const { code, range, message } of targetFaults(target)) {
            const facts = besides({ FILE: baseNameOf(target.file) }, 'The fault is in this file.', range);
            scope.report.add(code, place, `${target.file}: ${message}`, facts);
        }
        if (recipe.isNested && target.handler?.acceptsNested === false && isDefaultTarget(target, targets))
            reportNested(scope, target, recipe);
    }
    reportConflicts(scope, targets, place);
    if (targets.length < 2 || targets.some((target) => isDefaultTarget(target, targets))) return;
    const names = targets.map(({ file }) => baseNameOf(file)).join(', ');
    const message = `'${directory}' has several targets and no '${DEFAULT_TARGET_FILE}': none is the default one. Choose a target for each instance, or rename one of ${names}.`;
    scope.report.add('X_TARGET_NO_DEFAULT', place, message, {
        details: { DIRECTORY: directory, COMPONENT: recipe.component.text, FILES: names },
    });
}

function checkPresence(scope: Scope, { directory, place }: MachineRecipe, targets: readonly TargetFile[]): void {
    const { project } = scope.analysis;
    const below = project.filesBelow(directory).filter((file) => isTargetFileName(baseNameOf(file)));
    if (targets.length > 0 || below.length === 0) return;
    const message = `The target files of '${directory}' are in sub-directories, and only those right in it are used: move them up.`;
    scope.report.add('REC_TARGET_NO_PROPERTIES', place, message, { details: { DIRECTORY: directory } });
}

function reportNested(scope: Scope, { handler, handlerName }: TargetFile, { component }: MachineRecipe): void {
    if (handler === null || handlerName === null) return;
    const message = `'${handler.name}' makes machines for root instances alone: those of '${component.text}' stand in other instances.`;
    const facts = besides(
        { HANDLER: handler.name, COMPONENT: component.text },
        'This component has ancestors.',
        component.range,
    );
    scope.report.add('X_TARGET_NOT_NESTED', handlerName.range, message, facts);
}

/** REC_TARGET_CONFLICTING_ID at `place`, or without one at each of the ids; files without id conflict too, in the graph. */
function reportConflicts(scope: Scope, targets: readonly TargetFile[], place: SourceRange | null): void {
    for (const [id, same] of byId(targets)) {
        if (same.length < 2) continue;
        const places = same.map(idPlace);
        if (place !== null) reportConflict(scope, id, places, place);
        else if (id !== '') for (const own of places) reportConflict(scope, id, places, own);
        else reportConflict(scope, id, places, places[0] ?? null);
    }
}

function reportConflict(scope: Scope, id: string, all: readonly SourceRange[], place: SourceRange | null): void {
    const related = all
        .slice(0, MAX_RELATED + 1)
        .filter((range) => range !== place)
        .map((range): RelatedPlace => ({
            message: id === '' ? 'An id is missing here.' : `The id '${id}' is used here.`,
            range,
        }));
    const message =
        id === ''
            ? 'Several target files of this directory have no id.'
            : `The id '${id}' is used by ${all.length} target files of this directory: give each its own.`;
    scope.report.add('REC_TARGET_CONFLICTING_ID', place, message, {
        details: { NAME: id, COUNT: String(all.length) },
        related,
    });
}

/** Ids of different directories: the Deployment Manager refuses an id that something else has. */
function reportShared(scope: Scope, targets: readonly TargetFile[]): void {
    for (const [id, same] of byId(targets)) {
        const ids = same.flatMap((target) => target.id ?? []);
        if (new Set(same.map(({ file }) => parentOf(file))).size < 2) continue;
        for (const own of ids) {
            const message = `The id '${id}' is used in several directories: a Deployment Manager takes an id only once.`;
            scope.report.add('X_TARGET_SHARED_ID', own.range, message, {
                details: { NAME: id },
                related: others(`The id '${id}' is used here.`, own, ids),
            });
        }
    }
}

/** Target files by id; those without are under an empty one. */
function byId(targets: readonly TargetFile[]): ReadonlyMap<string, readonly TargetFile[]> {
    return Map.groupBy(targets, ({ id }) => id?.text ?? '');
}

function idPlace({ id, entries, properties }: TargetFile): SourceRange {
    return id?.range ?? entries.get('id')?.keyRange ?? properties.firstLine;
}
