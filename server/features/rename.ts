/**
 * `textDocument/prepareRename` and `textDocument/rename`: one name, changed wherever it is written.
 *
 * A rename is refused, with its reason, rather than done in part: when the name means something to the runtime, when the new one is taken or not
 * allowed, and when a place does not spell the name as it is declared.
 */
import type { Range, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Declaration, DeclarationKind, SourceRange } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { parentOf, pathIn } from '../workspace/locations.ts';
import { importEdits } from './file-renames.ts';
import { lookupOf } from './name-lookup.ts';
import { positionEdits } from './renamed-positions.ts';
import { conflictOf, faultOfName, reasonToKeep, typeWithBoth } from './rename-words.ts';
import {
    familyOf,
    type NavigationQuestion,
    type Occurrence,
    occurrencesOf,
    scopeOf,
    type SymbolAt,
    symbolAt,
} from './symbol.ts';
import { editAt, type EditTarget, type PlannedEdit, type PlannedMove, toWorkspaceEdit } from './workspace-edit.ts';

export interface RenameQuestion extends NavigationQuestion {
    /** A file as the editor has it, else as it is on disk; undefined when it cannot be read. Absolute path. */
    readonly textOf: (path: string) => string | undefined;
    /** Files below a directory, relative to it. */
    readonly filesBelow: (directory: string) => readonly string[];
}

export type RenamePreparation =
    | { readonly kind: 'possible'; readonly range: Range; readonly placeholder: string }
    | { readonly kind: 'refused'; readonly reason: string };

export type RenameAnswer =
    | { readonly kind: 'edit'; readonly edit: WorkspaceEdit | null }
    | { readonly kind: 'refused'; readonly reason: string };

/** Whether the name at a position can be renamed, and what is offered to be edited. */
export async function prepareRenameAt(question: RenameQuestion): Promise<RenamePreparation> {
    const renamed = await renamedAt(question);
    if (renamed.kind === 'refused') return renamed;
    return { kind: 'possible', range: toLspRange(renamed.symbol.place.range), placeholder: renamed.oldName };
}

/** The changes that give the name at a position another spelling. */
export async function renameAt(question: RenameQuestion, newName: string, target: EditTarget): Promise<RenameAnswer> {
    const renamed = await renamedAt(question);
    if (renamed.kind === 'refused') return renamed;
    if (newName === renamed.oldName) return { kind: 'edit', edit: null };
    const change = { ...renamed, newName, texts: createTexts(question) };
    const moves = movesOf(question, change);
    const obstacle = obstacleTo(question, change) ?? obstacleToMoves(question, moves, target);
    if (obstacle !== null) return refused(obstacle);
    const family = renamed.family.map((declaration) => ({ directory: renamed.directory, declaration }));
    const occurrences = await occurrencesOf(question, renamed.isExternal ? renamed.symbol.declared : family);
    const odd = occurrences.find((occurrence) => spellingAt(change, occurrence) === null);
    if (odd !== undefined) return refused(oddPlace(odd, renamed.oldName));
    const edits = occurrences.flatMap((occurrence) => editOf(change, occurrence));
    const moved = moves.flatMap((move) => importEdits(question.view.analysis.application, move));
    const positions = positionEdits({
        ...change,
        model: question.view.analysis.application.model,
        textOf: question.textOf,
    });
    return {
        kind: 'edit',
        edit: toWorkspaceEdit({ edits: [...edits, ...moved, ...positions], moves, confirmation: null }, target),
    };
}

interface Renamed {
    readonly kind: 'renamed';
    readonly symbol: SymbolAt;
    /** What is renamed together. */
    readonly family: readonly Declaration[];
    /** Where the files of the declarations are. */
    readonly directory: string;
    readonly what: DeclarationKind;
    readonly oldName: string;
    readonly isExternal: boolean;
}

type Refusal = { readonly kind: 'refused'; readonly reason: string };

interface Change extends Renamed {
    readonly newName: string;
    readonly texts: (path: string) => readonly string[];
}

function refused(reason: string): Refusal {
    return { kind: 'refused', reason };
}

async function renamedAt(question: RenameQuestion): Promise<Renamed | Refusal> {
    const symbol = await symbolAt(question);
    if (symbol === undefined) return refused('There is no name here: keywords, values and comments cannot be renamed.');
    const [first] = symbol.declared;
    if (first === undefined) return refused(unknownName(symbol));
    const { directory, declaration } = first;
    const oldName = simpleNameOf(declaration);
    const reason = reasonToKeep(declaration.kind, oldName);
    if (reason !== null) return refused(reason);
    const isExternal = declaration.kind === 'external';
    const family = isExternal ? [declaration] : familyOf(question, symbol.declared);
    return { kind: 'renamed', symbol, family, directory, what: declaration.kind, oldName, isExternal };
}

