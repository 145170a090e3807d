/** How large a picture can be shown. */
import type { Orientation } from './laid-out-graph.ts';

/** Width by height of the room a picture of each orientation is made for: a panel across the window, a panel beside an editor. */
export const ASPECTS: Readonly<Record<Orientation, number>> = { landscape: 1.6, portrait: 0.7 };

/** The scale at which a picture fills a room of its orientation; only good for comparing pictures. */
export function fitScale(
    { width, height }: { readonly width: number; readonly height: number },
    orientation: Orientation,
): number {
    return Math.min(ASPECTS[orientation] / Math.max(1, width), 1 / Math.max(1, height));
}
