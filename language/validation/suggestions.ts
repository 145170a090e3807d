/** Did-you-mean: the known name closest to an unknown one. */

const MAX_DISTANCE = 2;
/** Comparisons one analysis may spend: thousands of unknown names among thousands of known ones must stay cheap. */
const BUDGET = 100_000;

export interface Suggestions {
    /** The nearest candidate at most two edits away (letter case counts for nothing), or null. */
    readonly closest: (word: string, candidates: Iterable<string>) => string | null;
}

/** Suggestions of one analysis; they become rarer, never slower, when very many are asked for. */
export function createSuggestions(): Suggestions {
    let budget = BUDGET;
    return {
        closest: (word, candidates) => {
            let best: string | null = null;
            let bestDistance = Math.min(MAX_DISTANCE, Math.floor(word.length / 2)) + 1;
            for (const candidate of candidates) {
                if (budget-- <= 0) break;
                if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance) continue;
                const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
                if (distance >= bestDistance) continue;
                best = candidate;
                bestDistance = distance;
            }
            return best;
        },
    };
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other; 3 or more is not counted further. */
function editDistance(a: string, b: string): number {
    if (Math.abs(a.length - b.length) > MAX_DISTANCE) return MAX_DISTANCE + 1;
    let rows: Rows = { before: [], last: Array.from({ length: b.length + 1 }, (_, i) => i) };
    for (let i = 1; i <= a.length; i++) {
        rows = { before: rows.last, last: nextRow(a, b, i, rows) };
        if (Math.min(...rows.last) > MAX_DISTANCE) return MAX_DISTANCE + 1;
    }
    return at(rows.last, b.length);
}

interface Rows {
    readonly before: readonly number[];
    readonly last: readonly number[];
}

function nextRow(a: string, b: string, i: number, { before, last }: Rows): readonly number[] {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
        const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
        const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        const swapped = isSwap ? at(before, j - 2) + 1 : replaced;
        row.push(Math.min(replaced, swapped, at(last, j) + 1, at(row, j - 1) + 1));
    }
    return row;
}

function at(row: readonly number[], index: number): number {
    return row[index] ?? 0;
}
