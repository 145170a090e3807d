/** The requests of the Language Server Protocol, each answered by its feature. A fault in one costs that one answer. */
import type { CompletionParams } from 'vscode-languageserver/node';
import { completionAt } from '../features/completion.ts';
import { definitionAt, toLocation } from '../features/definition.ts';
import { hoverAt } from '../features/hover.ts';
import type { Session } from '../session.ts';

/** Registers completion, hover and definition. */
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
