/** Words of a line, found in time that grows with the line only: patterns that begin anywhere and end at a certain place look at a long line again and again. */

/** The words of a property, as offsets: `name`, blanks, a colon, blanks. */
export interface PropertyWords {
    readonly name: string;
    readonly start: number;
    /** Of the first character behind the colon that is no blank. */
    readonly valueStart: number;
}

const BLANK = /\s/;
const NAME = /[^:\s]/;

/** The first name with a colon behind it; undefined when there is none. */
export function propertyWordsIn(line: string): PropertyWords | undefined {
    for (let colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
        const end = startOfEnd(line, BLANK, colon);
        const start = startOfEnd(line, NAME, end);
        if (start < end) return { name: line.slice(start, end), start, valueStart: endOfStart(line, BLANK, colon + 1) };
    }
    return undefined;
}

/** The characters at the end of a text that match a pattern of one character each. */
export function endingOf(text: string, character: RegExp): string {
    return text.slice(startOfEnd(text, character, text.length));
}

function startOfEnd(text: string, character: RegExp, end: number): number {
    let start = end;
    while (start > 0 && character.test(text.charAt(start - 1))) start -= 1;
    return start;
}

function endOfStart(text: string, character: RegExp, start: number): number {
    let end = start;
    while (end < text.length && character.test(text.charAt(end))) end += 1;
    return end;
}
