/** The documents an editor has open, by path. */
import type {
    Connection,
    TextDocumentContentChangeEvent,
    VersionedTextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type FileKind, fileKindOf } from '../../language/index.ts';
import { LANGUAGE_IDS } from '../protocol.ts';
import type { Locations } from './locations.ts';
import type { OpenTexts } from './overlay.ts';

export interface OpenDocument {
    readonly path: string;
    readonly kind: DocumentKind;
    readonly text: TextDocument;
    /** Without line ends; split once for each version. */
    readonly lines: () => readonly string[];
}

/** `other`: a file that may matter to an application without being one of its texts, such as a script. */
export type DocumentKind = FileKind | 'other';

export interface Documents extends OpenTexts {
    readonly get: (uri: string) => OpenDocument | undefined;
    readonly uris: () => readonly string[];
}

export interface DocumentListener {
    readonly opened: (path: string) => void;
    readonly changed: (path: string) => void;
    readonly closed: (path: string) => void;
}

/** Follows the documents of a connection, changes applied in order. */
export function followDocuments(connection: Connection, locations: Locations, listener: DocumentListener): Documents {
    const documents = new Map<string, OpenDocument>();
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
        const path = locations.pathOf(uri);
        documents.set(path, openDocument(path, TextDocument.create(uri, languageId, version, text)));
        listener.opened(path);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
        const path = locations.pathOf(textDocument.uri);
        const document = documents.get(path);
        if (document === undefined) return;
        documents.set(path, openDocument(path, updated(document.text, textDocument, contentChanges)));
        listener.changed(path);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
        const path = locations.pathOf(uri);
        if (documents.delete(path)) listener.closed(path);
    });
    return {
        get: (uri) => documents.get(locations.pathOf(uri)),
        uris: () => [...documents.values()].map(({ text }) => text.uri),
        textOf: (path) => documents.get(path)?.text.getText(),
        paths: () => documents.keys(),
        modelPaths: () => [...documents.values()].filter(({ kind }) => kind !== 'other').map(({ path }) => path),
    };
}

function updated(
    document: TextDocument,
    { version }: VersionedTextDocumentIdentifier,
    changes: readonly TextDocumentContentChangeEvent[],
): TextDocument {
    return TextDocument.update(document, [...changes], version);
}

function openDocument(path: string, text: TextDocument): OpenDocument {
    let lines: readonly string[] | undefined;
    const kind = kindOf(path, text.languageId);
    return { path, kind, text, lines: () => (lines ??= text.getText().split(/\r\n|\r|\n/)) };
}

function kindOf(path: string, languageId: string): DocumentKind {
    const [said] = Object.entries(LANGUAGE_IDS).find(([, id]) => id === languageId) ?? [];
    // The keys of LANGUAGE_IDS are kinds of file.
    return (said as keyof typeof LANGUAGE_IDS | undefined) ?? fileKindOf(path) ?? 'other';
}
