/** The runner that drives a deployment in this process: orders in, journal, loop and executor behind, events out. */
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createAdvance } from './core/advance.ts';
import type { CoreEvent } from './core/event.ts';
import type { CoreOrder } from './core/input.ts';
import { isWithin } from './core/instance-path.ts';
import type { Settings } from './core/state.ts';
import type { Clock } from './clock.ts';
import {
    beginDeployment,
    isOver,
    notWritable,
    reopenDeployment,
    snapshotRecipes,
    type StoredDeployment,
    type StoreConfig,
    type StoreFailure,
} from './deployment-store.ts';
import type { Executor, StepOutput } from './executor.ts';
import type { OpenJournalFile } from './journal/file-port.ts';
import { createLoop, SUPERSEDED, type Loop, type LoopFailure, type News, type Submitted } from './loop.ts';
import { watchDisk } from './local/watch-disk.ts';
import { differenceTo, isEmptyDifference, type MadeDifference } from './deployment-difference.ts';
import { createPerform } from './perform.ts';
import { deploymentSnapshotOf } from './projection.ts';
import type { DeploymentKey, DeploymentSnapshot, Order, OrderAnswer, RunnerEvent, RunSummary } from './protocol.ts';
import { logsOf } from './read-status.ts';
import { relatedDeployments, relatedText } from './related-deployments.ts';
import type { Runner, RunnerEnd } from './runner.ts';
import { instanceDirectoryOf, type DeploymentPaths } from './state-directory.ts';
import { abortable } from './waiting.ts';

export interface DrivenConfig {
    readonly key: DeploymentKey;
    readonly paths: DeploymentPaths;
    readonly settings: Settings;
    readonly stepTimeoutMs: number;
    readonly fence: number;
    readonly clock: Clock;
    readonly openFile: OpenJournalFile;
    /** Made once; `detached` aborts when this runner stops driving. */
    readonly executorFor: (detached: AbortSignal, portsInUse: () => readonly number[]) => Executor;
    /** Why nothing can be deployed on this computer; null when it can. */
    readonly unsupported: string | null;
    readonly isSuperseded: () => boolean;
    /** Lets go of what makes others find this runner. */
    readonly release: (end: RunnerEnd) => Promise<void>;
    readonly pid: number;
}

type DeployOrder = Extract<Order, { kind: 'deploy' }>;

/** A deployment under way with its loop. */
interface Driven {
    readonly deployment: StoredDeployment;
    readonly loop: Loop;
}

/** Reads the journal back and asks about what was under way. Nothing else is begun before an order. */
export async function driveDeployment(config: DrivenConfig): Promise<Runner | StoreFailure> {
    const session = createSession(config);
    const stored = await reopenDeployment(storeConfigOf(config));
    if (stored.kind === 'refused') return stored;
    if (stored.kind === 'stored') {
        const driven = session.adopt(stored.deployment);
        const { state } = stored.deployment;
        if (state.tasks.size > 0 || state.runs.length > 0) await driven.loop.submit({ kind: 'restarted' });
    }
    return runnerOf(config, session, noticeOf(config, stored));
}

function noticeOf(
    config: DrivenConfig,
    { kind, cutBytes }: { readonly kind: 'stored' | 'empty'; readonly cutBytes: number },
): string | null {
    const related = kind === 'empty' ? relatedTextOf(config) : '';
    if (related !== '') return `Nothing is deployed under this name.${related}`;
    if (cutBytes === 0) return null;
    const { paths } = config;
    return `The last ${cutBytes} bytes of ${paths.journal} were half-written when the runner before this one ended. They were cut: nothing had been done because of them.`;
}

function relatedTextOf({ paths, key }: DrivenConfig): string {
    return relatedText(relatedDeployments(dirname(paths.root), key), key);
}

