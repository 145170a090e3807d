/** Which part of a rule a position is in, told from the text before it (reference: language, section 6). */
import type { Lines, Typed } from './line-context.ts';

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
    const raw = [...lines.slice(0, line), before].join('\n');
    const text = raw.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(?:\/\/|#).*\n/g, '\n');
    const last = text.slice(text.lastIndexOf('\n') + 1);
    if (/\/\*/.test(text) || /\/\/|#/.test(last)) return null;
    const { part, from } = partOf(text);
    const separator = part === 'then' ? /[^;\n]*$/ : part === 'name' ? /[^"\n]*$/ : /[^\n]*$/;
    const written = (separator.exec(text.slice(from))?.[0] ?? '').trimStart();
    return { part, text: text.slice(from), typed: { text: written, column: column - written.length } };
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
