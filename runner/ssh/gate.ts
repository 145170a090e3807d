/** A limit to how many do something at one time; the others wait their turn. */

export interface Gate {
    /** Resolves when it is this one's turn, to the function that gives the place back (harmless to repeat); null when aborted before. */
    readonly enter: (signal: AbortSignal) => Promise<(() => void) | null>;
    /** How many are inside. */
    readonly insideCount: () => number;
    /** Lets in no more than this from then on, and one at least; who is inside stays. */
    readonly narrow: (limit: number) => void;
}

/** First come, first served. */
export function createGate(limit: number): Gate {
    const waiting = new Set<() => void>();
    let allowed = limit;
    let inside = 0;
    const admit = (): void => {
        for (const next of waiting) {
            if (inside >= allowed) return;
            waiting.delete(next);
            inside++;
            next();
        }
    };
    const leaveOnce = (): (() => void) => {
        let isInside = true;
        return () => {
            if (!isInside) return;
            isInside = false;
            inside--;
            admit();
        };
    };
    return {
        enter: (signal) =>
            new Promise((resolve) => {
                if (signal.aborted) return resolve(null);
                const leave = (): void => {
                    waiting.delete(next);
                    resolve(null);
                };
                const next = (): void => {
                    signal.removeEventListener('abort', leave);
                    resolve(leaveOnce());
                };
                signal.addEventListener('abort', leave, { once: true });
                waiting.add(next);
                admit();
            }),
        insideCount: () => inside,
        narrow: (to) => {
            allowed = Math.max(1, Math.min(allowed, to));
        },
    };
}
