/** Starting the detached process that drives a deployment. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface SpawnRequest {
    readonly command: readonly [string, ...string[]];
    /** Handed over as one argument: what `runner/main.ts` reads. */
    readonly argument: string;
    /** File its errors go to. */
    readonly logFile: string;
    readonly isElectron: boolean;
}

/** Starts it in a session of its own, tied to nothing of this process. `ended` settles only when it ends or cannot be started. */
export function spawnRunner(request: SpawnRequest): { readonly ended: Promise<string> } {
    const [program, ...firstArguments] = request.command;
    const log = openSync(request.logFile, 'a', 0o600);
    const child = spawn(program, [...firstArguments, request.argument], {
        detached: true,
        stdio: ['ignore', log, log],
        cwd: '/',
        env: { ...process.env, ...(request.isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
        windowsHide: true,
    });
    closeSync(log);
    child.unref();
    const ended = Promise.withResolvers<string>();
    child.once('error', (error) => ended.resolve(error.message));
    child.once('exit', (code, signal) => ended.resolve(`it ended with ${signal ?? `code ${String(code)}`}`));
    return { ended: ended.promise };
}
