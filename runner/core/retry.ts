/** How often and when a failed step is tried again. */
/** An immutable value. */
export interface RetryPolicy {
    /** Attempts after the first one. */
    readonly retries: number;
    readonly delayMs: number;
    /** Each delay is the one before times this. */
    readonly factor: number;
}

export const NO_RETRY: RetryPolicy = { retries: 0, delayMs: 0, factor: 1 };

/** No wait is longer, however often its delay was multiplied: 30 days. */
const LONGEST_DELAY_MS = 30 * 24 * 60 * 60_000;

/** Milliseconds to wait before retry number `retry` (1 = the first), or null when the policy allows no more. */
export function delayBefore(policy: RetryPolicy, retry: number): number | null {
    if (retry > policy.retries) return null;
    return Math.min(policy.delayMs * policy.factor ** (retry - 1), LONGEST_DELAY_MS);
}
