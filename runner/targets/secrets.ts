/**
 * Where the values of `${secret:NAME}` and `${env:NAME}` come from, and how they are kept from being told. They are in the memory of the
 * process that reaches machines, and nowhere else.
 */
import { readFileSync, statSync } from 'node:fs';
import { placeholdersIn, propertiesIn, secretNameOf } from '../../language/target-files.ts';
import type { SecretLookup, TargetDefinition, TargetFailure } from './target.ts';

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Secrets {
    /** First what was given, then `$ROBOCONF_SECRET_NAME`, then the file that `$ROBOCONF_SECRETS` names. */
    readonly secretOf: SecretLookup;
    /** Takes values that somebody hands over; one for a name that has one replaces it. */
    readonly give: (values: Readonly<Record<string, string>>) => void;
    /** The text without any value that has been asked for. */
    readonly redact: (text: string) => string;
    /** Why the file that `$ROBOCONF_SECRETS` names is not used; null when it is, or when none is named. */
    readonly keyFileFault: () => string | null;
}

/** Shorter values stand in half of all texts by chance. */
const SHORTEST_REDACTED = 4;
const BLOT = '[secret]';

/** Secrets of one process. The key file is read when a name is first looked for in it. */
export function createSecrets(environment: Environment): Secrets {
    const given = new Map<string, string>();
    const told = new Set<string>();
    let keyFile: KeyFile | undefined;
    const inFile = (): KeyFile => (keyFile ??= readKeyFile(environment['ROBOCONF_SECRETS']));
    const find = (name: string): string | undefined =>
        given.get(name) ?? environmentSecret(environment, name) ?? inFile().values.get(name);
    return {
        secretOf: (name) => {
            const value = find(name);
            if (value !== undefined && value.length >= SHORTEST_REDACTED) told.add(value);
            return value;
        },
        give: (values) => {
            for (const [name, value] of Object.entries(values)) given.set(name, value);
        },
        redact: (text) => redacted(text, told),
        keyFileFault: () => inFile().fault,
    };
}

/** The text with every value in it blotted out, the longest first: one may be a part of another. */
function redacted(text: string, values: ReadonlySet<string>): string {
    let clean = text;
    for (const value of [...values].sort((left, right) => right.length - left.length))
        clean = clean.replaceAll(value, BLOT);
    return clean;
}

/** Names of secrets may hold dots and dashes, those of variables may not. */
function environmentSecret(environment: Environment, name: string): string | undefined {
    return environment[`ROBOCONF_SECRET_${name}`] ?? environment[`ROBOCONF_SECRET_${secretNameOf(name)}`];
}

interface KeyFile {
    readonly values: ReadonlyMap<string, string>;
    readonly fault: string | null;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

/** A properties file of this user alone; the permissions of other systems say nothing of that. */
function readKeyFile(file: string | undefined): KeyFile {
    if (file === undefined || file === '') return { values: NO_VALUES, fault: null };
    try {
        if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
            return refusedFile(`others may read the file of secrets ${file}: chmod 600 ${file}`);
        return { values: new Map(Object.entries(propertiesIn(readFileSync(file, 'utf8')))), fault: null };
    } catch (error) {
        // Its path comes from the user: whatever keeps it from being read is theirs to mend.
        const reason = error instanceof Error ? error.message : String(error);
        return refusedFile(`the file of secrets ${file} cannot be read: ${reason}`);
    }
}

function refusedFile(fault: string): KeyFile {
    return { values: NO_VALUES, fault };
}

/** A target's values with what their placeholders stand for, or what is missing and where to put it. */
export type Expanded =
    { readonly kind: 'expanded'; readonly properties: Readonly<Record<string, string>> } | TargetFailure;

/** Replaces `${secret:NAME}` and `${env:NAME}`; `{{ … }}` stays. Nothing that was looked up is in a failure. */
export function expandedProperties(
    definition: TargetDefinition,
    secretOf: SecretLookup,
    environment: Environment,
): Expanded {
    const missing = new Set<string>();
    const valueOf = (kind: string, name: string): string => {
        const value = kind === 'secret' ? secretOf(name) : environment[name];
        if (value === undefined) missing.add(wantedText(kind, name));
        return value ?? '';
    };
    const properties = Object.fromEntries(
        Object.entries(definition.properties).map(([key, value]) => [key, expandedValue(value, valueOf)]),
    );
    if (missing.size === 0) return { kind: 'expanded', properties };
    const reason = `the target '${definition.id}' needs ${[...missing].join(', and ')}`;
    return { kind: 'failed', reason };
}

/** Names of the secrets that the values of a target refer to, each once. */
export function secretNamesIn(definition: TargetDefinition): readonly string[] {
    const names = Object.values(definition.properties).flatMap((value) =>
        placeholdersIn(value).flatMap(({ text }) => {
            const [, kind, name] = REFERENCE.exec(text) ?? [];
            return kind === 'secret' && name !== undefined ? [name] : [];
        }),
    );
    return [...new Set(names)];
}

const REFERENCE = /^\$\{(env|secret):([^}]+)\}$/;

function expandedValue(value: string, valueOf: (kind: string, name: string) => string): string {
    let expanded = '';
    let done = 0;
    for (const { text, start, end } of placeholdersIn(value)) {
        const [, kind, name] = REFERENCE.exec(text) ?? [];
        const stood = kind === undefined || name === undefined ? text : valueOf(kind, name);
        expanded += value.slice(done, start) + stood;
        done = end;
    }
    return expanded + value.slice(done);
}

function wantedText(kind: string, name: string): string {
    return kind === 'secret'
        ? `the secret ${name} (set ROBOCONF_SECRET_${secretNameOf(name)}, or put it into the file that ROBOCONF_SECRETS names)`
        : `the variable ${name} of the environment`;
}
