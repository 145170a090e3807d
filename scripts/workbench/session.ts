/** One workbench for one test: a copy of a folder, a server, a browser page, and the end of all of it. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { makeDirectories, removeDirectories, type WorkbenchDirectories } from './directories.ts';
import type { Workbench } from './install.ts';
import { failed, type Outcome, success } from './outcome.ts';
import { copyExtensions } from './packaged-extension.ts';
import { findProcesses, type FoundProcess } from './processes.ts';
import { type CommandResult, runProduct } from './product-command.ts';
import { startServer, workbenchAddress, type WorkbenchServer } from './server.ts';
import { type SessionSetup, settingsOf, writeKeybindings } from './setup.ts';

/**
 * What a session is made from; all paths are absolute. It gets its own copy of `extensions`, a directory with what is installed.
 * `payload` puts the workbench in test mode, `prepare` is called before the page loads.
 */
export type SessionStart = {
    readonly workbench: Workbench;
    readonly browser: string;
    readonly repository: string;
    readonly extensions: string;
    readonly folder: string;
    readonly setup: SessionSetup;
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
    /** Pages that are no more, for whatever reason but that their window was closed. */
    readonly crashes: readonly string[];
    /** What recipes have started: neither the workbench, nor the browser, nor a runner, nor the command line. */
    readonly recipeProcesses: (signal: AbortSignal) => Promise<readonly FoundProcess[]>;
    /** The detached runners of the session's deployments. */
    readonly runners: (signal: AbortSignal) => Promise<readonly FoundProcess[]>;
    /** Runs `roboconf` with the state, the home and the temporary directory of the session. */
    readonly roboconf: (...words: readonly string[]) => Promise<CommandResult>;
    /** Kills the extension hosts of all windows without warning; the value is their process ids. */
    readonly killExtensionHost: (signal: AbortSignal) => Promise<readonly number[]>;
    /** Opens the same folder in a further window. It is loading when this returns: see `waitForWorkbench`. */
    readonly openWindow: () => Promise<Page>;
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

/** How long a step waits for what it is about to use: a machine several times slower than usual is no fault of the product. */
const patienceMs = 90_000;

const isRunner = (found: FoundProcess): boolean => found.command.includes('runner.cjs');

const isCommandLine = (found: FoundProcess): boolean => found.command.includes('roboconf.cjs');

const isExtensionHost = (found: FoundProcess): boolean => found.command.includes('--type=extensionHost');

// The service worker of a webview answers this host name itself: such a request never reaches a network.
const isOwnAddress = (address: string, origin: string): boolean =>
    address.startsWith(origin) ||
    /^(data|blob|vscode-[a-z-]+|chrome-extension|about):/.test(address) ||
    /^https:\/\/[^/]*\.vscode-resource\.vscode-cdn\.net\//.test(address);

const launchBrowser = async (start: SessionStart, directories: WorkbenchDirectories): Promise<BrowserContext> =>
    chromium.launchPersistentContext(directories.browser, {
        executablePath: start.browser,
        headless: true,
        viewport: start.setup.viewport ?? { width: 1280, height: 800 },
        locale: start.setup.language ?? 'en',
        deviceScaleFactor: start.pixelRatio,
        // Chromium's sandbox refuses to work for root.
        args: [...browserFlags, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });

const copyFolder = (start: SessionStart, directories: WorkbenchDirectories): string => {
    const folder = path.join(directories.root, 'ws', start.setup.folderName ?? path.basename(start.folder));
    cpSync(start.folder, folder, { recursive: true });
    start.setup.prepareFolder?.(folder);
    return folder;
};

/** Thrown when a workbench did not come up: nothing is known about the product then. */
export class WorkbenchFault extends Error {}

/** Waits until the workbench is drawn and its extension host is connected. Throws a `WorkbenchFault` when a part is not there within `limitMs`. */
export const waitForWorkbench = async (page: Page, limitMs: number): Promise<void> => {
    try {
        await page.locator('.monaco-workbench').waitFor({ timeout: limitMs });
        await page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: limitMs });
        const opening = page.locator('.part.statusbar', { hasText: /Opening Remote/i });
        await opening.waitFor({ state: 'hidden', timeout: limitMs });
    } catch (error) {
        throw new WorkbenchFault('the workbench did not come up', { cause: error });
    }
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

const endingMs = 3000;
const lookMs = 50;

/** What a session leaves behind: processes that were killed take a moment to go. */
const lastingProcesses = async (root: string, signal: AbortSignal): Promise<readonly FoundProcess[]> => {
    const limit = performance.now() + endingMs;
    let left = await findProcesses(root, signal);
    // A runner outlives its editor by design and leaves after ten idle minutes: it is ended, not blamed.
    while (!left.every(isRunner) && performance.now() < limit) {
        await sleep(lookMs);
        left = await findProcesses(root, signal);
    }
    return left;
};

const endAll = async (parts: Parts, signal: AbortSignal): Promise<readonly FoundProcess[]> => {
    await Promise.all([parts.context.close(), parts.server.dispose()]);
    const left = await lastingProcesses(parts.directories.root, signal);
    killAll(left);
    removeDirectories(parts.directories);
    return left.filter((found) => !isRunner(found));
};

const recipeProcesses = async (parts: Parts, signal: AbortSignal): Promise<readonly FoundProcess[]> => {
    const all = await findProcesses(parts.directories.root, signal);
    const isOurs = (found: FoundProcess): boolean =>
        found.group === parts.server.pid ||
        isRunner(found) ||
        isCommandLine(found) ||
        found.command.includes(parts.directories.browser);
    return all.filter((found) => !isOurs(found));
};

const killExtensionHost = async (parts: Parts, signal: AbortSignal): Promise<readonly number[]> => {
    const hosts = (await findProcesses(parts.directories.root, signal)).filter(isExtensionHost);
    killAll(hosts);
    return hosts.map(({ pid }) => pid);
};

/** What went wrong in any window of a session. */
type Faults = { readonly foreignRequests: string[]; readonly pageErrors: string[]; readonly crashes: string[] };

const openPage = async (parts: Parts, page: Page, faults: Faults, folder: string): Promise<Page> => {
    const { server, start } = parts;
    page.setDefaultTimeout(patienceMs);
    page.on('request', (request) => {
        if (!isOwnAddress(request.url(), server.origin)) faults.foreignRequests.push(request.url());
    });
    page.on('pageerror', (error) => faults.pageErrors.push(error.message));
    page.on('crash', (crashed) => faults.crashes.push(`the page ${crashed.url()} crashed`));
    const { language } = start.setup;
    if (language !== undefined) {
        // What a language pack would set: extensions, here and in the extension host, are told this language.
        await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    }
    await start.prepare?.(page);
    await page.goto(workbenchAddress(server, folder, start.payload?.(server.authority) ?? []));
    return page;
};

const openSession = async (parts: Parts, folder: string): Promise<Session> => {
    const { context, directories, start } = parts;
    const faults: Faults = { foreignRequests: [], pageErrors: [], crashes: [] };
    const first = context.pages()[0] ?? (await context.newPage());
    const page = await openPage(parts, first, faults, folder);
    return {
        page,
        folder,
        state: stateOf(directories),
        directories,
        ...faults,
        recipeProcesses: async (signal) => recipeProcesses(parts, signal),
        runners: async (signal) => (await findProcesses(directories.root, signal)).filter(isRunner),
        roboconf: async (...words) =>
            runProduct({ repository: start.repository, environment: productEnvironment(directories) }, words),
        killExtensionHost: async (signal) => killExtensionHost(parts, signal),
        openWindow: async () => openPage(parts, await context.newPage(), faults, folder),
        dispose: async (signal) => endAll(parts, signal),
    };
};

const stateOf = (directories: WorkbenchDirectories): string => path.join(directories.root, 'state');

// Where the product's processes find each other: the same for the editor's and for those of a terminal.
const meetingPlace = (directories: WorkbenchDirectories): NodeJS.ProcessEnv => ({
    ROBOCONF_STATE: stateOf(directories),
    XDG_RUNTIME_DIR: directories.temporary,
});

const productEnvironment = (directories: WorkbenchDirectories): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: directories.home,
    TMPDIR: directories.temporary,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    ...meetingPlace(directories),
});

