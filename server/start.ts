/** Puts the language server together over one connection. */
import type { Connection, InitializeParams, InitializeResult, WorkspaceFolder } from 'vscode-languageserver/node';
import { createLanguage, type Language } from '../language/index.ts';
import { abilitiesOf, CAPABILITIES } from './abilities.ts';
import { type Clock, processClock } from './clock.ts';
import { answerModelRequests } from './connection/model-requests.ts';
import { answerNavigationRequests } from './connection/navigation-requests.ts';
import { answerPresentationRequests } from './connection/presentation-requests.ts';
import { followFiles } from './connection/watched-files.ts';
import { answerWritingRequests } from './connection/writing-requests.ts';
import type { Layout } from './layout.ts';
import { METHODS, type FindingTemplates } from './protocol.ts';
import type { Session } from './session.ts';
import { analysedOf } from './workspace/analysed.ts';
import { createDiagnosticsPublisher } from './workspace/diagnostics.ts';
import { findingMessage } from './workspace/finding-words.ts';
import { DISCOVERY_LIMITS, findApplications } from './workspace/discovery.ts';
import { createDisk } from './workspace/disk.ts';
import { followDocuments } from './workspace/documents.ts';
import { createLocations, type Locations } from './workspace/locations.ts';
import { createWorkspace, type WorkspaceSink } from './workspace/workspace.ts';

export interface ServerConfig {
    readonly layout: Layout;
    readonly language: Language;
    readonly clock: Clock;
}

/** How long after the start the layout gets ready for its first request: the first analyses come before. */
const WARM_UP_DELAY_MS = 1500;

/** The configuration of a server process. */
export function processConfig(layout: Layout): ServerConfig {
    return { layout, language: createLanguage(), clock: processClock };
}

/** Answers on a connection until it ends. The connection must not be listening yet. */
export function startServer(connection: Connection, config: ServerConfig): void {
    const locations = createLocations();
    const documents = followDocuments(connection, locations, {
        opened: (path) => workspace.documentOpened(path),
        changed: (path) => workspace.documentChanged(path),
        closed: (path) => workspace.documentClosed(path),
    });
    const workspace = createWorkspace({
        language: config.language,
        disk: createDisk(),
        clock: config.clock,
        open: documents,
        locations,
        sink: sinkTo(connection, locations, () => abilities.findingTemplates),
        discover: (folders, signal) => findApplications(folders, DISCOVERY_LIMITS, signal),
    });
    let abilities = abilitiesOf({});
    const session: Session = {
        connection,
        workspace,
        documents,
        locations,
        layout: config.layout,
        abilities: () => abilities,
    };
    let folders: readonly string[] = [];
    let cancelWarmUp = (): void => undefined;
    connection.onInitialize((params) => {
        abilities = abilitiesOf(params);
        folders = foldersOf(params).map((uri) => locations.pathOf(uri));
        return initializeResult();
    });
    connection.onInitialized(() => {
        workspace.foldersChanged(folders);
        followFiles(session, folders);
        cancelWarmUp = config.clock.schedule(WARM_UP_DELAY_MS, config.layout.warmUp);
    });
    answerWritingRequests(session);
    answerNavigationRequests(session);
    answerPresentationRequests(session);
    answerModelRequests(session);
    connection.onShutdown(async () => {
        cancelWarmUp();
        workspace.dispose();
        await config.layout.dispose();
    });
    connection.listen();
}

function sinkTo(connection: Connection, locations: Locations, templates: () => FindingTemplates): WorkspaceSink {
    const publisher = createDiagnosticsPublisher({
        locations,
        messageOf: (finding) => findingMessage(finding, templates()),
        send: (params) => void connection.sendDiagnostics(params),
    });
    return {
        analysed: (analysis) => {
            publisher.publish(analysis);
            void connection.sendNotification(METHODS.modelChanged, analysedOf(analysis, locations));
        },
        dropped: (key) => publisher.withdraw(key),
        failed: (key, cause) => connection.console.error(`Analysing ${key} failed: ${stackOf(cause)}`),
        status: (status) => void connection.sendNotification(METHODS.status, status),
    };
}

function stackOf(cause: unknown): string {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

function foldersOf(params: InitializeParams): readonly string[] {
    const folders: readonly WorkspaceFolder[] = params.workspaceFolders ?? [];
    if (folders.length > 0) return folders.map(({ uri }) => uri);
    // Editors without workspace folders still say where they were started.
    return typeof params.rootUri === 'string' ? [params.rootUri] : [];
}

function initializeResult(): InitializeResult {
    return { capabilities: CAPABILITIES, serverInfo: { name: 'roboconf' } };
}
