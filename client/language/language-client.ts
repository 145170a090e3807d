/**
 * The language server's process and the conversation with it. Requests are refused as data while it is not running; what it says is read with
 * the parsers of its door.
 */
import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind, type LanguageClientOptions } from 'vscode-languageclient/node';
import {
    LANGUAGE_IDS,
    METHODS,
    parseApplicationsAnswer,
    parseGraphAnswer,
    parseModelAnswer,
    parseModelChanged,
    parseStatus,
    type ApplicationEntry,
    type GraphAnswer,
    type GraphParams,
    type ModelAnswer,
    type ModelChangedParams,
    type StatusParams,
} from '../../server/protocol.ts';
import { isAbort } from '../ui/cancellation.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import type { Log } from '../ui/log.ts';
import { CANCELLED, done, failed, type Outcome } from '../ui/outcome.ts';
import { explainCodes } from './finding-pages.ts';
import type { FindingTexts } from './finding-texts.ts';
import { PLAIN_LABELS } from './plain-labels.ts';
import { resolveCodeLens, SHOW_REFERENCES } from './references-lens.ts';

/** Files the server looks at: the languages of an application, and its properties files. */
export const DOCUMENT_SELECTOR = [
    ...Object.values(LANGUAGE_IDS).map((language) => ({ scheme: 'file', language })),
    { scheme: 'file', pattern: '**/descriptor/application.properties' },
    { scheme: 'file', pattern: '**/{graph/*,targets}/*.properties' },
    { scheme: 'file', pattern: '**/probes/*.measures.properties' },
];

export type ServerState =
    | { readonly kind: 'starting' }
    | { readonly kind: 'ready'; readonly status: StatusParams }
    | { readonly kind: 'failed'; readonly message: string };

export interface Language extends vscode.Disposable {
    readonly state: () => ServerState;
    readonly onState: (listener: (state: ServerState) => void) => Subscription;
    /** An application was analysed and differs. */
    readonly onModelChanged: (listener: (changed: ModelChangedParams) => void) => Subscription;
    /** Starts the server, or starts it again. A start that fails is a state, not an exception. */
    readonly restart: () => Promise<void>;
    readonly applications: (signal: AbortSignal) => Promise<Outcome<readonly ApplicationEntry[]>>;
    readonly model: (uri: vscode.Uri, signal: AbortSignal) => Promise<Outcome<ModelAnswer>>;
    readonly graph: (
        uri: vscode.Uri,
        view: Omit<GraphParams, 'uri'>,
        signal: AbortSignal,
    ) => Promise<Outcome<GraphAnswer>>;
}

const IDLE_STATUS: StatusParams = { state: 'analysing', applicationCount: 0, errorCount: 0, warningCount: 0 };

/** A stopped client for the server bundled at `serverModule`. */
export function createLanguage(serverModule: string, findings: FindingTexts, log: Log): Language {
    const states = createEmitter<ServerState>();
    const changes = createEmitter<ModelChangedParams>();
    let state: ServerState = { kind: 'starting' };
    const enter = (next: ServerState): void => {
        state = next;
        states.emit(next);
    };
    const client = new LanguageClient(
        'roboconf',
        'Roboconf',
        serverOptions(serverModule),
        clientOptions(findings, log),
    );
    client.onNotification(METHODS.status, (params: unknown) => {
        const status = parseStatus(params);
        if (status !== undefined) enter({ kind: 'ready', status });
    });
    client.onNotification(METHODS.modelChanged, (params: unknown) => {
        const changed = parseModelChanged(params);
        if (changed !== undefined) changes.emit(changed);
    });
    client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) enter({ kind: 'ready', status: IDLE_STATUS });
        else if (newState === State.Starting) enter({ kind: 'starting' });
        else if (newState === State.StartFailed) enter({ kind: 'failed', message: vscode.l10n.t('it did not start') });
        else enter({ kind: 'failed', message: vscode.l10n.t('it stopped') });
    });
    return {
        state: () => state,
        onState: states.listen,
        onModelChanged: changes.listen,
        restart: async () => {
            try {
                if (client.isRunning()) await client.restart();
                else await client.start();
            } catch (fault) {
                // Whatever kept the process from starting is told through the state; the log has the whole of it.
                log.error('The language server could not be started', fault);
                enter({ kind: 'failed', message: fault instanceof Error ? fault.message : String(fault) });
            }
        },
        ...requestsOf(client),
        dispose: () =>
            void client.dispose().catch((fault: unknown) => log.debug(`Ending the language server: ${String(fault)}`)),
    };
}

function requestsOf(client: LanguageClient): Pick<Language, 'applications' | 'model' | 'graph'> {
    const ask = <Answer>(
        method: string,
        params: unknown,
        parse: (answer: unknown) => Answer | undefined,
        signal: AbortSignal,
    ) => request({ client, method, params, parse }, signal);
    return {
        applications: async (signal) => {
            const answer = await ask(METHODS.applications, {}, parseApplicationsAnswer, signal);
            return answer.kind === 'done' ? done(answer.value.applications) : answer;
        },
        model: (uri, signal) => ask(METHODS.model, { uri: uri.toString() }, parseModelAnswer, signal),
        graph: (uri, view, signal) => ask(METHODS.graph, { uri: uri.toString(), ...view }, parseGraphAnswer, signal),
    };
}

interface Request<Answer> {
    readonly client: LanguageClient;
    readonly method: string;
    readonly params: unknown;
    readonly parse: (answer: unknown) => Answer | undefined;
}

async function request<Answer>(
    { client, method, params, parse }: Request<Answer>,
    signal: AbortSignal,
): Promise<Outcome<Answer>> {
    // A request made while the server starts is sent when it has started: the client waits by itself.
    const isComing = client.isRunning() || client.state === State.Starting;
    if (signal.aborted) return CANCELLED;
    if (!isComing) return failed({ kind: 'serverNotRunning' });
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
        const answer: unknown = await client.sendRequest(method, params, source.token);
        const parsed = parse(answer);
        return parsed === undefined ? failed({ kind: 'notUnderstood', method }) : done(parsed);
    } catch (fault) {
        if (signal.aborted || isAbort(fault)) return CANCELLED;
        // A server that ends in the middle of a request is a failure of the world; any other fault is a bug and goes on.
        if (!client.isRunning()) return failed({ kind: 'serverNotRunning' });
        throw fault;
    } finally {
        signal.removeEventListener('abort', cancel);
        source.dispose();
    }
}

function serverOptions(module: string) {
    const options = { execArgv: ['--nolazy', '--inspect=6019'] };
    return {
        run: { module, transport: TransportKind.ipc },
        debug: { module, transport: TransportKind.ipc, options },
    };
}

function clientOptions({ templates, pages }: FindingTexts, log: Log): LanguageClientOptions {
    return {
        documentSelector: DOCUMENT_SELECTOR,
        outputChannel: log.channel,
        diagnosticCollectionName: 'roboconf',
        synchronize: { configurationSection: 'roboconf' },
        initializationOptions: {
            findings: templates,
            findingPages: pages.toString(),
            // Findings of files that are not open shall stand in Problems as soon as they are known: told at once, not when the editor asks.
            diagnostics: 'push',
            referencesCommand: SHOW_REFERENCES,
            suggestCommand: 'editor.action.triggerSuggest',
        },
        middleware: { ...PLAIN_LABELS, resolveCodeLens, handleDiagnostics: explainCodes },
        initializationFailedHandler: () => false,
    };
}
