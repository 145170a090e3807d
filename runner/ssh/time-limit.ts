/** Limits to waiting, by the clock the caller is given. */
import type { Clock } from '../clock.ts';

export interface TimeLimit {
    /** Aborted when the time is over, or the signal it was made with is. */
    readonly signal: AbortSignal;
    /** Whether it was the time. */
    readonly isOver: () => boolean;
    /** Lets go of the timer. */
    readonly end: () => void;
}

/** A limit of so many milliseconds that also holds when the signal aborts. Whoever makes it ends it. */
export function createTimeLimit(clock: Clock, ms: number, signal: AbortSignal): TimeLimit {
    const limit = new AbortController();
    const timer = new AbortController();
    let isOver = false;
    const pass = (): void => limit.abort();
    if (signal.aborted) pass();
    signal.addEventListener('abort', pass, { once: true });
    void clock.sleep(ms, timer.signal).then(() => {
        if (timer.signal.aborted || limit.signal.aborted) return;
        isOver = true;
        pass();
    });
    return {
        signal: limit.signal,
        isOver: () => isOver,
        end: () => {
            signal.removeEventListener('abort', pass);
            timer.abort();
        },
    };
}

/** What the promise answers, or `instead` when the signal aborts first; the promise goes on. */
export function orAborted<T, U>(promise: Promise<T>, signal: AbortSignal, instead: U): Promise<T | U> {
    if (signal.aborted) return Promise.resolve(instead);
    return new Promise((resolve, reject) => {
        const give = (): void => resolve(instead);
        signal.addEventListener('abort', give, { once: true });
        const leave = (): void => signal.removeEventListener('abort', give);
        promise.then(
            (value) => {
                leave();
                resolve(value);
            },
            (error: unknown) => {
                leave();
                reject(error instanceof Error ? error : new Error(String(error)));
            },
        );
    });
}
