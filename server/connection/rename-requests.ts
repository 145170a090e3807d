/** Requests that rename: names in texts, and files with the texts that name them. */
import {
    type FileOperationOptions,
    type FileRename,
    LSPErrorCodes,
    type Position,
    RenameFile,
    ResponseError,
    type TextDocumentPositionParams,
    type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Application } from '../../language/index.ts';
import { editsBeforeRename } from '../features/file-renames.ts';
import { prepareRenameAt, renameAt, type RenameQuestion } from '../features/rename.ts';
import type { EditTarget } from '../features/workspace-edit.ts';
import type { Session } from '../session.ts';
import { baseNameOf } from '../workspace/locations.ts';
import { questionAt } from './document-questions.ts';

/** Files that others name, and folders that may hold some or be a recipe. */
export const RENAME_FILTERS: Readonly<NonNullable<FileOperationOptions['willRename']>['filters']> = [
    { scheme: 'file', pattern: { glob: '**/*.{graph,instances,commands,drl}', matches: 'file' } },
    { scheme: 'file', pattern: { glob: '**/{graph,instances}/**', matches: 'folder' } },
];

/** Registers renaming. */
export function answerRenameRequests(session: Session): void {
    const { connection } = session;
    const given = createGivenMoves(session);
    connection.onPrepareRename(async (params) => {
        const question = renameQuestion(session, params);
        if (question === undefined) return null;
        const answer = await prepareRenameAt(question);
        if (answer.kind === 'refused') return refuse(answer.reason);
        return { range: answer.range, placeholder: answer.placeholder };
    });
    connection.onRenameRequest(async ({ textDocument, position, newName }) => {
        const question = renameQuestion(session, { textDocument, position });
        if (question === undefined) return null;
        const answer = await renameAt(question, newName, editTarget(session));
        if (answer.kind === 'refused') return refuse(answer.reason);
        given.remember(answer.edit);
        return answer.edit;
    });
    connection.workspace.onWillRenameFiles((params) => {
        const files = params.files.filter((file) => !given.take(file));
        const { workspace } = session;
        const isDirectory = (path: string): boolean => workspace.filesBelow(path).length > 0;
        const applicationsAround = (path: string): readonly Application[] => analysesAround(session, path);
        return editsBeforeRename({ files, isDirectory, applicationsAround }, editTarget(session));
    });
}

interface GivenMoves {
    readonly remember: (edit: WorkspaceEdit | null) => void;
    /** Whether a move is part of the last rename that was answered; each is taken once. */
    readonly take: (file: FileRename) => boolean;
}

/**
 * A client that moves a file because a rename says so announces that like any other move, perhaps before it tells of the changed texts: to answer
 * from the old ones would change them twice.
 */
function createGivenMoves({ locations }: Session): GivenMoves {
    let moves = new Set<string>();
    const keyOf = ({ oldUri, newUri }: FileRename): string =>
        `${locations.pathOf(oldUri)}\n${locations.pathOf(newUri)}`;
    return {
        remember: (edit) => {
            const renamed = (edit?.documentChanges ?? []).filter((change) => RenameFile.is(change));
            moves = new Set(renamed.map(keyOf));
        },
        take: (file) => moves.delete(keyOf(file)),
    };
}

function renameQuestion(
    session: Session,
    params: TextDocumentPositionParams & { readonly position: Position },
): RenameQuestion | undefined {
    const question = questionAt(session, params);
    if (question === undefined) return undefined;
    const { textOf, filesBelow } = session.workspace;
    return { ...question, textOf, filesBelow };
}

function analysesAround({ workspace }: Session, path: string): readonly Application[] {
    const analysis = workspace.view(path)?.analysis;
    if (analysis === undefined || analysis.kind === 'file') return [];
    const unreached = workspace.unreached(analysis, baseNameOf(path)).map(({ application }) => application);
    return [analysis.application, ...analysis.strays.values(), ...unreached];
}

function editTarget({ locations, abilities, documents }: Session): EditTarget {
    const versionOf = (uri: string): number | null => documents.get(uri)?.text.version ?? null;
    return { locations, abilities: abilities().navigation.edits, versionOf };
}

/** Editors show the reason. */
function refuse(reason: string): never {
    throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
