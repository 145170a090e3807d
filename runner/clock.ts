/** The only place of the room where time is read. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
    /** Milliseconds since 1970. */
    readonly now: () => number;
    /** Resolves after `ms` milliseconds, or at once when the signal aborts: callers look at the signal. */
    readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The clock of this computer. */
export const systemClock: Clock = {
    now: () => Date.now(),
    sleep: async (ms, signal) => {
        await delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
            if (signal?.aborted !== true) throw error;
        });
    },
};
