/** What the verbs on a deployment share: which one is meant, opening its runner, following a run to its end. */
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
    openRunner,
    type DeploymentSnapshot,
    type Order,
    type RefusalCode,
    type Runner,
    type RunnerMode,
    type RunSummary,
} from '../runner/index.ts';
import { locateDirectory, type Located } from './application.ts';
import type { Arguments } from './arguments.ts';
import { eventLine, eventRecord, type EventWriter } from './events.ts';
import { onInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import type { ExitCode } from './verb.ts';

export interface DeploymentWords {
    readonly directory: string;
    readonly deployment: string;
    /** Instance paths after the directory; empty = the whole application. */
    readonly paths: readonly string[];
    /** The application as it stands in the directory; it may be gone while its deployment is there. */
    readonly located: Located;
}

/** Reads `[DIR] [PATH…]` and `--name`. The directory's model names the deployment unless the user does. */
export function deploymentWords(args: Arguments): DeploymentWords | { readonly fault: string } {
    const [word = '.', ...paths] = args.positionals;
    const wrong = paths.find((path) => !path.startsWith('/'));
    if (wrong !== undefined)
        return { fault: `'${wrong}' is not an instance path: those start with '/', for instance /web-1/worker` };
    const located = locateDirectory(word);
    const model = located.kind === 'application' ? located.application.model : null;
    const deployment = args.text('name') ?? model?.name;
    if (deployment === undefined)
        return { fault: located.kind === 'absent' ? located.message : 'the application has no name' };
    const directory = located.kind === 'application' ? located.application.directory : resolve(word);
    return { directory, deployment, paths, located };
}

/** Opens the runner, gives the order and follows the run until everything is quiet. Ctrl+C cancels; a second one leaves. */
export async function carryOut(
    words: DeploymentWords,
    order: Order,
    how: { readonly mode: RunnerMode; readonly json: boolean; readonly output: Output },
    signal: AbortSignal,
): Promise<ExitCode> {
    const opened = await openRunner(
        { directory: words.directory, deployment: words.deployment, mode: how.mode },
        signal,
    );
    if (opened.kind === 'refused') return refused(how.output, order, opened.message);
    if (opened.runner.notice !== null) how.output.note(`roboconf ${order.kind}: ${opened.runner.notice}`);
    try {
        return await follow(opened.runner, order, how, signal);
    } finally {
        await opened.runner.dispose();
    }
}

async function follow(
    runner: Runner,
    order: Order,
    how: { readonly json: boolean; readonly output: Output },
    signal: AbortSignal,
): Promise<ExitCode> {
    const write: EventWriter = how.json ? (event) => how.output.json(eventRecord(event)) : lineWriter(how.output);
    const ended = new Map<string, RunSummary>();
    const stopEvents = runner.onEvent((event) => {
        if (event.kind === 'runEnded') ended.set(event.run.id, event.run);
        write(event);
    });
    const forget = onInterrupt(() => {
        how.output.note(
            'Cancelling: steps under way are ended first. Press Ctrl+C again to leave at once; `roboconf resume` goes on later.',
        );
        void runner.order({ kind: 'cancel' }, signal);
    });
    try {
        const answer = await runner.order(order, signal);
        if (answer.kind === 'refused' && !isFollowed(runner, order, answer.code))
            return refused(how.output, order, answer.message);
        const own = answer.kind === 'accepted' ? answer.run : null;
        return await conclude(runner, { order, ended: () => (own === null ? undefined : ended.get(own)) }, how, signal);
    } finally {
        forget();
        stopEvents();
    }
}

/** Waits for quiet and says how the order went. `ended` answers its own run once that is over. */
async function conclude(
    runner: Runner,
    { order, ended }: { readonly order: Order; readonly ended: () => RunSummary | undefined },
    how: { readonly json: boolean; readonly output: Output },
    signal: AbortSignal,
): Promise<ExitCode> {
    const last = await runner.whenQuiet(signal);
    const snapshot = await runner.snapshot(signal);
    if (order.kind === 'cancel') return cancelled(last, how.output);
    if (last?.outcome === null) await noteEnd(runner, order, how.output);
    // A later order of somebody else may have taken over: what counts is whether what this one wanted has come about.
    const own = ended();
    const tookOver = own !== undefined && last !== null && last.id !== own.id && reached(order, snapshot);
    return finish(tookOver ? last : (own ?? last), snapshot, how);
}

/** Says why the runner ended in the middle of a run; nothing when it is still there. */
async function noteEnd(runner: Runner, order: Order, output: Output): Promise<void> {
    const there = { kind: 'there' } as const;
    const end = await Promise.race([runner.stopped, setTimeout(END_PATIENCE_MS, there)]);
    if (end.kind === 'failed' || end.kind === 'lost') output.note(`roboconf ${order.kind}: ${end.message}`);
}

/** Somebody else drives the run already: resuming it means to follow it. */
function isFollowed(runner: Runner, order: Order, code: RefusalCode): boolean {
    return order.kind === 'resume' && code === 'alreadyRunning' && !runner.inProcess;
}

/** Whether the instances an order named are where it wanted them, whoever brought them there. */
function reached(order: Order, { instances }: DeploymentSnapshot): boolean {
    if (!('paths' in order)) return false;
    const named = instances.filter(
        ({ path }) => order.paths.length === 0 || order.paths.some((top) => path === top || path.startsWith(`${top}/`)),
    );
    const wanted =
        order.kind === 'undeploy' ? 'NOT_DEPLOYED' : order.kind === 'stop' ? 'DEPLOYED_STOPPED' : 'DEPLOYED_STARTED';
    return named.every(({ status }) => status === wanted);
}

function cancelled(run: RunSummary | null, output: Output): ExitCode {
    output.note(
        `roboconf cancel: ${run === null ? 'nothing was under way' : `the ${run.order} has ended: ${run.outcome ?? 'interrupted'}`}.`,
    );
    return 0;
}

function lineWriter(output: Output): EventWriter {
    const begun = Date.now();
    return (event) => {
        const line = eventLine(event, begun, output.paint);
        if (line !== null) output.line(line);
    };
}

function refused(output: Output, order: Order, message: string): ExitCode {
    output.note(`roboconf ${order.kind}: ${message}`);
    return 1;
}

function finish(
    run: RunSummary | null,
    snapshot: DeploymentSnapshot,
    how: { readonly json: boolean; readonly output: Output },
): ExitCode {
    const outcome = run?.outcome ?? null;
    if (!how.json) for (const line of summaryLines(run, snapshot, how.output)) how.output.line(line);
    return outcome === 'succeeded' || run === null ? 0 : 1;
}

/** How long the cause of a runner's end is waited for. */
const END_PATIENCE_MS = 500;

/** Recipes are the ones copied when the instance was deployed: a mended one takes a new deployment of its instance. */
const NEXT_STEP =
    'When the cause is gone, `roboconf start` tries again. After a change of a recipe: `roboconf undeploy`, then `roboconf deploy`.';

/** How a run ended, with the cause of every instance that is not where it should be. */
function summaryLines(run: RunSummary | null, snapshot: DeploymentSnapshot, output: Output): readonly string[] {
    if (run === null) return ['Nothing to do: everything is as ordered.'];
    const seconds = run.endedAt === null ? '' : ` in ${((run.endedAt - run.begunAt) / 1000).toFixed(1)} s`;
    if (run.outcome === 'succeeded') return [output.paint('success', `${run.order} succeeded${seconds}`)];
    const behind = snapshot.instances.filter(
        (instance) => instance.failure !== null || instance.status !== instance.desired,
    );
    const head = `${run.order} ${run.outcome ?? 'was interrupted: `roboconf resume` goes on with it'}${run.outcome === null ? '' : seconds}`;
    const next = behind.some((instance) => instance.failure !== null) ? [NEXT_STEP] : [];
    return [output.paint('error', head), ...behind.flatMap((instance) => causeLines(instance)), ...next];
}

/** Why an instance is not where it was asked to be: the cause, then the last lines its recipe wrote. */
export function causeLines(instance: DeploymentSnapshot['instances'][number]): readonly string[] {
    const { path, status, desired, failure, missing } = instance;
    if (failure !== null) return [`  ${path}: ${failure.message}`, ...failure.lastLines.map((line) => `    | ${line}`)];
    if (status === 'UNRESOLVED') return [`  ${path} waits: nothing that is started exports ${missing.join(', ')}`];
    if (status === 'WAITING_FOR_ANCESTOR') return [`  ${path} waits for what it is placed on`];
    return status === desired ? [] : [`  ${path} is ${status}, wanted ${desired}`];
}
