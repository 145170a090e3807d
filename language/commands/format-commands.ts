/**
 * The formatter of command files.
 *
 * Laws:
 * 1. The same instructions with the same words are read from the formatted text, and the same comments.
 * 2. Formatting a formatted text changes nothing.
 * 3. Blanks inside of values, and what continuations glue, are left as they stand.
 */
import type { TextEdit } from '../formatting/format.ts';
import { parseCommands, type CommandLine } from './commands-file.ts';
import { isLiteral } from './located-text.ts';
import {
    afterSpace,
    BYTE_ORDER_MARK,
    isSpaceAt,
    logicalLinesOf,
    physicalLinesOf,
    withoutMark,
    type PhysicalLine,
} from './logical-lines.ts';

/** Edits of single lines in the order of the text, none overlapping another; offsets are UTF-16 units into the text as it is given. */
export function formatCommands(text: string): readonly TextEdit[] {
    const body = withoutMark(text);
    const skipped = text.length - body.length;
    // Without the blanks in front of it, the character would become a byte order mark, which is no part of the text.
    if (body[afterSpace(body, 0)] === BYTE_ORDER_MARK) return [];
    const edits = new CommandEdits(body).all();
    return edits.map((edit) => ({ ...edit, start: edit.start + skipped, end: edit.end + skipped }));
}

class CommandEdits {
    readonly #text: string;
    readonly #lines: readonly PhysicalLine[];
    readonly #edits: TextEdit[] = [];

    constructor(text: string) {
        this.#text = text;
        this.#lines = physicalLinesOf(text);
    }

    all(): readonly TextEdit[] {
        const instructions = new Map(parseCommands(this.#text, '').lines.map((line) => [line.logical.line, line]));
        let isAfterEmpty = false;
        for (const { line, pieces } of logicalLinesOf(this.#text, this.#lines)) {
            const first = this.#lines[line - 1];
            const last = this.#lastLine(pieces.at(-1)?.offset ?? 0, line);
            if (first === undefined || last === undefined) continue;
            const isEmpty = first === last && afterSpace(this.#text, first.start, first.end) === first.end;
            if (isEmpty && isAfterEmpty && first.next > first.end) this.#replace(first.start, first.next, '');
            else this.#logicalLine(first, last, instructions.get(line));
            isAfterEmpty = isEmpty;
        }
        return this.#edits;
    }

    #lastLine(offset: number, line: number): PhysicalLine | undefined {
        for (let i = line - 1; i < this.#lines.length; i++) {
            const each = this.#lines[i];
            if (each !== undefined && each.end >= offset) return each;
        }
        return undefined;
    }

    #logicalLine(first: PhysicalLine, last: PhysicalLine, line: CommandLine | undefined): void {
        const start = afterSpace(this.#text, first.start, first.end);
        this.#replace(first.start, start, '');
        if (line !== undefined && first === last) this.#blanksIn(first, line);
        const end = this.#endOf(last, Math.max(start, last.start));
        this.#replace(end, last.end, '');
    }

    /** Without the blanks at its end, unless a backslash would then glue the next line to this one. */
    #endOf({ end: written }: PhysicalLine, from: number): number {
        let end = written;
        while (end > from && isSpaceAt(this.#text, end - 1)) end--;
        return end > from && this.#text[end - 1] === '\\' ? written : end;
    }

    /** One blank on both sides of fixed words and before a comment, where there are several; around the sign of equality also where there is none. */
    #blanksIn({ start, end }: PhysicalLine, line: CommandLine): void {
        const { comment } = line.logical;
        const stop = comment < 0 ? end : start + comment;
        let done = afterSpace(this.#text, start, end);
        for (const { at, isSign } of edgesOf(line, start, stop)) {
            let from = at;
            while (from > done && isSpaceAt(this.#text, from - 1)) from--;
            const to = afterSpace(this.#text, at, Math.max(stop, at));
            const isWanted = to > from || (isSign && at > done);
            if (isWanted && to < end && from >= done) this.#replace(from, to, ' ');
            done = Math.max(done, to);
        }
    }

    #replace(start: number, end: number, text: string): void {
        if (this.#text.slice(start, end) !== text) this.#edits.push({ start, end, text });
    }
}

interface Edge {
    readonly at: number;
    readonly isSign: boolean;
}

/** The ends of fixed words that stand in the line as they are, and of what is before its comment, in order. */
function edgesOf({ instruction, logical }: CommandLine, start: number, stop: number): readonly Edge[] {
    if (instruction.kind === 'malformed' || instruction.kind === 'unrecognized') return [];
    const edges = instruction.keywords
        .filter((keyword) => isLiteral(keyword, instruction.uses))
        .flatMap(({ text, range }) =>
            [range.column, range.endColumn].map((column): Edge => ({ at: start + column - 1, isSign: text === '=' })),
        );
    if (logical.comment >= 0) edges.push({ at: stop, isSign: false });
    return edges.toSorted((a, b) => a.at - b.at);
}
