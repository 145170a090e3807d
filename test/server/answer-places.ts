/** What stands in answers of a server: places with the file they are in, edits by file, and coloured words. */
import type { TextDocument, TextEdit } from 'vscode-languageserver-textdocument';

interface Place {
    readonly line: number;
    readonly character: number;
}

/** A range as the protocol writes it. */
export interface Span {
    readonly start: Place;
    readonly end: Place;
}

export interface PlacedSpan {
    readonly uri: string;
    readonly range: Span;
}

/** Whether the text has this range, its ends in order. */
export function isInside(document: TextDocument, { start, end }: Span): boolean {
    const isOrdered = start.line < end.line || (start.line === end.line && start.character <= end.character);
    return isOrdered && [start, end].every((place) => isPlaceIn(document, place));
}

function isPlaceIn(document: TextDocument, { line, character }: Place): boolean {
    if (line < 0 || character < 0 || line >= document.lineCount) return false;
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
    return character <= text.replace(/\r\n$|[\r\n]$/, '').length;
}

/** Every range and position in an answer; those that say no file are in the document that was asked about. */
export function* placesIn(answer: unknown, asked: string): Generator<PlacedSpan> {
    if (typeof answer !== 'object' || answer === null) return;
    if (isSpan(answer)) yield { uri: asked, range: answer };
    else if (isPlace(answer)) yield { uri: asked, range: { start: answer, end: answer } };
    else for (const [key, value] of Object.entries(answer)) yield* placesIn(value, fileOf(answer, key, asked));
}

function fileOf(holder: object, key: string, asked: string): string {
    const { uri, targetUri, textDocument, from } = holder as Readonly<Record<string, unknown>>;
    if (key === 'originSelectionRange') return asked;
    // The places of calls are in the file of the caller.
    for (const one of [targetUri, uri, uriOf(textDocument), key === 'fromRanges' ? uriOf(from) : undefined])
        if (typeof one === 'string') return one;
    return key.startsWith('file:') ? key : asked;
}

function uriOf(holder: unknown): unknown {
    return typeof holder === 'object' && holder !== null && 'uri' in holder ? holder.uri : undefined;
}

function isSpan(value: object): value is Span {
    return 'start' in value && 'end' in value && isPlace(value.start) && isPlace(value.end);
}

function isPlace(value: unknown): value is Place {
    return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

interface FileEdits {
    readonly uri: string;
    readonly edits: readonly TextEdit[];
}

/** The text edits of a WorkspaceEdit, in either form. */
export function editsIn(edit: unknown): readonly FileEdits[] {
    // The answer of a server under test: what is not of this form has no edits.
    const { documentChanges = [], changes = {} } = (edit ?? {}) as {
        readonly documentChanges?: readonly { readonly textDocument?: { uri: string }; readonly edits?: TextEdit[] }[];
        readonly changes?: Readonly<Record<string, TextEdit[]>>;
    };
    const rich = documentChanges.flatMap(({ textDocument, edits }) =>
        textDocument === undefined || edits === undefined ? [] : [{ uri: textDocument.uri, edits }],
    );
    return [...rich, ...Object.entries(changes).map(([uri, edits]) => ({ uri, edits }))];
}

/** What is wrong with the words of an answer about tokens: each lies in one line of the text, behind the one before it. */
export function tokenFaults(data: readonly number[], document: TextDocument): readonly string[] {
    const faults: string[] = [];
    let [line, column, free] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 5) {
        const [down = 0, right = 0, length = 0] = data.slice(i, i + 3);
        if (down > 0) free = 0;
        column = down === 0 ? column + right : right;
        line += down;
        const range = { start: { line, character: column }, end: { line, character: column + length } };
        if (length <= 0 || column < free || !isInside(document, range))
            faults.push(`semanticTokens: a word of ${length} at ${line}:${column} behind ${free}`);
        free = column + length;
    }
    return faults;
}

export interface TokenDelta {
    readonly data?: readonly number[];
    readonly edits?: readonly { readonly start: number; readonly deleteCount: number; readonly data?: number[] }[];
}

/** The numbers after an answer about what changed. */
export function withDelta(before: readonly number[], delta: TokenDelta | null): readonly number[] {
    if (delta?.data !== undefined) return delta.data;
    const after = [...before];
    for (const { start, deleteCount, data = [] } of delta?.edits ?? []) after.splice(start, deleteCount, ...data);
    return after;
}
