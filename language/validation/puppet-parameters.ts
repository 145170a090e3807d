/** Parameters of Puppet classes, read from the text of a manifest. Nothing is run. */
import { readablePart } from '../application/readable-part.ts';
import type { SourceRange } from '../model/application-model.ts';

export interface PuppetClass {
    /** With their `$`, in any letter case as written. */
    readonly parameters: ReadonlySet<string>;
    /** The line the class begins in. */
    readonly range: SourceRange;
}

const OPENING = '([{';
const CLOSING = ')]}';

/**
 * The first class of a manifest that has a list of parameters; one without parameters when there is none.
 * Null for a manifest that has nothing in parentheses behind the word `class`: like Roboconf, nothing is said of it. Nothing is said of one that is
 * too long to be read whole either.
 */
export function firstClassIn(manifest: string, file: string): PuppetClass | null {
    if (readablePart(manifest).length < manifest.length || !isJudged(manifest)) return null;
    const text = withoutComments(manifest);
    for (const match of text.matchAll(/\bclass\s+[\w:]+(?:\s+inherits\s+[\w:]+)?\s*\(/gi)) {
        const list = listFrom(text, match.index + match[0].length);
        if (list.trim() === '') continue;
        return { parameters: namesIn(list), range: headRange(text, match.index, file) };
    }
    return { parameters: new Set(), range: headRange(text, Math.max(text.search(/\bclass\s/i), 0), file) };
}

/** Whether the word stands somewhere before parentheses with something in them, and no other parenthesis between. */
function isJudged(manifest: string): boolean {
    const last = manifest.lastIndexOf(')');
    let start = 0;
    for (let open = manifest.indexOf('('); open >= 0; open = manifest.indexOf('(', start)) {
        if (open + 1 < last && manifest[open + 1] !== ')' && /class [^]/i.test(manifest.slice(start, open)))
            return true;
        start = open + 1;
    }
    return false;
}

/** What is no code: by what it begins and ends with. What is never closed goes on to the end. */
const SKIPPED: Readonly<Record<string, string>> = { '#': '\n', '/*': '*/', "'": "'", '"': '"' };

/** Comments and what stands in quotes become blanks: every place stays where it is. */
function withoutComments(manifest: string): string {
    let text = '';
    let from = 0;
    for (const { 0: begin, index } of manifest.matchAll(/#|\/\*|['"]/g)) {
        if (index < from) continue;
        const end = endOf(manifest, index + begin.length, SKIPPED[begin] ?? begin);
        text += manifest.slice(from, index) + manifest.slice(index, end).replaceAll(/[^\n]/g, ' ');
        from = end;
    }
    return text + manifest.slice(from);
}

/** Behind the next `closing` that no backslash escapes. */
function endOf(manifest: string, start: number, closing: string): number {
    let at = manifest.indexOf(closing, start);
    while (at > 0 && closing.length === 1 && closing !== '\n' && manifest[at - 1] === '\\')
        at = manifest.indexOf(closing, at + 1);
    return at < 0 ? manifest.length : at + closing.length;
}

/** What stands between a parenthesis that is open and the one that closes it; the rest of the text when none does. */
function listFrom(text: string, start: number): string {
    let depth = 1;
    for (let at = start; at < text.length; at++) {
        const char = text[at] ?? '';
        if (OPENING.includes(char)) depth++;
        else if (CLOSING.includes(char) && --depth === 0) return text.slice(start, at);
    }
    return text.slice(start);
}

/** Of each parameter its name, before its default: a type may stand before it. */
function namesIn(list: string): ReadonlySet<string> {
    const names = new Set<string>();
    let depth = 0;
    let begun = 0;
    const take = (end: number): void => {
        const name = /\$[\w:]+/.exec(list.slice(begun, end).split('=')[0] ?? '')?.[0];
        if (name !== undefined) names.add(name);
        begun = end + 1;
    };
    for (let at = 0; at < list.length; at++) {
        const char = list[at] ?? '';
        if (OPENING.includes(char)) depth++;
        else if (CLOSING.includes(char)) depth--;
        else if (char === ',' && depth === 0) take(at);
    }
    take(list.length);
    return names;
}

function headRange(text: string, at: number, file: string): SourceRange {
    const before = text.slice(0, at).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    const end = text.slice(at).search(/[\r\n(]/);
    const length = text.slice(at, end < 0 ? undefined : at + end).trimEnd().length;
    return { file, line, column, endLine: line, endColumn: column + length };
}
