/** Names of deployments: what a person may type. */
import * as vscode from 'vscode';

const MAX_LENGTH = 100;

/** What is wrong with a name, undefined when it can be used. Leading and trailing blanks are taken off before. */
export function deploymentNameFault(name: string): string | undefined {
    if (name === '') return vscode.l10n.t('A deployment needs a name.');
    if (name.length > MAX_LENGTH) return vscode.l10n.t('At most {0} characters.', MAX_LENGTH);
    // A name is a word on command lines and in file names.
    if (/[\p{Cc}\p{Cf}/\\]/u.test(name)) return vscode.l10n.t('No slashes and no control characters.');
    return name.startsWith('-') ? vscode.l10n.t('It must not begin with a hyphen.') : undefined;
}
