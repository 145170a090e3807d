/**
 * Background programs in a process group of their own. The group ends with the handle, at the exit of this process,
 * and also when this process is killed outright: a small shell waits for the end of a pipe only we hold open.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A background program to start; its output is appended to `logFile`. */
export type GroupStart = {
    readonly file: string;
    readonly arguments: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
    readonly logFile: string;
};

/** A running group. `exited` is the exit code of its first process, or -1 when a signal ended it. */
export type ProcessGroup = {
    readonly pid: number;
    readonly exited: Promise<number>;
    readonly dispose: () => Promise<void>;
};

const patienceMs = 5000;

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
    try {
        process.kill(-pid, signal);
    } catch {
        // The whole group has ended already, which is what was asked for.
    }
};

const exitOf = async (child: ChildProcess): Promise<number> =>
    new Promise((resolve) => {
        child.once('exit', (code) => {
            resolve(code ?? -1);
        });
        child.once('error', () => {
            resolve(-1);
        });
    });

const watchFor = (pid: number): ChildProcess => {
    const watch = spawn('sh', ['-c', 'cat > /dev/null; kill -KILL -"$0" 2> /dev/null', String(pid)], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
    });
    watch.unref();
    return watch;
};

/** Starts a program as the leader of a process group. Throws when the program cannot be started at all. */
export const startGroup = (start: GroupStart): ProcessGroup => {
    const log = openSync(start.logFile, 'a');
    const child = spawn(start.file, start.arguments, {
        env: start.environment,
        stdio: ['ignore', log, log],
        detached: true,
    });
    closeSync(log);
    const exited = exitOf(child);
    const { pid } = child;
    if (pid === undefined) throw new Error(`${start.file} could not be started`);
    const watch = watchFor(pid);
    const killNow = (): void => {
        signalGroup(pid, 'SIGKILL');
    };
    process.once('exit', killNow);
    return {
        pid,
        exited,
        async dispose() {
            signalGroup(pid, 'SIGTERM');
            const patience = new AbortController();
            await Promise.race([
                exited,
                sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
            ]);
            patience.abort();
            killNow();
            await exited;
            process.removeListener('exit', killNow);
            watch.stdin?.end();
        },
    };
};

/** A signal aborted when the terminal or the system asks this process to end. */
export const createInterruption = (): AbortSignal => {
    const controller = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(name, () => {
            // A second Ctrl+C must work even when the orderly end hangs.
            if (controller.signal.aborted) process.exit(130);
            controller.abort();
        });
    }
    return controller.signal;
};
