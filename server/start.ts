/** Puts the language server together over one connection. */
import type { Connection, InitializeParams, InitializeResult, WorkspaceFolder } from 'vscode-languageserver/node';
import { createLanguage, type Language } from '../language/index.ts';
import { abilitiesOf, capabilitiesFor, type Abilities } from './abilities.ts';
import { createAnnouncements } from './announcements.ts';
import { type Clock, processClock } from './clock.ts';
import { answerCodeActionRequests } from './connection/code-action-requests.ts';
import { answerDiagnosticRequests } from './connection/diagnostic-requests.ts';
import { answerModelRequests } from './connection/model-requests.ts';
import { answerNavigationRequests } from './connection/navigation-requests.ts';
import { answerPresentationRequests } from './connection/presentation-requests.ts';
import { createSettingsSource, followSettings } from './connection/settings-requests.ts';
import { followFiles } from './connection/watched-files.ts';
import { answerWritingRequests } from './connection/writing-requests.ts';
import { createEarlierModels } from './earlier-models.ts';
import type { Layout } from './layout.ts';
import type { Session } from './session.ts';
import { DISCOVERY_LIMITS, findApplications } from './workspace/discovery.ts';
import { createDisk } from './workspace/disk.ts';
import { followDocuments } from './workspace/documents.ts';
import { createLocations } from './workspace/locations.ts';
import { createWorkspace } from './workspace/workspace.ts';

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
    let abilities = abilitiesOf({});
    const announcements = createAnnouncements({
        connection,
        locations,
        clock: config.clock,
        abilities: () => abilities,
    });
    const settings = createSettingsSource();
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
        sink: announcements.sink,
        discover: (folders, signal) => findApplications(folders, DISCOVERY_LIMITS, signal),
    });
    const session: Session = {
        connection,
        workspace,
        documents,
        locations,
        layout: config.layout,
        earlierModels: createEarlierModels(config.language, () => pause(config.clock)),
        diagnostics: announcements.diagnostics,
        settings: settings.current,
        abilities: () => abilities,
    };
    let folders: readonly string[] = [];
    let cancelWarmUp = (): void => undefined;
    connection.onInitialize((params) => {
        abilities = abilitiesOf(params);
        folders = foldersOf(params).map((uri) => locations.pathOf(uri));
        settings.replace(abilities.presentation.settings);
        return initializeResult(abilities);
    });
    connection.onInitialized(() => {
        workspace.foldersChanged(folders);
        followFiles(session, folders);
        cancelWarmUp = config.clock.schedule(WARM_UP_DELAY_MS, config.layout.warmUp);
    });
    answerRequests(session);
    answerDiagnosticRequests(session, announcements.pulls);
    followSettings(session, settings, announcements.refreshing.request);
    connection.onShutdown(async () => {
        cancelWarmUp();
        workspace.dispose();
        announcements.dispose();
        await config.layout.dispose();
    });
    connection.listen();
}

/** Until all that has come in was looked at. */
function pause({ schedule }: Clock): Promise<void> {
    return new Promise((resolve) => void schedule(0, resolve));
}

function answerRequests(session: Session): void {
    answerWritingRequests(session);
    answerNavigationRequests(session);
    answerPresentationRequests(session);
    answerCodeActionRequests(session);
    answerModelRequests(session);
}

function foldersOf(params: InitializeParams): readonly string[] {
    const folders: readonly WorkspaceFolder[] = params.workspaceFolders ?? [];
    if (folders.length > 0) return folders.map(({ uri }) => uri);
    // Editors without workspace folders still say where they were started.
    return typeof params.rootUri === 'string' ? [params.rootUri] : [];
}

function initializeResult(abilities: Abilities): InitializeResult {
    return { capabilities: capabilitiesFor(abilities), serverInfo: { name: 'roboconf' } };
}
