/** Time for the server: the only place where it is read or waited for. */

export interface Clock {
    /** Milliseconds that only grow. */
    readonly now: () => number;
    /** Runs a task later, after what is already waiting; the result calls it off. */
    readonly schedule: (delayMs: number, task: () => void) => () => void;
}

/** The time of this process. */
export const processClock: Clock = { now: () => performance.now(), schedule };

function schedule(delayMs: number, task: () => void): () => void {
    if (delayMs <= 0) {
        const immediate = setImmediate(task);
        return () => clearImmediate(immediate);
    }
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
}
