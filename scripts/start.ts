/**
 * `npm start [-- FOLDER] [-- --port N]`: opens an application in an editor with this extension. In the VS Code of the
 * PATH when `code` is there, else in a workbench at a printed address of 127.0.0.1, until Ctrl+C.
 */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram, runCommand } from './workbench/command.ts';
import { makeDirectories, removeDirectories, type WorkbenchDirectories } from './workbench/directories.ts';
import { installExtensionFolder } from './workbench/extension-folder.ts';
import { installWorkbench } from './workbench/install.ts';
import { announce, failed, type Outcome, success } from './workbench/outcome.ts';
import { createInterruption } from './workbench/process-group.ts';
import { startServer, workbenchAddress, type WorkbenchServer } from './workbench/server.ts';

const repository = path.resolve(import.meta.dirname, '..');

const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        port: { type: 'string', default: '0' },
        workbench: { type: 'boolean', default: false },
    },
});

// npm runs scripts in the repository: a path is meant from where the person is.
const startedFrom = process.env['INIT_CWD'] ?? process.cwd();
const folder =
    positionals[0] === undefined
        ? path.join(repository, 'examples', 'hello-cluster')
        : path.resolve(startedFrom, positionals[0]);

const nextSteps = [
    'What to do there:',
    '  - open graph/main.graph and break a name: the editor says what is wrong, Ctrl+Space offers the right ones',
    '  - F1, "Roboconf: Show Graph": the components and their imports, live while you type',
    '  - F1, "Roboconf: Simulate", or "Roboconf: Deploy" for real processes on this machine',
    '  - F1, "Roboconf: Undeploy" ends them and removes their files',
] as const;

const openDesktop = async (code: string, signal: AbortSignal): Promise<Outcome<string>> => {
    announce(`Opening ${folder} in VS Code (${code})`);
    const words = [`--extensionDevelopmentPath=${repository}`, '--new-window', folder];
    return runCommand({ file: code, arguments: words }, signal);
};

// A runner outlives this editor: its state and its socket must lie where the person's other programs look for them.
const passedVariables = ['HOME', 'USER', 'SHELL', 'LANG', 'ROBOCONF_STATE', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR'];

const personalEnvironment = (): NodeJS.ProcessEnv => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passedVariables.includes(name))),
    TMPDIR: os.tmpdir(),
});

const serve = async (directories: WorkbenchDirectories, signal: AbortSignal): Promise<Outcome<WorkbenchServer>> => {
    const workbench = await installWorkbench(signal);
    if (!workbench.ok) return workbench;
    const extension = installExtensionFolder(repository, directories.extensions);
    if (!extension.ok) return extension;
    return startServer(
        {
            workbench: workbench.value,
            directories,
            port: Number(options.port),
            isTestMode: false,
            isTrustAsked: false,
            settings: {},
            environment: personalEnvironment(),
        },
        signal,
    );
};

const untilInterrupted = async (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => {
            resolve();
        });
    });

/** The page begins with a model in the editor rather than with an empty window. */
const firstFile = (authority: string): readonly (readonly [string, string])[] => {
    const file = path.join(folder, 'graph', 'main.graph');
    return existsSync(file) ? [['openFile', `vscode-remote://${authority}${encodeURI(file)}`]] : [];
};

const openWorkbench = async (signal: AbortSignal): Promise<Outcome<string>> => {
    const directories = makeDirectories();
    try {
        const server = await serve(directories, signal);
        if (!server.ok) return server;
        console.log(`\n${workbenchAddress(server.value, folder, firstFile(server.value.authority))}\n`);
        console.log([...nextSteps, 'Ctrl+C ends the editor; a deployment goes on without it.'].join('\n'));
        const interrupted = untilInterrupted(signal).then(() => success('interrupted'));
        const ended = server.value.exited.then((code) => failed(`The workbench ended by itself with code ${code}`));
        const outcome = await Promise.race([interrupted, ended]);
        await server.value.dispose();
        return outcome;
    } finally {
        removeDirectories(directories);
    }
};

const open = async (signal: AbortSignal): Promise<Outcome<string>> => {
    if (!existsSync(folder)) return failed(`${folder} does not exist`);
    const code = options.workbench ? undefined : findProgram('code');
    if (code === undefined) return openWorkbench(signal);
    const opened = await openDesktop(code, signal);
    if (opened.ok) console.log(nextSteps.join('\n'));
    return opened;
};

const outcome = await open(createInterruption());
if (!outcome.ok) announce(outcome.reason);
process.exitCode = outcome.ok ? 0 : 1;
