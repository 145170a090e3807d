/** Did-you-mean: the known word that was most likely meant. */

/** The known word closest to `word`, or undefined when none is close: at most a third of the letters differ. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
    const ranked = known
        .map((candidate) => ({ candidate, distance: distanceOf(word.toLowerCase(), candidate.toLowerCase()) }))
        .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
        .sort((left, right) => left.distance - right.distance);
    return ranked[0]?.candidate ?? startingWith(word, known);
}

/** ` Did you mean 'worker'?` with a blank before it, or nothing. */
export function meantHint(word: string, known: readonly string[]): string {
    const nearest = nearestOf(word, known);
    return nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
}

/** The only known word that begins as `word` does. */
function startingWith(word: string, known: readonly string[]): string | undefined {
    const found = word.length < 2 ? [] : known.filter((candidate) => candidate.startsWith(word));
    return found.length === 1 ? found[0] : undefined;
}

/** Letters to insert, remove, replace, or to swap with their neighbour. */
function distanceOf(from: string, to: string): number {
    const cells = Array.from({ length: from.length + 1 }, (_, row) => [row]);
    const at = (row: number, column: number): number =>
        row < 0 || column < 0 ? Number.POSITIVE_INFINITY : row === 0 ? column : (cells[row]?.[column] ?? 0);
    for (let row = 1; row <= from.length; row++) {
        for (let column = 1; column <= to.length; column++) {
            const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            cells[row]?.push(
                Math.min(
                    at(row - 1, column) + 1,
                    at(row, column - 1) + 1,
                    at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1),
                    isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
                ),
            );
        }
    }
    return at(from.length, to.length);
}
