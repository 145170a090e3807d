/** The only place of the room where time is read. */

export interface Clock {
    /** Milliseconds since 1970. */
    readonly now: () => number;
    /** Resolves after `ms` milliseconds, or at once when the signal aborts: callers look at the signal. */
    readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The clock of this computer. */
export const systemClock: Clock = {
    now: () => Date.now(),
    // Every step is waited for beside one of these, which then ends early: no error is made for that.
    sleep: (ms, signal) =>
        new Promise((resolve) => {
            if (signal?.aborted === true) return resolve();
            const wake = (): void => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', wake);
                resolve();
            };
            const timer = setTimeout(wake, ms);
            signal?.addEventListener('abort', wake, { once: true });
        }),
};
