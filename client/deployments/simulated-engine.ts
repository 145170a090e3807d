/** A simulation as an engine: it takes orders like a runner, and plays what they lead to at the pace of the settings. No recipe is run. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplicationModel } from '../../language/index.ts';
import { SIMULATION_SPEEDS, type SimulationControl, type SimulationView } from '../../media/protocol.ts';
import {
    createPacer,
    nextEvents,
    snapshotOfSimulation,
    startSimulation,
    type Pacer,
    type RunnerEnd,
} from '../../runner/index.ts';
import {
    isNamedBy,
    type DeploymentKey,
    type DeploymentSnapshot,
    type Order,
    type OrderAnswer,
    type RunnerEvent,
    type RunSummary,
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

/** What a simulation takes besides orders. */
export interface SimulationPlayer {
    readonly view: () => SimulationView;
    /** Starting over is another simulation: whoever made this one does it. */
    readonly control: (control: Exclude<SimulationControl, 'restart'>) => void;
    readonly setSpeed: (speed: SimulationView['speed']) => void;
    /** Calls back when the view changed other than by time; answers how to stop that. */
    readonly onChange: (listener: () => void) => () => void;
}

export interface SimulatedEngine extends Engine {
    readonly player: SimulationPlayer;
}

/** An order as a simulation takes it: the model is its own. */
type SimulatedOrder = Exclude<Order, { kind: 'deploy' }> | Omit<Extract<Order, { kind: 'deploy' }>, 'model'>;

/** A simulation in which nothing is deployed yet. */
export function createSimulatedEngine(config: SimulatedEngineConfig): SimulatedEngine {
    const session = new SimulatedSession(config);
    return {
        key: config.key,
        order: (order) => Promise.resolve(session.order(order)),
        snapshot: () => Promise.resolve(session.snapshot()),
        // A simulation reaches no machine.
        giveSecrets: () => Promise.resolve(),
        onEvent: (listener) => session.onEvent(listener),
        whenQuiet: (signal) => session.whenQuiet(signal),
        stopped: session.stopped,
        dispose: () => {
            session.dispose();
            return Promise.resolve();
        },
        player: {
            view: () => session.view(),
            control: (control) => session.control(control),
            setSpeed: (speed) => session.setSpeed(speed),
            onChange: (listener) => session.onChange(listener),
        },
    };
}

class SimulatedSession {
    readonly #config: SimulatedEngineConfig;
    readonly #events = createEmitter<RunnerEvent>();
    readonly #changes = createEmitter<void>();
    readonly #simulation;
    readonly #pacer: Pacer;
    readonly #end = Promise.withResolvers<RunnerEnd>();
    /** Events whose time has come, not told yet. */
    readonly #pending: RunnerEvent[] = [];
    #orderCount = 0;
    #isDisposed = false;
    #playing: Promise<void> | undefined;

    constructor(config: SimulatedEngineConfig) {
        this.#config = config;
        this.#simulation = startSimulation(config.model, { seed: config.seed, scenario: [] });
        this.#pacer = createPacer({
            pace: config.pace,
            now: () => performance.now(),
            sleep: resting,
            changed: () => this.#changes.emit(),
        });
    }

    get stopped(): Promise<RunnerEnd> {
        return this.#end.promise;
    }

    order(order: Order): OrderAnswer {
        const { facts, scenario, now } = this.#simulation;
        scenario.push({ at: now, happens: this.#happeningOf(order) });
        const known = facts.length;
        // The order is next: time stands still until everything that was due before it has happened.
        const events = nextEvents(this.#simulation) ?? [];
        const refusal = facts.slice(known).find((fact) => fact.kind === 'orderRefused');
        this.#pending.push(...events);
        // A cancelled simulation is over for who cancelled it: what is left of it is not waited for.
        if (refusal === undefined && order.kind === 'cancel') this.#pacer.skip();
        else this.#pacer.hurry();
        this.#playing ??= this.#play();
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

    onChange(listener: () => void): () => void {
        return this.#changes.listen(listener).dispose;
    }

    view(): SimulationView {
        const { isPaused, speed, clockMs, untilMs, rate } = this.#pacer.state();
        const isPlaying = this.#playing !== undefined;
        const shown = SIMULATION_SPEEDS.find((known) => known === speed) ?? 1;
        const status = isPlaying ? (isPaused ? 'paused' : 'running') : 'over';
        return { status, clockMs, untilMs, rate: isPlaying ? rate : 0, speed: shown };
    }

    control(control: Exclude<SimulationControl, 'restart'>): void {
        switch (control) {
            case 'pause':
                return this.#pacer.pause();
            case 'continue':
                return this.#pacer.resume();
            case 'step':
                return this.#pacer.step();
            case 'slower':
                return this.setSpeed(speedBeside(this.view().speed, -1));
            case 'faster':
                return this.setSpeed(speedBeside(this.view().speed, 1));
            case 'end':
                if (this.#playing !== undefined) this.#pacer.skip();
                return;
            default:
                return control satisfies never;
        }
    }

    setSpeed(speed: SimulationView['speed']): void {
        this.#pacer.setSpeed(speed);
    }

    /** Starting what is absent is deploying it: a simulation has its model at hand. */
    #happeningOf(order: Order): SimulatedOrder {
        if (order.kind === 'deploy') return { kind: 'deploy', paths: order.paths };
        if (order.kind !== 'start') return order;
        const { instances } = this.snapshot();
        const concerned = instances.filter(({ path }) => isNamedBy(path, order.paths));
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
        this.#pacer.skip();
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
            this.#pacer.finish();
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
            await this.#pacer.pass(this.#simulation.now - before);
            this.#pending.unshift(...events);
        }
    }

    #tellPending(): void {
        for (const event of this.#pending.splice(0)) this.#events.emit(event);
    }
}

/** Never rejects: a wait that is cut short is over. */
async function resting(ms: number, signal: AbortSignal): Promise<void> {
    try {
        await sleep(ms, undefined, { signal });
    } catch {
        // The only way to reject is the signal.
    }
}

function speedBeside(speed: SimulationView['speed'], by: 1 | -1): SimulationView['speed'] {
    return SIMULATION_SPEEDS[SIMULATION_SPEEDS.indexOf(speed) + by] ?? speed;
}
