/** Differences between two answers about the tokens of a file. One answer is kept for each document that is open. */
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver/node';

export interface TokenDeltas {
    /** The whole answer. */
    readonly full: (path: string, data: number[]) => SemanticTokens;
    /** What differs from the answer with an identifier; the whole when that is not the last one. */
    readonly since: (path: string, previousResultId: string, data: number[]) => SemanticTokens | SemanticTokensDelta;
    /** How many answers are kept. */
    readonly keptCount: () => number;
}

interface Kept {
    readonly resultId: string;
    readonly data: readonly number[];
}

/** Keeps the last answer of each path that is still open. */
export function createTokenDeltas(isOpen: (path: string) => boolean): TokenDeltas {
    const kept = new Map<string, Kept>();
    let lastId = 0;
    const keep = (path: string, data: readonly number[]): string => {
        lastId += 1;
        for (const known of kept.keys()) if (!isOpen(known)) kept.delete(known);
        if (isOpen(path)) kept.set(path, { resultId: String(lastId), data });
        return String(lastId);
    };
    const full = (path: string, data: number[]): SemanticTokens => ({ resultId: keep(path, data), data });
    return {
        full,
        since: (path, previousResultId, data) => {
            const before = kept.get(path);
            if (before?.resultId !== previousResultId) return full(path, data);
            return { resultId: keep(path, data), edits: editsBetween(before.data, data) };
        },
        keptCount: () => kept.size,
    };
}

/** One edit, from the first number that differs to the last one. */
function editsBetween(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
    const most = Math.min(before.length, after.length);
    let start = 0;
    while (start < most && before[start] === after[start]) start++;
    if (start === before.length && start === after.length) return [];
    let same = 0;
    while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++;
    return [{ start, deleteCount: before.length - start - same, data: after.slice(start, after.length - same) }];
}
