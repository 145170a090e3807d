/** Machines others depend on: before something is done to them, the name of the deployment has to be typed. */
import * as vscode from 'vscode';
import { isProduction } from '../../language/index.ts';
import { deedWord } from '../ui/deed-words.ts';

/** A target as far as it matters here. */
export interface MarkedTarget {
    readonly name: string;
    readonly properties: Readonly<Record<string, string>>;
}

/** Answers whether it is to be done; yes without asking when none of the targets is marked. The settings do not turn this question off. */
export async function confirmProduction(
    deployment: string,
    targets: readonly MarkedTarget[],
    deed: 'deploy' | 'undeploy',
): Promise<boolean> {
    const marked = targets.filter(({ properties }) => isProduction(properties));
    if (marked.length === 0) return true;
    const names = [...new Set(marked.map(({ name }) => name))].join(', ');
    const typed = await vscode.window.showInputBox({
        title: vscode.l10n.t('Production: {0}', names),
        prompt: vscode.l10n.t('Type the name of the deployment, {0}, to {1}', deployment, deedWord(deed)),
        placeHolder: deployment,
        ignoreFocusOut: true,
        validateInput: (text) =>
            text.trim() === deployment || text === ''
                ? undefined
                : vscode.l10n.t('The name of the deployment is {0}.', deployment),
    });
    return typed?.trim() === deployment;
}
