/** Which part of each picture was seen: every perspective, orientation and neighbourhood is seen through a viewport of its own. */
import type { Orientation } from '../../server/layout.ts';
import type { PageLook } from '../protocol.ts';
import { viewportKey, type Viewports } from './page-state.ts';
import type { Viewport } from './viewport.ts';

export interface ViewportMemory {
    /** What was seen of the picture that is shown; null = it was kept fitted. */
    readonly current: () => Viewport | null;
    /** Another picture comes: what was seen of it, or undefined when it is seen as the one before. */
    readonly turnTo: (look: PageLook, orientation: Orientation) => Viewport | null | undefined;
    /** The person moved the picture. */
    readonly keep: (viewport: Viewport | null) => void;
    readonly all: () => Viewports;
}

/** Begins with what is remembered, at the picture of a look. */
export function createViewportMemory(remembered: Viewports, look: PageLook, orientation: Orientation): ViewportMemory {
    let viewports = remembered;
    let key = keyOf(look, orientation);
    const current = (): Viewport | null => viewports[key] ?? null;
    return {
        current,
        turnTo: (nextLook, nextOrientation) => {
            const next = keyOf(nextLook, nextOrientation);
            if (next === key) return undefined;
            key = next;
            return current();
        },
        keep: (viewport) => {
            viewports = { ...viewports, [key]: viewport };
        },
        all: () => viewports,
    };
}

/** Leaving a neighbourhood brings back what was seen before it. */
function keyOf({ perspective, focus }: PageLook, orientation: Orientation): string {
    const key = viewportKey(perspective, orientation);
    return focus === null ? key : `${key}:${focus.node}`;
}
