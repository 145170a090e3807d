/** Requests that lead from a name to others: definition. A fault in one costs that one answer. */
import type { ServerCapabilities } from 'vscode-languageserver/node';
import { definitionAt, toLocation } from '../features/definition.ts';
import type { Session } from '../session.ts';

export const NAVIGATION_CAPABILITIES: ServerCapabilities = {
    definitionProvider: true,
};

/** Registers definition. */
export function answerNavigationRequests(session: Session): void {
    const { connection, workspace, documents, locations, abilities } = session;
    connection.onDefinition(({ textDocument, position }) => {
        const document = documents.get(textDocument.uri);
        const view = document === undefined || document.kind === 'other' ? undefined : workspace.view(document.path);
        if (view === undefined) return null;
        const links = [...definitionAt(view, position, locations)];
        return abilities().definitionLinks ? links : links.map(toLocation);
    });
}
