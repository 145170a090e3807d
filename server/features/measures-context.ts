/** Which part of a probe a position is in, told from its line and the header above it (reference: language, section 7). */
import type { Lines, Typed } from './line-context.ts';

export type MeasuresPlace =
    /** Before the first header. */
    | { readonly kind: 'outside'; readonly typed: Typed }
    /** In `[EVENT handler name]`: the word of it that is being written, 0 for `EVENT`. */
    | { readonly kind: 'header'; readonly word: 0 | 1 | 2; readonly typed: Typed }
    /** On a line below a header; `handler` in lower case, empty when it is not written. */
    | {
          readonly kind: 'body';
          readonly handler: string;
          readonly typed: Typed;
          /** How many lines with text stand between the header and the position. */
          readonly index: number;
      };

/** The part at a 0-based line and column; null in a comment and behind a header. */
export function measuresPlaceAt(lines: Lines, line: number, column: number): MeasuresPlace | null {
    const before = (lines[line] ?? '').slice(0, column);
    const text = before.trimStart();
    if (text.startsWith('#')) return null;
    if (text.startsWith('[')) return headerPlace(before, text);
    const typed = { text, column: column - text.length };
    for (let above = line - 1, index = 0; above >= 0; above -= 1) {
        const header = /^\s*\[event(?:\s+(?<handler>[^\s\]]+))?/i.exec(lines[above] ?? '');
        if (header !== null)
            return { kind: 'body', handler: (header.groups?.['handler'] ?? '').toLowerCase(), typed, index };
        if (/^\s*[^\s#]/.test(lines[above] ?? '')) index += 1;
    }
    return { kind: 'outside', typed };
}

function headerPlace(before: string, text: string): MeasuresPlace | null {
    if (text.includes(']')) return null;
    const words = text.split(/\s+/);
    const number = words.length - 1;
    const last = words.at(-1) ?? '';
    const typed = { text: last, column: before.length - last.length };
    if (number > 2) return null;
    return { kind: 'header', word: number === 0 ? 0 : number === 1 ? 1 : 2, typed };
}
