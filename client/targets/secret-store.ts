/**
 * Secrets of targets, kept by the editor where the system keeps passwords. They are shared by the applications of one folder of the
 * workspace and by nothing else: a file of another folder that names the same secret does not get it.
 *
 * Invariant: a value goes into a runner or a connection, and nowhere else: no message, no log, no view holds one.
 */
import type * as vscode from 'vscode';
import type { SecretLookup, TargetDefinition } from '../../runner/index.ts';
import type { TargetAccess } from './target-access.ts';

/** Values by name. */
export type SecretValues = Readonly<Record<string, string>>;

export interface SecretStore {
    /** Values that are kept, or that this process knows by itself, of those that targets refer to; and the names of which none is known. */
    readonly look: (
        directory: string,
        definitions: readonly TargetDefinition[],
    ) => Promise<{ readonly values: SecretValues; readonly missing: readonly string[] }>;
    /** Whether a value is kept here. */
    readonly has: (directory: string, name: string) => Promise<boolean>;
    readonly keep: (directory: string, name: string, value: string) => Promise<void>;
    readonly forget: (directory: string, name: string) => Promise<void>;
    /** A secret was kept or forgotten, by this window or another one. */
    readonly onChange: (listener: () => void) => vscode.Disposable;
}

export interface SecretStoreConfig {
    readonly secrets: vscode.SecretStorage;
    readonly access: Pick<TargetAccess, 'secretNames' | 'environmentSecrets'>;
    /** The folder of the workspace that a directory is in; the directory itself when it is in none. */
    readonly scopeOf: (directory: string) => string;
}

/** The secrets of this window. `directory` is always that of an application. */
export function createSecretStore({ secrets, access, scopeOf }: SecretStoreConfig): SecretStore {
    const keyOf = (directory: string, name: string): string => `roboconf.secret:${scopeOf(directory)}:${name}`;
    return {
        look: async (directory, definitions) => {
            const names = (await Promise.all(definitions.map(access.secretNames))).flat();
            if (names.length === 0) return { values: {}, missing: [] };
            const known = await access.environmentSecrets();
            const found = await Promise.all(
                [...new Set(names)].map(async (name) => {
                    return { name, value: (await secrets.get(keyOf(directory, name))) ?? known(name) };
                }),
            );
            const given = found.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
            const missing = found.flatMap(({ name, value }) => (value === undefined ? [name] : []));
            return { values: Object.fromEntries(given), missing };
        },
        has: async (directory, name) => (await secrets.get(keyOf(directory, name))) !== undefined,
        keep: async (directory, name, value) => secrets.store(keyOf(directory, name), value),
        forget: async (directory, name) => secrets.delete(keyOf(directory, name)),
        onChange: (listener) => secrets.onDidChange(listener),
    };
}

/** The values as whoever connects looks them up. */
export function lookupIn(values: SecretValues): SecretLookup {
    return (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
}
