/** Places in a text, for tests that name them by the words that stand there. */

/** A place in a file: line and column count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** Where `words` begins in `text`. Throws when it is not there, for then the test is wrong. */
export const placeOf = (text: string, words: string): Place => {
    const offset = text.indexOf(words);
    if (offset < 0) throw new Error(`'${words}' does not occur in the text`);
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
};
