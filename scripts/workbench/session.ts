/** One workbench for one test: a copy of a folder, a server, a browser page, and the end of all of it. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { makeDirectories, removeDirectories, type WorkbenchDirectories } from './directories.ts';
import { installExtensionFolder } from './extension-folder.ts';
import type { Workbench } from './install.ts';
import { failed, type Outcome, success } from './outcome.ts';
import { findProcesses, type FoundProcess } from './processes.ts';
import { type Settings, startServer, workbenchAddress, type WorkbenchServer } from './server.ts';

/**
 * What a session is made from; all paths are absolute. The extension built in `repository` is installed in it.
 * `payload` puts the workbench in test mode, `prepare` is called before the page loads.
 */
export type SessionStart = {
    readonly workbench: Workbench;
    readonly browser: string;
    readonly repository: string;
    readonly folder: string;
    readonly settings: Settings;
    readonly pixelRatio: number;
    readonly environmentOf?: (directories: WorkbenchDirectories) => NodeJS.ProcessEnv;
    readonly payload?: (authority: string) => readonly (readonly [string, string])[];
    readonly prepare?: (page: Page) => Promise<void>;
};

/** A running session. `folder` is the throw-away copy the workbench shows; `state` is its ROBOCONF_STATE. */
export type Session = {
    readonly page: Page;
    readonly folder: string;
    readonly state: string;
    readonly directories: WorkbenchDirectories;
    /** Addresses asked for that are not the workbench's own. */
    readonly foreignRequests: readonly string[];
    /** Errors no code of the page has caught. */
    readonly pageErrors: readonly string[];
    /** What recipes have started: neither the workbench, nor the browser, nor a runner. */
    readonly recipeProcesses: (signal: AbortSignal) => Promise<readonly FoundProcess[]>;
    /** Ends everything; the value names the processes that were left behind and had to be killed. */
    readonly dispose: (signal: AbortSignal) => Promise<readonly FoundProcess[]>;
};

const browserFlags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
] as const;

const isRunner = (found: FoundProcess): boolean => found.command.includes('runner.cjs');

// The service worker of a webview answers this host name itself: such a request never reaches a network.
const isOwnAddress = (address: string, origin: string): boolean =>
    address.startsWith(origin) ||
    /^(data|blob|vscode-[a-z-]+|chrome-extension|about):/.test(address) ||
    /^https:\/\/[^/]*\.vscode-resource\.vscode-cdn\.net\//.test(address);

const launchBrowser = async (start: SessionStart, directories: WorkbenchDirectories): Promise<BrowserContext> =>
    chromium.launchPersistentContext(directories.browser, {
        executablePath: start.browser,
        headless: true,
        viewport: { width: 1280, height: 800 },
        deviceScaleFactor: start.pixelRatio,
        // Chromium's sandbox refuses to work for root.
        args: [...browserFlags, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });

const copyFolder = (start: SessionStart, directories: WorkbenchDirectories): string => {
    const folder = path.join(directories.root, 'ws', path.basename(start.folder));
    cpSync(start.folder, folder, { recursive: true });
    return folder;
};

/** Waits until the workbench is drawn and its extension host is connected. */
export const waitForWorkbench = async (page: Page, limitMs: number): Promise<void> => {
    await page.locator('.monaco-workbench').waitFor({ timeout: limitMs });
    await page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: limitMs });
    const opening = page.locator('.part.statusbar', { hasText: /Opening Remote/i });
    await opening.waitFor({ state: 'hidden', timeout: limitMs });
};

type Parts = {
    readonly start: SessionStart;
    readonly directories: WorkbenchDirectories;
    readonly server: WorkbenchServer;
    readonly context: BrowserContext;
};

const killAll = (processes: readonly FoundProcess[]): void => {
    for (const found of processes) {
        try {
            process.kill(found.pid, 'SIGKILL');
        } catch {
            // It has ended between the listing and the signal.
        }
    }
};

const endAll = async (parts: Parts, signal: AbortSignal): Promise<readonly FoundProcess[]> => {
    await parts.context.close();
    await parts.server.dispose();
    const left = await findProcesses(parts.directories.root, signal);
    killAll(left);
    removeDirectories(parts.directories);
    // A runner outlives its editor by design and leaves after ten idle minutes: it is ended, not blamed.
    return left.filter((found) => !isRunner(found));
};

const recipeProcesses = async (parts: Parts, signal: AbortSignal): Promise<readonly FoundProcess[]> => {
    const all = await findProcesses(parts.directories.root, signal);
    return all.filter(
        (found) =>
            found.group !== parts.server.pid && !isRunner(found) && !found.command.includes(parts.directories.browser),
    );
};

const openPage = async (parts: Parts, folder: string): Promise<Session> => {
    const { server, context, start } = parts;
    const page = context.pages()[0] ?? (await context.newPage());
    const foreignRequests: string[] = [];
    const pageErrors: string[] = [];
    page.setDefaultTimeout(20_000);
    page.on('request', (request) => {
        if (!isOwnAddress(request.url(), server.origin)) foreignRequests.push(request.url());
    });
    page.on('pageerror', (error) => pageErrors.push(error.message));
    await start.prepare?.(page);
    await page.goto(workbenchAddress(server, folder, start.payload?.(server.authority) ?? []));
    return {
        page,
        folder,
        state: path.join(parts.directories.root, 'state'),
        directories: parts.directories,
        foreignRequests,
        pageErrors,
        recipeProcesses: async (signal) => recipeProcesses(parts, signal),
        dispose: async (signal) => endAll(parts, signal),
    };
};

const startParts = async (
    start: SessionStart,
    directories: WorkbenchDirectories,
    signal: AbortSignal,
): Promise<Outcome<Parts>> => {
    const state = path.join(directories.root, 'state');
    mkdirSync(state);
    const server = await startServer(
        {
            workbench: start.workbench,
            directories,
            port: 0,
            isTestMode: start.payload !== undefined,
            settings: start.settings,
            environment: {
                ROBOCONF_STATE: state,
                XDG_RUNTIME_DIR: directories.temporary,
                ...start.environmentOf?.(directories),
            },
        },
        signal,
    );
    if (!server.ok) return server;
    const context = await launchBrowser(start, directories);
    return success({ start, directories, server: server.value, context });
};

/** Starts a session. The page is loading when it returns: see `waitForWorkbench`. */
export const startSession = async (start: SessionStart, signal: AbortSignal): Promise<Outcome<Session>> => {
    if (!existsSync(start.folder)) return failed(`${start.folder} does not exist`);
    const directories = makeDirectories();
    const folder = copyFolder(start, directories);
    const extension = installExtensionFolder(start.repository, directories.extensions);
    if (!extension.ok) return extension;
    const parts = await startParts(start, directories, signal);
    return parts.ok ? success(await openPage(parts.value, folder)) : parts;
};
