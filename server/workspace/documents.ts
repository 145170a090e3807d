/** The documents an editor has open, by path. */
import type {
    Connection,
    TextDocumentContentChangeEvent,
    VersionedTextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type FileKind, fileKindOf, type FileSyntax, MAX_FILE_BYTES, syntaxOf } from '../../language/index.ts';
import { LANGUAGE_IDS } from '../protocol.ts';
import { withEditorLines } from './editor-lines.ts';
import type { Locations } from './locations.ts';
import type { OpenTexts } from './overlay.ts';

export interface OpenDocument {
    readonly path: string;
    readonly kind: DocumentKind;
    /** Every line end is LF or CR LF: offsets and places are those of `sent`. */
    readonly text: TextDocument;
    /** As the client has it: what it changes next, it changes in this one. */
    readonly sent: TextDocument;
    /** Without line ends; split once for each version. */
    readonly lines: () => readonly string[];
    /** The same with nothing for lines too long to be read word for word while a person waits. */
    readonly shortLines: () => readonly string[];
    /** What the text says by itself; made once for each version. A text too large to be analysed has none. */
    readonly syntax: () => FileSyntax;
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

/** In UTF-16 units. Editors do not colour longer lines either. */
export const LONGEST_LINE = 20_000;

const NO_SYNTAX: FileSyntax = { outline: [], tokens: [], folds: [] };

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
        documents.set(path, openDocument(path, updated(document.sent, textDocument, contentChanges)));
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

function openDocument(path: string, sent: TextDocument): OpenDocument {
    const text = readable(sent);
    let lines: readonly string[] | undefined;
    let shortLines: readonly string[] | undefined;
    const split = (): readonly string[] => (lines ??= text.getText().split(/\r\n|\r|\n/));
    let syntax: FileSyntax | undefined;
    const kind = kindOf(path, text.languageId);
    return {
        path,
        kind,
        text,
        sent,
        lines: split,
        shortLines: () => (shortLines ??= withoutLongLines(split())),
        syntax: () => (syntax ??= syntaxIn(kind, text.getText())),
    };
}

function readable(sent: TextDocument): TextDocument {
    const text = withEditorLines(sent.getText());
    return text === sent.getText() ? sent : TextDocument.create(sent.uri, sent.languageId, sent.version, text);
}

function withoutLongLines(lines: readonly string[]): readonly string[] {
    const isLong = (line: string): boolean => line.length > LONGEST_LINE;
    return lines.some(isLong) ? lines.map((line) => (isLong(line) ? '' : line)) : lines;
}

function syntaxIn(kind: DocumentKind, text: string): FileSyntax {
    // No text has more characters than bytes.
    return kind === 'other' || text.length > MAX_FILE_BYTES ? NO_SYNTAX : syntaxOf(kind, text);
}

function kindOf(path: string, languageId: string): DocumentKind {
    const [said] = Object.entries(LANGUAGE_IDS).find(([, id]) => id === languageId) ?? [];
    // The keys of LANGUAGE_IDS are kinds of file.
    return (said as keyof typeof LANGUAGE_IDS | undefined) ?? fileKindOf(path) ?? 'other';
}
