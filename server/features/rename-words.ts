/** Which names a thing may be given, and why not. Sentences for people. */
import {
    type ApplicationModel,
    type Declaration,
    type DeclarationKind,
    isFlexibleId,
    isId,
} from '../../language/index.ts';

/** Words that begin something else where a type would be declared. */
const TYPE_KEYWORDS = new Set(['facet', 'import', 'instance']);
/** Properties of an instance: an overridden variable of that name could not be told from them. */
const INSTANCE_PROPERTIES = new Set(['name', 'count', 'channels', 'instance-state', 'instance-name']);

/** How a thing of a kind is called in a sentence. */
const KIND_WORDS: Readonly<Record<DeclarationKind, string>> = {
    component: 'a component',
    facet: 'a facet',
    instance: 'an instance',
    variable: 'a variable',
    file: 'a file',
    command: 'a command file',
    definition: 'a variable',
    rule: 'a rule',
    event: 'an event',
    target: 'a target',
    value: 'a value',
    external: 'an exported name',
};

/** Why things of a kind cannot be renamed at all; null when they can. */
export function reasonToKeep(kind: DeclarationKind, simpleName: string): string | null {
    if (kind === 'file') return 'Rename the file itself: the imports and entry points that name it follow.';
    if (kind === 'variable' && isIp(simpleName))
        return `'${simpleName}' keeps its name: it is the address that an instance gets when it runs.`;
    return null;
}

/** Why a name cannot be that of a thing of this kind; null when it can. */
export function faultOfName(kind: DeclarationKind, name: string): string | null {
    const rule = RULES[kind](name);
    return rule === null ? null : `'${name}' cannot be the name of ${KIND_WORDS[kind]}: ${rule}`;
}

const PLAIN = "it starts with a letter or '_' and goes on with letters, digits, '_' or '-'.";
const WORD = "it is made of letters, digits, '_', '-' or '.'.";

const RULES: Readonly<Record<DeclarationKind, (name: string) => string | null>> = {
    component: typeRule,
    facet: typeRule,
    instance: (name) =>
        isFlexibleId(name) && name.trim() === name ? null : "it starts with a letter or '_' and holds no '/'.",
    variable: (name) => {
        if (!isId(name) || name.includes('.')) return PLAIN;
        if (isIp(name)) return 'that is the address an instance gets when it runs.';
        return INSTANCE_PROPERTIES.has(name) ? 'that is a property of instances.' : null;
    },
    file: () => 'files are renamed by themselves.',
    command: (name) =>
        /^[^\s/\\:*?"<>|]+$/.test(name) && !name.endsWith('.commands')
            ? null
            : 'it is the name of a file, without extension.',
    definition: (name) =>
        /^[^=()$#\\\r\n]+$/.test(name) && name.trim() === name ? null : "it holds no '=', '$', '#' or brackets.",
    rule: (name) =>
        /^[^/\\:*?"<>|\r\n]+$/.test(name) && name.trim() === name
            ? null
            : 'it is the name of a file, without extension.',
    event: wordRule,
    target: (name) => (/^[^\s\\]+$/.test(name) ? null : 'it holds no blanks.'),
    value: wordRule,
    external: (name) => (isId(name) && !name.includes('.') ? null : PLAIN),
};

/** Why a new name would be taken for something else; null when it is free. `family` are the declarations that get the new name. */
export function conflictOf(taken: readonly Declaration[], newName: string): string | null {
    const [other] = taken;
    if (other === undefined) return null;
    return `There is already ${KIND_WORDS[other.kind]} called '${newName}' (${other.range.file}, line ${other.range.line}).`;
}

/** The first type that has a variable of the new name beside one of those that get it; null when there is none. */
export function typeWithBoth(model: ApplicationModel, owners: ReadonlySet<string>, names: Names): string | null {
    const types = [...model.components, ...model.facets];
    const clashing = types.find(({ name, exports }) => {
        const isConcerned = [...owners].some((owner) => Object.hasOwn(exports, `${owner}.${names.old}`));
        return isConcerned && Object.hasOwn(exports, `${name}.${names.new}`);
    });
    return clashing?.name ?? null;
}

interface Names {
    readonly old: string;
    readonly new: string;
}

function typeRule(name: string): string | null {
    if (!isId(name) || name.includes('.')) return PLAIN;
    return TYPE_KEYWORDS.has(name) ? 'that is a keyword.' : null;
}

function wordRule(name: string): string | null {
    return /^[\w.-]+$/.test(name) ? null : WORD;
}

function isIp(name: string): boolean {
    return name.toLowerCase() === 'ip';
}
