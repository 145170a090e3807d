/** A simulation as an engine: it takes orders like a runner, and plays what they lead to at the pace of the settings. No recipe is run. */
import type { ApplicationModel } from '../../language/index.ts';
import { nextEvents, snapshotOfSimulation, startSimulation, type RunnerEnd } from '../../runner/index.ts';
import type {
    DeploymentKey,
    DeploymentSnapshot,
    Order,
    OrderAnswer,
    RunnerEvent,
    RunSummary,
} from '../../runner/protocol.ts';
import { createEmitter } from '../ui/emitter.ts';
import type { Engine } from './engine.ts';
import { isRunning } from './live-state.ts';

export interface SimulatedEngineConfig {
    readonly key: DeploymentKey;
    readonly model: ApplicationModel;
    readonly seed: number;
    /** Milliseconds on the screen for a simulated second; asked before every wait, so that it can be changed meanwhile. */
    readonly pace: () => number;
    /** Told what went wrong in a listener or in the simulation; it ends then. */
    readonly report: (fault: unknown) => void;
}

/** An order as a simulation takes it: the model is its own. */
type SimulatedOrder = Exclude<Order, { kind: 'deploy' }> | Omit<Extract<Order, { kind: 'deploy' }>, 'model'>;

/** Waits shorter than this are not worth a timer. */
const MIN_WAIT_MS = 4;

/** A simulation in which nothing is deployed yet. */
export function createSimulatedEngine(config: SimulatedEngineConfig): Engine {
    const session = new SimulatedSession(config);
    return {
        key: config.key,
        order: (order) => Promise.resolve(session.order(order)),
        snapshot: () => Promise.resolve(session.snapshot()),
        onEvent: (listener) => session.onEvent(listener),
        whenQuiet: (signal) => session.whenQuiet(signal),
        stopped: session.stopped,
        dispose: () => Promise.resolve(session.dispose()),
    };
}

class SimulatedSession {
    readonly #config: SimulatedEngineConfig;
    readonly #simulation;
    readonly #events = createEmitter<RunnerEvent>();
    readonly #end = Promise.withResolvers<RunnerEnd>();
    readonly stopped = this.#end.promise;
    /** Events of orders, which nobody has been told yet. */
    readonly #pending: RunnerEvent[] = [];
    #orderCount = 0;
    #isDisposed = false;
    /** A cancelled simulation is over for who cancelled it: what is left of it is not waited for. */
    #isCancelled = false;
    #playing: Promise<void> | undefined;
    /** Ends the wait under way. */
    #wake: () => void = () => undefined;
    /** Real time owed by waits that were too short to be made. */
    #debtMs = 0;

    constructor(config: SimulatedEngineConfig) {
        this.#config = config;
        this.#simulation = startSimulation(config.model, { seed: config.seed, scenario: [] });
    }

    order(order: Order): OrderAnswer {
        const { facts, scenario, now } = this.#simulation;
        scenario.push({ at: now, happens: this.#happeningOf(order) });
        const known = facts.length;
        // The order is next: time stands still until everything that was due before it has happened.
        const events = nextEvents(this.#simulation) ?? [];
        const refusal = facts.slice(known).find((fact) => fact.kind === 'orderRefused');
        this.#pending.push(...events);
        if (refusal === undefined) this.#isCancelled = order.kind === 'cancel';
        this.#playing ??= this.#play();
        this.#wake();
        if (refusal !== undefined) return { kind: 'refused', code: refusal.code, message: refusal.message };
        this.#orderCount += 1;
        return { kind: 'accepted', run: `simulated-${String(this.#orderCount)}` };
    }

    snapshot(): DeploymentSnapshot {
        return { ...snapshotOfSimulation(this.#simulation), key: this.#config.key };
    }

    onEvent(listener: (event: RunnerEvent) => void): () => void {
        return this.#events.listen(listener).dispose;
    }

    /** Starting what is absent is deploying it: a simulation has its model at hand. */
    #happeningOf(order: Order): SimulatedOrder {
        if (order.kind === 'deploy') return { kind: 'deploy', paths: order.paths };
        if (order.kind !== 'start') return order;
        const { instances } = this.snapshot();
        const concerned = instances.filter(({ path }) => order.paths.length === 0 || order.paths.includes(path));
        const isAbsent = concerned.some(({ status }) => status === 'NOT_DEPLOYED');
        return isAbsent ? { kind: 'deploy', paths: order.paths } : order;
    }

    async whenQuiet(signal: AbortSignal): Promise<RunSummary | null> {
        signal.throwIfAborted();
        const given = Promise.withResolvers<void>();
        const giveUp = (): void => given.reject(signal.reason);
        signal.addEventListener('abort', giveUp, { once: true });
        try {
            await Promise.race([this.#playing, given.promise]);
        } finally {
            signal.removeEventListener('abort', giveUp);
        }
        const { run } = this.snapshot();
        return this.#isDisposed || isRunning(run) ? null : run;
    }

    dispose(): void {
        this.#isDisposed = true;
        this.#wake();
        this.#end.resolve({ kind: 'disposed' });
    }

    async #play(): Promise<void> {
        // The order that begins the play answers before its first event is seen.
        await Promise.resolve();
        try {
            await this.#playToEnd();
        } catch (fault) {
            this.#config.report(fault);
            this.#end.resolve({
                kind: 'failed',
                code: 'internal',
                message: 'The simulation ended because of a fault in it.',
            });
        } finally {
            this.#playing = undefined;
        }
    }

    async #playToEnd(): Promise<void> {
        while (!this.#isDisposed) {
            this.#tellPending();
            const before = this.#simulation.now;
            const events = nextEvents(this.#simulation);
            if (events === null) {
                if (this.#pending.length === 0) return;
                continue;
            }
            await this.#wait(this.#simulation.now - before);
            this.#pending.unshift(...events);
        }
    }

    #tellPending(): void {
        for (const event of this.#pending.splice(0)) this.#events.emit(event);
    }

    async #wait(virtualMs: number): Promise<void> {
        this.#debtMs += (virtualMs / 1000) * this.#config.pace();
        if (this.#debtMs < MIN_WAIT_MS || this.#isDisposed || this.#isCancelled) return;
        const waitMs = this.#debtMs;
        this.#debtMs = 0;
        await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, waitMs);
            this.#wake = () => {
                clearTimeout(timer);
                resolve();
            };
        });
        this.#wake = () => undefined;
    }
}
