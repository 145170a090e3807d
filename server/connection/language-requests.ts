/** The requests of the Language Server Protocol, each answered by its feature. A fault in one costs that one answer. */
import type { CompletionParams } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ModelFileKind } from '../../language/index.ts';
import { completionAt } from '../features/completion.ts';
import { definitionAt, toLocation } from '../features/definition.ts';
import { formattingOf, rangeFormattingOf } from '../features/formatting.ts';
import { hoverAt } from '../features/hover.ts';
import type { Session } from '../session.ts';

/** Registers completion, hover, definition and formatting. */
export function answerLanguageRequests(session: Session): void {
    const { connection, workspace, documents, locations, abilities } = session;
    connection.onCompletion((params) => completion(session, params));
    connection.onHover(({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined || document.kind === 'other') return null;
        const view = workspace.view(document.path);
        return view === undefined ? null : hoverAt({ kind: document.kind, lines: document.lines(), position, view });
    });
    connection.onDefinition(({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const view = document === undefined || document.kind === 'other' ? undefined : workspace.view(document.path);
        if (view === undefined) return null;
        const links = [...definitionAt(view, position, locations)];
        return abilities().definitionLinks ? links : links.map(toLocation);
    });
    connection.onDocumentFormatting(({ textDocument }) => {
        const document = modelText(session, textDocument.uri);
        return document === undefined ? null : [...formattingOf(document.kind, document.text)];
    });
    connection.onDocumentRangeFormatting(({ textDocument, range }) => {
        const document = modelText(session, textDocument.uri);
        return document === undefined ? null : [...rangeFormattingOf(document.kind, document.text, range)];
    });
}

/** An open document that is a graph or instances file, with its kind. */
function modelText(session: Session, uri: string): { kind: ModelFileKind; text: TextDocument } | undefined {
    const document = session.documents.get(uri);
    if (document?.kind !== 'graph' && document?.kind !== 'instances') return undefined;
    return { kind: document.kind, text: document.text };
}

function completion(
    session: Session,
    { textDocument, position, context }: CompletionParams,
): ReturnType<typeof completionAt> | null {
    const { workspace, documents, abilities } = session;
    const document = documents.get(textDocument.uri);
    if (document === undefined || document.kind === 'other') return null;
    const view = workspace.recentView(document.path);
    if (view === undefined) return null;
    return completionAt({
        path: document.path,
        kind: document.kind,
        lines: document.lines(),
        position,
        view,
        filesBelow: workspace.filesBelow,
        unreached: () => workspace.unreached(view.analysis),
        trigger: context?.triggerCharacter ?? null,
        abilities: abilities().completion,
    });
}
