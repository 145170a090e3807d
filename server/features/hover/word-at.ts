/** Words of a line that have a meaning of their own, found by patterns. */

/** A word with what to say about it. Columns are 0-based, the end is exclusive. */
export interface ExplainedWord {
    readonly start: number;
    readonly end: number;
    /** Markdown. */
    readonly text: string;
}

export interface FoundWord {
    readonly text: string;
    readonly start: number;
    readonly end: number;
}

/** The occurrence of a pattern's group `word` that a column touches. The pattern has the flags `d` and `g`. */
export function wordTouching(line: string, pattern: RegExp, column: number): FoundWord | undefined {
    for (const match of line.matchAll(pattern)) {
        const place = match.indices?.groups?.['word'];
        const text = match.groups?.['word'];
        if (place === undefined || text === undefined) continue;
        if (column >= place[0] && column <= place[1]) return { text, start: place[0], end: place[1] };
    }
    return undefined;
}

/** The same with what to say about it; undefined too when there is nothing to say. */
export function explained(word: FoundWord | undefined, meaning: string | undefined): ExplainedWord | undefined {
    if (word === undefined || meaning === undefined || meaning === '') return undefined;
    return { start: word.start, end: word.end, text: meaning };
}
