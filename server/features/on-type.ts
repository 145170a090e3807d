/** `textDocument/onTypeFormatting` in model files. */
import type { DocumentOnTypeFormattingParams, TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { typedEdits, type TypedCharacter } from '../../language/index.ts';

/** The first of these is Enter. */
export const TYPED_CHARACTERS = ['\n', '}', '{'] as const satisfies readonly TypedCharacter[];

/** The edits that follow from a typed character. */
export function onTypeEdits(document: TextDocument, params: DocumentOnTypeFormattingParams): readonly TextEdit[] {
    const character = TYPED_CHARACTERS.find((one) => one === params.ch);
    if (character === undefined) return [];
    const { insertSpaces, tabSize } = params.options;
    const indentation = insertSpaces ? ' '.repeat(Math.max(1, Math.min(tabSize, 16))) : '\t';
    const offset = document.offsetAt(params.position);
    return typedEdits(document.getText(), { character, offset, indentation }).map(({ start, end, text }) => ({
        range: { start: document.positionAt(start), end: document.positionAt(end) },
        newText: text,
    }));
}
