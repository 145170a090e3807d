/** Unsaved files of an application are saved before recipes of it run: what is deployed is what is on disk. */
import * as vscode from 'vscode';
import { done, failed, type Outcome } from '../ui/outcome.ts';
import type { LoadedApplication } from './choose.ts';

/** Saves what is not saved. Done = a sentence about it for the user, empty when there was nothing to save. */
export async function saveApplication({ openUris, directoryUri }: LoadedApplication): Promise<Outcome<string>> {
    const open = new Set(openUris.map((uri) => vscode.Uri.parse(uri).toString()));
    const within = `${vscode.Uri.parse(directoryUri).toString()}/`;
    // Recipe files are no documents of the server, but they are copied at deploy like the rest.
    const concerns = (uri: string): boolean => open.has(uri) || uri.startsWith(within);
    const dirty = vscode.workspace.textDocuments.filter((each) => each.isDirty && concerns(each.uri.toString()));
    for (const document of dirty) {
        if (!(await document.save()))
            return failed({ kind: 'notSaved', file: vscode.workspace.asRelativePath(document.uri) });
    }
    return done(savedSentence(dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri))));
}

function savedSentence(files: readonly string[]): string {
    if (files.length === 0) return '';
    return files.length === 1
        ? vscode.l10n.t('{0} was saved.', files.join(''))
        : vscode.l10n.t('{0} files were saved: {1}.', files.length, files.join(', '));
}
