/** Date patterns as `FORMATTED_TIME` takes them (reference: language, section 5.3): letters stand for parts of a date, quotes keep a text as it is. */

/** Every letter that means something; all others are refused. */
const LETTERS = 'GyMdkHmsSEDFwWahKzZYuXL';
/** Parts that are written as words or with signs; months only when they are long. */
const WORDY = 'GEazZXML';
/** Time zones in ISO 8601 have at most this many letters. */
const MAX_ISO_ZONE = 3;

/** Why a pattern cannot be used. */
export type PatternFault =
    | { readonly kind: 'empty' }
    | { readonly kind: 'letter'; readonly letter: string }
    | { readonly kind: 'openQuote' }
    | { readonly kind: 'zone' };

/** A run of the same letter, a quoted text, or other characters. */
const PARTS = /'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g;

/** The first fault of a pattern; null when there is none. */
export function patternFault(pattern: string): PatternFault | null {
    if (pattern.trim() === '') return { kind: 'empty' };
    for (const [part, letter] of pattern.matchAll(PARTS)) {
        if (part === "'") return { kind: 'openQuote' };
        if (letter === undefined) continue;
        if (!LETTERS.includes(letter)) return { kind: 'letter', letter };
        if (letter === 'X' && part.length > MAX_ISO_ZONE) return { kind: 'zone' };
    }
    return null;
}

/** A text in the form that a sound pattern gives, whatever the time: digits for numbers, letters for words. */
export function sampleTime(pattern: string): string {
    return pattern.replaceAll(PARTS, (part: string, letter: string | undefined) => {
        if (letter !== undefined)
            return isWordy(letter, part.length) ? 'a'.repeat(part.length) : '0'.repeat(part.length);
        return part.startsWith("'") ? quotedText(part) : part;
    });
}

function isWordy(letter: string, length: number): boolean {
    return WORDY.includes(letter) && (length > 2 || (letter !== 'M' && letter !== 'L'));
}

function quotedText(part: string): string {
    return part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'");
}
