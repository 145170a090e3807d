/** Opens the declaration of a node beside its picture. */
import * as vscode from 'vscode';
import type { LaidOutGraph } from '../../server/layout.ts';
import { rangeOfNode } from './places.ts';

export interface OpenPlace {
    /** The application's. */
    readonly directory: vscode.Uri;
    readonly preserveFocus: boolean;
    /** The column of the picture; undefined when it is in none. */
    readonly panel: vscode.ViewColumn | undefined;
}

/** Answers whether the node has a declaration. */
export async function openNode(graph: LaidOutGraph, node: string, place: OpenPlace): Promise<boolean> {
    const range = rangeOfNode(graph, node);
    if (range === null) return false;
    const uri = vscode.Uri.joinPath(place.directory, range.file);
    const selection = new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1);
    const { preserveFocus } = place;
    await vscode.window.showTextDocument(uri, { selection, preserveFocus, viewColumn: columnFor(uri, place.panel) });
    return true;
}

/** Where a file opens: where it is shown already, else next to the picture, never over it. */
function columnFor(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): vscode.ViewColumn {
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    if (shown?.viewColumn !== undefined) return shown.viewColumn;
    if (panel === undefined) return vscode.ViewColumn.Active;
    return panel === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
