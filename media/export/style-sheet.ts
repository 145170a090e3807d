/**
 * Reads the style sheet of the picture, as far as pictures use CSS: rules of classes, tags and `:not`, inside each other by descent, under a colour
 * scheme. What depends on a pointer, a size or time is left out: a file has none of these.
 */

export interface StyleRule {
    /** Outermost first; each must be met by an element inside of those before it. */
    readonly compounds: readonly Compound[];
    readonly declarations: readonly (readonly [property: string, value: string])[];
    /** Greater wins; equal ones in their order. */
    readonly weight: number;
}

export interface Compound {
    /** Empty = any. */
    readonly tag: string;
    readonly classes: readonly string[];
    readonly without: readonly string[];
}

/** The rules that hold under a colour scheme, those that win last. */
export function parseStyleSheet(text: string, scheme: 'light' | 'dark'): readonly StyleRule[] {
    const rules = blocksOf(text.replace(/\/\*[\s\S]*?\*\//g, '')).flatMap(({ head, body }): readonly StyleRule[] => {
        if (!head.startsWith('@')) return rulesOf(head, body);
        return head.replace(/\s+/g, ' ') === `@media (prefers-color-scheme: ${scheme})`
            ? parseStyleSheet(body, scheme)
            : [];
    });
    return rules.toSorted((one, other) => one.weight - other.weight);
}

interface Block {
    readonly head: string;
    readonly body: string;
}

/** What stands before each outermost pair of braces, and within. */
function blocksOf(text: string): readonly Block[] {
    const blocks: Block[] = [];
    let [start, depth, open] = [0, 0, 0];
    for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
        if (brace === '{') {
            if (depth === 0) open = index;
            depth++;
        } else if (--depth === 0) {
            blocks.push({ head: text.slice(start, open).trim(), body: text.slice(open + 1, index) });
            start = index + 1;
        }
    }
    return blocks;
}

function rulesOf(head: string, body: string): readonly StyleRule[] {
    const declarations = declarationsOf(body);
    return splitOutside(head, ',').flatMap((selector) => {
        const compounds = selector
            .trim()
            .split(/\s+/)
            .map((part) => compoundOf(part));
        const known = compounds.filter((compound) => compound !== null);
        return known.length === compounds.length
            ? [{ compounds: known, declarations, weight: known.reduce((sum, compound) => sum + weightOf(compound), 0) }]
            : [];
    });
}

function weightOf({ tag, classes, without }: Compound): number {
    return (classes.length + without.length) * 1000 + (tag === '' ? 0 : 1);
}

/** Null for what is more than tag, classes and `:not` of classes. */
function compoundOf(text: string): Compound | null {
    const parts = /^(?<tag>[a-z]*)(?<rest>(?:\.[\w-]+|:not\(\.[\w-]+\))*)$/.exec(text)?.groups;
    if (parts === undefined || text === '') return null;
    const rest = parts['rest'] ?? '';
    const names = (pattern: RegExp): readonly string[] => [...rest.matchAll(pattern)].map((match) => match[1] ?? '');
    return {
        tag: parts['tag'] ?? '',
        classes: names(/(?<!\()\.([\w-]+)/g),
        without: names(/:not\(\.([\w-]+)\)/g),
    };
}

function declarationsOf(body: string): StyleRule['declarations'] {
    return splitOutside(body, ';').flatMap((declaration) => {
        const colon = declaration.indexOf(':');
        if (colon === -1) return [];
        return [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()] as const];
    });
}

/** Parts between separators that are in no parentheses. */
export function splitOutside(text: string, separator: string): readonly string[] {
    const parts: string[] = [];
    let [depth, start] = [0, 0];
    for (let index = 0; index < text.length; index++) {
        const sign = text[index];
        if (sign === '(') depth++;
        else if (sign === ')') depth--;
        else if (sign === separator && depth === 0) {
            parts.push(text.slice(start, index));
            start = index + 1;
        }
    }
    return [...parts, text.slice(start)].filter((part) => part.trim() !== '');
}
