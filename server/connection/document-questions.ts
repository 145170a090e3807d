/** From the parameters of a request to what is asked about an open document. */
import type { TextDocumentPositionParams } from 'vscode-languageserver/node';
import type { NavigationQuestion } from '../features/symbol.ts';
import type { Session } from '../session.ts';
import type { FileView } from '../workspace/units.ts';

/** What a document means; undefined when it is not open, or none of an application's texts. */
export function viewOf({ workspace, documents }: Session, uri: string): FileView | undefined {
    const document = documents.get(uri);
    return document === undefined || document.kind === 'other' ? undefined : workspace.view(document.path);
}

/** A question about a place of an open document. */
export function questionAt(
    session: Session,
    { textDocument, position }: TextDocumentPositionParams,
): NavigationQuestion | undefined {
    const { workspace } = session;
    const view = viewOf(session, textDocument.uri);
    if (view === undefined) return undefined;
    return {
        view,
        position,
        unreached: (word) => workspace.unreached(view.analysis, word).map(({ application }) => application),
        analyses: workspace.analyses,
    };
}
