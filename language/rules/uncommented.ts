/**
 * The text of a rules file without its comments, removed as Roboconf does (reference: language, section 6): first all `/* … *\/`, then all `// …`
 * with their line break, then all `# …` with theirs. Quotes protect nothing, and a line comment that no line break ends is no comment.
 */

/** What is left, with the place of each of its characters in the original. */
export interface Uncommented {
    readonly text: string;
    /** The offset in the original of a character of `text`; the original's length for its end. */
    readonly offsetOf: (index: number) => number;
}

interface Kept {
    readonly text: string;
    readonly offsets: Uint32Array;
}

interface Comment {
    readonly opener: string;
    readonly closer: string;
}

const COMMENTS: readonly Comment[] = [
    { opener: '/*', closer: '*/' },
    { opener: '//', closer: '\n' },
    { opener: '#', closer: '\n' },
];

/** Removes the comments of any text, as Roboconf does. */
export function uncommented(text: string): Uncommented {
    const all: Kept = { text, offsets: Uint32Array.from({ length: text.length }, (_, i) => i) };
    const kept = COMMENTS.reduce(without, all);
    return { text: kept.text, offsetOf: (index) => kept.offsets[index] ?? text.length };
}

/** The first comment that is not closed ends the search: none behind it is. */
function without(kept: Kept, { opener, closer }: Comment): Kept {
    const { text, offsets } = kept;
    const parts: string[] = [];
    const left = new Uint32Array(offsets.length);
    let length = 0;
    const keep = (start: number, end: number): void => {
        parts.push(text.slice(start, end));
        left.set(offsets.subarray(start, end), length);
        length += end - start;
    };
    let from = 0;
    for (let open = text.indexOf(opener); open >= 0; open = text.indexOf(opener, from)) {
        const close = text.indexOf(closer, open + opener.length);
        if (close < 0) break;
        keep(from, open);
        from = close + closer.length;
    }
    if (from === 0) return kept;
    keep(from, text.length);
    return { text: parts.join(''), offsets: left.subarray(0, length) };
}
