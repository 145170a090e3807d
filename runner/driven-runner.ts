/** The runner that drives a deployment in this process: orders in, journal, loop and executor behind, events out. */
import { createAudience } from './audience.ts';
import {
    beginDeployment,
    isOver,
    reopenDeployment,
    type StoredDeployment,
    type StoreFailure,
} from './deployment-store.ts';
import { storeConfigOf, type DrivenConfig } from './driven-config.ts';
import { awaitedOn, createDrivenLoop, machinesOf, portsOf, type Driven } from './driven-loop.ts';
import {
    answerAfter,
    deployAgain,
    obey,
    refused,
    relatedTextOf,
    submitOrder,
    type DeployOrder,
} from './driven-orders.ts';
import { watchDisk } from './local/watch-disk.ts';
import { SUPERSEDED } from './loop.ts';
import { deploymentSnapshotOf } from './projection.ts';
import type { DeploymentSnapshot, Order, OrderAnswer, RunSummary } from './protocol.ts';
import { logsOf } from './read-status.ts';
import type { Runner, RunnerEnd } from './runner.ts';
import { inputOf } from './targets/news.ts';
import { NO_TARGETS } from './targets/target.ts';
import { abortable } from './waiting.ts';

/** Reads the journal back and asks about what was under way. Nothing else is begun before an order. */
export async function driveDeployment(config: DrivenConfig): Promise<Runner | StoreFailure> {
    const stored = await reopenDeployment(storeConfigOf(config));
    if (stored.kind === 'refused') return stored;
    // A session looks at the disk until it ends, which one for a journal that cannot be used never would.
    const session = createSession(config);
    if (stored.kind === 'stored') {
        const driven = session.adopt(stored.deployment);
        const { state } = stored.deployment;
        // A machine whose end is asked for again is not watched any more from then on.
        session.attend();
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

interface Session {
    readonly current: () => Driven | null;
    /** Whether the end of a run is on the disk. */
    readonly hasEnded: (run: string) => boolean;
    readonly adopt: (deployment: StoredDeployment) => Driven;
    /** Watches the machines that are there. */
    readonly attend: () => void;
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
    const executor = config.executorFor({
        detached: detached.signal,
        portsInUse: () => portsOf(driven),
        onMachineNews: (news, target) => void driven?.loop.submit(inputOf(news, target)),
        awaitedOn: (machine) => awaitedOn(config.paths, driven, machine),
    });

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
            await executor.dispose();
            await driven?.deployment.writer.close().catch(() => undefined); // it failed before, and that was said
            await config.release(reason);
            stopped.resolve(reason);
        })();
        return ending;
    };
    const orders = createOrders({
        config,
        current: () => driven,
        adopt,
        supersede: () => void end(SUPERSEDED),
    });
    return {
        current: () => driven,
        hasEnded: audience.hasEnded,
        adopt,
        attend: () => machinesOf(driven).forEach(executor.attend),
        order: orders,
        onEvent: audience.onEvent,
        end,
        stopped: stopped.promise,
    };
}

interface OrderServices {
    readonly config: DrivenConfig;
    readonly current: () => Driven | null;
    readonly adopt: Session['adopt'];
    /** Ends the session: another runner drives. */
    readonly supersede: () => void;
}

function createOrders({ config, current, adopt, supersede }: OrderServices): Session['order'] {
    const begin = async (order: DeployOrder): Promise<OrderAnswer> => {
        if (config.isSuperseded()) {
            // What is on the disk belongs to the other runner.
            supersede();
            return refused('alreadyRunning', SUPERSEDED.message);
        }
        await current()?.deployment.writer.close();
        const { model, targets = NO_TARGETS } = order;
        const stored = await beginDeployment(storeConfigOf(config), { model, targets }, config.clock.now());
        if (stored.kind === 'refused') return stored;
        return submitOrder(adopt(stored.deployment), { kind: 'deploy', paths: order.paths });
    };
    const deploy = (order: DeployOrder): Promise<OrderAnswer> | OrderAnswer => {
        if (config.unsupported !== null) return refused('unsupportedPlatform', config.unsupported);
        const driven = current();
        if (driven === null || isOver(driven.deployment.state)) return begin(order);
        return deployAgain(config, driven, order);
    };
    /** One order at a time: a deployment that begins closes the journal of the one before. */
    let turn: Promise<unknown> = Promise.resolve();
    return (given) => {
        const answer = turn.then(() => (given.kind === 'deploy' ? deploy(given) : obey(config, current(), given)));
        turn = answer.catch(() => undefined); // the caller has the rejection
        return answer;
    };
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
        giveSecrets: config.giveSecrets,
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