interface Session {
    readonly current: () => Driven | null;
    /** Whether the end of a run is on the disk. */
    readonly hasEnded: (run: string) => boolean;
    readonly adopt: (deployment: StoredDeployment) => Driven;
    /** Never settles when the session ends first. */
    readonly order: (order: Order) => Promise<OrderAnswer>;
    readonly onEvent: Runner['onEvent'];
    readonly end: (reason: RunnerEnd) => Promise<void>;
    readonly stopped: Promise<RunnerEnd>;
}

function createSession(config: DrivenConfig): Session {
    const audience = createAudience();
    const detached = new AbortController();
    const stopped = Promise.withResolvers<RunnerEnd>();
    let driven: Driven | null = null;
    let ending: Promise<void> | null = null;
    const executor = config.executorFor(detached.signal, () => portsOf(driven));

    const { tell } = audience;
    const isAtWork = (): boolean => (driven?.deployment.state.tasks.size ?? 0) > 0;
    const stopAtFullDisk = (message: string): void =>
        driven?.loop.fail({ kind: 'failed', code: 'journalNotWritable', message });
    void watchDisk({ place: config.paths.root, clock: config.clock, isAtWork }, stopAtFullDisk, detached.signal);
    const adopt: Session['adopt'] = (deployment) => {
        audience.adopt(deployment);
        const loop = createDrivenLoop(config, deployment, { executor, tell, closed: detached.signal });
        void loop.failed.then((failure) => end(failure));
        driven = { deployment, loop };
        return driven;
    };
    const end: Session['end'] = (reason) => {
        ending ??= (async () => {
            detached.abort();
            await driven?.loop.close();
            await driven?.deployment.writer.close().catch(() => undefined); // it failed before, and that was said
            await config.release(reason);
            stopped.resolve(reason);
        })();
        return ending;
    };
    const begin = async (order: DeployOrder): Promise<OrderAnswer> => {
        if (config.isSuperseded()) {
            // What is on the disk belongs to the other runner.
            void end(SUPERSEDED);
            return refused('alreadyRunning', SUPERSEDED.message);
        }
        await driven?.deployment.writer.close();
        const stored = await beginDeployment(storeConfigOf(config), order.model, config.clock.now());
        if (stored.kind === 'refused') return stored;
        return submitOrder(adopt(stored.deployment), { kind: 'deploy', paths: order.paths });
    };
    const deploy = (order: DeployOrder): Promise<OrderAnswer> | OrderAnswer => {
        if (config.unsupported !== null) return refused('unsupportedPlatform', config.unsupported);
        if (driven === null || isOver(driven.deployment.state)) return begin(order);
        return deployAgain(config, driven, order);
    };
    /** One order at a time: a deployment that begins closes the journal of the one before. */
    let turn: Promise<unknown> = Promise.resolve();
    const order: Session['order'] = (given) => {
        const answer = turn.then(() => (given.kind === 'deploy' ? deploy(given) : obey(config, driven, given)));
        turn = answer.catch(() => undefined); // the caller has the rejection
        return answer;
    };
    return {
        current: () => driven,
        hasEnded: audience.hasEnded,
        adopt,
        order,
        onEvent: audience.onEvent,
        end,
        stopped: stopped.promise,
    };
}

