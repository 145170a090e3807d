/**
 * One queue of inputs, one state. Inputs that wait together are decided one after the other, then recorded with one flush; only then
 * are listeners told and effects begun. So nothing is acted upon, or told, that a crash could make undone.
 */
import type { Advance } from './core/advance.ts';
import type { Effect } from './core/effect.ts';
import type { CoreEvent } from './core/event.ts';
import type { Input } from './core/input.ts';
import type { State } from './core/state.ts';
import type { Clock } from './clock.ts';
import type { JournalWriter } from './journal/write.ts';
import { runnerEventsOf } from './projection.ts';
import type { RunnerEvent } from './protocol.ts';
import type { RunnerFailureCode } from './runner.ts';

export interface LoopConfig {
    readonly state: State;
    readonly advance: Advance;
    readonly writer: JournalWriter;
    readonly clock: Clock;
    /** Begins an effect; its answer comes back by `submit`. Throws only for bugs. */
    readonly perform: (effect: Effect) => void;
    readonly onEvents: (events: readonly RunnerEvent[]) => void;
    /** A runner with a higher fencing number drives the deployment. */
    readonly isSuperseded: () => boolean;
    /** Called between two decisions, when the state is exactly what the records on the disk lead to. */
    readonly keepShort: () => Promise<void>;
}

export interface LoopFailure {
    readonly kind: 'failed';
    readonly code: RunnerFailureCode;
    readonly message: string;
}

/** What a runner is that another one with a higher fence has replaced. */
export const SUPERSEDED = {
    kind: 'failed',
    code: 'superseded',
    message: 'Another runner has taken this deployment over. Open the deployment again to reach it.',
} as const satisfies LoopFailure;

export type Submitted = { readonly kind: 'recorded'; readonly events: readonly CoreEvent[] } | LoopFailure;

/** An input without its time: the loop stamps it. */
export type News = Input extends infer Each ? (Each extends Input ? Omit<Each, 'time'> : never) : never;

export interface Loop {
    /** Resolves when what follows from the input is on disk, or the loop has failed. */
    readonly submit: (news: News) => Promise<Submitted>;
    /** Ends the loop as failed: for bugs met outside of it. */
    readonly fail: (failure: LoopFailure) => void;
    /** Settles when what is being decided is on the disk and was told, or the loop has failed; null when nothing is. */
    readonly recording: () => Promise<void> | null;
    /** Resolves when the queue is worked off; later inputs are answered as superseded by nobody: they never settle. */
    readonly close: () => Promise<void>;
    /** Settles only when the loop fails. */
    readonly failed: Promise<LoopFailure>;
}

interface Waiting {
    readonly news: News;
    readonly settle: (submitted: Submitted) => void;
}

interface Decision {
    readonly settle: Waiting['settle'];
    readonly events: readonly CoreEvent[];
}

/** A loop over `config.state`, which it changes in place from then on. Nothing else may change that state. */
export function createLoop(config: LoopConfig): Loop {
    const queue: Waiting[] = [];
    const failed = Promise.withResolvers<LoopFailure>();
    let failure: LoopFailure | null = null;
    let pumping: Promise<void> | null = null;
    let closed = false;
    let lastTime = 0;

    const fail = (reason: LoopFailure): void => {
        failure ??= reason;
        failed.resolve(failure);
        for (const waiting of queue.splice(0)) waiting.settle(failure);
    };
    const now = (): number => {
        lastTime = Math.max(lastTime, config.clock.now());
        return lastTime;
    };
    const pump = async (): Promise<void> => {
        while (queue.length > 0 && failure === null) {
            const batch = queue.splice(0);
            try {
                const refusal = await commit(config, batch, now);
                if (refusal !== null) fail(refusal);
                else await config.keepShort();
            } catch (error) {
                fail(bugOf(error));
            }
            if (failure !== null) for (const { settle } of batch) settle(failure);
        }
        pumping = null;
    };
    const submit: Loop['submit'] = (news) => {
        if (failure !== null) return Promise.resolve(failure);
        const answer = Promise.withResolvers<Submitted>();
        if (closed) return answer.promise;
        queue.push({ news, settle: answer.resolve });
        pumping ??= pump();
        return answer.promise;
    };
    const close = async (): Promise<void> => {
        closed = true;
        await pumping;
    };
    return { submit, fail, recording: () => pumping, close, failed: failed.promise };
}

/** What a thrown error means to users: the fault is ours. */
export function bugOf(error: unknown): LoopFailure {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', code: 'internal', message: `The runner met a fault of its own and stopped: ${detail}` };
}

async function commit(config: LoopConfig, batch: readonly Waiting[], now: () => number): Promise<LoopFailure | null> {
    const told: RunnerEvent[] = [];
    const effects: Effect[] = [];
    const decisions = batch.map(({ news, settle }): Decision => {
        // Stamping each member of the union gives back the member of `Input` it was made from.
        const input = { ...news, time: now() } as Input;
        const turn = config.advance(config.state, input, (event, changed) => {
            told.push(...runnerEventsOf(config.state, event, changed));
        });
        effects.push(...turn.effects);
        return { settle, events: turn.events };
    });
    const refusal = await record(
        config,
        decisions.flatMap(({ events }) => events),
    );
    if (refusal !== null) return refusal;
    config.onEvents(told);
    for (const effect of effects) config.perform(effect);
    for (const { settle, events } of decisions) settle({ kind: 'recorded', events });
    return null;
}

async function record(config: LoopConfig, events: readonly CoreEvent[]): Promise<LoopFailure | null> {
    if (events.length === 0) return null;
    if (config.isSuperseded()) {
        return SUPERSEDED;
    }
    const written = await config.writer.append(events.map((event) => ({ event, time: event.time })));
    if (written.kind === 'written') return null;
    const message = `The journal cannot be written. ${written.message} Nothing more is begun; steps under way go on.`;
    return { kind: 'failed', code: 'journalNotWritable', message };
}