function unknownName({ place }: SymbolAt): string {
    const name = place.kind === 'reference' ? place.reference.name : place.declaration.name;
    return `'${name}' is not declared in this workspace: there is nothing to rename.`;
}

/** The last part of a declared name: what is written at its place. */
function simpleNameOf({ kind, name, range }: Declaration): string {
    const length = range.line === range.endLine ? range.endColumn - range.column : 0;
    if (length > 0 && kind !== 'instance') return name.slice(-length);
    return kind === 'instance' ? name.slice(name.lastIndexOf('/') + 1) : name;
}

function obstacleTo(question: RenameQuestion, { what, family, oldName, newName }: Change): string | null {
    const fault = faultOfName(what, newName);
    if (fault !== null) return fault;
    const applications = scopeOf(question, family);
    for (const declaration of family) {
        const name = declaration.name.slice(0, declaration.name.length - oldName.length) + newName;
        const taken = applications.flatMap((application) => lookupOf(application).called(declaration.kind, name));
        const conflict = conflictOf(taken, newName);
        if (conflict !== null) return conflict;
    }
    if (what !== 'variable') return null;
    const owners = new Set(family.map(({ name }) => name.slice(0, name.length - oldName.length - 1)));
    const type = typeWithBoth(question.view.analysis.application.model, owners, { old: oldName, new: newName });
    return type === null ? null : `'${type}' exports a variable called '${newName}' already.`;
}

/** Files and folders that carry the name. */
function movesOf(
    { view, filesBelow }: RenameQuestion,
    { what, family, oldName, newName }: Change,
): readonly PlannedMove[] {
    const { directory } = view.application;
    if (what === 'command' || what === 'rule') {
        const extension = what === 'command' ? 'commands' : 'drl';
        const files = family.map(({ range }) => range.file).filter((file) => isNamed(file, `${oldName}.${extension}`));
        return [...new Set(files)].map((file) => {
            const from = pathIn(directory, file);
            return { from, to: `${parentOf(from)}/${newName}.${extension}` };
        });
    }
    if (what !== 'component') return [];
    const recipe = filesBelow(pathIn(directory, `graph/${oldName}`)).length > 0 ? [`graph/${oldName}`] : [];
    const probes = filesBelow(pathIn(directory, 'probes')).flatMap((file) =>
        file === `${oldName}.measures` || file === `${oldName}.measures.properties` ? [`probes/${file}`] : [],
    );
    return [...recipe, ...probes].map((file) => {
        const renamed = file.replace(`/${oldName}`, () => `/${newName}`);
        return { from: pathIn(directory, file), to: pathIn(directory, renamed) };
    });
}

/** A rule has the name of its file, unless somebody gave it another one. */
function isNamed(file: string, name: string): boolean {
    return file === name || file.endsWith(`/${name}`);
}

function obstacleToMoves(
    { filesBelow, textOf }: RenameQuestion,
    moves: readonly PlannedMove[],
    { abilities }: EditTarget,
): string | null {
    const blocked = moves.find(({ to }) => textOf(to) !== undefined || filesBelow(to).length > 0);
    if (blocked !== undefined) return `There is already something at '${blocked.to}'.`;
    const isPossible = abilities.renamesFiles && abilities.documentChanges;
    const [first] = moves;
    if (isPossible || first === undefined) return null;
    return `This editor does not rename files with texts: rename '${first.from}' yourself.`;
}

/** The text at a place, when it is the name itself, or one with the number that a copy of an instance has; else null. */
function spellingAt({ texts, oldName, what }: Change, { directory, range }: Occurrence): string | null {
    const written = textAt(texts(pathIn(directory, range.file)), range);
    if (written === oldName) return written;
    const number = written.startsWith(oldName) ? written.slice(oldName.length) : 'x';
    return what === 'instance' && /^\d+$/.test(number) ? written : null;
}

function editOf(change: Change, occurrence: Occurrence): readonly PlannedEdit[] {
    const { oldName, newName } = change;
    const written = spellingAt(change, occurrence) ?? oldName;
    return [editAt(occurrence.directory, occurrence.range, newName + written.slice(oldName.length))];
}

function oddPlace({ range }: Occurrence, name: string): string {
    return `'${name}' is spelled in another way in ${range.file}, line ${range.line}: rename it there first.`;
}

function textAt(lines: readonly string[], { line, column, endLine, endColumn }: SourceRange): string {
    if (line !== endLine) return '';
    return lines[line - 1]?.slice(column - 1, endColumn - 1) ?? '';
}

/** The lines of files, split once each. */
function createTexts({ textOf }: RenameQuestion): Change['texts'] {
    const known = new Map<string, readonly string[]>();
    return (path) => {
        const lines = known.get(path) ?? (textOf(path) ?? '').split(/\r\n|\r|\n/);
        known.set(path, lines);
        return lines;
    };
}
