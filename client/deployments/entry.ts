/** One deployment of the list: its engine when it has one, and the state its events have led to. */
import type { DeploymentKey, DeploymentSnapshot, RunnerEvent } from '../../runner/protocol.ts';
import type { DeploymentView, Link, UnknownStep } from './deployment-view.ts';
import type { Engine } from './engine.ts';
import { createLiveState, type LiveState } from './live-state.ts';

/** A state with nothing in it yet. */
export function emptySnapshot(key: DeploymentKey, simulated: boolean): DeploymentSnapshot {
    return { key, simulated, run: null, instances: [], sequence: 0 };
}

/** An entry; without engine until it is connected. */
export class Entry {
    readonly #id: string;
    readonly #simulated: boolean;
    readonly #state: LiveState;
    #engine: Engine | undefined;
    #hasStopped = false;
    #stopListening: () => void = () => undefined;
    #tell: (event: RunnerEvent) => void = () => undefined;
    /** Events that wait for a snapshot; undefined while none is under way. */
    #early: RunnerEvent[] | undefined;
    #caughtUp: Promise<void> = Promise.resolve();
    #link: Link = { kind: 'idle' };
    #changedAt = 0;

    constructor(id: string, initial: DeploymentSnapshot) {
        this.#id = id;
        this.#simulated = initial.simulated;
        this.#state = createLiveState(initial);
    }

    view(): DeploymentView {
        const snapshot = this.#state.snapshot();
        return {
            id: this.#id,
            key: snapshot.key,
            simulated: this.#simulated,
            link: this.#link,
            snapshot,
            unknownSteps: unknownStepsOf(snapshot),
            changedAt: this.#changedAt,
        };
    }

    engine(): Engine | undefined {
        return this.#engine;
    }

    /** Follows an engine: its snapshot first, then every event since; `onEvent` is told of each after the state has it. */
    async connect(engine: Engine, onEvent: (event: RunnerEvent) => void, signal: AbortSignal): Promise<void> {
        this.disconnect();
        this.#engine = engine;
        this.#hasStopped = false;
        void engine.stopped.then(() => {
            if (this.#engine === engine) this.#hasStopped = true;
        });
        this.#tell = onEvent;
        this.#early = [];
        this.#stopListening = engine.onEvent((event) => this.#receive(engine, event));
        await this.#catchUp(engine, signal);
        this.#link = { kind: 'live' };
    }

    /** Resolves when no event waits to be taken. */
    caughtUp(): Promise<void> {
        return this.#caughtUp;
    }

    disconnect(): void {
        this.#stopListening();
        this.#stopListening = () => undefined;
        this.#engine = undefined;
        this.#link = { kind: 'idle' };
    }

    reset(snapshot: DeploymentSnapshot): void {
        this.#state.reset(snapshot);
    }

    setLink(link: Link): void {
        this.#link = link;
    }

    /** Notes when something last changed, by a number that grows. */
    touch(changedAt: number): void {
        this.#changedAt = changedAt;
    }

    #receive(engine: Engine, event: RunnerEvent): void {
        if (this.#early !== undefined) {
            this.#early.push(event);
        } else if (event.kind === 'runBegun') {
            // A run can bring instances nobody has told of yet: they are shown all at once, nested as they are.
            this.#early = [event];
            // A snapshot that cannot be had leaves the state to the events; why it cannot is told by the engine's end.
            this.#caughtUp = this.#catchUp(engine, new AbortController().signal).catch(() => undefined);
        } else this.#deliver(event);
    }

    /** Takes the whole state of an engine over; events that come meanwhile are delivered after it. */
    async #catchUp(engine: Engine, signal: AbortSignal): Promise<void> {
        try {
            const snapshot = await engine.snapshot(signal);
            // One that has gone answers what it last told, which may be nothing: what is shown says more.
            if (this.#engine === engine && !this.#hasStopped) this.#state.reset(snapshot);
        } finally {
            const waiting = this.#early ?? [];
            this.#early = undefined;
            for (const event of waiting) this.#deliver(event);
        }
    }

    #deliver(event: RunnerEvent): void {
        this.#state.apply(event);
        this.#tell(event);
    }
}

function unknownStepsOf({ instances }: DeploymentSnapshot): readonly UnknownStep[] {
    return instances.flatMap(({ path, failure, step }) =>
        failure?.kind === 'unknown' && step === null ? [{ path, phase: failure.phase }] : [],
    );
}