/** Whoever listens, and which runs' ends they were told or could read. */
function createAudience() {
    const listeners = new Set<(event: RunnerEvent) => void>();
    const endedRuns = new Set<string>();
    return {
        tell: (event: RunnerEvent): void => {
            if (event.kind === 'runEnded') endedRuns.add(event.run.id);
            listeners.forEach((listener) => listener(event));
        },
        adopt: ({ state: { lastRun } }: StoredDeployment): void => {
            endedRuns.clear();
            if (lastRun !== null && lastRun.endedAt !== null) endedRuns.add(lastRun.id);
        },
        hasEnded: (run: string): boolean => endedRuns.has(run),
        onEvent: (listener: (event: RunnerEvent) => void): (() => void) => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}

function portsOf(driven: Driven | null): readonly number[] {
    return [...(driven?.deployment.state.ports.values() ?? [])].flatMap((ports) => Object.values(ports));
}

function createDrivenLoop(
    config: DrivenConfig,
    deployment: StoredDeployment,
    world: {
        readonly executor: Executor;
        readonly tell: (event: RunnerEvent) => void;
        readonly closed: AbortSignal;
    },
): Loop {
    const { clock, paths } = config;
    const onOutput = (path: string, { attempt, stream, text }: StepOutput): void => {
        const stamp = { sequence: deployment.state.sequence, time: clock.now() };
        world.tell({ kind: 'output', path, attempt, stream, text, ...stamp });
    };
    const perform = createPerform({
        executor: world.executor,
        clock,
        instanceDirectoryOf: (path) => instanceDirectoryOf(paths, path),
        subTreeOf: (path) => subTreeOf(deployment, path),
        requestOf: (effect) => ({
            attempt: effect.attempt,
            instancePath: effect.path,
            component: effect.component,
            installer: effect.installer,
            phase: effect.phase,
            instanceDirectory: instanceDirectoryOf(paths, effect.path),
            recipeSnapshot: effect.recipe === null ? null : join(paths.recipes, effect.recipe),
            formerSnapshots: effect.over?.map((recipe) => join(paths.recipes, recipe)) ?? null,
            environment: effect.environment,
            timeoutMs: effect.timeoutMs ?? config.stepTimeoutMs,
        }),
        onOutput,
        submit: (news) => void loop.submit(news),
        onBug: (failure) => loop.fail(failure),
        closed: world.closed,
    });
    const loop = createLoop({
        state: deployment.state,
        advance: createAdvance(),
        writer: deployment.writer,
        clock,
        perform,
        onEvents: (events) => events.forEach(world.tell),
        isSuperseded: config.isSuperseded,
    });
    return loop;
}

function storeConfigOf(config: DrivenConfig): StoreConfig {
    const { key, paths, settings, fence, openFile } = config;
    return { key, paths, settings, fence, openFile };
}

function runnerOf(config: DrivenConfig, session: Session, notice: string | null): Runner {
    const snapshot = (): DeploymentSnapshot => {
        const driven = session.current();
        if (driven === null) return { key: config.key, simulated: false, run: null, instances: [], sequence: 0 };
        const { run, ...rest } = deploymentSnapshotOf(driven.deployment.state, config.key, false);
        const isTold = run === null || session.hasEnded(run.id);
        return { ...rest, run: isTold ? run : { ...run, endedAt: null, outcome: null } };
    };
    return {
        key: config.key,
        pid: config.pid,
        inProcess: true,
        notice,
        order: async (order, signal) => {
            signal.throwIfAborted();
            const ended = session.stopped.then((end) => answerAfter(end));
            return abortable(Promise.race([session.order(order), ended]), signal);
        },
        snapshot: async (signal) => {
            await abortable(recorded(session), signal);
            return snapshot();
        },
        onEvent: session.onEvent,
        whenQuiet: (signal) => whenQuiet(session, snapshot, signal),
        logs: (paths, signal) => {
            signal.throwIfAborted();
            return Promise.resolve(logsOf(config.paths, paths));
        },
        stopped: session.stopped,
        dispose: () => session.end({ kind: 'disposed' }),
    };
}

const ENDED = 'This runner has stopped driving the deployment. Open it again, then look at its state.';

async function obey(
    config: DrivenConfig,
    driven: Driven | null,
    order: Exclude<Order, DeployOrder>,
): Promise<OrderAnswer> {
    if (driven === null) {
        const message = `Nothing is deployed under this name: deploy first.${relatedTextOf(config)}`;
        return refused('notDeployed', message);
    }
    return submitOrder(driven, order);
}

/** An instance and all below it, deepest first: parents stand before their children. */
function subTreeOf({ state }: StoredDeployment, path: string): readonly string[] {
    const paths = state.topology.nodes.map((node) => node.path);
    return paths.filter((other) => isWithin(other, path)).toReversed();
}

/** The model may be another one: it is applied when exactly that difference was accepted, else told. */
async function deployAgain(config: DrivenConfig, driven: Driven, order: DeployOrder): Promise<OrderAnswer> {
    const { model, paths, accept } = order;
    const made = differenceTo(driven.deployment.state, model, config);
    if (isEmptyDifference(made.difference)) return submitOrder(driven, { kind: 'deploy', paths });
    if (made.difference.fingerprint !== accept) return changed(made);
    try {
        const recipes = snapshotRecipes(config, model);
        const after = differenceTo(driven.deployment.state, model, config);
        // A file was saved while the recipes were copied.
        if (after.difference.fingerprint !== accept || !isDeepStrictEqual(recipes, made.recipes)) return changed(after);
        return await submitNews(driven, { kind: 'change', run: nextRunOf(driven), paths, model, recipes });
    } catch (error) {
        return notWritable(config.paths, error instanceof Error ? error.message : String(error));
    }
}

function changed({ difference }: MadeDifference): OrderAnswer {
    return { kind: 'changed', difference };
}

function submitOrder(driven: Driven, order: CoreOrder): Promise<OrderAnswer> {
    return submitNews(driven, { kind: 'order', run: nextRunOf(driven), order });
}

function nextRunOf({ deployment }: Driven): string {
    return `run-${deployment.state.sequence + 1}`;
}

async function submitNews({ deployment, loop }: Driven, news: News): Promise<OrderAnswer> {
    return answerOf(await loop.submit(news), deployment);
}

function answerOf(submitted: Submitted | LoopFailure, { state }: StoredDeployment): OrderAnswer {
    if (submitted.kind === 'failed') return refusalFor(submitted);
    const refusal = submitted.events.find((event) => event.kind === 'orderRefused');
    if (refusal !== undefined) return refused(refusal.code, refusal.message);
    return { kind: 'accepted', run: runIdOf(submitted.events) ?? state.lastRun?.id ?? '' };
}

function refusalFor({ code, message }: LoopFailure): OrderAnswer {
    return refused(code === 'superseded' ? 'alreadyRunning' : code, message);
}

/** What an order is told that comes when the runner has ended. */
function answerAfter(end: RunnerEnd): OrderAnswer {
    return end.kind === 'failed' ? refusalFor(end) : refused('notRunning', ENDED);
}

function runIdOf(events: readonly CoreEvent[]): string | undefined {
    return events.find((event) => event.kind === 'runBegun')?.run;
}

function refused(code: Extract<OrderAnswer, { kind: 'refused' }>['code'], message: string): OrderAnswer {
    return { kind: 'refused', code, message };
}

/** Quiet: no run is under way, or none can go on before an order comes. */
function isQuiet(driven: Driven | null): boolean {
    if (driven === null) return true;
    const { runs, halted, cancelling, tasks } = driven.deployment.state;
    return runs.length === 0 || (halted && !cancelling && tasks.size === 0);
}

/** The state is ahead of the disk while a decision is being recorded: nobody is told of it before. */
async function recorded(session: Session): Promise<void> {
    const recording = (): Promise<void> | null => session.current()?.loop.recording() ?? null;
    for (let pending = recording(); pending !== null; pending = recording()) await pending;
}

async function whenQuiet(
    session: Session,
    snapshot: () => DeploymentSnapshot,
    signal: AbortSignal,
): Promise<RunSummary | null> {
    const quiet = Promise.withResolvers<void>();
    const look = async (): Promise<void> => {
        await recorded(session);
        if (isQuiet(session.current())) quiet.resolve();
    };
    const dispose = session.onEvent(() => void look());
    try {
        void look();
        await abortable(Promise.race([quiet.promise, session.stopped]), signal);
        return snapshot().run;
    } finally {
        dispose();
    }
}
