/** What runs, in the status bar and as context keys. Nothing is shown while nothing needs attention. */
import * as vscode from 'vscode';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';
import { statusBarText, type StatusBarText } from './status-bar-text.ts';
import { isRemovable, isRetryable, isUnknown, runWords } from './tree-entries.ts';

const REFRESH_MS = 100;

/** Shows it until disposed. */
export function showRunStatus(deployments: Deployments): vscode.Disposable {
    const store = createDisposableStore();
    const item = store.add(vscode.window.createStatusBarItem('roboconf.runs', vscode.StatusBarAlignment.Left, 10));
    item.name = vscode.l10n.t('Roboconf Deployments');
    const show = (): void => {
        const views = deployments.list();
        const shown = statusBarText(views);
        if (shown === undefined) item.hide();
        else {
            item.text = shown.text;
            item.tooltip = tooltipOf(shown);
            item.accessibilityInformation = { label: shown.tooltip };
            item.command = commandOf(shown);
            item.backgroundColor = shown.needsAttention ? new vscode.ThemeColor(ATTENTION) : undefined;
            item.show();
        }
        setContextKeys(views);
    };
    const refresh = store.add(coalesce(REFRESH_MS, show));
    store.add(deployments.onChange(refresh.request));
    show();
    return store;
}

const ATTENTION = 'statusBarItem.errorBackground';

/** The words, and for each deployment the way to the page of its run. */
function tooltipOf({ tooltip, deployments }: StatusBarText): vscode.MarkdownString {
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: ['roboconf.run.show'] };
    tooltip.split('\n').forEach((line, index) => {
        const given = encodeURIComponent(JSON.stringify([deployments[index]]))
            .replaceAll('(', '%28')
            .replaceAll(')', '%29');
        text.appendText(line).appendMarkdown(
            ` \u00b7 [${vscode.l10n.t('Show Run')}](command:roboconf.run.show?${given})  \n`,
        );
    });
    return text;
}

/** Leads to the deployment it is about; to the view when there are several. */
function commandOf({ deployments }: StatusBarText): vscode.Command {
    const [deployment] = deployments;
    const element = deployments.length === 1 ? [{ kind: 'deployment', deployment }] : [];
    return { command: 'roboconf.showDeployments', title: vscode.l10n.t('Show Deployments'), arguments: element };
}

function setContextKeys(views: readonly DeploymentView[]): void {
    const keys = {
        hasDeployments: views.length > 0,
        hasRuns: views.some((view) => runWords(view) !== ''),
        hasFailures: views.some((view) => view.snapshot.instances.some(isRetryable)),
        hasUnknown: views.some((view) => view.snapshot.instances.some(isUnknown)),
        hasOtherVersion: views.some(({ link }) => link.kind === 'otherVersion'),
        hasResumable: views.some(({ link }) => link.kind === 'interrupted'),
        hasRemovable: views.some(isRemovable),
    };
    for (const [key, value] of Object.entries(keys)) {
        void vscode.commands.executeCommand('setContext', `roboconf.${key}`, value);
    }
}
