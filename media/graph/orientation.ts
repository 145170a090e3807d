/** Whether the page's window is higher than wide. */
import type { Orientation } from '../../server/layout.ts';

/** Around the square the orientation stays what it is, so that dragging a border does not turn the picture back and forth. */
const CLEARLY = 1.15;

/** The orientation of a window of this size (pixels) that had `before`; null = it had none. */
export function orientationOf(width: number, height: number, before: Orientation | null): Orientation {
    if (before === null || width <= 0 || height <= 0) return height > width ? 'portrait' : (before ?? 'landscape');
    if (before === 'landscape') return height > CLEARLY * width ? 'portrait' : 'landscape';
    return width > CLEARLY * height ? 'landscape' : 'portrait';
}

/** Tells each change of the window's orientation, and answers the one it has. */
export function watchOrientation(changed: (orientation: Orientation) => void): Orientation {
    let orientation = orientationOf(window.innerWidth, window.innerHeight, null);
    window.addEventListener('resize', () => {
        const next = orientationOf(window.innerWidth, window.innerHeight, orientation);
        if (next === orientation) return;
        orientation = next;
        changed(next);
    });
    return orientation;
}
