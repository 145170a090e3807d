/** `textDocument/foldingRange`: whole lines, from the syntax of the file. */
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver/node';
import type { FileSyntax, Fold } from '../../language/index.ts';

/** The folds of a file; at most `limit`, outer ones before those they hold. */
export function foldingRangesOf({ folds }: FileSyntax, limit: number): readonly FoldingRange[] {
    const wanted = folds.length <= limit ? folds : outermost(folds, limit);
    return wanted.map(({ first, last, kind }) => ({ startLine: first - 1, endLine: last - 1, kind: KINDS[kind] }));
}

/** As many as may be shown: the longest, for what is in them is folded with them. */
function outermost(folds: readonly Fold[], limit: number): readonly Fold[] {
    const longest = folds.toSorted((one, other) => other.last - other.first - (one.last - one.first)).slice(0, limit);
    return longest.sort((one, other) => one.first - other.first || other.last - one.last);
}

const KINDS = {
    region: FoldingRangeKind.Region,
    comment: FoldingRangeKind.Comment,
    imports: FoldingRangeKind.Imports,
} as const satisfies Readonly<Record<Fold['kind'], FoldingRangeKind>>;
