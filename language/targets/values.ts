/** What values of target files look like: their form by kind, placeholders, and secrets. */
import type { ValueKind } from './target-key.ts';

/** What stands for something known later: `${…}` and `{{ … }}`, well formed or not; `start` and `end` are offsets. */
export interface Placeholder {
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly isWellFormed: boolean;
}

const ANY_PLACEHOLDER = /\$\{[^}]*\}?|\{\{[\s\S]*?(?:\}\}|$)/g;
const WELL_FORMED = /^(?:\$\{(?:env:[A-Za-z_]\w*|secret:[\w.-]+)\}|\{\{\s*ip\s*\}\})$/;
const ADDRESS = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*\]?)$/;
/** Longer names are no host's; patterns are not tried on longer texts. */
const LONGEST_NAME = 253;
const LAST_PORT = 65_535;
const SECRET_KEY =
    /(?:^|[._-])(?:\w*(?:password|passwd|secret|token|credential)|private[._-]?key|api[._-]?key)(?:[._-]|$)/i;

/** All placeholders of a value, in order. `${env:NAME}`, `${secret:NAME}` and `{{ ip }}` are well formed. */
export function placeholdersIn(value: string): readonly Placeholder[] {
    return [...value.matchAll(ANY_PLACEHOLDER)].map((match) => {
        const [text] = match;
        return { text, start: match.index, end: match.index + text.length, isWellFormed: WELL_FORMED.test(text) };
    });
}

/** Whether a value, trimmed and without placeholders, is of a kind. Texts, secrets and paths are any. */
export function isOfKind(value: string, kind: ValueKind): boolean {
    switch (kind.kind) {
        case 'text':
        case 'secret':
        case 'path':
            return true;
        case 'integer':
            return /^[+-]?\d{1,15}$/.test(value) && Number(value) >= kind.least;
        case 'boolean':
            return /^(?:true|false)$/i.test(value);
        case 'addresses':
            return value.split(',').every((item) => isAddress(item.trim()));
        case 'host':
            return isLoginPlace(value);
        case 'hosts':
            return value.split(',').every((item) => isLoginPlace(item.trim()));
        case 'words':
            return value.split(',').every((item) => item.trim() !== '');
        case 'url':
            return isUrl(value, kind.schemes, kind.isBareAllowed);
        case 'choice':
            return kind.choices.includes(value);
        default:
            return kind satisfies never;
    }
}

function isAddress(text: string): boolean {
    return text.length <= LONGEST_NAME && ADDRESS.test(text);
}

/** A port can stand behind a name, or behind an address of IPv6 in brackets. */
function isLoginPlace(text: string): boolean {
    const [, host, port] = /^(?:[^@\s,]+@)?(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
    if (host === undefined) return isAddress(text.replace(/^[^@\s,]+@/, ''));
    return isAddress(host) && (port === undefined || (Number(port) >= 1 && Number(port) <= LAST_PORT));
}

function isUrl(value: string, schemes: readonly string[], isBareAllowed: boolean): boolean {
    const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(\S+)$/.exec(value) ?? [];
    if (scheme === undefined || rest === undefined) return isBareAllowed && /^[^\s/:]+(?::\d+)?(?:\/\S*)?$/.test(value);
    return schemes.includes(scheme.toLowerCase());
}

/** What a kind asks for, as a clause for messages. */
export function expectedOf(kind: ValueKind): string {
    switch (kind.kind) {
        case 'text':
        case 'secret':
            return 'a text';
        case 'path':
            return 'a path';
        case 'integer':
            return `a whole number of at least ${kind.least}`;
        case 'boolean':
            return 'true or false';
        case 'addresses':
            return 'addresses or host names, separated by commas';
        case 'host':
            return 'a host, as host, host:port or user@host:port';
        case 'hosts':
            return 'hosts separated by commas, each as host, host:port or user@host:port';
        case 'words':
            return 'words, separated by commas';
        case 'url':
            return `an address such as ${kind.schemes.join('://… or ')}://…`;
        case 'choice':
            return `one of ${kind.choices.join(', ')}`;
        default:
            return kind satisfies never;
    }
}

/** Whether a key of no known handler, or one made by a person, sounds like that of a secret. */
export function soundsSecret(key: string): boolean {
    return key.length <= LONGEST_NAME && SECRET_KEY.test(key);
}

/** Whether a secret stands in a value as it is, instead of a reference to where it is kept. */
export function isSecretInClear(value: string): boolean {
    return value.trim() !== '' && !placeholdersIn(value).some(({ text }) => text.startsWith('${'));
}

/** The name under which the secret of a key is looked for, when a person has none: `ec2.secret.key` → `EC2_SECRET_KEY`. */
export function secretNameOf(key: string): string {
    return (
        key
            .toUpperCase()
            .replaceAll(/[^A-Z0-9]+/g, '_')
            .replaceAll(/^_+|_+$/g, '') || 'SECRET'
    );
}

/** Where what looks like a comment behind a value begins, as an offset; null when nothing does. */
export function inlineCommentIn(value: string): number | null {
    const found = /\s#/.exec(value);
    return found === null || value.slice(0, found.index).trim() === '' ? null : found.index + found[0].length - 1;
}
