/**
 * The detached process that drives one deployment. Its one argument is JSON: `directory`, `deployment`, `stateDirectory` and
 * optionally `idleMs`. It leaves when for that long nobody is attached, nothing is under way and no machine is to be watched.
 */
import { systemClock } from './clock.ts';
import { openServed, type OpenedHere } from './open-runner.ts';
import type { Runner, RunnerConfig } from './runner.ts';

const IDLE_MS = 10 * 60_000;
const LOOK_MS = 1_000;

void main(process.argv[2]).then(
    (code) => (process.exitCode = code),
    (error: unknown) =>
        (process.exitCode = say(error instanceof Error ? (error.stack ?? error.message) : String(error), 3)),
);

async function main(argument: string | undefined): Promise<number> {
    const config = parseConfig(argument);
    if (config === undefined) return say('expects one JSON argument with directory, deployment and stateDirectory', 2);
    const controller = new AbortController();
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => controller.abort());
    const opened = await openServed(config, controller.signal);
    if (opened.kind === 'refused') return say(opened.message, 1);
    if (!opened.runner.inProcess) {
        await opened.runner.dispose();
        return 0;
    }
    return live(opened, config.idleMs ?? IDLE_MS, controller.signal);
}

function parseConfig(argument: string | undefined): RunnerConfig | undefined {
    const value: unknown = JSON.parse(argument ?? 'null');
    if (typeof value !== 'object' || value === null) return undefined;
    const { directory, deployment, stateDirectory, idleMs } = value as Record<string, unknown>; // checked right below
    if (typeof directory !== 'string' || typeof deployment !== 'string' || typeof stateDirectory !== 'string') {
        return undefined;
    }
    const idle = typeof idleMs === 'number' ? { idleMs } : {};
    return { directory, deployment, stateDirectory, mode: 'attachOrStart', ...idle };
}

async function live({ runner, served }: OpenedHere, idleMs: number, signal: AbortSignal): Promise<number> {
    const over = new AbortController();
    const stopped = runner.stopped.then((end) => {
        over.abort();
        return end.kind === 'failed' ? say(end.message, 1) : 0;
    });
    const either = AbortSignal.any([signal, over.signal]);
    let idleSince = systemClock.now();
    while (!either.aborted && systemClock.now() - idleSince < idleMs) {
        await systemClock.sleep(Math.min(LOOK_MS, idleMs), either);
        if ((served?.clientCount() ?? 0) > 0 || (await isBusy(runner))) idleSince = systemClock.now();
    }
    await runner.dispose();
    return stopped;
}

/** Machines that targets made are watched as long as they are there. */
async function isBusy(runner: Runner): Promise<boolean> {
    const { run, instances } = await runner.snapshot(new AbortController().signal);
    return (run !== null && run.endedAt === null) || instances.some(({ machine }) => machine !== undefined);
}

function say(message: string, code: number): number {
    process.stderr.write(`${new Date(systemClock.now()).toISOString()} roboconf runner: ${message}\n`);
    return code;
}
