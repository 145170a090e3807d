/** Waiting for something for a while. */
import type { Clock } from '../clock.ts';

const OVER = 'over';

/** What the promise gives; null when it has not settled after `ms` milliseconds, or when one of the signals is aborted. */
export async function settledWithin<Value>(
    pending: Promise<Value>,
    ms: number,
    clock: Clock,
    signals: readonly AbortSignal[],
): Promise<Value | null> {
    const over = new AbortController();
    // A reason of its own is cheaper than the error that is made where there is none.
    const wake = (): void => over.abort(OVER);
    for (const signal of signals) {
        if (signal.aborted) wake();
        signal.addEventListener('abort', wake, { once: true });
    }
    const pause = clock.sleep(Math.max(0, ms), over.signal).then(() => null);
    try {
        return await Promise.race([pending, pause]);
    } finally {
        for (const signal of signals) signal.removeEventListener('abort', wake);
        wake();
    }
}
