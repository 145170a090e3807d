/** What the verbs on a deployment share: opening its runner, giving the order, following the run to its end. */
import { setTimeout } from 'node:timers/promises';
import {
    isNamedBy,
    openRunner,
    readStatus,
    readRecordedTargets,
    type DeploymentSnapshot,
    type InstanceSnapshot,
    type Order,
    type OrderAnswer,
    type RefusalCode,
    type Runner,
    type RunnerConfig,
    type RunnerMode,
    type RunSummary,
} from '../runner/index.ts';
import type { DeploymentWords } from './deployment-words.ts';
import { secretsFor } from './target-secrets.ts';
import { eventLine, eventRecord, type EventWriter } from './events.ts';
import { onInterrupt } from './interrupt.ts';
import type { Output } from './output.ts';
import { createProgress } from './progress.ts';
import { summaryLines, toldRun } from './run-summary.ts';
import { runnerModeOf } from './runner-mode.ts';
import type { ExitCode } from './verb.ts';

export interface HowToCarryOut {
    readonly mode: RunnerMode;
    readonly json: boolean;
    readonly output: Output;
    /** Asks a runner of another version to leave first. */
    readonly takeOver: boolean;
    /** Values of secrets that the order's targets refer to; absent = those of the targets the deployment has. */
    readonly secrets?: Readonly<Record<string, string>>;
}

/** A deploy of a changed model: answers the order that accepts the difference, or the exit code of one who does not. */
export type Review = (answer: Extract<OrderAnswer, { kind: 'changed' }>) => Promise<Order | ExitCode>;

/** Opens the runner, gives the order and follows the run until everything is quiet. Ctrl+C cancels; a second one leaves. */
export async function carryOut(
    words: DeploymentWords,
    order: Order,
    how: HowToCarryOut & { readonly review?: Review },
    signal: AbortSignal,
): Promise<ExitCode> {
    const place = how.mode === 'attachOrStart' ? await runnerModeOf(words, order) : { mode: how.mode };
    const runner = await runnerFor(words, order.kind, { ...how, ...place }, signal);
    if (runner === null) return 1;
    try {
        // Whoever drives the deployment may have been started where these were not known.
        const secrets = how.secrets ?? secretsFor(readRecordedTargets(words.directory, words.deployment)).values;
        if (Object.keys(secrets).length > 0) await runner.giveSecrets(secrets, signal);
        return await follow(runner, order, how, signal);
    } finally {
        how.output.live?.clear();
        await runner.dispose();
    }
}

/** The runner of a deployment; null when it is refused, which has been said. */
export async function runnerFor(
    { directory, deployment }: DeploymentWords,
    verb: string,
    { mode, spawnCommand, output, takeOver }: HowToCarryOut & Pick<RunnerConfig, 'spawnCommand'>,
    signal: AbortSignal,
): Promise<Runner | null> {
    const opened = await openRunner(
        { directory, deployment, mode, takeOver, ...(spawnCommand === undefined ? {} : { spawnCommand }) },
        signal,
    );
    if (opened.kind === 'refused') {
        output.fault(`roboconf ${verb}: ${opened.message}`);
        if (opened.code === 'protocolVersion')
            output.fault('With --take-over this command asks it to leave and goes on by itself.');
        return null;
    }
    if (opened.runner.notice !== null) output.fault(`roboconf ${verb}: ${opened.runner.notice}`);
    return opened.runner;
}

async function follow(
    runner: Runner,
    order: Order,
    how: HowToCarryOut & { readonly review?: Review },
    signal: AbortSignal,
): Promise<ExitCode> {
    const { output } = how;
    const ended = new Map<string, RunSummary>();
    const write = writerFor(how);
    const stopEvents = runner.onEvent((event) => {
        if (event.kind === 'runEnded') ended.set(event.run.id, event.run);
        write(event);
    });
    const progress = createProgress(runner, output, signal);
    try {
        const answer = await agreedAnswer(runner, order, how.review, signal);
        if (typeof answer === 'number') return answer;
        if (answer.kind === 'refused' && !isFollowed(runner, order, answer.code))
            return refused(output, order, answer, runner.notice);
        const own = answer.kind === 'accepted' ? answer.run : null;
        const ofOrder = { order, ended: () => (own === null ? undefined : ended.get(own)) };
        return await cancellable(runner, output, signal, async () => {
            await progress.begin();
            return conclude(runner, ofOrder, how, signal);
        });
    } finally {
        progress.end();
        stopEvents();
    }
}

/** Orders, and as long as the answer is a difference orders what whoever looked at it agrees to. */
async function agreedAnswer(
    runner: Runner,
    order: Order,
    review: Review | undefined,
    signal: AbortSignal,
): Promise<Exclude<OrderAnswer, { kind: 'changed' }> | ExitCode> {
    let asked = order;
    for (;;) {
        const answer = await runner.order(asked, signal);
        if (answer.kind !== 'changed') return answer;
        if (review === undefined) throw new Error('only a deploy is answered with a difference');
        const next = await review(answer);
        if (typeof next === 'number') return next;
        asked = next;
    }
}

