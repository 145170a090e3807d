/** Readers of single fields of messages: unknown in, typed or undefined out. */

/** A field of whatever came; undefined when it has none. */
export function fieldOf(value: unknown, field: string): unknown {
    if (typeof value !== 'object' || value === null) return undefined;
    // Any object may be asked for any field: what is there is not trusted before it is looked at.
    return Object.hasOwn(value, field) ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
}

/** A field that is a text. */
export function textField(value: unknown, field: string): string | undefined {
    const found = fieldOf(value, field);
    return typeof found === 'string' ? found : undefined;
}

/** A field that is a whole number from 0. */
export function countField(value: unknown, field: string): number | undefined {
    const found = fieldOf(value, field);
    return typeof found === 'number' && Number.isInteger(found) && found >= 0 ? found : undefined;
}

/** A list of texts. */
export function textsOf(value: unknown): readonly string[] | undefined {
    if (!Array.isArray(value)) return undefined;
    const texts = value.filter((item): item is string => typeof item === 'string');
    return texts.length === value.length ? texts : undefined;
}

/** One of some words. */
export function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
    return words.find((word) => word === value);
}
