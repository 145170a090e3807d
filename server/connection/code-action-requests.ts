/** Code actions. A fault in one costs that one answer. */
import type { CodeAction, CodeActionParams, InitializeParams, ServerCapabilities } from 'vscode-languageserver/node';
import {
    type ActionData,
    CODE_ACTION_KINDS,
    type CodeActionAbilities,
    codeActionsAt,
    resolveAction,
    type Workshop,
} from '../features/code-actions.ts';
import type { Session } from '../session.ts';
import type { FileView } from '../workspace/units.ts';

export const CODE_ACTION_CAPABILITIES: ServerCapabilities = {
    codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS], resolveProvider: true },
};

/** Reads what a client can do with code actions; everything it does not mention it cannot. */
export function codeActionAbilitiesOf(capabilities: InitializeParams['capabilities'] | undefined): CodeActionAbilities {
    const { textDocument, workspace } = capabilities ?? {};
    const { documentChanges, resourceOperations } = workspace?.workspaceEdit ?? {};
    const { codeActionLiteralSupport, resolveSupport, dataSupport } = textDocument?.codeAction ?? {};
    return {
        literals: codeActionLiteralSupport !== undefined,
        resolvesEdits: dataSupport === true && resolveSupport?.properties.includes('edit') === true,
        edits: {
            documentChanges: documentChanges === true,
            createFiles: resourceOperations?.includes('create') === true,
            renameFiles: resourceOperations?.includes('rename') === true,
        },
    };
}

/** Registers code actions, for every open file of an application. */
export function answerCodeActionRequests(session: Session): void {
    const { connection } = session;
    connection.onCodeAction((params) => actions(session, params));
    connection.onCodeActionResolve((action) => resolved(session, action));
}

function actions(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] | null {
    const { abilities } = session;
    const seen = seenFile(session, textDocument.uri);
    if (seen === undefined || !abilities().codeActions.literals) return null;
    const question = {
        ...seen,
        uri: textDocument.uri,
        range,
        diagnostics: context.diagnostics,
        only: context.only,
        trigger: context.triggerKind,
    };
    return [...codeActionsAt(question, workshopOf(session))];
}

function resolved(session: Session, action: CodeAction): CodeAction {
    const data = parseActionData(action.data);
    const seen = data === undefined ? undefined : seenFile(session, data.uri);
    if (data === undefined || seen === undefined) return action;
    return resolveAction(action, data, { ...seen, workshop: workshopOf(session) });
}

/** An open text of an application, or one beside them that may have findings, such as a template. */
function seenFile({ documents, workspace }: Session, uri: string): { view: FileView; path: string } | undefined {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const { path, kind } = document;
    const isAlone = kind === 'other' && workspace.keyOf(path) === path;
    const view = isAlone ? undefined : workspace.view(path);
    return view === undefined ? undefined : { view, path };
}

function workshopOf({ abilities, workspace, locations, documents }: Session): Workshop {
    return {
        abilities: abilities().codeActions,
        textOf: workspace.textOf,
        filesBelow: workspace.filesBelow,
        uriOf: locations.uriOf,
        versionOf: (path) => documents.get(locations.uriOf(path))?.text.version ?? null,
    };
}

const ACTIONS: readonly string[] = ['fixSafely', 'fixAll'] satisfies readonly ActionData['action'][];

function parseActionData(data: unknown): ActionData | undefined {
    if (typeof data !== 'object' || data === null || !('uri' in data) || !('action' in data)) return undefined;
    const { uri, action } = data;
    const code = 'code' in data && typeof data.code === 'string' ? data.code : '';
    if (typeof uri !== 'string' || typeof action !== 'string' || !ACTIONS.includes(action)) return undefined;
    // ACTIONS holds exactly the words of this type.
    return { uri, action: action as ActionData['action'], code };
}
