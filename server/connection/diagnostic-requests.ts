/**
 * Diagnostics for clients that ask: of one file, and of the whole workspace. Such a client is never told unasked.
 * A question about the workspace that has no news waits for some: asking again and again is not needed.
 */
import {
    type CancellationToken,
    type DocumentDiagnosticParams,
    type DocumentDiagnosticReport,
    LSPErrorCodes,
    ResponseError,
    type ServerCapabilities,
    type WorkspaceDiagnosticParams,
    type WorkspaceDiagnosticReport,
    type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Clock } from '../clock.ts';
import type { Session } from '../session.ts';
import type { FileReport } from '../workspace/diagnostics.ts';

export const DIAGNOSTIC_CAPABILITIES: ServerCapabilities = {
    diagnosticProvider: { identifier: 'roboconf', interFileDependencies: true, workspaceDiagnostics: true },
};

/** What the client was given, and who waits for news. */
export interface DiagnosticPulls {
    /** The report of a file is another one. */
    readonly changed: (path: string, report: FileReport) => void;
    readonly given: (path: string, report: FileReport) => void;
    readonly isGiven: (path: string, report: FileReport) => boolean;
    /** Paths something was given about. */
    readonly givenPaths: () => Iterable<string>;
    /** Settles with the next change, or when the question is cancelled. */
    readonly nextChange: (token: CancellationToken) => Promise<void>;
    readonly dispose: () => void;
}

/** How long changes are collected before the client is told to ask again. */
const PAUSE_MS = 50;

/** Nothing given yet. `refresh` tells the client to ask again. */
export function createDiagnosticPulls(clock: Clock, refresh: () => void): DiagnosticPulls {
    const givenIds = new Map<string, string>();
    const news = new Map<string, FileReport>();
    const waiting = new Set<() => void>();
    let cancel: (() => void) | undefined;
    const isGiven = (path: string, { resultId }: FileReport): boolean => (givenIds.get(path) ?? '0') === resultId;
    const tell = (): void => {
        cancel = undefined;
        const isOld = [...news].every(([path, report]) => isGiven(path, report));
        news.clear();
        if (!isOld) refresh();
    };
    return {
        changed: (path, report) => {
            news.set(path, report);
            cancel ??= clock.schedule(PAUSE_MS, tell);
            for (const wake of waiting) wake();
        },
        given: (path, report) => void givenIds.set(path, report.resultId),
        isGiven,
        givenPaths: () => givenIds.keys(),
        nextChange: (token) =>
            new Promise((resolve) => {
                const registration = token.onCancellationRequested(() => wake());
                const wake = (): void => {
                    registration.dispose();
                    waiting.delete(wake);
                    resolve();
                };
                waiting.add(wake);
            }),
        dispose: () => {
            cancel?.();
            for (const wake of waiting) wake();
        },
    };
}

/** Registers both questions. */
export function answerDiagnosticRequests(session: Session, pulls: DiagnosticPulls): void {
    const { diagnostics } = session.connection.languages;
    diagnostics.on((params) => documentReport(session, pulls, params));
    diagnostics.onWorkspace((params, token, _, progress) =>
        workspaceReport({ session, pulls, params, token }, (items) => {
            if (progress === undefined) return items;
            progress.report({ items: [...items] });
            return [];
        }),
    );
}

function documentReport(
    session: Session,
    pulls: DiagnosticPulls,
    { textDocument, previousResultId }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
    const { documents, locations, workspace, abilities } = session;
    const path = locations.pathOf(textDocument.uri);
    const { relatedDocuments, refreshes } = abilities().presentation;
    // Who is told to ask again need not wait for an analysis that takes long.
    const look = refreshes.includes('workspace/diagnostic/refresh') ? workspace.recentView : workspace.view;
    if ((documents.get(textDocument.uri)?.kind ?? 'other') !== 'other') look(path);
    const report = session.diagnostics.reportOf(path);
    pulls.given(path, report);
    const related = relatedDocuments ? relatedReports(session, pulls, path) : {};
    const others = Object.keys(related).length > 0 ? { relatedDocuments: related } : {};
    const { resultId } = report;
    if (resultId === previousResultId) return { kind: 'unchanged', resultId, ...others };
    return { kind: 'full', resultId, items: [...report.diagnostics], ...others };
}

const MOST_RELATED = 100;

/** What changed in other files of the application. */
function relatedReports(
    { diagnostics, workspace, locations }: Session,
    pulls: DiagnosticPulls,
    path: string,
): NonNullable<DocumentDiagnosticReport['relatedDocuments']> {
    const key = workspace.keyOf(path);
    const others = [...new Set([...diagnostics.paths(), ...pulls.givenPaths()])].filter(
        (other) => !pulls.isGiven(other, diagnostics.reportOf(other)) && workspace.keyOf(other) === key,
    );
    return Object.fromEntries(
        others.slice(0, MOST_RELATED).map((other) => {
            const report = diagnostics.reportOf(other);
            pulls.given(other, report);
            const items = [...report.diagnostics];
            return [locations.uriOf(other), { kind: 'full' as const, resultId: report.resultId, items }];
        }),
    );
}

interface WorkspaceQuestion {
    readonly session: Session;
    readonly pulls: DiagnosticPulls;
    readonly params: WorkspaceDiagnosticParams;
    readonly token: CancellationToken;
}

type Reports = readonly WorkspaceDocumentDiagnosticReport[];

/** Applications analysed for a question about the workspace; the others are once they are used. */
const MOST_APPLICATIONS = 50;
/** Files in one partial answer. */
const CHUNK = 50;

/** `send` passes a part of the answer on, and answers what is left for the end. */
async function workspaceReport(
    question: WorkspaceQuestion,
    send: (items: Reports) => Reports,
): Promise<WorkspaceDiagnosticReport> {
    const { session, pulls, params, token } = question;
    await analyseAll(question);
    const known = new Map(params.previousResultIds.map(({ uri, value }) => [session.locations.pathOf(uri), value]));
    let items = reportsSince(session, known);
    while (known.size > 0 && !token.isCancellationRequested && items.every(({ kind }) => kind === 'unchanged')) {
        await pulls.nextChange(token);
        items = reportsSince(session, known);
    }
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'No longer wanted');
    const left: WorkspaceDocumentDiagnosticReport[] = [];
    for (let i = 0; i < items.length; i += CHUNK) left.push(...send(items.slice(i, i + CHUNK)));
    for (const { uri } of items) {
        const path = session.locations.pathOf(uri);
        pulls.given(path, session.diagnostics.reportOf(path));
    }
    return { items: left };
}

async function analyseAll({ session, token }: WorkspaceQuestion): Promise<void> {
    const applications = await session.workspace.applications();
    const fresh = applications.filter(({ findings }) => findings === null).slice(0, MOST_APPLICATIONS);
    for (const { directory } of fresh) {
        if (token.isCancellationRequested) return;
        session.workspace.view(directory);
    }
}

/** Every file something is said of, and those the client knows something else of. */
function reportsSince({ diagnostics, documents, locations }: Session, known: ReadonlyMap<string, string>): Reports {
    return [...new Set([...diagnostics.paths(), ...known.keys()])].sort().map((path) => {
        const { resultId, diagnostics: items } = diagnostics.reportOf(path);
        const uri = locations.uriOf(path);
        const version = documents.get(uri)?.text.version ?? null;
        return known.get(path) === resultId
            ? { kind: 'unchanged', uri, version, resultId }
            : { kind: 'full', uri, version, resultId, items: [...items] };
    });
}
