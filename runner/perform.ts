/** Effects of the core handed to an executor; its answers go back as news. */
import type { Effect } from './core/effect.ts';
import type { Clock } from './clock.ts';
import type {
    Executor,
    MachineOutcome,
    MachinePlace,
    MachineRequest,
    StepOutcome,
    StepOutput,
    StepRequest,
} from './executor.ts';
import { bugOf, type LoopFailure, type News } from './loop.ts';

type StepEffect = Extract<Effect, { kind: 'runStep' | 'askStep' }>;

export interface PerformConfig {
    readonly executor: Executor;
    readonly clock: Clock;
    /** Completes what the core says of a step with what only the runner knows. */
    readonly requestOf: (effect: StepEffect) => StepRequest;
    readonly instanceDirectoryOf: (instancePath: string) => string;
    /** Paths of an instance and of all below it, deepest first. */
    readonly subTreeOf: (instancePath: string) => readonly string[];
    readonly onOutput: (instancePath: string, output: StepOutput) => void;
    readonly submit: (news: News) => void;
    /** A promise that should not reject did. */
    readonly onBug: (failure: LoopFailure) => void;
    /** No answer is wanted any more. */
    readonly closed: AbortSignal;
}

const LONGEST_SLEEP_MS = 60 * 60_000;

/** Begins effects. Answers come whenever they are there; several effects run at one time. */
export function createPerform(config: PerformConfig): (effect: Effect) => void {
    const running = new Map<string, AbortController>();
    /** Runs `work` until its end under a key by which it can be cancelled. */
    const begin = (key: string, work: (signal: AbortSignal) => Promise<News>): void => {
        const controller = new AbortController();
        running.set(key, controller);
        work(controller.signal)
            .finally(() => {
                // The same key may stand for later work by then.
                if (running.get(key) === controller) running.delete(key);
            })
            .then(config.submit)
            .catch((error: unknown) => config.onBug(bugOf(error)));
    };
    const cancel = (key: string): void => running.get(key)?.abort();

    return (effect) => {
        switch (effect.kind) {
            case 'runStep':
            case 'askStep':
                return begin(`step ${effect.attempt}`, (signal) => performStep(config, effect, signal));
            case 'cancelStep':
                return cancel(`step ${effect.attempt}`);
            case 'createMachine':
                return begin(`machine ${effect.path}`, (signal) => createMachine(config, effect, signal));
            case 'cancelMachine':
                return cancel(`machine ${effect.path}`);
            case 'destroyMachine':
                return begin(`machine ${effect.path}`, (signal) => destroyMachine(config, effect, signal));
            case 'findPorts':
                return begin(`ports ${effect.attempt}`, (signal) => findPorts(config, effect, signal));
            case 'removeInstance':
                return begin(`removal ${effect.path}`, (signal) => removeInstance(config, effect, signal));
            case 'setTimer':
                return begin(`timer ${effect.path}`, () => waitUntil(config, effect));
            default:
                throw new Error(`unexpected effect ${JSON.stringify(effect satisfies never)}`);
        }
    };
}

async function performStep(config: PerformConfig, effect: StepEffect, signal: AbortSignal): Promise<News> {
    const request = config.requestOf(effect);
    const onOutput = (output: StepOutput): void => config.onOutput(effect.path, output);
    const run = effect.kind === 'runStep' ? config.executor.runStep : config.executor.askStep;
    const result: StepOutcome = await run(request, onOutput, signal);
    return { kind: 'stepEnded', attempt: effect.attempt, path: effect.path, result };
}

async function createMachine(
    config: PerformConfig,
    { path, target }: Extract<Effect, { kind: 'createMachine' }>,
    signal: AbortSignal,
): Promise<News> {
    const outcome = await config.executor.createMachine({ path, target }, signal);
    if (outcome.kind === 'up') {
        const { machineId: id, address } = outcome;
        config.executor.attend({ path, id, address, target });
    }
    return newsOfMachine({ path, target }, outcome);
}

async function destroyMachine(
    config: PerformConfig,
    effect: Extract<Effect, { kind: 'destroyMachine' }>,
    signal: AbortSignal,
): Promise<News> {
    const { path, machineId, target, isGivenUp = false } = effect;
    // Also what a failed undeploy left there. Other machines are cleaned as a whole.
    if (target === null) {
        const machine = { path, id: machineId, address: '', target };
        for (const below of config.subTreeOf(path)) await removeInstance(config, { path: below, machine }, signal);
    }
    return newsOfMachine(effect, await config.executor.destroyMachine({ path, machineId, target, isGivenUp }, signal));
}

function newsOfMachine({ path, target }: MachineRequest, outcome: MachineOutcome | { readonly kind: 'down' }): News {
    switch (outcome.kind) {
        case 'up':
            return {
                kind: 'machineUp',
                path,
                machineId: outcome.machineId,
                address: outcome.address,
                ...(target === null ? {} : { target }),
            };
        case 'failed':
            return { kind: 'machineFailed', path, reason: outcome.reason };
        case 'down':
            return { kind: 'machineDown', path };
        default:
            throw new Error(`unexpected outcome ${JSON.stringify(outcome satisfies never)}`);
    }
}

async function findPorts(
    config: PerformConfig,
    effect: Extract<Effect, { kind: 'findPorts' }>,
    signal: AbortSignal,
): Promise<News> {
    const { path, machine, attempt, count, taken } = effect;
    const ports = await config.executor.findPorts({ instancePath: path, machine, count, taken }, signal);
    return { kind: 'portsFound', path, attempt, ports };
}

async function removeInstance(
    config: PerformConfig,
    { path, machine }: { readonly path: string; readonly machine: MachinePlace },
    signal: AbortSignal,
): Promise<News> {
    const removal = { instancePath: path, machine, instanceDirectory: config.instanceDirectoryOf(path) };
    const killed = await config.executor.removeInstance(removal, signal);
    for (const { pid, command } of killed) {
        const text = `[roboconf] killed at the removal of the instance: ${pid} (${command})\n`;
        config.onOutput(path, { attempt: '', stream: 'stderr', text });
    }
    return { kind: 'instanceRemoved', path };
}

async function waitUntil(config: PerformConfig, effect: Extract<Effect, { kind: 'setTimer' }>): Promise<News> {
    const { clock, closed } = config;
    // Timers may go off a little early, and take no longer waits than 24 days; the core takes no timer before its time.
    for (let left = effect.at - clock.now(); left > 0 && !closed.aborted; left = effect.at - clock.now())
        await clock.sleep(Math.min(left, LONGEST_SLEEP_MS), closed);
    return { kind: 'timerFired', path: effect.path };
}
