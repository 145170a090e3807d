/** Which application a file belongs to. */
import * as vscode from 'vscode';
import type { ApplicationEntry } from '../../server/protocol.ts';

/** The innermost application whose directory holds a file; undefined when the file stands alone. `path` has `/`. */
export function applicationOf(path: string, applications: readonly ApplicationEntry[]): ApplicationEntry | undefined {
    const around = applications.filter(({ uri }) => path.startsWith(`${vscode.Uri.parse(uri).path}/`));
    return around.toSorted((one, other) => other.directory.length - one.directory.length)[0];
}
