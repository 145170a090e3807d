/** What runs, in the status bar and as context keys. Nothing is shown while nothing needs attention. */
import * as vscode from 'vscode';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';
import { statusBarText } from './status-bar-text.ts';
import { deploymentEntry, isRetryable, runWords } from './tree-entries.ts';

const REFRESH_MS = 100;

/** Shows it until disposed. */
export function showRunStatus(deployments: Deployments): vscode.Disposable {
    const store = createDisposableStore();
    const item = store.add(vscode.window.createStatusBarItem('roboconf.runs', vscode.StatusBarAlignment.Left, 10));
    item.name = 'Roboconf Deployments';
    item.command = { command: 'roboconf.deployments.focus', title: 'Show Deployments' };
    const show = (): void => {
        const views = deployments.list();
        const shown = statusBarText(views);
        if (shown === undefined) item.hide();
        else {
            item.text = shown.text;
            item.tooltip = shown.tooltip;
            item.accessibilityInformation = { label: shown.tooltip };
            item.show();
        }
        setContextKeys(views);
    };
    const refresh = store.add(coalesce(REFRESH_MS, show));
    store.add(deployments.onChange(refresh.request));
    show();
    return store;
}

function setContextKeys(views: readonly DeploymentView[]): void {
    const keys = {
        hasDeployments: views.length > 0,
        hasRuns: views.some((view) => runWords(view) !== ''),
        hasFailures: views.some((view) => view.snapshot.instances.some(isRetryable)),
        hasResumable: views.some(({ link }) => link.kind === 'interrupted'),
        hasRemovable: views.some((view) => deploymentEntry(view).flags.includes(';removable;')),
    };
    for (const [key, value] of Object.entries(keys)) {
        void vscode.commands.executeCommand('setContext', `roboconf.${key}`, value);
    }
}
