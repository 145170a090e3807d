/** Texts that a page is handed in the editor's language. */
import { recordOf } from './protocol/fields.ts';

/** Reads the texts of the keys of `english` out of JSON; what is missing or no text is English. */
export function handedTexts<Key extends string>(
    json: string | null,
    english: Readonly<Record<Key, string>>,
): Readonly<Record<Key, string>> {
    const given = recordIn(json);
    const entries = Object.entries<string>(english).map(([key, fallback]) => {
        const text = Object.hasOwn(given, key) ? given[key] : undefined;
        return [key, typeof text === 'string' ? text : fallback] as const;
    });
    // The keys are those of `english`, each with a text.
    return Object.fromEntries(entries) as Readonly<Record<Key, string>>;
}

function recordIn(json: string | null): Readonly<Record<string, unknown>> {
    try {
        return recordOf(JSON.parse(json ?? '{}')) ?? {};
    } catch {
        // Texts that cannot be read are English.
        return {};
    }
}
