/** Doubles of the runner room's door: an engine the test plays, and a state directory made of data. */
import type { Engine, OpenMode, RunnerAccess } from '../../../client/deployments/engine.ts';
import type { DeploymentListing, LogPiece, PastRun, RunnerEnd, StatusAnswer, StepLog } from '../../../runner/index.ts';
import type { DeploymentSnapshot, Order, OrderAnswer, RunnerEvent, RunSummary } from '../../../runner/protocol.ts';
import type { RunRecord } from '../../../runner/runs.ts';
import { KEY, snapshotOf } from './snapshots.ts';

export interface PlayedEngine extends Omit<Engine, 'whenQuiet' | 'snapshot' | 'order'> {
    order: Engine['order'];
    whenQuiet: Engine['whenQuiet'];
    snapshot: Engine['snapshot'];
    readonly orders: Order[];
    /** Secrets, as they were handed over. */
    readonly given: Readonly<Record<string, string>>[];
    readonly say: (event: RunnerEvent) => void;
    readonly end: (end: RunnerEnd) => void;
    readonly isDisposed: () => boolean;
    snapshotNow: DeploymentSnapshot;
    answer: OrderAnswer;
    lastRun: RunSummary | null;
}

/** An engine that accepts every order and says what the test makes it say. */
export function playedEngine(snapshot: DeploymentSnapshot = snapshotOf([])): PlayedEngine {
    const listeners = new Set<(event: RunnerEvent) => void>();
    const stopped = Promise.withResolvers<RunnerEnd>();
    let isDisposed = false;
    const engine: PlayedEngine = {
        key: KEY,
        orders: [],
        given: [],
        snapshotNow: snapshot,
        answer: { kind: 'accepted', run: 'r1' },
        lastRun: null,
        order: (order) => {
            engine.orders.push(order);
            return Promise.resolve(engine.answer);
        },
        giveSecrets: (values) => {
            engine.given.push(values);
            return Promise.resolve();
        },
        snapshot: () => Promise.resolve(engine.snapshotNow),
        onEvent: (listener) => {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
        whenQuiet: () => Promise.resolve(engine.lastRun),
        stopped: stopped.promise,
        dispose: () => {
            isDisposed = true;
            return Promise.resolve();
        },
        say: (event) => listeners.forEach((listener) => listener(event)),
        end: stopped.resolve,
        isDisposed: () => isDisposed,
    };
    return engine;
}

export interface PlayedAccess extends Omit<RunnerAccess, 'open' | 'keys' | 'status' | 'run'> {
    run: RunnerAccess['run'];
    status: RunnerAccess['status'];
    keys: RunnerAccess['keys'];
    open: RunnerAccess['open'];
    readonly opened: OpenMode[];
    listings: readonly DeploymentListing[];
    statusAnswer: StatusAnswer;
    runs: readonly PastRun[];
    record: RunRecord | null;
    pieces: readonly LogPiece[];
    logs: readonly StepLog[];
}

/** A runner room whose runner is `engine`. */
export function playedAccess(engine: PlayedEngine): PlayedAccess {
    const access: PlayedAccess = {
        opened: [],
        listings: [],
        runs: [],
        record: null,
        pieces: [],
        logs: [],
        statusAnswer: { kind: 'none', key: KEY, related: [] },
        open: (_key, mode) => {
            access.opened.push(mode);
            // Only what an Engine has is used of a Runner.
            return Promise.resolve({ kind: 'opened', runner: engine as never });
        },
        list: () => Promise.resolve(access.listings),
        status: () => Promise.resolve(access.statusAnswer),
        keys: () => Promise.resolve([KEY]),
        history: () => Promise.resolve(access.runs),
        run: () => Promise.resolve(access.record),
        follow: () => Promise.resolve(piecesOf(access.pieces)),
        pastLogs: () => Promise.resolve(access.logs),
        watch: () => Promise.resolve(),
    };
    return access;
}

async function* piecesOf(pieces: readonly LogPiece[]): AsyncGenerator<LogPiece, void, undefined> {
    for (const piece of pieces) {
        await Promise.resolve();
        yield piece;
    }
}
