/** What the page shows at a moment, as its parts need it. */
import { EMPTY_OVERLAY, type PictureOverlay } from '../picture/overlay.ts';
import type { PageLook, RunClock, ToPage } from '../protocol.ts';
import type { PageState, Shown } from './page-state.ts';

export type { Shown } from './page-state.ts';

export type Model = Extract<ToPage, { readonly kind: 'model' }>;
export type States = Extract<ToPage, { readonly kind: 'states' }>;

export interface PageView {
    /** How the person wants to look at it: the picture follows. */
    readonly look: PageLook;
    /** Null while there is nothing to draw. */
    readonly model: Model | null;
    readonly overlay: PictureOverlay;
    readonly clock: RunClock;
    /** What is drawn over the model, or is to be. */
    readonly shown: Shown;
    readonly isMinimapShown: boolean;
    readonly isTableShown: boolean;
}

/** Before anything is known. */
export function freshView({ look, isMinimapShown, isTableShown, shown }: PageState): PageView {
    const clock = { now: 0, isRunning: false };
    return { look, isMinimapShown, isTableShown, clock, model: null, overlay: EMPTY_OVERLAY, shown };
}

/** The value of an id, if the record itself has one. */
export function at<Value>(values: Readonly<Record<string, Value>>, id: string): Value | undefined {
    return Object.hasOwn(values, id) ? values[id] : undefined;
}
