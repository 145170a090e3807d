/** Directories as the runner names them. */
import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import * as vscode from 'vscode';

/** The real path of a directory: links resolved, as in a DeploymentKey. A directory that cannot be reached is answered as it is. */
export function realDirectory(directory: string): string {
    try {
        return realpathSync(directory);
    } catch {
        // It is only compared with keys of deployments: one that is gone equals none that is there.
        return directory;
    }
}

/** The real path of the folder of the workspace that a directory is in; that of the directory itself when it is in none. */
export function folderOf(directory: string): string {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => realDirectory(uri.fsPath));
    const real = realDirectory(directory);
    const around = folders.filter((folder) => real === folder || real.startsWith(`${folder}${sep}`));
    return around.sort((left, right) => left.length - right.length)[0] ?? real;
}
