/** The product's own command line, run the way a terminal beside the editor would run it. */
import { execFile } from 'node:child_process';
import path from 'node:path';

/** What a run of the command line printed, and its exit code: -1 when it was ended by a signal. */
export type CommandResult = { readonly code: number; readonly out: string; readonly err: string };

/** Where the command line lies, and what it finds in its environment. */
export type ProductCommand = {
    readonly repository: string;
    readonly environment: NodeJS.ProcessEnv;
};

const outputLimit = 64 * 1024 * 1024;

/** Runs `roboconf` with the words given, to its end. */
export const runProduct = async (command: ProductCommand, words: readonly string[]): Promise<CommandResult> =>
    new Promise((resolve) => {
        const program = path.join(command.repository, 'bin', 'roboconf.cjs');
        const options = { env: command.environment, maxBuffer: outputLimit };
        execFile(process.execPath, [program, ...words], options, (error, out, err) => {
            const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
            resolve({ code, out, err });
        });
    });
