/** Asking for the values of secrets. What is typed is hidden, goes to the system's store of passwords, and is never shown again. */
import * as vscode from 'vscode';
import type { TargetDefinition } from '../../runner/index.ts';
import { lookupIn, type SecretStore, type SecretValues } from '../targets/secret-store.ts';
import { CANCELLED, done, DONE, type Outcome } from '../ui/outcome.ts';

/** Asks for one secret and keeps it. `directory`: of the application. */
export async function askSecret(
    secrets: Pick<SecretStore, 'keep'>,
    directory: string,
    name: string,
    signal: AbortSignal,
): Promise<Outcome<undefined>> {
    const value = await vscode.window.showInputBox({
        title: vscode.l10n.t('Secret {0}', name),
        prompt: vscode.l10n.t(
            'It is kept where your system keeps passwords, and given to nobody but the targets of this folder.',
        ),
        password: true,
        ignoreFocusOut: true,
        validateInput: (text) => (text === '' ? vscode.l10n.t('The secret is empty.') : undefined),
    });
    if (value === undefined || value === '' || signal.aborted) return CANCELLED;
    await secrets.keep(directory, name, value);
    return DONE;
}

/** The values of all secrets that targets refer to; those of which none is known are asked for, one after the other. */
export async function allSecrets(
    secrets: SecretStore,
    directory: string,
    definitions: readonly TargetDefinition[],
    signal: AbortSignal,
): Promise<Outcome<SecretValues>> {
    const { missing } = await secrets.look(directory, definitions);
    for (const name of missing) {
        const kept = await askSecret(secrets, directory, name, signal);
        if (kept.kind !== 'done') return kept;
    }
    return done((await secrets.look(directory, definitions)).values);
}

/** Targets with the values of their secrets. */
export function keyedTargets(definitions: readonly TargetDefinition[], values: SecretValues) {
    return definitions.map((definition) => ({ definition, secretOf: lookupIn(values) }));
}