/** While `work` goes on, Ctrl+C cancels the run instead of ending this process. */
async function cancellable(
    runner: Runner,
    output: Output,
    signal: AbortSignal,
    work: () => Promise<ExitCode>,
): Promise<ExitCode> {
    const forget = onInterrupt(() => {
        output.fault(
            'Cancelling: steps under way are ended first. Press Ctrl+C again to leave at once; `roboconf resume` goes on later.',
        );
        void runner.order({ kind: 'cancel' }, signal);
    });
    try {
        return await work();
    } finally {
        forget();
    }
}

/** Waits for quiet and says how the order went. `ended` answers its own run once that is over. */
async function conclude(
    runner: Runner,
    { order, ended }: { readonly order: Order; readonly ended: () => RunSummary | undefined },
    how: HowToCarryOut,
    signal: AbortSignal,
): Promise<ExitCode> {
    const seen = await runner.whenQuiet(signal);
    const snapshot = await lastSnapshot(runner, seen, signal);
    const last = seen === null || seen.id === snapshot.run?.id ? snapshot.run : seen;
    if (last?.outcome === null && ended() === undefined) await noteEnd(runner, order, how.output);
    return finish(order, toldRun(ended(), last, reached(order, snapshot)), snapshot, how);
}

/**
 * The state after quiet. Whoever drove the run may have left the moment it was over, before that was heard here: then the journal tells.
 * `seen` is the run as this handle knows it; null also when it was never told of one.
 */
export async function lastSnapshot(
    runner: Runner,
    seen: RunSummary | null,
    signal: AbortSignal,
): Promise<DeploymentSnapshot> {
    const snapshot = await runner.snapshot(signal);
    // A handle whose runner has left answers the last state it was told, which may be older than what was seen.
    const isFresh = seen !== null && snapshot.run?.id === seen.id && snapshot.run.outcome !== null;
    if (isFresh || runner.inProcess) return snapshot;
    const status = await readStatus(runner.key.directory, runner.key.deployment);
    const isSame = status.kind === 'known' && (seen === null || status.snapshot.run?.id === seen.id);
    return isSame ? status.snapshot : snapshot;
}

/** Says why the runner ended in the middle of a run; nothing when it is still there. */
async function noteEnd(runner: Runner, order: Order, output: Output): Promise<void> {
    const there = { kind: 'there' } as const;
    const end = await Promise.race([runner.stopped, setTimeout(END_PATIENCE_MS, there)]);
    if (end.kind === 'failed' || end.kind === 'lost') output.fault(`roboconf ${order.kind}: ${end.message}`);
}

/** Somebody else drives the run already: resuming it means to follow it. */
function isFollowed(runner: Runner, order: Order, code: RefusalCode): boolean {
    return order.kind === 'resume' && code === 'alreadyRunning' && !runner.inProcess;
}

/** Whether the instances an order named are where it wanted them, whoever brought them there. */
function reached(order: Order, { instances }: DeploymentSnapshot): boolean {
    if (!('paths' in order)) return false;
    const named = instances.filter(({ path }) => isNamedBy(path, order.paths));
    return named.every((instance) => instance.status === wantedBy(order.kind, instance));
}

function wantedBy(kind: Order['kind'], { desired }: InstanceSnapshot): string {
    if (kind === 'undeploy') return 'NOT_DEPLOYED';
    if (kind === 'stop') return 'DEPLOYED_STOPPED';
    return kind === 'deploy' || kind === 'start' ? 'DEPLOYED_STARTED' : desired;
}

function writerFor({ json, output }: HowToCarryOut): EventWriter {
    if (json) return (event) => output.json(eventRecord(event));
    if (output.isQuiet) return () => undefined;
    let begun: number | null = null;
    return (event) => {
        if (begun === null || event.kind === 'runBegun') begun = event.time;
        // How it ended is said at the end, with the causes.
        if (event.kind === 'runEnded') return;
        const line = eventLine(event, begun, output);
        if (line !== null) output.line(line);
    };
}

function refused(
    output: Output,
    order: Order,
    { code, message }: Extract<OrderAnswer, { kind: 'refused' }>,
    notice: string | null,
): ExitCode {
    // Behind its first sentence the notice may have said the same: what is deployed instead.
    const known = notice === null ? '' : notice.slice(notice.indexOf('.') + 1);
    if (known === '' || !message.endsWith(known)) output.fault(`roboconf ${order.kind}: ${message}`);
    if (code === 'notDeployed' && order.kind !== 'deploy')
        output.fault(
            "'roboconf status --all' lists what is deployed. Was its directory moved, or another --name given?",
        );
    return 1;
}

function finish(
    order: Order,
    run: RunSummary | null,
    snapshot: DeploymentSnapshot,
    { json, output }: HowToCarryOut,
): ExitCode {
    output.live?.clear();
    if (!json) for (const line of summaryLines(run, snapshot, output)) output.line(line);
    // Whoever says that a step failed has been obeyed, although the deployment is not where it should be.
    const isSaidFailed = order.kind === 'settle' && !order.succeeded && run?.outcome === 'failed';
    return run === null || run.outcome === 'succeeded' || isSaidFailed ? 0 : 1;
}

/** How long the cause of a runner's end is waited for. */
const END_PATIENCE_MS = 500;
