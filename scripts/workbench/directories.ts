/** The throw-away directories of one workbench: nothing a person keeps is read or written by it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Absolute paths, all below `root`. */
export type WorkbenchDirectories = {
    readonly root: string;
    readonly home: string;
    readonly temporary: string;
    readonly data: string;
    readonly extensions: string;
    readonly browser: string;
    readonly configuration: string;
    readonly log: string;
};

/** Makes the directories, empty. Their paths are short: sockets live below them and may not exceed 100 bytes. */
export const makeDirectories = (): WorkbenchDirectories => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'rcw-'));
    const directories = {
        root,
        home: path.join(root, 'home'),
        temporary: path.join(root, 'tmp'),
        data: path.join(root, 'data'),
        extensions: path.join(root, 'ext'),
        browser: path.join(root, 'browser'),
        configuration: path.join(root, 'config.yaml'),
        log: path.join(root, 'server.log'),
    };
    const { home, temporary, data, extensions, browser } = directories;
    for (const directory of [home, temporary, path.join(data, 'User'), extensions, browser]) {
        mkdirSync(directory, { recursive: true });
    }
    writeFileSync(directories.configuration, '');
    return directories;
};

/** Removes the directories and all they hold. */
export const removeDirectories = (directories: WorkbenchDirectories): void => {
    rmSync(directories.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
};
