/** The product on the hosts of the bench: with journal, environment, output, resolution and machine watch, as anybody deploys. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { openRunner, type Order, type Runner, type RunnerEvent } from '../../../runner/index.ts';
import type { BenchApplication } from './application.ts';
import { msOf } from './fleet.ts';

const program = resolve(import.meta.dirname, '..', '..', '..', 'bin', 'roboconf.cjs');
const never = new AbortController().signal;
/** A deployment of the bench takes seconds; one that takes so long will not end. */
const GIVE_UP_MS = 300_000;

/** A runner of this process on a deployment of its own. */
export async function openBench(application: BenchApplication, stateDirectory: string): Promise<Runner> {
    const config = {
        directory: application.directory,
        deployment: 'bench',
        stateDirectory,
        mode: 'attachOrStart',
    } as const;
    const opened = await openRunner(config, never);
    if (opened.kind === 'refused') throw new Error(opened.message);
    return opened.runner;
}

export async function ordered(runner: Runner, order: Order): Promise<void> {
    const answer = await runner.order(order, never);
    if (answer.kind === 'refused') throw new Error(answer.message);
    if (answer.kind === 'changed') throw new Error('the model of a bench does not change');
}

export function deployOrder({ model, targets }: BenchApplication): Order {
    return { kind: 'deploy', model, paths: [], targets };
}

/** Carries an order out and waits for its end; throws when it did not succeed. */
export async function carriedOut(runner: Runner, order: Order): Promise<void> {
    await ordered(runner, order);
    const run = await runner.whenQuiet(AbortSignal.timeout(GIVE_UP_MS));
    if (run?.outcome === 'succeeded') return;
    const { instances } = await runner.snapshot(never);
    const failure = instances.find((instance) => instance.failure !== null)?.failure?.message;
    throw new Error(`${order.kind}: ${String(run?.outcome)}: ${failure ?? 'no failure is known'}`);
}

export interface Deployed {
    readonly ms: number;
    readonly events: readonly RunnerEvent[];
}

/** Opens a runner and deploys: that is measured; `whileDeployed`; undeploys and leaves. */
export async function deployOnce(
    application: BenchApplication,
    stateDirectory: string,
    whileDeployed: () => Promise<void>,
): Promise<Deployed> {
    const events: RunnerEvent[] = [];
    let runner: Runner | null = null;
    const ms = await msOf(async () => {
        runner = await openBench(application, stateDirectory);
        runner.onEvent((event) => events.push(event));
        await carriedOut(runner, deployOrder(application));
    });
    await whileDeployed();
    const open = runner as Runner | null; // The closure above has set it.
    if (open !== null) {
        await carriedOut(open, { kind: 'undeploy', paths: [] });
        await open.dispose();
    }
    return { ms, events };
}

/** The same by the command line, from the start of its process to its end. */
export async function deployByCommand(application: BenchApplication, folder: string): Promise<number> {
    const words = ['deploy', application.directory, '--target', application.targetFile, '--yes'];
    return msOf(async () => command(words, join(folder, 'command-state')));
}

export async function undeployByCommand(application: BenchApplication, folder: string): Promise<void> {
    await command(['undeploy', application.directory, '--yes'], join(folder, 'command-state'));
}

async function command(words: readonly string[], state: string): Promise<void> {
    return new Promise((done, failed) => {
        const options = { env: { ...process.env, ROBOCONF_STATE: state }, maxBuffer: 64 * 1024 * 1024 };
        execFile(process.execPath, [program, ...words], options, (error, out, err) => {
            if (error === null) done();
            else failed(new Error(`roboconf ${words[0] ?? ''} failed: ${out.slice(-2_000)}${err.slice(-2_000)}`));
        });
    });
}
