/** The pieces that grammars are made of, in the notation of TextMate. */

/** A rule of a grammar, or a part of one. */
export interface Pattern {
    readonly [key: string]: unknown;
}

export const COMMENT: Pattern = { name: 'comment.line.number-sign', match: '#.*$' };

/** A comma between items. */
export const COMMA: Pattern = { match: ',', name: 'punctuation.separator.sequence' };

/** A rule of the grammar's repository. */
export function include(name: string): Pattern {
    return { include: `#${name}` };
}

/** Scopes of groups, from the first on; null leaves a group alone. */
export function captures(...scopes: readonly (string | null)[]): Pattern {
    return Object.fromEntries(scopes.flatMap((name, i) => (name === null ? [] : [[String(i + 1), { name }] as const])));
}

/** Words of a table as an alternative: the longest first, so that none is taken for a shorter one. A blank stands for any blanks. */
export function anyOf(words: readonly string[]): string {
    const sorted = [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    return sorted.map((word) => escaped(word).replaceAll(' ', '\\s+')).join('|');
}

function escaped(text: string): string {
    return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A whole grammar. */
export function grammar(
    name: string,
    id: string,
    parts: { readonly patterns: readonly Pattern[]; readonly repository: Pattern },
): Pattern {
    return { name, scopeName: `source.${id}`, ...parts };
}
