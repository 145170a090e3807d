/** Opening an application that was just made, in this window or in one that is opened for it. */
import * as vscode from 'vscode';

const PENDING = 'roboconf.onboarding.pending';
const GRAPH_FILE = 'graph/main.graph';

/** Where an application lies: the folder to open, and the application's directory in it. */
export interface MadeApplication {
    readonly folder: vscode.Uri;
    readonly directory: vscode.Uri;
}

/** Shows the graph file and the picture, here when a folder of the workspace holds the application, else where the person wants it opened. */
export async function openApplication(memory: vscode.Memento, made: MadeApplication): Promise<void> {
    if (vscode.workspace.getWorkspaceFolder(made.directory) !== undefined) return show(made.directory);
    // The window that shows it loads the extension anew: what is left to do is remembered for it.
    await memory.update(PENDING, made.directory.toString());
    const place = vscode.workspace.workspaceFolders === undefined ? 'here' : await askWhere(made.folder);
    switch (place) {
        case 'here':
            await vscode.commands.executeCommand('vscode.openFolder', made.folder, { forceReuseWindow: true });
            return;
        case 'elsewhere':
            await vscode.commands.executeCommand('vscode.openFolder', made.folder, { forceNewWindow: true });
            return;
        case 'added':
            vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, {
                uri: made.folder,
            });
            await showPending(memory);
            return;
        case 'nowhere':
            await memory.update(PENDING, undefined);
            return;
        default:
            return place satisfies never;
    }
}

/** Shows an application that another window has left to this one; nothing when it is not of this workspace. */
export async function showPending(memory: vscode.Memento): Promise<void> {
    const pending: unknown = memory.get(PENDING);
    if (typeof pending !== 'string') return;
    const directory = vscode.Uri.parse(pending);
    if (vscode.workspace.getWorkspaceFolder(directory) === undefined) return;
    await memory.update(PENDING, undefined);
    await show(directory);
}

async function show(directory: vscode.Uri): Promise<void> {
    const graph = vscode.Uri.joinPath(directory, GRAPH_FILE);
    await vscode.window.showTextDocument(graph, { preview: false, viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('roboconf.showGraph', graph);
}

async function askWhere(folder: vscode.Uri): Promise<'here' | 'elsewhere' | 'added' | 'nowhere'> {
    const here = vscode.l10n.t('Open');
    const elsewhere = vscode.l10n.t('Open in New Window');
    const added = vscode.l10n.t('Add to Workspace');
    const question = vscode.l10n.t('The application is in {0}. Open it?', folder.fsPath);
    const chosen = await vscode.window.showInformationMessage(question, here, elsewhere, added);
    if (chosen === here) return 'here';
    if (chosen === elsewhere) return 'elsewhere';
    return chosen === added ? 'added' : 'nowhere';
}
