/**
 * Installs a real VS Code workbench from npm packages: code-server (the VS Code server and its web workbench) and
 * the Node it asks for. It lands in a cache outside the tree, shared by clones. docs/decisions/0003-workbench.md tells
 * why each step is as it is.
 *
 * 1. A finished installation is a directory that holds `.stamp`; it appears whole, by a rename.
 * 2. Two installations at once are safe: the second waits for the first, and would lose the rename at worst.
 */
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, runCommand } from './command.ts';
import { installPackages } from './debian.ts';
import { announce, failed, type Outcome, success } from './outcome.ts';

/** The programs of an installed workbench, as absolute paths. */
export type Workbench = {
    readonly directory: string;
    readonly node: string;
    readonly entry: string;
};

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';
const recipe = 1;
const stamp = `code-server ${codeServerVersion} node ${nodeVersion} recipe ${recipe}`;
const nodePackage = `node-${process.platform}-${process.arch}`;
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'] as const;
const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'] as const;

const cacheDirectory = (): string => {
    const named = process.env['ROBOCONF_WORKBENCH'];
    if (named !== undefined && named !== '') return path.resolve(named);
    const cache = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
    return path.join(cache, 'roboconf', `workbench-${codeServerVersion}-${recipe}`);
};

const workbenchIn = (directory: string): Workbench => ({
    directory,
    node: path.join(directory, 'node_modules', nodePackage, 'bin', 'node'),
    entry: path.join(directory, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
});

const isInstalled = (directory: string): boolean => {
    const file = path.join(directory, '.stamp');
    return existsSync(file) && readFileSync(file, 'utf8') === stamp;
};

// What npm tells its scripts about the project they belong to would mislead an npm that works in another folder.
const projectVariable =
    /^npm_(package_|lifecycle_|command$|config_(local_prefix|prefix|noproxy|node_gyp|ignore_scripts)$)/i;

const npmEnvironment = (additions: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !projectVariable.test(name))),
    ...additions,
});

const npm = async (words: readonly string[], place: Place, signal: AbortSignal): Promise<Outcome<string>> =>
    runCommand(
        {
            file: 'npm',
            arguments: [...words],
            directory: place.directory,
            environment: npmEnvironment(place.environment ?? {}),
            quiet: true,
        },
        signal,
    );

type Place = { readonly directory: string; readonly environment?: NodeJS.ProcessEnv };

const missingTools = (): readonly string[] =>
    ['python3', 'make', 'g++'].filter((tool) => findProgram(tool) === undefined);

const provideCompiler = async (signal: AbortSignal): Promise<Outcome<string>> => {
    const packages = missingTools();
    if (packages.length === 0) return success('');
    return installPackages({ packages, purpose: 'two native modules of the workbench' }, signal);
};

type Step = {
    readonly title: string;
    readonly run: (directory: string, signal: AbortSignal) => Promise<Outcome<string>>;
};

const serverPart = (directory: string): string => path.join(directory, 'node_modules', 'code-server', 'lib', 'vscode');

