/** Requests made while a person writes: completion, hover. A fault in one costs that one answer. */
import type { CompletionParams, ServerCapabilities } from 'vscode-languageserver/node';
import { COMPLETION_TRIGGERS, completionAt, type CompletionKind } from '../features/completion.ts';
import { hoverAt } from '../features/hover.ts';
import type { Session } from '../session.ts';
import type { DocumentKind } from '../workspace/documents.ts';

export const WRITING_CAPABILITIES: ServerCapabilities = {
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: false },
    hoverProvider: true,
};

/** Registers completion and hover. */
export function answerWritingRequests(session: Session): void {
    const { connection, workspace, documents } = session;
    connection.onCompletion((params) => completion(session, params));
    connection.onHover(({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        if (document === undefined || !isCompleted(document.kind)) return null;
        const view = workspace.view(document.path);
        return view === undefined ? null : hoverAt({ kind: document.kind, lines: document.lines(), position, view });
    });
}

function completion(
    session: Session,
    { textDocument, position, context }: CompletionParams,
): ReturnType<typeof completionAt> | null {
    const { workspace, documents, abilities } = session;
    const document = documents.get(textDocument.uri);
    if (document === undefined || !isCompleted(document.kind)) return null;
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

function isCompleted(kind: DocumentKind): kind is CompletionKind {
    return kind === 'graph' || kind === 'instances' || kind === 'descriptor';
}
