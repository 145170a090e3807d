/** Readers of single fields of messages: unknown in, typed or undefined out. Each bounds what it lets through. */

/** Longer texts are not ours: a label of a model file is far below. */
const MAX_TEXT = 1_000_000;
/** Larger coordinates cannot be drawn in any browser. */
const MAX_COORDINATE = 10_000_000;

/** Reads an object that is no array. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
    // A parse function: an object's fields are unknown values under text keys.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Readonly<Record<string, unknown>>)
        : undefined;
}

/** A truth value. */
export function truth(value: unknown): boolean | undefined {
    return typeof value === 'boolean' ? value : undefined;
}

/** Reads a text of bounded length. */
export function text(value: unknown): string | undefined {
    return typeof value === 'string' && value.length <= MAX_TEXT ? value : undefined;
}

/** Reads a whole number from 0. */
export function count(value: unknown): number | undefined {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Reads a coordinate in pixels. */
export function coordinate(value: unknown): number | undefined {
    return typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE ? value : undefined;
}

/** Reads a width or height in pixels. */
export function extent(value: unknown): number | undefined {
    const read = coordinate(value);
    return read !== undefined && read >= 0 ? read : undefined;
}

/** Reads a moment in milliseconds, of whatever clock. */
export function moment(value: unknown): number | undefined {
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Tells whether a value is one of some words. */
export function isOneOf<Word extends string>(words: readonly Word[], value: unknown): value is Word {
    for (const word of words) if (word === value) return true;
    return false;
}

/** Reads one of some words. */
export function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
    return isOneOf(words, value) ? value : undefined;
}

/** Reads a list of at most `max` entries; one bad entry refuses the whole list. */
export function listOf<Entry>(
    value: unknown,
    max: number,
    parseEntry: (entry: unknown) => Entry | undefined,
): readonly Entry[] | undefined {
    if (!Array.isArray(value) || value.length > max) return undefined;
    const entries: Entry[] = [];
    for (const item of value) {
        const entry = parseEntry(item);
        if (entry === undefined) return undefined;
        entries.push(entry);
    }
    return entries;
}

/** More entries than this in one record are not ours. */
const MAX_ENTRIES = 200_000;

/** Reads a record of many values of one kind; one bad value refuses the whole record. It has no prototype: any text may be a key. */
export function mapOf<Value>(
    value: unknown,
    parseValue: (value: unknown) => Value | undefined,
): Record<string, Value> | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    const keys = Object.keys(fields);
    if (keys.length > MAX_ENTRIES) return undefined;
    // An object without a prototype has no fields of its own yet: it is a record of anything.
    const parsed = Object.create(null) as Record<string, Value>;
    for (const key of keys) {
        const entry = parseValue(fields[key]);
        if (entry === undefined) return undefined;
        parsed[key] = entry;
    }
    return parsed;
}

/** Reads null, or what `parse` reads. */
export function nullOr<Value>(value: unknown, parse: (value: unknown) => Value | undefined): Value | null | undefined {
    return value === null ? null : parse(value);
}

/** The record without its `undefined` alternatives, or undefined when a field is missing. */
export function allOf<Parts extends Readonly<Record<string, unknown>>>(
    parts: Parts,
): { [Key in keyof Parts]: Exclude<Parts[Key], undefined> } | undefined {
    // Messages have hundreds of thousands of fields: a list of the values of each record would cost more than reading them.
    for (const key in parts) if (parts[key] === undefined) return undefined;
    // Every value was just seen to be defined.
    return parts as { [Key in keyof Parts]: Exclude<Parts[Key], undefined> };
}
