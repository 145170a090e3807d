/** The extension as people get it: its VSIX is made and installed by the workbench's own installer, once a run. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commandLine, runCommand } from './command.ts';
import { makeDirectories, removeDirectories } from './directories.ts';
import type { Workbench } from './install.ts';
import { failed, type Outcome, success } from './outcome.ts';

const makePackage = async (repository: string, signal: AbortSignal): Promise<Outcome<string>> => {
    const vsix = path.join(repository, '.cache', 'package', 'roboconf.vsix');
    const words = [path.join(repository, 'scripts', 'package.ts'), `--out=${vsix}`];
    const command = { file: process.execPath, arguments: words, directory: repository, quiet: true };
    const made = await runCommand(command, signal);
    return made.ok ? success(vsix) : failed(`${commandLine(command)} failed:\n${made.reason}`);
};

/** Makes the VSIX of `repository` and installs it. The value is an extensions directory that sessions copy. */
export const installPackagedExtension = async (
    workbench: Workbench,
    repository: string,
    signal: AbortSignal,
): Promise<Outcome<string>> => {
    const vsix = await makePackage(repository, signal);
    if (!vsix.ok) return vsix;
    const extensions = path.join(repository, '.cache', 'package', 'installed');
    rmSync(extensions, { recursive: true, force: true });
    mkdirSync(extensions, { recursive: true });
    const directories = makeDirectories();
    const installed = await runCommand(
        {
            file: workbench.node,
            arguments: [
                ...[workbench.entry, '--config', directories.configuration],
                ...['--user-data-dir', directories.data, '--extensions-dir', extensions],
                ...['--install-extension', vsix.value],
            ],
            environment: { PATH: process.env['PATH'], HOME: directories.home, EXTENSIONS_GALLERY: '{}' },
            quiet: true,
        },
        signal,
    );
    removeDirectories(directories);
    return installed.ok ? success(extensions) : failed(`The VSIX could not be installed:\n${installed.reason}`);
};

/** Gives a session its own copy of what is installed. The list of extensions is left out: it names places, and is made anew. */
export const copyExtensions = (installed: string, extensionsDirectory: string): void => {
    cpSync(installed, extensionsDirectory, {
        recursive: true,
        filter: (source) => path.basename(source) !== 'extensions.json',
    });
};
