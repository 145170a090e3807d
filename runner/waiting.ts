/** Giving up a wait. */

/** The promise's result, or a rejection with the signal's reason as soon as that aborts. The work itself goes on. */
export async function abortable<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const give = (): void => aborted.reject(signal.reason);
    signal.addEventListener('abort', give, { once: true });
    try {
        return await Promise.race([promise, aborted.promise]);
    } finally {
        signal.removeEventListener('abort', give);
    }
}