const startParts = async (
    start: SessionStart,
    directories: WorkbenchDirectories,
    signal: AbortSignal,
): Promise<Outcome<Parts>> => {
    mkdirSync(stateOf(directories));
    writeKeybindings(start.setup, directories.data);
    const launching = launchBrowser(start, directories);
    // A failure is told where the browser is waited for.
    launching.catch(() => undefined);
    const server = await startServer(
        {
            workbench: start.workbench,
            directories,
            port: 0,
            isTestMode: start.payload !== undefined,
            isTrustAsked: start.setup.isTrustAsked === true,
            settings: settingsOf(start.setup),
            environment: { ...meetingPlace(directories), ...start.environmentOf?.(directories) },
        },
        signal,
    );
    const context = await launching;
    if (!server.ok) {
        await context.close();
        return server;
    }
    return success({ start, directories, server: server.value, context });
};

/** Starts a session. The page is loading when it returns: see `waitForWorkbench`. */
export const startSession = async (start: SessionStart, signal: AbortSignal): Promise<Outcome<Session>> => {
    if (!existsSync(start.folder)) return failed(`${start.folder} does not exist`);
    const directories = makeDirectories();
    const folder = copyFolder(start, directories);
    copyExtensions(start.extensions, directories.extensions);
    const parts = await startParts(start, directories, signal);
    return parts.ok ? success(await openSession(parts.value, folder)) : parts;
};
