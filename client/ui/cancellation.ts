/** The editor's tokens as signals: the edge where one becomes the other. */
import type { CancellationToken } from 'vscode';

/** A signal that is aborted when the token is cancelled. */
export function signalOf(token: CancellationToken): AbortSignal {
    const controller = new AbortController();
    if (token.isCancellationRequested) controller.abort();
    else token.onCancellationRequested(() => controller.abort());
    return controller.signal;
}

/** Tells whether a fault is only that the wait was given up. */
export function isAbort(fault: unknown): boolean {
    return fault instanceof Error && (fault.name === 'AbortError' || fault.name === 'Canceled');
}
