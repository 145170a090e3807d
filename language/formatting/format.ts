/**
 * The formatter of model files.
 *
 * Laws:
 * 1. What a text means is not touched: the same declarations with the same values are read from the formatted text.
 * 2. Formatting a formatted text changes nothing.
 * 3. A block with a fault in its form is left as it stands, down to its blanks; so is a block that belongs to the other kind of file,
 *    and a file whose characters are damaged.
 */
import { trimBlanks, type Line } from '../parsing/text-lines.ts';
import { isBlankLine, layoutOf, type Layout, type LineForm, type ModelFileKind } from './layout.ts';

export type { ModelFileKind } from './layout.ts';

/** A replacement of the characters from `start` (inclusive) to `end` (exclusive), offsets in UTF-16 units. */
export interface TextEdit {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The text with tabs for indentation, one blank between words, at most one empty line in a row and one between top-level blocks.
 * Line ends and a byte order mark stay as they are. Never throws.
 */
export function formatModelText(kind: ModelFileKind, text: string): string {
    let formatted = '';
    let offset = 0;
    for (const edit of formatEdits(kind, text)) {
        formatted += text.slice(offset, edit.start) + edit.text;
        offset = edit.end;
    }
    return formatted + text.slice(offset);
}

/** The same as edits of single lines, in the order of the text, none overlapping another: lines that stand well are in none. */
export function formatEdits(kind: ModelFileKind, text: string): readonly TextEdit[] {
    const skipped = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    const body = text.slice(skipped);
    // Without the blanks in front of it, the character would become a byte order mark, which is no part of the text.
    if (skipped === 0 && trimBlanks(body).startsWith(BYTE_ORDER_MARK)) return [];
    const layout = layoutOf(kind, body);
    if (layout === undefined) return [];
    const edits = new LineEdits(body, layout).all();
    return skipped === 0
        ? edits
        : edits.map((edit) => ({ ...edit, start: edit.start + skipped, end: edit.end + skipped }));
}

class LineEdits {
    readonly #text: string;
    readonly #layout: Layout;
    readonly #edits: TextEdit[] = [];
    readonly #lineEnd: string;

    constructor(text: string, layout: Layout) {
        this.#text = text;
        this.#layout = layout;
        this.#lineEnd = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
    }

    all(): readonly TextEdit[] {
        const { lines, forms } = this.#layout;
        let previous: number | undefined;
        let blanks: Line[] = [];
        for (const [index, line] of lines.entries()) {
            if (forms[index]?.kind !== 'verbatim' && isBlankLine(line)) {
                blanks.push(line);
                continue;
            }
            this.#separate(previous, blanks, index);
            this.#replace(line, forms[index]);
            previous = index;
            blanks = [];
        }
        for (const line of blanks) this.#remove(line);
        this.#endLastLine(previous);
        return this.#edits;
    }

    /** Leaves as many of the empty lines as there shall be between two others. */
    #separate(previous: number | undefined, blanks: readonly Line[], next: number): void {
        const wanted = this.#wantedBetween(previous, next);
        const keeps = wanted === 'atMostOne' ? Math.min(blanks.length, 1) : wanted;
        if (keeps > blanks.length) {
            const { start } = this.#layout.lines[next] ?? { start: 0 };
            this.#edits.push({ start, end: start, text: this.#lineEnd });
        }
        for (const [i, line] of blanks.entries()) {
            if (i < keeps) this.#rewrite(line, '');
            else this.#remove(line);
        }
    }

    #wantedBetween(previous: number | undefined, next: number): 0 | 1 | 'atMostOne' {
        if (previous === undefined) return 0;
        const { forms, blockStarts } = this.#layout;
        const [before, after] = [forms[previous], forms[next]];
        if (before?.kind === 'formed' && before.opens) return 0;
        if (after?.kind === 'formed' && after.closes) return 0;
        return before?.kind === 'formed' && before.endsUnit && blockStarts.has(next) ? 1 : 'atMostOne';
    }

    #replace(line: Line, form: LineForm | undefined): void {
        if (form?.kind === 'formed') this.#rewrite(line, '\t'.repeat(form.depth) + form.text);
    }

    #rewrite(line: Line, text: string): void {
        const end = this.#text[line.end - 1] === '\r' && line.end > line.start ? line.end - 1 : line.end;
        if (this.#text.slice(line.start, end) !== text) this.#edits.push({ start: line.start, end, text });
    }

    #remove(line: Line): void {
        this.#edits.push({ start: line.start, end: Math.min(line.end + 1, this.#text.length), text: '' });
    }

    /** A file ends with a line end, unless its last line is left as it stands. */
    #endLastLine(index: number | undefined): void {
        const line = index === undefined ? undefined : this.#layout.lines[index];
        if (line === undefined || index === undefined || line.end < this.#text.length) return;
        if (this.#layout.forms[index]?.kind === 'verbatim') return;
        const start = this.#text.length;
        const text = this.#text.endsWith('\r') ? '\n' : this.#lineEnd;
        this.#edits.push({ start, end: start, text });
    }
}
