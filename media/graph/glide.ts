/** Viewports that follow each other as a movement, so that the eye keeps its place. */
import { isMotionReduced } from './dom.ts';
import type { Viewport } from './viewport.ts';

const DURATION_MS = 200;

export interface Glide {
    /** Shows a viewport at once. */
    readonly jump: (viewport: Viewport) => void;
    /** Goes there from what is shown, whatever was under way; at once where people asked for less motion. */
    readonly to: (viewport: Viewport) => void;
    readonly shown: () => Viewport;
    /** Where it is going, or is. */
    readonly goal: () => Viewport;
    readonly dispose: () => void;
}

/** `show` is told every viewport on the way. */
export function createGlide(start: Viewport, show: (viewport: Viewport) => void): Glide {
    let [shown, goal] = [start, start];
    let handle: number | null = null;
    const stop = (): void => {
        if (handle !== null) window.cancelAnimationFrame(handle);
        handle = null;
    };
    const jump = (viewport: Viewport): void => {
        stop();
        [shown, goal] = [viewport, viewport];
        show(viewport);
    };
    const to = (viewport: Viewport): void => {
        if (isMotionReduced()) return jump(viewport);
        stop();
        goal = viewport;
        const [from, begunAt] = [shown, performance.now()];
        const step = (now: number): void => {
            const share = Math.min(1, Math.max(0, now - begunAt) / DURATION_MS);
            shown = share === 1 ? viewport : viewportBetween(from, viewport, eased(share));
            handle = share === 1 ? null : window.requestAnimationFrame(step);
            show(shown);
        };
        handle = window.requestAnimationFrame(step);
    };
    return { jump, to, shown: () => shown, goal: () => goal, dispose: stop };
}

/** Between two viewports. A point that both show at one place of the window stays there all the way. */
export function viewportBetween(from: Viewport, to: Viewport, share: number): Viewport {
    const mix = (one: number, other: number): number => one + (other - one) * share;
    return { x: mix(from.x, to.x), y: mix(from.y, to.y), scale: mix(from.scale, to.scale) };
}

/** A share of the time as a share of the way: quick at first, gentle at the end. */
export function eased(share: number): number {
    return 1 - (1 - share) ** 3;
}
