/** Formats properties files. Laws: what comes out is not changed by formatting again, and says the same keys and values in the same order. */
import { parseProperties, type PropertyEntry } from '../application/properties.ts';

/** The byte order mark. */
const MARK = '\uFEFF';

/** `key = value`, without blanks before keys and comments. Values stand as they are: blanks at their end count. Line ends stay too. */
export function formatProperties(text: string): string {
    const { entries, comments } = parseProperties(text, '');
    const pieces = [
        ...entries.map((entry) => ({ start: entry.offsets.keyStart, end: endOf(entry), text: entryText(text, entry) })),
        ...comments.map(({ start, end }) => ({ start, end, text: text.slice(start, end).trimEnd() })),
    ].sort((a, b) => a.start - b.start);
    let formatted = '';
    let from = 0;
    for (const piece of pieces) {
        formatted += between(text.slice(from, piece.start)) + piece.text;
        from = piece.end;
    }
    formatted += between(text.slice(from));
    // A key that begins with this character must not become the first thing of the file: there it is a mark and no part of a key.
    return formatted.startsWith(MARK) === text.startsWith(MARK) ? formatted : text;
}

function endOf({ offsets }: PropertyEntry): number {
    return Math.max(offsets.keyEnd, offsets.valueEnd);
}

/** What stands between entries and comments: line ends, and a mark at the beginning of the file. */
function between(text: string): string {
    return text.replaceAll(/[ \t\f]/g, '');
}

/** An entry whose key is empty, goes on over lines or ends the text in the middle of an escape, or whose sign stands on another line, is left as it is. */
function entryText(text: string, entry: PropertyEntry): string {
    const { keyStart, keyEnd, valueStart, valueEnd } = entry.offsets;
    const key = text.slice(keyStart, keyEnd);
    const gap = text.slice(keyEnd, valueStart);
    if (entry.key === '' || /[\r\n]/.test(key + gap) || isCutOff(key)) return text.slice(keyStart, endOf(entry));
    const value = text.slice(valueStart, valueEnd);
    return value === '' ? `${key} =` : `${key} = ${value}`;
}

function isCutOff(key: string): boolean {
    let start = key.length;
    while (key.charAt(start - 1) === '\\') start--;
    return (key.length - start) % 2 === 1;
}
