/** The catalogue of target handlers with their keys (reference: language, section 8). It feeds checks, completion, hover and documentation. */
import { CLOUD_HANDLERS } from './cloud-handlers.ts';
import { MACHINE_HANDLERS } from './machine-handlers.ts';
import { BOOLEAN, optional, required, type TargetHandler, type TargetKey } from './target-key.ts';

/** All known handlers; a Deployment Manager may have others. */
export const TARGET_HANDLERS: readonly TargetHandler[] = [...MACHINE_HANDLERS, ...CLOUD_HANDLERS];

/** Handlers this tool makes machines with by itself; the others need a Deployment Manager. */
export const DRIVEN_HANDLERS: readonly string[] = ['local', 'in-memory', 'embedded'];

/** Whether the machines of a target are directories of this computer, where recipes are run. */
export function isThisComputer(handler: string, properties: Readonly<Record<string, string>>): boolean {
    const runsRecipes = (properties['in-memory.execute-real-recipes'] ?? '').trim().toLowerCase() === 'true';
    return handler === 'local' || (handler === 'in-memory' && runsRecipes);
}

/** The key by which a target asks for a typed name. It is one of this tool: a Deployment Manager does not look at it. */
const PRODUCTION_KEY = 'roboconf.production';

/** Whether a name has to be typed before something is done to the machines of a target with these keys. */
export function isProduction(properties: Readonly<Record<string, string>>): boolean {
    return (properties[PRODUCTION_KEY] ?? '').trim().toLowerCase() === 'true';
}

/** Keys of every target file. */
export const COMMON_TARGET_KEYS: readonly TargetKey[] = [
    required('id', 'The identity of the target: instances are associated with it by this word.', 'my-machines'),
    required('handler', 'Who makes the machines.', 'local', {
        kind: 'choice',
        choices: TARGET_HANDLERS.map((handler) => handler.name),
    }),
    optional('name', 'What people call the target.', 'My machines'),
    optional('description', 'What the target is for.', 'Machines to try things out on.'),
    optional(
        PRODUCTION_KEY,
        'Others depend on these machines: before something is deployed onto them, or undeployed, its name has to be typed.',
        'true',
        { value: BOOLEAN, default: 'false' },
    ),
];

/** Spellings that documentation has given, with the key that is read. */
const MISSPELLED: Readonly<Record<string, string>> = { 'ec2.availability-zone': 'ec2.availability.zone' };

/** The handler of a name; null when it is not one of the catalogue. */
export function handlerNamed(name: string): TargetHandler | null {
    return TARGET_HANDLERS.find((handler) => handler.name === name) ?? null;
}

/** What a key means in a target file of a handler: one of its own, or one every target has. A null handler has the common ones alone. */
export function targetKeyOf(handler: TargetHandler | null, key: string): TargetKey | null {
    const known = [...COMMON_TARGET_KEYS, ...(handler?.keys ?? [])];
    return known.find((candidate) => candidate.key === key || isOfPattern(candidate.key, key)) ?? null;
}

/** The handlers that read a key. */
export function handlersReading(key: string): readonly TargetHandler[] {
    return TARGET_HANDLERS.filter((handler) =>
        handler.keys.some((candidate) => candidate.key === key || isOfPattern(candidate.key, key)),
    );
}

/** The key that was meant by a documented misspelling, or a pattern's spelling close to it; null when there is none. */
export function documentedMisspelling(key: string): string | null {
    return Object.hasOwn(MISSPELLED, key) ? (MISSPELLED[key] ?? null) : null;
}

/** The part of a pattern before its name in angle brackets; null for a plain key. */
export function patternPrefixOf(key: string): string | null {
    const bracket = key.indexOf('<');
    return bracket < 0 ? null : key.slice(0, bracket);
}

function isOfPattern(pattern: string, key: string): boolean {
    const prefix = patternPrefixOf(pattern);
    return prefix !== null && key.startsWith(prefix) && key.length > prefix.length;
}
