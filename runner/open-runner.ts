/** Opening a runner: attach to whoever drives the deployment, else drive it here or start a process that does. */
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import { DEFAULT_SETTINGS } from './core/state.ts';
import { prepareFolder } from './deployment-store.ts';
import type { DrivenConfig } from './driven-config.ts';
import { driveDeployment } from './driven-runner.ts';
import { diskFailureText } from './journal/disk-failure.ts';
import { openJournalFile } from './journal/file-port.ts';
import { readLastFence } from './journal/read.ts';
import { ROTATION } from './journal/rotate.ts';
import { executorIn } from './deployment-executor.ts';
import { parseStepTimeout } from './local/step-timeout.ts';
import { createProcessTable } from './local/processes.ts';
import { acquire, findHolder, type AcquireConfig, type Acquired } from './process/acquire.ts';
import { attachRunner } from './process/attach.ts';
import { highestFence, releaseClaim } from './process/claim.ts';
import { runtimeContext } from './process/runtime-directory.ts';
import { serveRunner, type Served } from './process/serve.ts';
import { spawnRunner } from './process/spawn-runner.ts';
import type { DeploymentKey } from './protocol.ts';
import type { Opened, Refused, Runner, RunnerConfig } from './runner.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf, type DeploymentPaths } from './state-directory.ts';
import { isElectron } from './electron.ts';
import { createSecrets } from './targets/secrets.ts';

/** How long a spawned runner may take until it can be reached. */
const SPAWN_MS = 20_000;
const POLL_MS = 40;

interface Place {
    readonly key: DeploymentKey;
    readonly paths: DeploymentPaths;
    readonly acquiring: AcquireConfig;
    /** Null when what the user wrote is no time. */
    readonly stepTimeoutMs: number | null;
}

const WRONG_TIMEOUT =
    'ROBOCONF_STEP_TIMEOUT_MS is not a number of milliseconds between 1 and 2147483647. Mend or unset it, then try again.';

/** A runner together with what serves it to others; `served` is null when it is attached. */
export interface OpenedHere extends Opened {
    readonly served: Served | null;
}

/** Opens the runner of a deployment as `config.mode` says. Rejects only with the signal's reason. */
export async function openRunner(config: RunnerConfig, signal: AbortSignal): Promise<Opened | Refused> {
    const opened = await openServed(config, signal);
    return opened.kind === 'refused' ? opened : { kind: 'opened', runner: opened.runner };
}

/** The same, for the process that lives as long as its runner is used. */
export async function openServed(config: RunnerConfig, signal: AbortSignal): Promise<OpenedHere | Refused> {
    const place = placeOf(config);
    if (place.stepTimeoutMs === null) return { kind: 'refused', code: 'runnerFailed', message: WRONG_TIMEOUT };
    try {
        for (;;) {
            const opened = await openOnce(place, config, signal);
            if (opened !== null) return opened;
            await systemClock.sleep(POLL_MS, signal);
        }
    } catch (error) {
        signal.throwIfAborted();
        if (!isSystemError(error)) throw error;
        const message = `The runner cannot be opened. ${diskFailureText(error, place.paths.root)}`;
        return { kind: 'refused', code: 'journalNotWritable', message };
    }
}

