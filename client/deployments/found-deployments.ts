/** Deployments that were there before this window: those of its folders are shown, and one that was interrupted is offered to be resumed, once. */
import * as vscode from 'vscode';
import { isAbsolute, relative } from 'node:path';
import { realDirectory } from '../language/directories.ts';
import type { Boundary } from '../ui/boundary.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';

export interface FoundDeployments extends vscode.Disposable {
    /** Looks again. */
    readonly rescan: (signal: AbortSignal) => Promise<void>;
}

/** Looks at once, when the workspace becomes trusted, when its folders change, and when the window gets the focus back. */
export function findDeployments(deployments: Deployments, boundary: Boundary): FoundDeployments {
    const store = createDisposableStore();
    const controller = new AbortController();
    const offered = new Set<string>();
    const rescan = async (signal: AbortSignal): Promise<void> => {
        const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => realDirectory(uri.fsPath));
        const concerns = (directory: string) => roots.some((root) => isWithin(root, directory));
        await deployments.rescan({ concerns, mayConnect: vscode.workspace.isTrusted }, signal);
    };
    const look = (): void =>
        boundary.background('Find deployments', async () => {
            await rescan(controller.signal);
            offerToResume(deployments, offered, boundary);
            return DONE;
        });
    store.add(vscode.workspace.onDidGrantWorkspaceTrust(look));
    store.add(vscode.workspace.onDidChangeWorkspaceFolders(look));
    store.add(
        vscode.window.onDidChangeWindowState(({ focused }) => {
            if (focused) look();
        }),
    );
    store.add({ dispose: () => controller.abort() });
    look();
    return { rescan, dispose: () => store.dispose() };
}

/** Whether a directory is a root or somewhere below it. */
function isWithin(root: string, directory: string): boolean {
    const path = relative(root, directory);
    return path !== '..' && !path.startsWith('../') && !path.startsWith('..\\') && !isAbsolute(path);
}

function offerToResume(deployments: Deployments, offered: Set<string>, boundary: Boundary): void {
    if (!vscode.workspace.isTrusted) return;
    const isNew = (view: DeploymentView) => view.link.kind === 'interrupted' && !offered.has(view.id);
    for (const view of deployments.list().filter(isNew)) {
        offered.add(view.id);
        boundary.background('Offer to resume', () => askToResume(view));
    }
}

async function askToResume({ id, key, snapshot }: DeploymentView): Promise<Outcome<unknown>> {
    const order = snapshot.run?.order ?? 'a run';
    const message = `${key.deployment}: ${order} was interrupted, because its runner ended. Resume goes on with what is left to do.`;
    const chosen = await vscode.window.showInformationMessage(message, 'Resume', 'Show Deployments');
    if (chosen === 'Resume') await vscode.commands.executeCommand('roboconf.resume', id);
    if (chosen === 'Show Deployments') await vscode.commands.executeCommand('roboconf.deployments.focus');
    return DONE;
}
