/**
 * Foreground commands (npm, apt-get, the workbench's own command line). Their output goes to standard error and the
 * last of it comes back with a failure, so that a log of the whole run tells what went wrong.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { failed, type Outcome, success } from './outcome.ts';

/** A command to run to its end. `quiet` keeps its output back unless it fails; `isWhole` keeps all of it. */
export type Command = {
    readonly file: string;
    readonly arguments: readonly string[];
    readonly directory?: string;
    readonly environment?: NodeJS.ProcessEnv;
    readonly quiet?: boolean;
    readonly isWhole?: boolean;
};

const keptOutput = 4000;

/** The words of a command as a person would type them. */
export const commandLine = (command: Command): string => [command.file, ...command.arguments].join(' ');

/** Runs `command` to its end. The value is what it printed: the last 4,000 characters, or all. */
export const runCommand = async (command: Command, signal: AbortSignal): Promise<Outcome<string>> =>
    new Promise((resolve) => {
        const child = spawn(command.file, command.arguments, {
            cwd: command.directory,
            env: command.environment ?? process.env,
            stdio: ['ignore', 'pipe', 'pipe'],
            signal,
        });
        let output = '';
        const collect = (chunk: Buffer): void => {
            output = (output + chunk.toString()).slice(command.isWhole === true ? 0 : -keptOutput);
            if (command.quiet !== true) process.stderr.write(chunk);
        };
        child.stdout.on('data', collect);
        child.stderr.on('data', collect);
        child.once('error', (error) => {
            resolve(failed(`${commandLine(command)}: ${error.message}`));
        });
        child.once('close', (code) => {
            const shown = command.quiet === true ? `\n${output}` : '';
            resolve(code === 0 ? success(output) : failed(`${commandLine(command)} ended with code ${code}${shown}`));
        });
    });

const isProgram = (file: string): boolean => {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        // Absent or not executable: either way it is not the program that is looked for.
        return false;
    }
};

/** The absolute path of the first of `names` found in the PATH. */
export const findProgram = (...names: readonly string[]): string | undefined => {
    const directories = (process.env['PATH'] ?? '').split(path.delimiter).filter((directory) => directory !== '');
    return names
        .flatMap((name) => directories.map((directory) => path.join(directory, name)))
        .find((file) => isProgram(file));
};
