/** One drawing a frame, however often it is asked for. */

/** The browser's frames; a test has its own. */
export interface FrameClock {
    /** Calls back once, at the next frame, with its time in milliseconds. */
    readonly request: (act: (now: number) => void) => number;
    readonly cancel: (handle: number) => void;
}

export interface FrameWork {
    /** Has the work done at the next frame. */
    readonly ask: () => void;
    /** Has it done at once; a frame that was asked for is not needed then. */
    readonly flush: () => void;
    readonly dispose: () => void;
}

/** Work that is done at most once a frame. It may ask again for the frame after. */
export function createFrameWork(clock: FrameClock, work: (now: number) => void): FrameWork {
    let handle: number | null = null;
    const forget = (): void => {
        if (handle !== null) clock.cancel(handle);
        handle = null;
    };
    return {
        ask: () => {
            handle ??= clock.request((now) => {
                handle = null;
                work(now);
            });
        },
        flush: () => {
            forget();
            work(performance.now());
        },
        dispose: forget,
    };
}

/** The frames of the page's window. */
export const WINDOW_FRAMES: FrameClock = {
    request: (act) => window.requestAnimationFrame(act),
    cancel: (handle) => window.cancelAnimationFrame(handle),
};
