/** Pieces: the tokens of a block, decided by their place in the line, before they become tokens of a grammar. */
import type { RoboconfTokenNames } from '../generated/ast.ts';
import type { TextRange } from './parsed-file.ts';
import type { Line, Span } from './text-lines.ts';

/** An empty piece stands for something that is missing in the text. */
export interface Piece extends Span {
    readonly type: RoboconfTokenNames;
    readonly line: Line;
}

/** A span of one line as lines and columns. */
export function rangeIn(line: Line, span: Span): TextRange {
    return {
        line: line.number,
        column: span.start - line.start + 1,
        endLine: line.number,
        endColumn: span.end - line.start + 1,
    };
}
