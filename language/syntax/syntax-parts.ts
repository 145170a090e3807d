/** What the syntaxes of line-oriented files have in common. */
import type { RangeOf } from '../application/source-ranges.ts';
import type { Fold, SyntaxToken, TextRange, TokenType } from './file-syntax.ts';

/** A word of a type. Null when it is empty or does not end on its line. */
export function tokenAt(range: TextRange, type: TokenType, isDeclaration = false): SyntaxToken | null {
    const { line, column, endLine, endColumn } = range;
    if (line !== endLine || endColumn <= column) return null;
    return { line, column, length: endColumn - column, type, isDeclaration };
}

/** Sorted; of tokens that overlap, the one that begins first stays, and of those the longest. */
export function orderedTokens(tokens: readonly (SyntaxToken | null)[]): readonly SyntaxToken[] {
    const sorted = tokens
        .flatMap((token) => (token === null ? [] : [token]))
        .sort((a, b) => a.line - b.line || a.column - b.column || b.length - a.length);
    const kept: SyntaxToken[] = [];
    for (const token of sorted) {
        const last = kept.at(-1);
        const isFree = last === undefined || last.line < token.line || last.column + last.length <= token.column;
        if (isFree) kept.push(token);
    }
    return kept;
}

/** The tokens of a comment that may span lines. */
export function commentTokens(text: string, start: number, rangeOf: RangeOf): readonly (SyntaxToken | null)[] {
    const tokens: (SyntaxToken | null)[] = [];
    let from = start;
    for (const line of text.split('\n')) {
        const length = line.trimEnd().length;
        tokens.push(tokenAt(rangeOf(from, from + length), 'comment'));
        from += line.length + 1;
    }
    return tokens;
}

/** Runs of whole lines of comment; `lines` ascend. */
export function commentFolds(lines: readonly number[]): readonly Fold[] {
    const folds: Fold[] = [];
    let first = 0;
    for (const [i, line] of lines.entries()) {
        if (i === 0 || lines[i - 1] !== line - 1) first = line;
        if (lines[i + 1] !== line + 1 && line > first) folds.push({ first, last: line, kind: 'comment' });
    }
    return folds;
}

/** The lines of a block can be folded when there are several. */
export function blockFold({ line, endLine }: TextRange): readonly Fold[] {
    return endLine > line ? [{ first: line, last: endLine, kind: 'region' }] : [];
}

/** A range without the file it stands in. */
export function withoutFile({ line, column, endLine, endColumn }: TextRange): TextRange {
    return { line, column, endLine, endColumn };
}
