/** `textDocument/formatting` and `rangeFormatting`: the language's formatters as edits of single lines, so that cursors and folds stay where they are. */
import type { Range, TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatFile } from '../../language/index.ts';
import type { DocumentKind } from '../workspace/documents.ts';

/** The edits that format a whole document; none when it stands well, or has no form of its own. */
export function formattingOf(kind: DocumentKind, document: TextDocument): readonly TextEdit[] {
    if (kind === 'other') return [];
    return formatFile(kind, document.getText()).map(({ start, end, text }) => ({
        range: { start: document.positionAt(start), end: document.positionAt(end) },
        newText: text,
    }));
}

/** Those of them that concern the lines of a range. A range that ends at the beginning of a line does not reach that line. */
export function rangeFormattingOf(kind: DocumentKind, document: TextDocument, range: Range): readonly TextEdit[] {
    const isAtLineStart = range.end.character === 0 && range.end.line > range.start.line;
    const last = isAtLineStart ? range.end.line - 1 : range.end.line;
    return formattingOf(kind, document).filter(
        (edit) => edit.range.start.line >= range.start.line && edit.range.start.line <= last,
    );
}
