/** A language server in this process, driven over real streams: fixture files on disk, an editor's messages, time under control. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
    createMessageConnection,
    type MessageConnection,
    StreamMessageReader,
    StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import {
    type Connection,
    createConnection,
    type Diagnostic,
    ProposedFeatures,
    type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { createLanguage, type Language } from '../../language/index.ts';
import type { LaidOutGraph, Layout } from '../../server/layout.ts';
import { startServer } from '../../server/start.ts';

export interface ServerOptions {
    readonly capabilities?: object;
    readonly initializationOptions?: object;
    readonly language?: Language;
    readonly layout?: Layout;
}

export interface TestServer {
    readonly client: MessageConnection;
    readonly language: Language;
    readonly directory: string;
    readonly uri: (file: string) => string;
    readonly write: (file: string, text: string) => void;
    readonly open: (file: string, text: string) => Promise<void>;
    /** Replaces the whole text, or one range of it. */
    readonly change: (file: string, change: object) => Promise<void>;
    readonly close: (file: string) => Promise<void>;
    readonly watched: (file: string, type: 1 | 2 | 3) => Promise<void>;
    /** Runs what waits, until the server has nothing left to do and all it said has arrived. */
    readonly settle: () => Promise<void>;
    /** Codes by file, of what is shown at this moment. */
    readonly shown: () => Readonly<Record<string, readonly string[]>>;
    readonly diagnosticsOf: (file: string) => readonly Diagnostic[];
    /** Files published since the last call. */
    readonly published: () => readonly string[];
    readonly notifications: (method: string) => readonly unknown[];
    readonly errors: readonly string[];
    readonly dispose: () => Promise<void>;
}

/** Starts a server on a directory with the given files. The caller disposes it. */
export async function startTestServer(
    files: Readonly<Record<string, string>>,
    options: ServerOptions = {},
): Promise<TestServer> {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), 'roboconf-server-')));
    const write = (file: string, text: string): void => {
        mkdirSync(dirname(join(directory, file)), { recursive: true });
        writeFileSync(join(directory, file), text);
    };
    for (const [file, text] of Object.entries(files)) write(file, text);
    const language = options.language ?? createLanguage();
    const tasks = new Set<() => void>();
    const [client, serverConnection] = connectionPair();
    const layout = options.layout ?? plainLayout;
    const clock = {
        now: () => 0,
        schedule: (_: number, task: () => void) => {
            tasks.add(task);
            return () => tasks.delete(task);
        },
    };
    startServer(serverConnection, { layout, language, clock });
    const uri = (file: string): string => pathToFileURL(join(directory, file)).href;
    const shownNow = new Map<string, readonly Diagnostic[]>();
    let recent: string[] = [];
    const said = new Map<string, unknown[]>();
    const errors: string[] = [];
    client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
        const file = params.uri.slice(pathToFileURL(directory).href.length + 1);
        recent.push(file);
        shownNow.set(file, params.diagnostics);
    });
    client.onNotification(
        'window/logMessage',
        (params: { readonly message: string }) => void errors.push(params.message),
    );
    client.onNotification((method, params) => void said.set(method, [...(said.get(method) ?? []), params]));
    client.onRequest('client/registerCapability', () => null);
    client.listen();
    const settle = async (): Promise<void> => {
        await client.sendRequest('roboconf/applications');
        for (let round = 0; round < 10 && tasks.size > 0; round += 1) {
            const waiting = [...tasks];
            tasks.clear();
            for (const task of waiting) task();
            await client.sendRequest('roboconf/applications');
        }
        await client.sendRequest('roboconf/applications');
    };
    await client.sendRequest('initialize', {
        processId: null,
        rootUri: null,
        capabilities: options.capabilities ?? {},
        initializationOptions: options.initializationOptions,
        workspaceFolders: [{ uri: pathToFileURL(directory).href, name: 'test' }],
    });
    await client.sendNotification('initialized', {});
    const versions = new Map<string, number>();
    const next = (file: string): number => {
        versions.set(file, (versions.get(file) ?? 0) + 1);
        return versions.get(file) ?? 0;
    };
    return {
        client,
        language,
        directory,
        uri,
        write,
        settle,
        open: async (file, text) => {
            const languageId = file.endsWith('.graph')
                ? 'roboconf-graph'
                : file.endsWith('.instances')
                  ? 'roboconf-instances'
                  : 'properties';
            await client.sendNotification('textDocument/didOpen', {
                textDocument: { uri: uri(file), languageId, version: next(file), text },
            });
            await settle();
        },
        change: async (file, change) => {
            const textDocument = { uri: uri(file), version: next(file) };
            await client.sendNotification('textDocument/didChange', { textDocument, contentChanges: [change] });
            await settle();
        },
        close: async (file) => {
            await client.sendNotification('textDocument/didClose', { textDocument: { uri: uri(file) } });
            await settle();
        },
        watched: async (file, type) => {
            await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(file), type }] });
            await settle();
        },
        shown: () =>
            Object.fromEntries(
                [...shownNow]
                    .filter(([, diagnostics]) => diagnostics.length > 0)
                    .map(([file, diagnostics]) => [file, diagnostics.map(({ code }) => String(code))]),
            ),
        diagnosticsOf: (file) => shownNow.get(file) ?? [],
        published: () => {
            const files = recent;
            recent = [];
            return files.sort();
        },
        notifications: (method) => said.get(method) ?? [],
        errors,
        dispose: async () => {
            await client.sendRequest('shutdown');
            client.dispose();
            serverConnection.dispose();
            rmSync(directory, { recursive: true, force: true });
        },
    };
}

/** A layout that places every node at the origin. */
const plainLayout: Layout = {
    layout: (view) => {
        const nodes = view.nodes.map((node) => ({ ...node, x: 0, y: 0, width: 10, height: 10 }));
        // Only what tells nodes apart is of interest to the server: the rest of a picture is the layout's own business.
        return Promise.resolve({
            perspective: view.perspective,
            width: 10,
            height: 10,
            nodes,
            edges: [],
        } as unknown as LaidOutGraph);
    },
    warmUp: () => undefined,
    dispose: () => Promise.resolve(),
};

function connectionPair(): [MessageConnection, Connection] {
    const up = new PassThrough();
    const down = new PassThrough();
    const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    return [client, createConnection(ProposedFeatures.all, up, down)];
}
