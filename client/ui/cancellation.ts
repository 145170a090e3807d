/** Telling a wait that was given up from a fault. */

/** Tells whether a fault is only that the wait was given up. */
export function isAbort(fault: unknown): boolean {
    return fault instanceof Error && (fault.name === 'AbortError' || fault.name === 'Canceled');
}
