/** What becomes of an analysis: diagnostics, told or kept for who asks, a notice of the model, and a hint to ask again about open files. */
import type { Connection } from 'vscode-languageserver/node';
import type { Abilities } from './abilities.ts';
import type { Clock } from './clock.ts';
import { createDiagnosticPulls, type DiagnosticPulls } from './connection/diagnostic-requests.ts';
import { createRefreshing, type Refreshing } from './connection/refreshing.ts';
import type { RefreshMethod } from './presentation-abilities.ts';
import { METHODS } from './protocol.ts';
import { analysedOf } from './workspace/analysed.ts';
import { createDiagnosticsStore, type DiagnosticsStore } from './workspace/diagnostics.ts';
import { findingPage } from './workspace/finding-pages.ts';
import { findingMessage } from './workspace/finding-words.ts';
import type { Locations } from './workspace/locations.ts';
import type { WorkspaceSink } from './workspace/workspace.ts';

export interface AnnouncementsConfig {
    readonly connection: Connection;
    readonly locations: Locations;
    readonly clock: Clock;
    readonly abilities: () => Abilities;
}

export interface Announcements {
    readonly sink: WorkspaceSink;
    readonly diagnostics: DiagnosticsStore;
    readonly pulls: DiagnosticPulls;
    readonly refreshing: Refreshing;
    readonly dispose: () => void;
}

/** Nothing announced yet. */
export function createAnnouncements(config: AnnouncementsConfig): Announcements {
    const { connection, locations, clock, abilities } = config;
    const methods = (): readonly RefreshMethod[] => abilities().presentation.refreshes;
    const refreshing = createRefreshing({ clock, methods, send: (method) => refresh(connection, method) });
    const pulls = createDiagnosticPulls(clock, () => {
        const method = 'workspace/diagnostic/refresh';
        if (methods().includes(method)) refresh(connection, method);
    });
    const diagnostics = createDiagnosticsStore({
        locations,
        messageOf: (finding) => findingMessage(finding, abilities().findingTemplates),
        pageOf: (code) => findingPage(abilities().presentation.findingPages, code),
        changed: (path, report) => {
            if (abilities().presentation.pullsDiagnostics) pulls.changed(path, report);
            else void connection.sendDiagnostics({ uri: locations.uriOf(path), diagnostics: [...report.diagnostics] });
        },
    });
    return {
        sink: sinkTo(config, diagnostics, refreshing),
        diagnostics,
        pulls,
        refreshing,
        dispose: () => {
            refreshing.dispose();
            pulls.dispose();
        },
    };
}

function sinkTo(
    { connection, locations }: AnnouncementsConfig,
    diagnostics: DiagnosticsStore,
    refreshing: Refreshing,
): WorkspaceSink {
    return {
        analysed: (analysis) => {
            diagnostics.publish(analysis);
            refreshing.analysed(analysis);
            void connection.sendNotification(METHODS.modelChanged, analysedOf(analysis, locations));
        },
        dropped: (key) => {
            diagnostics.withdraw(key);
            refreshing.dropped(key);
        },
        failed: (key, cause) => connection.console.error(`Analysing ${key} failed: ${stackOf(cause)}`),
        status: (status) => void connection.sendNotification(METHODS.status, status),
    };
}

/** A client that is going away need not answer. */
function refresh(connection: Connection, method: RefreshMethod): void {
    connection
        .sendRequest(method)
        .catch((cause: unknown) => connection.console.log(`${method} was not answered: ${String(cause)}`));
}

function stackOf(cause: unknown): string {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
