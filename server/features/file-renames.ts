/**
 * `workspace/willRenameFiles`: what has to change in texts when files or folders are renamed or moved.
 *
 * Imports and entry points follow a model file that stays below the directory they are resolved from. Whoever executes a command file follows its
 * name, and a rule has that of its file. A folder of recipes that is renamed no longer belongs to its component: the component's new name is
 * offered, and asked about first.
 */
import type { FileRename, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Application, Declaration } from '../../language/index.ts';
import { baseNameOf, pathIn, relativeTo } from '../workspace/locations.ts';
import { lookupOf } from './name-lookup.ts';
import { conflictOf, faultOfName } from './rename-words.ts';
import { occurrencesIn } from './symbol.ts';
import {
    editAt,
    type EditPlan,
    editsOnly,
    type EditTarget,
    type PlannedEdit,
    type PlannedMove,
    toWorkspaceEdit,
} from './workspace-edit.ts';

export interface FileRenameQuestion {
    readonly files: readonly FileRename[];
    /** The analyses that may name a file or folder: its application, and files of it that are analysed by themselves. */
    readonly applicationsAround: (path: string) => readonly Application[];
    /** Whether a path is a directory. */
    readonly isDirectory: (path: string) => boolean;
}

/** The edit to make before the files are renamed; null when nothing names them. */
export function editsBeforeRename(question: FileRenameQuestion, target: EditTarget): WorkspaceEdit | null {
    const plans = question.files.flatMap(({ oldUri, newUri }) => {
        const move = { from: target.locations.pathOf(oldUri), to: target.locations.pathOf(newUri) };
        return question.applicationsAround(move.from).map((application) => planFor(question, application, move));
    });
    const edits = withoutRepetition(plans.flatMap((plan) => plan.edits));
    const moves = plans.flatMap((plan) => plan.moves);
    const confirmation = plans.find((plan) => plan.confirmation !== null)?.confirmation ?? null;
    return toWorkspaceEdit({ edits, moves, confirmation }, target);
}

/** Changes of imports and entry points that name a file, or files below a folder, that is moved within an application. */
export function importEdits(application: Application, move: PlannedMove): readonly PlannedEdit[] {
    const { directory } = application;
    const lookup = lookupOf(application);
    return application.declarations.flatMap((declaration) => {
        if (declaration.kind !== 'file') return [];
        const moved = movedFile(directory, declaration.name, move);
        if (moved === null) return [];
        return lookup.usesOf(declaration).flatMap(({ range }) => {
            const path = asImported(moved, declaration.name);
            return path === null ? [] : [editAt(directory, range, path)];
        });
    });
}

function planFor(question: FileRenameQuestion, application: Application, move: PlannedMove): EditPlan {
    const component = componentOfFolder(question, application, move);
    const imports = importEdits(application, move);
    if (component !== null) return componentPlan(application, component, { move, imports });
    return editsOnly([...imports, ...calledEdits(application, move)]);
}

/** The new path of a file, relative to the application; null when it is not concerned, or leaves. */
function movedFile(directory: string, file: string, { from, to }: PlannedMove): string | null {
    const path = pathIn(directory, file);
    if (path === from) return relativeTo(directory, to) ?? null;
    const below = relativeTo(from, path);
    return below === undefined ? null : (relativeTo(directory, pathIn(to, below)) ?? null);
}

/** As an import names it: from the directory of its kind. Null where no import could name it. */
function asImported(moved: string, before: string): string | null {
    const root = /^(?:graph|instances)\//.exec(before)?.[0];
    if (root === undefined) return moved;
    return moved.startsWith(root) ? moved.slice(root.length) : null;
}

/** Files that are called by their names: commands, and rules, whose name stands in their own text. */
const CALLED = /([^/]+)\.(commands|drl)$/;

function calledEdits(application: Application, { from, to }: PlannedMove): readonly PlannedEdit[] {
    const [, before, extension] = CALLED.exec(from) ?? [];
    const [, after, sameExtension] = CALLED.exec(to) ?? [];
    const isRenamed = before !== after && extension === sameExtension;
    if (before === undefined || after === undefined || !isRenamed) return [];
    const { directory } = application;
    const file = relativeTo(directory, from);
    const declared = lookupOf(application).called(extension === 'drl' ? 'rule' : 'command', before);
    const renamed = declared.filter(({ range }) => range.file === file);
    return occurrencesIn(application, renamed).map(({ range }) => editAt(directory, range, after));
}

/** The component whose recipe a folder is; null when the folder is none, or does not stay beside its siblings. */
function componentOfFolder(
    { isDirectory }: FileRenameQuestion,
    application: Application,
    { from, to }: PlannedMove,
): Declaration | null {
    const name = baseNameOf(from);
    const { directory } = application;
    const isRecipe = from === pathIn(directory, `graph/${name}`) && to === pathIn(directory, `graph/${baseNameOf(to)}`);
    if (!isRecipe || !isDirectory(from)) return null;
    return (
        lookupOf(application)
            .called('component', name)
            .find(({ kind }) => kind === 'component') ?? null
    );
}

interface FolderChange {
    readonly move: PlannedMove;
    readonly imports: readonly PlannedEdit[];
}

/** A folder that gets a name no component can have keeps only its imports right. */
function componentPlan(application: Application, component: Declaration, { move, imports }: FolderChange): EditPlan {
    const name = baseNameOf(move.to);
    const taken = lookupOf(application).called('component', name);
    if (faultOfName('component', name) !== null || conflictOf(taken, name) !== null) return editsOnly(imports);
    const { directory } = application;
    const declared = lookupOf(application).called('component', component.name);
    const uses = occurrencesIn(application, declared).map(({ range }) => editAt(directory, range, name));
    return {
        edits: [...uses, ...imports],
        moves: [],
        confirmation: {
            label: `Rename the component '${component.name}' to '${name}'`,
            description: `The folder holds its recipe`,
            needsConfirmation: true,
        },
    };
}

/** Files that are analysed by themselves name the same places again. */
function withoutRepetition(edits: readonly PlannedEdit[]): readonly PlannedEdit[] {
    const byPlace = edits.map((edit) => [`${edit.path}\n${edit.range.line}:${edit.range.column}`, edit] as const);
    return [...new Map(byPlace).values()];
}
