/** Telling a wait that was given up from a fault. */
import type { CancellationToken } from 'vscode';

/** Tells whether a fault is only that the wait was given up. */
export function isAbort(fault: unknown): boolean {
    return fault instanceof Error && (fault.name === 'AbortError' || fault.name === 'Canceled');
}

/** A signal that is aborted by a token of the editor or by another signal. `dispose` stops listening to the token. */
export function signalOf(
    token: CancellationToken,
    signal: AbortSignal,
): { readonly signal: AbortSignal; readonly dispose: () => void } {
    const controller = new AbortController();
    if (token.isCancellationRequested) controller.abort();
    const subscription = token.onCancellationRequested(() => controller.abort());
    return { signal: AbortSignal.any([controller.signal, signal]), dispose: () => void subscription.dispose() };
}
