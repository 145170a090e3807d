/** Files that are about to be written, and the one way in which they are: all or none, never over a file that exists, and taken away by Undo in one of them. */
import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';

export interface PlannedFile {
    /** Relative to the directory the files are for, with `/`. */
    readonly path: string;
    readonly content: string;
}

const EXECUTABLE = 0o755;

/** Writes the files below a directory. Refused, with nothing written, when one of them exists. */
export async function writeFiles(directory: vscode.Uri, files: readonly PlannedFile[]): Promise<Outcome<undefined>> {
    const edit = new vscode.WorkspaceEdit();
    for (const { path, content } of files) {
        const contents = new TextEncoder().encode(content);
        edit.createFile(vscode.Uri.joinPath(directory, path), { overwrite: false, contents });
    }
    if (await existsAny(directory, files)) return failed({ kind: 'folderTaken', folder: directory.fsPath });
    if (!(await vscode.workspace.applyEdit(edit))) return failed({ kind: 'notWritten', folder: directory.fsPath });
    await Promise.all(files.filter(isProgram).map(({ path }) => makeExecutable(vscode.Uri.joinPath(directory, path))));
    return DONE;
}

/** Whether a directory is there and holds something. */
export async function isTaken(directory: vscode.Uri): Promise<boolean> {
    try {
        return (await vscode.workspace.fs.readDirectory(directory)).length > 0;
    } catch {
        // There is no such directory, or it cannot be read: writing says so when it comes to that.
        return false;
    }
}

async function existsAny(directory: vscode.Uri, files: readonly PlannedFile[]): Promise<boolean> {
    const found = await Promise.all(files.map(({ path }) => exists(vscode.Uri.joinPath(directory, path))));
    return found.includes(true);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
    return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
        () => true,
        () => false,
    );
}

function isProgram({ content }: PlannedFile): boolean {
    return content.startsWith('#!');
}

async function makeExecutable(uri: vscode.Uri): Promise<void> {
    // Only a courtesy: a runner makes the scripts of a recipe executable itself, and not every disk knows the mark.
    await chmod(uri.fsPath, EXECUTABLE).catch(() => undefined);
}
