/** Starts and ends a workbench server that listens on 127.0.0.1 only. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkbenchDirectories } from './directories.ts';
import type { Workbench } from './install.ts';
import { failed, type Outcome, success } from './outcome.ts';
import { type ProcessGroup, startGroup } from './process-group.ts';

/** The settings of the workbench's user, by their ids. */
export type Settings = { readonly [id: string]: unknown };

/**
 * What to start. `port` 0 picks a free one. `isTestMode` honours the address's `payload`, at the price of toasts.
 * `isTrustAsked` leaves workspace trust to the settings; otherwise every folder is trusted.
 */
export type ServerStart = {
    readonly workbench: Workbench;
    readonly directories: WorkbenchDirectories;
    readonly port: number;
    readonly isTestMode: boolean;
    readonly isTrustAsked: boolean;
    readonly settings: Settings;
    readonly environment: NodeJS.ProcessEnv;
};

/** A server that answers at `origin`. */
export type WorkbenchServer = {
    readonly origin: string;
    readonly authority: string;
    readonly pid: number;
    readonly exited: Promise<number>;
    readonly dispose: () => Promise<void>;
};

const startLimitMs = 90_000;

const quietSettings: Settings = {
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'extensions.autoUpdate': false,
    'extensions.autoCheckUpdates': false,
    'extensions.ignoreRecommendations': true,
    'chat.disableAIFeatures': true,
    'window.confirmBeforeClose': 'never',
    'window.commandCenter': false,
    'git.enabled': false,
    // An editor draws only the lines in sight: a short file is in sight as a whole, wherever the cursor goes.
    'editor.scrollBeyondLastLine': false,
    // As on the desktop: a web workbench would save while one types.
    'files.autoSave': 'off',
};

const quietFlags = [
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--disable-proxy',
] as const;

const freePort = async (wanted: number): Promise<Outcome<number>> =>
    new Promise((resolve) => {
        const probe = createServer();
        probe.once('error', (error) => {
            resolve(failed(`Port ${wanted} cannot be used: ${error.message}`));
        });
        probe.listen(wanted, '127.0.0.1', () => {
            const address = probe.address();
            const port = address === null || typeof address === 'string' ? wanted : address.port;
            probe.close(() => {
                resolve(success(port));
            });
        });
    });

const environmentOf = (start: ServerStart): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: start.directories.home,
    TMPDIR: start.directories.temporary,
    LANG: 'C.UTF-8',
    // Without a gallery the workbench asks nobody for extensions.
    EXTENSIONS_GALLERY: '{}',
    // Every session loads the same code: it is compiled once for all of them.
    NODE_COMPILE_CACHE: path.join(start.workbench.directory, 'compiled'),
    ...start.environment,
});

const argumentsOf = (start: ServerStart, port: number): readonly string[] => [
    start.workbench.entry,
    ...['--config', start.directories.configuration],
    ...['--user-data-dir', start.directories.data],
    ...['--extensions-dir', start.directories.extensions],
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...quietFlags,
    ...(start.isTrustAsked ? [] : ['--disable-workspace-trust']),
    ...(start.isTestMode ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
];

const answers = async (origin: string): Promise<boolean> => {
    try {
        return (await fetch(`${origin}/healthz`)).ok;
    } catch {
        // Nobody listens yet.
        return false;
    }
};

const endedEarly = async (group: ProcessGroup): Promise<boolean> =>
    Promise.race([group.exited.then(() => true), sleep(100).then(() => false)]);

const waitUntilReady = async (group: ProcessGroup, origin: string, signal: AbortSignal): Promise<Outcome<string>> => {
    const limit = performance.now() + startLimitMs;
    while (performance.now() < limit) {
        if (await answers(origin)) return success(origin);
        if (await endedEarly(group)) return failed('it ended at once');
        if (signal.aborted) return failed('interrupted');
    }
    return failed(`no answer at ${origin} within ${startLimitMs / 1000} s`);
};

/** Starts the server and waits until it answers. Fails with the end of its log. */
export const startServer = async (start: ServerStart, signal: AbortSignal): Promise<Outcome<WorkbenchServer>> => {
    const port = await freePort(start.port);
    if (!port.ok) return port;
    const settings = { ...quietSettings, ...start.settings };
    writeFileSync(path.join(start.directories.data, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
    const authority = `127.0.0.1:${port.value}`;
    const origin = `http://${authority}`;
    const group = startGroup({
        file: start.workbench.node,
        arguments: argumentsOf(start, port.value),
        environment: environmentOf(start),
        logFile: start.directories.log,
    });
    const ready = await waitUntilReady(group, origin, signal);
    if (!ready.ok) {
        await group.dispose();
        const log = readFileSync(start.directories.log, 'utf8').slice(-2000);
        return failed(`The workbench did not start: ${ready.reason}\n${log}`);
    }
    return success({ origin, authority, pid: group.pid, exited: group.exited, dispose: async () => group.dispose() });
};

/** The address of a folder in the workbench. Of the `payload`, paths of extensions and tests count in test mode only. */
export const workbenchAddress = (
    server: WorkbenchServer,
    folder: string,
    payload: readonly (readonly [string, string])[] = [],
): string => {
    const address = new URL(server.origin);
    address.searchParams.set('folder', folder);
    if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
    return address.href;
};
