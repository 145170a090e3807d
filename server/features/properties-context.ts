/** Where a position is in a properties file, told from its line and the lines it continues. */
import type { Lines, Typed } from './line-context.ts';
import { endingOf } from './line-words.ts';

export type PropertiesContext =
    /** In a comment. */
    | { readonly kind: 'nothing' }
    /** In a key; `hasSeparator` tells that a separator follows it. */
    | { readonly kind: 'key'; readonly typed: Typed; readonly hasSeparator: boolean }
    /** In the value of a key. */
    | { readonly kind: 'value'; readonly key: string; readonly typed: Typed };

/** Keys as they are written, `#` and `!` begin a comment. */
const ENTRY = /^(?<head>\s*(?<key>[^\s=:#!](?:\\.|[^\s=:\\])*)(?:\s*[=:]\s*|\s+))(?<value>.*)$/;

/** The context of a 0-based line and column. */
export function propertiesContextAt(lines: Lines, line: number, column: number): PropertiesContext {
    const whole = lines[line] ?? '';
    const before = whole.slice(0, column);
    const first = firstLineOf(lines, line);
    if (/^\s*[#!]/.test(lines[first] ?? '')) return { kind: 'nothing' };
    if (first < line) {
        const key = ENTRY.exec(lines[first] ?? '')?.groups?.['key'] ?? '';
        return { kind: 'value', key, typed: typedAtEnd(before, before.trimStart()) };
    }
    return ownContext(before, whole.slice(column));
}

/** The context on the first line of an entry. */
function ownContext(before: string, after: string): PropertiesContext {
    const entry = ENTRY.exec(before)?.groups;
    if (entry !== undefined)
        return { kind: 'value', key: entry['key'] ?? '', typed: typedAtEnd(before, entry['value'] ?? '') };
    const hasSeparator = /^[^\s=:]*\s*[=:]/.test(after);
    return { kind: 'key', typed: typedAtEnd(before, before.trimStart()), hasSeparator };
}

/** Keys of a file with their values as far as they stand on the same line; `except` is a line that does not count. */
export function entriesIn(lines: Lines, except: number): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    lines.forEach((line, index) => {
        const entry = ENTRY.exec(line)?.groups;
        if (index === except || entry === undefined || isContinued(lines, index - 1)) return;
        found.set(entry['key'] ?? '', (entry['value'] ?? '').trim());
    });
    return found;
}

function firstLineOf(lines: Lines, line: number): number {
    let first = line;
    while (first > 0 && isContinued(lines, first - 1)) first -= 1;
    return first;
}

/** A line that ends with an odd number of backslashes goes on in the next one, unless it is a comment. */
function isContinued(lines: Lines, line: number): boolean {
    const text = lines[line] ?? '';
    return endingOf(text, /\\/).length % 2 === 1 && !/^\s*[#!]/.test(text);
}

function typedAtEnd(before: string, text: string): Typed {
    return { text, column: before.length - text.length };
}
