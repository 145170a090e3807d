/** Secrets of targets as this process knows them. */
import { createSecrets, expandedProperties, secretNamesIn, type TargetDefinition } from '../runner/index.ts';

/** Values of the secrets that targets refer to, as far as this process knows them; and what no one does. */
export interface FoundSecrets {
    readonly values: Readonly<Record<string, string>>;
    readonly missing: readonly string[];
}

/** Looks in the environment and in the file of secrets. */
export function secretsFor(all: readonly TargetDefinition[]): FoundSecrets {
    const secrets = createSecrets(process.env);
    const names = [...new Set(all.flatMap(secretNamesIn))];
    const values = names.flatMap((name) => {
        const value = secrets.secretOf(name);
        return value === undefined ? [] : [[name, value] as const];
    });
    const missing = all.flatMap((definition) => {
        const expanded = expandedProperties(definition, secrets.secretOf, process.env);
        return expanded.kind === 'failed' ? [expanded.reason] : [];
    });
    const fault = missing.length === 0 ? null : secrets.keyFileFault();
    return { values: Object.fromEntries(values), missing: fault === null ? missing : [...missing, fault] };
}
