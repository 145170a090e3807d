/** Files that change on disk and folders that come and go, as the client tells. */
import { DidChangeWatchedFilesNotification, type FileEvent, FileChangeType } from 'vscode-languageserver/node';
import { POSITIONS_FILE } from '../../language/index.ts';
import type { Session } from '../session.ts';
import type { FileChange } from '../workspace/workspace.ts';

/**
 * Model files anywhere, and all below the directories of an application: imports may have any extension, and recipes are looked up by directory.
 */
const PATTERNS: readonly string[] = [
    '**/*.{graph,instances,commands,drl,measures}',
    '**/descriptor/**',
    '**/{graph,instances,commands,rules.autonomic,probes,targets}/**',
    '**/pom.xml',
    `**/${POSITIONS_FILE}`,
];

/** Asks the client to tell about files and folders. Call once, after initialization. */
export function followFiles(session: Session, initial: readonly string[]): void {
    const { connection, workspace, locations, abilities } = session;
    connection.onDidChangeWatchedFiles(({ changes }) =>
        workspace.filesChanged(changes.map((change) => toFileChange(session, change))),
    );
    connection.onDidSaveTextDocument(({ textDocument }) =>
        workspace.filesChanged([{ path: locations.pathOf(textDocument.uri), kind: 'changed' }]),
    );
    if (abilities().watchesFiles) watch(session);
    if (!abilities().changesFolders) return;
    let folders = initial;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => locations.pathOf(uri)));
        folders = [...folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => locations.pathOf(uri))];
        workspace.foldersChanged(folders);
    });
}

function watch({ connection }: Session): void {
    const watchers = PATTERNS.map((globPattern) => ({ globPattern }));
    connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((cause: unknown) => connection.console.warn(`Files are not watched: ${String(cause)}`));
}

const KINDS: ReadonlyMap<FileChangeType, FileChange['kind']> = new Map([
    [FileChangeType.Created, 'created'],
    [FileChangeType.Deleted, 'deleted'],
]);

function toFileChange({ locations }: Session, { uri, type }: FileEvent): FileChange {
    return { path: locations.pathOf(uri), kind: KINDS.get(type) ?? 'changed' };
}
