/** `textDocument/formatting` and `rangeFormatting`: the language's formatter as edits of single lines, so that cursors and folds stay where they are. */
import type { Range, TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatEdits, type ModelFileKind } from '../../language/index.ts';

/** The edits that format a whole document; none when it stands well. */
export function formattingOf(kind: ModelFileKind, document: TextDocument): readonly TextEdit[] {
    return formatEdits(kind, document.getText()).map(({ start, end, text }) => ({
        range: { start: document.positionAt(start), end: document.positionAt(end) },
        newText: text,
    }));
}

/** Those of them that concern the lines of a range. A range that ends at the beginning of a line does not reach that line. */
export function rangeFormattingOf(kind: ModelFileKind, document: TextDocument, range: Range): readonly TextEdit[] {
    const isAtLineStart = range.end.character === 0 && range.end.line > range.start.line;
    const last = isAtLineStart ? range.end.line - 1 : range.end.line;
    return formattingOf(kind, document).filter(
        (edit) => edit.range.start.line >= range.start.line && edit.range.start.line <= last,
    );
}
