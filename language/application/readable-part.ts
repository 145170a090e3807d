/**
 * How much of a file beside the model is read: commands, rules, probes, properties. It is far more than a person would write, and is read while
 * that person waits. Model files have limits of their own (see parsing/block-scanner.ts).
 */
const MAX_LINES = 100_000;
const MAX_CHARACTERS = 1_000_000;

/** The part of a text that is read: all of it, but for very long ones. Ends behind a line where it can. */
export function readablePart(text: string): string {
    // A text that is short enough cannot have too many lines.
    if (text.length <= MAX_LINES) return text;
    let lines = 0;
    for (let feed = text.indexOf('\n'); feed >= 0 && feed < MAX_CHARACTERS; feed = text.indexOf('\n', feed + 1)) {
        lines++;
        if (lines === MAX_LINES) return text.slice(0, feed + 1);
    }
    return text.slice(0, MAX_CHARACTERS);
}
