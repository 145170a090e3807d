/** What the text of one file says by itself, for outline, folding and colours. Positions are 1-based UTF-16 columns, ends exclusive. */

/** A part of a text. */
export interface TextRange {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}

export type OutlineKind =
    'component' | 'facet' | 'instance' | 'property' | 'variable' | 'import' | 'instruction' | 'rule' | 'probe' | 'key';

/** One entry of the outline. `nameRange` lies inside `range`, and `range` inside that of the parent. */
export interface OutlineItem {
    readonly kind: OutlineKind;
    readonly name: string;
    /** A few words beside the name; empty when there is nothing to say. */
    readonly detail: string;
    readonly range: TextRange;
    readonly nameRange: TextRange;
    readonly children: readonly OutlineItem[];
}

/** What a word is, whatever it refers to. */
export type TokenType =
    | 'keyword'
    | 'component'
    | 'facet'
    | 'instance'
    | 'variable'
    | 'property'
    | 'string'
    | 'number'
    | 'comment'
    | 'operator'
    | 'command'
    | 'event'
    | 'path';

/** A coloured word. Never spans lines, never empty; tokens of a file are sorted and do not overlap. */
export interface SyntaxToken {
    readonly line: number;
    readonly column: number;
    readonly length: number;
    readonly type: TokenType;
    readonly isDeclaration: boolean;
}

/** Lines that can be folded; `last` is the last hidden line. */
export interface Fold {
    readonly first: number;
    readonly last: number;
    readonly kind: 'region' | 'comment' | 'imports';
}

export interface FileSyntax {
    readonly outline: readonly OutlineItem[];
    readonly tokens: readonly SyntaxToken[];
    readonly folds: readonly Fold[];
}

/** Of a text nothing is known about. */
export const NO_SYNTAX: FileSyntax = { outline: [], tokens: [], folds: [] };
