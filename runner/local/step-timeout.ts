/** How long a step may take when nobody says otherwise. */
const DEFAULT_MS = 10 * 60_000;
/** Timers of longer waits go off at once. */
const LONGEST_MS = 2_147_483_647;

/** Milliseconds a step may take, from what the user wrote; nothing written = 10 minutes. Null when it is no such number. */
export function parseStepTimeout(text: string | undefined): number | null {
    if (text === undefined || text === '') return DEFAULT_MS;
    const ms = /^\d+$/.test(text) ? Number(text) : 0;
    return ms >= 1 && ms <= LONGEST_MS ? ms : null;
}
