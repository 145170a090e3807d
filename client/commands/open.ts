/** Opening files of an application at a place. */
import * as vscode from 'vscode';
import type { SourceRange } from '../../language/index.ts';

/** Shows a declaration. `directory` is the application's; with the focus `kept` the user stays where they are. */
export async function openRange(
    directory: vscode.Uri,
    range: SourceRange,
    focus: 'kept' | 'taken' = 'taken',
): Promise<void> {
    const { line, column, endLine, endColumn, file } = range;
    const selection = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
    const options = { selection, preserveFocus: focus === 'kept', preview: true };
    await vscode.window.showTextDocument(vscode.Uri.joinPath(directory, file), options);
}

/** Shows a file, at a line when there is one (1-based; one past the end shows the last). */
export async function openLine(file: vscode.Uri, line: number | undefined): Promise<void> {
    if (line === undefined) {
        await vscode.window.showTextDocument(file);
        return;
    }
    const place = new vscode.Position(Math.max(0, line - 1), 0);
    await vscode.window.showTextDocument(file, { selection: new vscode.Range(place, place) });
}