const steps: readonly Step[] = [
    {
        title: `code-server ${codeServerVersion} and Node ${nodeVersion}`,
        run: async (directory, signal) => {
            const dependencies = { 'code-server': codeServerVersion, [nodePackage]: nodeVersion };
            await writeFile(path.join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
            // Without scripts: code-server's own would compile modules that nothing here needs.
            return npm(['install', ...npmFlags], { directory }, signal);
        },
    },
    {
        title: "the workbench's dependencies",
        run: async (directory, signal) =>
            npm(['install', '--omit=dev', ...npmFlags], { directory: serverPart(directory) }, signal),
    },
    {
        title: "the built-in extensions' dependencies",
        run: async (directory, signal) =>
            npm(
                ['install', '--omit=dev', ...npmFlags],
                { directory: path.join(serverPart(directory), 'extensions') },
                signal,
            ),
    },
    {
        title: 'two native modules (log files, watchdog)',
        run: async (directory, signal) => {
            const node = path.join(directory, 'node_modules', nodePackage);
            const environment = {
                PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
                // The Node package ships its headers, so that the compilation downloads nothing.
                npm_config_nodedir: node,
            };
            return npm(
                ['rebuild', '--loglevel=error', ...nativeModules],
                { directory: serverPart(directory), environment },
                signal,
            );
        },
    },
];

const missingProducts = (directory: string): readonly string[] => {
    const modules = path.join(serverPart(directory), 'node_modules');
    const workbench = workbenchIn(directory);
    return [
        workbench.node,
        workbench.entry,
        path.join(modules, '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node'),
        path.join(modules, 'node-pty', 'prebuilds', `${process.platform}-${process.arch}`, 'pty.node'),
    ].filter((file) => !existsSync(file));
};

const runSteps = async (directory: string, signal: AbortSignal): Promise<Outcome<string>> => {
    for (const step of steps) {
        const started = performance.now();
        const outcome = await step.run(directory, signal);
        if (!outcome.ok) return failed(`Installing the workbench failed at ${step.title}:\n${outcome.reason}`);
        announce(`  ${step.title}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    const missing = missingProducts(directory);
    return missing.length === 0 ? success(directory) : failed(`The installed workbench lacks ${missing.join(', ')}`);
};

const moveIntoPlace = async (from: string, to: string): Promise<void> => {
    await writeFile(path.join(from, '.stamp'), stamp);
    await rm(to, { recursive: true, force: true });
    await rename(from, to);
};

const installAt = async (target: string, signal: AbortSignal): Promise<Outcome<Workbench>> => {
    const building = `${target}.building-${process.pid}`;
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true });
    announce(`Installing a VS Code workbench in ${target} (once; about 800 MB, under a minute)`);
    try {
        const outcome = await runSteps(building, signal);
        if (!outcome.ok) return outcome;
        if (!isInstalled(target)) await moveIntoPlace(building, target);
        return success(workbenchIn(target));
    } finally {
        await rm(building, { recursive: true, force: true });
    }
};

const isAlive = (pid: number): boolean => {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        // No such process (or one of another user, which cannot be an installer of this cache).
        return false;
    }
};

const takeLock = async (file: string): Promise<boolean> => {
    const ticket = `${file}.${process.pid}`;
    await writeFile(ticket, String(process.pid));
    try {
        // A link appears with its content, so that no reader ever sees a lock without an owner.
        await link(ticket, file);
        return true;
    } catch {
        // The lock exists: somebody installs at this moment, or died while doing so.
        return false;
    } finally {
        await rm(ticket, { force: true });
    }
};

const dropStaleLock = async (file: string): Promise<void> => {
    const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
};

const waitForLock = async (lock: string, signal: AbortSignal): Promise<void> => {
    let isAnnounced = false;
    while (!(await takeLock(lock))) {
        if (!isAnnounced) announce(`Waiting for another installation of the workbench (${lock})`);
        isAnnounced = true;
        await dropStaleLock(lock);
        await sleep(500, undefined, { signal });
    }
};

/** Gives the workbench of the cache, installing it first when it is not there. Fails with what to do about it. */
export const installWorkbench = async (signal: AbortSignal): Promise<Outcome<Workbench>> => {
    const target = cacheDirectory();
    if (isInstalled(target)) return success(workbenchIn(target));
    if (process.platform === 'win32')
        return failed('The workbench runs on Linux and macOS. Put VS Code (`code`) on the PATH.');
    const compiler = await provideCompiler(signal);
    if (!compiler.ok) return compiler;
    await mkdir(path.dirname(target), { recursive: true });
    const lock = `${target}.lock`;
    await waitForLock(lock, signal);
    try {
        return isInstalled(target) ? success(workbenchIn(target)) : await installAt(target, signal);
    } finally {
        await rm(lock, { force: true });
    }
};
