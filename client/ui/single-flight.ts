/** One request at a time: wishes made during a request are met by one more, after it. */

export interface SingleFlight {
    /** Asks for the task. It runs at once, or after the one under way. Settles when a run that began after the call has ended. */
    readonly request: () => Promise<void>;
    readonly dispose: () => void;
}

/** `task` must handle its own failures; what it throws reaches those who asked. The signal is aborted by `dispose`. */
export function createSingleFlight(task: (signal: AbortSignal) => Promise<void>): SingleFlight {
    const controller = new AbortController();
    let running: Promise<void> | undefined;
    let next: Promise<void> | undefined;

    const start = (): Promise<void> => {
        const run = controller.signal.aborted ? Promise.resolve() : task(controller.signal);
        running = run.finally(() => {
            running = undefined;
        });
        return running;
    };
    const afterRunning = async (current: Promise<void>): Promise<void> => {
        // Its fault was told to those who asked for it; the next run is due all the same.
        await current.catch(() => undefined);
        next = undefined;
        await start();
    };
    return {
        request: () => {
            if (running === undefined) return start();
            next ??= afterRunning(running);
            return next;
        },
        dispose: () => controller.abort(),
    };
}
