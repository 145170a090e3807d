/** Requests about how a text stands and looks: formatting. A fault in one costs that one answer. */
import type { ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ModelFileKind } from '../../language/index.ts';
import { formattingOf, rangeFormattingOf } from '../features/formatting.ts';
import type { Session } from '../session.ts';

export const PRESENTATION_CAPABILITIES: ServerCapabilities = {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
};

/** Registers formatting. */
export function answerPresentationRequests(session: Session): void {
    const { connection } = session;
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
