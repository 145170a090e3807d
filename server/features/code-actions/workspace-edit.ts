/** From changes to the protocol's edit, on the newest texts. */
import type { CreateFile, RenameFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Change } from './fix.ts';
import type { SourceText } from './source-text.ts';

/** What a client can do with edits. */
export interface EditAbilities {
    /** It understands edits of documents of a certain version. */
    readonly documentChanges: boolean;
    readonly createFiles: boolean;
    readonly renameFiles: boolean;
}

/** Where files are, in the client's words. */
export interface EditPlaces {
    readonly textOf: (file: string) => SourceText | undefined;
    readonly uriOf: (file: string) => string;
    /** Null for a file that is not open. */
    readonly versionOf: (file: string) => number | null;
}

type Replacement = Extract<Change, { kind: 'replace' }>;

/** Whether a client can make changes of these kinds. */
export function canMake(changes: readonly Change[], abilities: EditAbilities): boolean {
    const { documentChanges, createFiles, renameFiles } = abilities;
    return changes.every(({ kind }) => {
        switch (kind) {
            case 'replace':
                return true;
            case 'create':
                return documentChanges && createFiles;
            case 'rename':
                return documentChanges && renameFiles;
            default:
                return kind satisfies never;
        }
    });
}

/** The edit; version-checked when the client can. Files are made before they are filled, and moved last. */
export function workspaceEditOf(
    changes: readonly Change[],
    places: EditPlaces,
    { documentChanges }: EditAbilities,
): WorkspaceEdit {
    const replaced = Map.groupBy(
        changes.filter((change) => change.kind === 'replace'),
        ({ file }) => file,
    );
    const texts = [...replaced].map(([file, edits]) => [file, textEditsOf(file, edits, places)] as const);
    if (!documentChanges) {
        return { changes: Object.fromEntries(texts.map(([file, edits]) => [places.uriOf(file), [...edits]])) };
    }
    return {
        documentChanges: [
            ...changes.flatMap((change) => (change.kind === 'create' ? creation(change, places) : [])),
            ...texts.map(([file, edits]) => documentEdit(file, edits, places)),
            ...changes.flatMap((change) => (change.kind === 'rename' ? [move(change, places)] : [])),
        ],
    };
}

function documentEdit(file: string, edits: readonly TextEdit[], places: EditPlaces): TextDocumentEdit {
    return { textDocument: { uri: places.uriOf(file), version: places.versionOf(file) }, edits: [...edits] };
}

/** Of edits at one place, the order is that of the changes. */
function textEditsOf(file: string, edits: readonly Replacement[], places: EditPlaces): readonly TextEdit[] {
    const source = places.textOf(file);
    if (source === undefined) return [];
    const document = TextDocument.create('', '', 0, source.text);
    const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
    return sorted.map(({ start, end, text }) => ({
        range: { start: document.positionAt(start), end: document.positionAt(end) },
        newText: source.lineEnd === '\n' ? text : text.replaceAll('\n', source.lineEnd),
    }));
}

function creation(
    { file, text }: Extract<Change, { kind: 'create' }>,
    places: EditPlaces,
): readonly (CreateFile | TextDocumentEdit)[] {
    const uri = places.uriOf(file);
    const made: CreateFile = { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } };
    if (text === '') return [made];
    const start = { line: 0, character: 0 };
    const edits = [{ range: { start, end: start }, newText: text }];
    return [made, { textDocument: { uri, version: null }, edits }];
}

function move({ file, to }: Extract<Change, { kind: 'rename' }>, places: EditPlaces): RenameFile {
    return {
        kind: 'rename',
        oldUri: places.uriOf(file),
        newUri: places.uriOf(to),
        options: { overwrite: false, ignoreIfExists: false },
    };
}
