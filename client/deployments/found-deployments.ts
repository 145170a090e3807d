/** Deployments that were there before this window: those of its folders are shown, and one that was interrupted is offered to be resumed, once. */
import * as vscode from 'vscode';
import { isAbsolute, relative } from 'node:path';
import { realDirectory } from '../language/directories.ts';
import type { Boundary } from '../ui/boundary.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';
import type { RunnerAccess } from './engine.ts';
import type { Histories } from './histories.ts';
import { orderName } from './status-words.ts';

export interface FoundDeployments extends vscode.Disposable {
    /** Looks again. */
    readonly rescan: (signal: AbortSignal) => Promise<void>;
}

export interface FoundDeploymentsConfig {
    readonly deployments: Deployments;
    readonly histories: Pick<Histories, 'look'>;
    readonly access: Pick<RunnerAccess, 'watch'>;
    readonly boundary: Boundary;
}

/** Claims, journals and runs come one after the other: one look at them is enough. */
const LOOK_MS = 250;

/**
 * Looks at once, when the workspace becomes trusted, when its folders change, when the window gets the focus back, and when another window
 * or a terminal begins or ends to drive a deployment.
 */
export function findDeployments(config: FoundDeploymentsConfig): FoundDeployments {
    const { deployments, histories, access, boundary } = config;
    const store = createDisposableStore();
    const controller = new AbortController();
    const offered = new Set<string>();
    const rescan = async (signal: AbortSignal): Promise<void> => {
        const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => realDirectory(uri.fsPath));
        const concerns = (directory: string) => roots.some((root) => isWithin(root, directory));
        histories.look(concerns);
        await deployments.rescan({ concerns, mayConnect: vscode.workspace.isTrusted }, signal);
    };
    const look = (): void =>
        boundary.background('Find deployments', async () => {
            await rescan(controller.signal);
            offerToResume(deployments, offered, boundary);
            return DONE;
        });
    const soon = store.add(coalesce(LOOK_MS, look));
    const watched = store.add(watchState(access, boundary, soon.request));
    store.add(
        vscode.workspace.onDidChangeConfiguration((change) => {
            if (!change.affectsConfiguration('roboconf.runner.stateDirectory')) return;
            watched.restart();
            soon.request();
        }),
    );
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

/** The state directory is a setting: watching it begins anew when that changes. */
function watchState(
    access: Pick<RunnerAccess, 'watch'>,
    boundary: Boundary,
    onChange: () => void,
): vscode.Disposable & { readonly restart: () => void } {
    let watching = new AbortController();
    const start = (): void =>
        boundary.background('Watch deployments', async () => {
            await access.watch(onChange, watching.signal);
            return DONE;
        });
    start();
    return {
        restart: () => {
            watching.abort();
            watching = new AbortController();
            start();
        },
        dispose: () => watching.abort(),
    };
}

/** Whether a directory is a root or somewhere below it. */
function isWithin(root: string, directory: string): boolean {
    const path = relative(root, directory);
    return path !== '..' && !path.startsWith('../') && !path.startsWith('..\\') && !isAbsolute(path);
}

function offerToResume(deployments: Deployments, offered: Set<string>, boundary: Boundary): void {
    if (!vscode.workspace.isTrusted) return;
    const isNew = ({ id, link }: DeploymentView) =>
        link.kind === 'interrupted' && !offered.has(id) && !deployments.isFollowed(id);
    for (const view of deployments.list().filter(isNew)) {
        offered.add(view.id);
        boundary.background('Offer to resume', () => askToResume(view));
    }
}

async function askToResume({ id, key, snapshot }: DeploymentView): Promise<Outcome<unknown>> {
    const order = snapshot.run === null ? '' : orderName(snapshot.run.order);
    const message = vscode.l10n.t(
        '{0}: {1} was interrupted, because its runner ended. Resume goes on with what is left to do.',
        key.deployment,
        order,
    );
    const [resume, show] = [vscode.l10n.t('Resume'), vscode.l10n.t('Show Deployments')];
    const chosen = await vscode.window.showInformationMessage(message, resume, show);
    if (chosen === resume) await vscode.commands.executeCommand('roboconf.resume', id);
    if (chosen === show)
        await vscode.commands.executeCommand('roboconf.showDeployments', { kind: 'deployment', deployment: id });
    return DONE;
}
