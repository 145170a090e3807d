/**
 * The text of a file as code actions see it: lines as the language reads them (they end with LF, `#` begins a comment), offsets into the text,
 * and how the file is written, so that what is added looks like what is there.
 */

/** One line. Offsets are UTF-16 units into the whole text; `end` is exclusive and before the line end. */
export interface SourceLine {
    /** 1-based. */
    readonly number: number;
    readonly start: number;
    readonly end: number;
    /** Without line end. */
    readonly text: string;
    /** Without comment and the blanks before it. */
    readonly code: string;
    /** The blanks it begins with. */
    readonly indent: string;
}

export interface SourceText {
    /** Relative to the application. */
    readonly file: string;
    readonly text: string;
    readonly lines: readonly SourceLine[];
    readonly lineEnd: '\n' | '\r\n';
    /** What one level of indentation is written as. */
    readonly unit: string;
    /** The offset of a 1-based line and column; places outside the text are moved into it. */
    readonly offsetOf: (line: number, column: number) => number;
    /** The line of a number; the nearest one for a number outside the text. */
    readonly lineOf: (number: number) => SourceLine;
    readonly lineAt: (offset: number) => SourceLine;
}

const NOTHING: SourceLine = { number: 1, start: 0, end: 0, text: '', code: '', indent: '' };

/** Splits a text; an empty text has one empty line. */
export function sourceTextOf(file: string, text: string): SourceText {
    const lines = linesOf(text);
    const lineOf = (number: number): SourceLine => lines[Math.min(Math.max(number, 1), lines.length) - 1] ?? NOTHING;
    return {
        file,
        text,
        lines,
        lineEnd: /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n',
        unit: /^(?<unit>\t| {2,8})\S/m.exec(text)?.groups?.['unit'] ?? '\t',
        offsetOf: (line, column) => {
            if (line > lines.length) return text.length;
            const { start, end } = lineOf(line);
            return Math.min(start + Math.max(column, 1) - 1, end + 1, text.length);
        },
        lineOf,
        lineAt: (offset) => lineOf(numberAt(lines, offset)),
    };
}

function linesOf(text: string): readonly SourceLine[] {
    let start = 0;
    return text.split('\n').map((whole, i) => {
        const line = lineFrom(whole, start, i + 1);
        start += whole.length + 1;
        return line;
    });
}

function lineFrom(whole: string, start: number, number: number): SourceLine {
    const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    const comment = text.indexOf('#');
    const code = (comment < 0 ? text : text.slice(0, comment)).trimEnd();
    const indent = /^\s*/.exec(text)?.[0] ?? '';
    return { number, start, end: start + text.length, text, code, indent };
}

function numberAt(lines: readonly SourceLine[], offset: number): number {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((lines[middle]?.start ?? 0) <= offset) low = middle;
        else high = middle - 1;
    }
    return low + 1;
}
