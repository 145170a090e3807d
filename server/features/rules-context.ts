/** Which part of a rule a position is in, told from the text before it (reference: language, section 6). */
import type { Lines, Typed } from './line-context.ts';
import { endingOf } from './line-words.ts';

export type RulePart = 'outside' | 'name' | 'attributes' | 'when' | 'then';

export interface RulesPlace {
    readonly part: RulePart;
    /** What of the line belongs to what is being written. */
    readonly typed: Typed;
    /** The text of the part so far. */
    readonly text: string;
}

/** The part at a 0-based line and column; null in a comment. */
export function rulesPlaceAt(lines: Lines, line: number, column: number): RulesPlace | null {
    const before = (lines[line] ?? '').slice(0, column);
    const raw = withoutBlockComments([...lines.slice(0, line), before].join('\n'));
    if (raw === null || /\/\/|#/.test(raw.slice(raw.lastIndexOf('\n') + 1))) return null;
    const text = raw.replaceAll(/(?:\/\/|#)[^\n]*\n/g, '\n');
    const { part, from } = partOf(text);
    const character = part === 'then' ? /[^;\n]/ : part === 'name' ? /[^"\n]/ : /[^\n]/;
    const written = endingOf(text.slice(from), character).trimStart();
    return { part, text: text.slice(from), typed: { text: written, column: column - written.length } };
}

/** A blank in place of each comment; null when the last one is not closed. */
function withoutBlockComments(text: string): string | null {
    const parts: string[] = [];
    let from = 0;
    for (let open = text.indexOf('/*'); open >= 0; open = text.indexOf('/*', from)) {
        const close = text.indexOf('*/', open + 2);
        if (close < 0) return null;
        parts.push(text.slice(from, open));
        from = close + 2;
    }
    return [...parts, text.slice(from)].join(' ');
}

function partOf(text: string): { readonly part: RulePart; readonly from: number } {
    const heads = [...text.matchAll(/\brule\s+"/gi)];
    const head = heads.at(-1);
    if (head === undefined) return { part: 'outside', from: 0 };
    const name = head.index + head[0].length;
    const quote = text.indexOf('"', name);
    if (quote < 0) return { part: 'name', from: name };
    return sectionOf(text, quote + 1);
}

/** A word of the rule counts where a blank ends it: what is only begun may become another word. */
function sectionOf(text: string, from: number): { readonly part: RulePart; readonly from: number } {
    const when = endOf(text, /\bwhen\s/gi, from);
    if (when === undefined) return { part: 'attributes', from };
    const then = endOf(text, /\bthen\s/gi, when);
    if (then === undefined) return { part: 'when', from: when };
    const end = endOf(text, /(?:^|[\s;])end(?=\s)/gi, then);
    return end === undefined ? { part: 'then', from: then } : { part: 'outside', from: end };
}

function endOf(text: string, pattern: RegExp, from: number): number | undefined {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    return match === null ? undefined : match.index + match[0].length;
}
