/** What target files may say: the words the catalogue of handlers is written in (reference: language, section 8). */

/** What a value has to look like. Values that hold `${…}` or `{{ ip }}` are known only when a machine is made: they are not judged. */
export type ValueKind =
    | { readonly kind: 'text' }
    /** Must not stand in a file as it is. */
    | { readonly kind: 'secret' }
    | { readonly kind: 'integer'; readonly least: number }
    | { readonly kind: 'boolean' }
    /** Host names or IP addresses, separated by commas. */
    | { readonly kind: 'addresses' }
    /** A place to log in to: `host`, `host:port` or `user@host:port`. */
    | { readonly kind: 'host' }
    /** Several of them, separated by commas. */
    | { readonly kind: 'hosts' }
    /** Words separated by commas. */
    | { readonly kind: 'words' }
    | { readonly kind: 'path' }
    /** Only with one of the schemes; without scheme as well if `isBareAllowed`. */
    | { readonly kind: 'url'; readonly schemes: readonly string[]; readonly isBareAllowed: boolean }
    | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** A key of target files. */
export interface TargetKey {
    /** As written; a pattern ends with a name in angle brackets, such as `ec2.ebs-size.<id>`. */
    readonly key: string;
    /** Whether no machine can be made without it. */
    readonly isRequired: boolean;
    /** What holds without the key; null when nothing does. */
    readonly default: string | null;
    readonly value: ValueKind;
    /** One or two sentences in Markdown. */
    readonly summary: string;
    /** A whole line. */
    readonly example: string;
}

/** Who makes the machines of a target. */
export interface TargetHandler {
    readonly name: string;
    /** One sentence in Markdown. */
    readonly summary: string;
    /** Whether it makes machines inside of others; if not, only root instances can have such a target. */
    readonly acceptsNested: boolean;
    readonly keys: readonly TargetKey[];
}

/** A key without which no machine can be made. */
export function required(key: string, summary: string, example: string, value: ValueKind = TEXT): TargetKey {
    return { key, isRequired: true, default: null, value, summary, example: `${key} = ${example}` };
}

/** A key that may be left out; `fallback` is what holds then. */
export function optional(key: string, summary: string, example: string, more: Partial<TargetKey> = {}): TargetKey {
    const written = key.replace(/<(.*)>$/, '$1');
    return { key, isRequired: false, default: null, value: TEXT, summary, example: `${written} = ${example}`, ...more };
}

const TEXT: ValueKind = { kind: 'text' };
export const SECRET: ValueKind = { kind: 'secret' };
export const BOOLEAN: ValueKind = { kind: 'boolean' };
export const PATH: ValueKind = { kind: 'path' };
export const WORDS: ValueKind = { kind: 'words' };

/** Addresses of web services. */
export const WEB: ValueKind = { kind: 'url', schemes: ['http', 'https'], isBareAllowed: false };