/** Null when the runner that was found ended before it answered: looking again finds out who drives then. */
function openOnce(place: Place, config: RunnerConfig, signal: AbortSignal): Promise<OpenedHere | Refused | null> {
    switch (config.mode) {
        case 'attach':
            return attachOnly(place, config, signal);
        case 'attachOrStart':
            return attachOrStart(place, config, signal);
        case 'attachOrSpawn':
            return attachOrSpawn(place, config, signal);
        default:
            throw new Error(`unexpected mode ${JSON.stringify(config.mode satisfies never)}`);
    }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
    return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function placeOf(config: RunnerConfig): Place {
    const key = deploymentKeyOf(config.directory, config.deployment);
    const paths = deploymentPathsOf(config.stateDirectory ?? defaultStateDirectory(), key);
    const acquiring: AcquireConfig = {
        root: paths.root,
        lockDirectory: paths.lockDirectory,
        journalFence: () => readLastFence(paths.journal),
        clock: systemClock,
        processes: createProcessTable(process.platform),
        context: runtimeContext(),
    };
    return { key, paths, acquiring, stepTimeoutMs: parseStepTimeout(process.env['ROBOCONF_STEP_TIMEOUT_MS']) };
}

async function attachOnly(
    place: Place,
    config: RunnerConfig,
    signal: AbortSignal,
): Promise<OpenedHere | Refused | null> {
    const holder = await findHolder(place.acquiring, signal);
    if (holder !== null) return attachTo(holder, config, signal);
    return { kind: 'refused', code: 'notRunning', message: 'No runner drives this deployment at this moment.' };
}

async function attachTo(
    holder: Exclude<Acquired, { kind: 'holder' }>,
    { takeOver = false }: RunnerConfig,
    signal: AbortSignal,
): Promise<OpenedHere | Refused | null> {
    if (holder.kind === 'unreachable') {
        const message = `Process ${holder.pid} holds this deployment but cannot be reached. End it, then try again.`;
        return { kind: 'refused', code: 'alreadyRunning', message };
    }
    const runner = await attachRunner(holder.socket, { takeOver, clock: systemClock }, signal);
    if (runner === null || 'kind' in runner) return runner;
    return { kind: 'opened', runner, served: null };
}

async function attachOrStart(
    place: Place,
    config: RunnerConfig,
    signal: AbortSignal,
): Promise<OpenedHere | Refused | null> {
    prepareFolder(place.paths, place.key);
    const acquired = await acquire(place.acquiring, signal);
    if (acquired.kind !== 'holder') return attachTo(acquired, config, signal);
    let served: Served | null = null;
    const release: DrivenConfig['release'] = async (end) => {
        await (served === null ? acquired.listening.close() : served.close(end.kind === 'disposed' ? LEFT : end));
        releaseClaim(place.paths.lockDirectory, acquired.fence);
    };
    let runner: Runner | Refused | null = null;
    try {
        runner = await driveDeployment(drivenConfigOf(place, acquired.fence, release));
    } finally {
        // Nobody else may wait for a holder that drives nothing.
        if (runner === null || 'kind' in runner) await release({ kind: 'disposed' });
    }
    if ('kind' in runner) return runner;
    served = serveRunner(acquired.listening, runner, () => leaveIfIdle(runner));
    acquired.listening.unref();
    return { kind: 'opened', runner, served };
}

/** Leaves unless a run is under way. Only `main.ts` processes exit then; in others the next order starts a runner again. */
async function leaveIfIdle(runner: Runner): Promise<boolean> {
    const { run } = await runner.snapshot(new AbortController().signal);
    if (run !== null && run.endedAt === null) return false;
    setTimeout(() => void runner.dispose(), 50);
    return true;
}

const LEFT = { kind: 'lost', message: 'The process that drove the deployment has left. Resume to go on.' } as const;

function drivenConfigOf(place: Place, fence: number, release: DrivenConfig['release']): DrivenConfig {
    const { key, paths, stepTimeoutMs } = place;
    if (stepTimeoutMs === null) throw new Error('a wrong time-out is refused before anything is opened');
    const secrets = createSecrets(process.env);
    return {
        key,
        paths,
        fence,
        release,
        settings: DEFAULT_SETTINGS,
        stepTimeoutMs,
        clock: systemClock,
        openFile: openJournalFile,
        rotation: ROTATION,
        giveSecrets: (values) => Promise.resolve(secrets.give(values)),
        executorFor: (world) => executorIn({ paths, processes: place.acquiring.processes, secrets }, world),
        unsupported: process.platform === 'win32' ? WINDOWS : null,
        isSuperseded: () => highestFence(paths.lockDirectory) > fence,
        pid: process.pid,
    };
}

const WINDOWS =
    'Recipes of this computer need a POSIX shell: deploying here works on Linux and macOS. Checking, drawing and simulating work everywhere.';

async function attachOrSpawn(
    place: Place,
    config: RunnerConfig,
    signal: AbortSignal,
): Promise<OpenedHere | Refused | null> {
    const holder = await findHolder(place.acquiring, signal);
    if (holder !== null) return attachTo(holder, config, signal);
    if (config.spawnCommand === undefined) throw new Error('mode attachOrSpawn needs a spawnCommand');
    prepareFolder(place.paths, place.key);
    const { stateDirectory = defaultStateDirectory(), idleMs } = config;
    const argument = JSON.stringify({ ...place.key, stateDirectory, ...(idleMs === undefined ? {} : { idleMs }) });
    const logFile = join(place.paths.root, 'runner.log');
    const { ended } = spawnRunner({ command: config.spawnCommand, argument, logFile, isElectron: isElectron() });
    return awaitSpawned(place, config, { ended, signal });
}

async function awaitSpawned(
    place: Place,
    config: RunnerConfig,
    { ended, signal }: { readonly ended: Promise<string>; readonly signal: AbortSignal },
): Promise<OpenedHere | Refused | null> {
    const giveUpAt = systemClock.now() + SPAWN_MS;
    let end: string | null = null;
    void ended.then((how) => (end = how));
    while (systemClock.now() < giveUpAt) {
        // A spawned runner that ended may have found another one at work.
        const over: string | null = end;
        const holder = await findHolder(place.acquiring, signal);
        if (holder !== null) return attachTo(holder, config, signal);
        if (over !== null) return spawnFailed(place, over);
        await systemClock.sleep(POLL_MS, signal);
        signal.throwIfAborted();
    }
    return spawnFailed(place, 'it cannot be reached');
}

function spawnFailed({ paths }: Place, how: string): Refused {
    const message = `The runner's process did not come up: ${how}. Its last words are in ${paths.runnerLog}.`;
    return { kind: 'refused', code: 'runnerFailed', message };
}
