/** Many wishes, one deed: what changes often is shown at a bearable rate. */

export interface Coalesced {
    /** Asks for the action. Wishes within one interval are met by one call. */
    readonly request: () => void;
    readonly dispose: () => void;
}

/** Runs `action` at most once every `intervalMs`: soon after the first wish, and again after the last. */
export function coalesce(intervalMs: number, action: () => void): Coalesced {
    let timer: NodeJS.Timeout | undefined;
    return {
        request: () => {
            timer ??= setTimeout(() => {
                timer = undefined;
                action();
            }, intervalMs);
        },
        dispose: () => {
            clearTimeout(timer);
            timer = undefined;
        },
    };
}
