/** What survives a reload of the page or of the whole window. */
import type { Perspective } from '../../language/index.ts';
import type { Orientation } from '../../server/layout.ts';
import { recordOf } from '../protocol/fields.ts';
import { parseViewport, type Viewport } from './viewport.ts';

/** What part of the picture was seen in a window of each orientation; null = the picture is kept fitted. */
export type Viewports = Readonly<Record<Orientation, Viewport | null>>;

/** `application`: the URI of the application's directory. */
export interface PageState {
    readonly application: string;
    readonly perspective: Perspective;
    readonly viewports: Viewports;
}

/** Both orientations fitted. */
export const FITTED: Viewports = { landscape: null, portrait: null };

/** Reads a remembered state; what is not understood takes its default, the application is that of the page. */
export function parsePageState(value: unknown, application: string): PageState {
    const { perspective, viewports } = recordOf(value) ?? {};
    const { landscape, portrait } = recordOf(viewports) ?? {};
    return {
        application,
        perspective: perspective === 'instances' ? 'instances' : 'components',
        viewports: { landscape: parseViewport(landscape) ?? null, portrait: parseViewport(portrait) ?? null },
    };
}

/** The application a remembered state is about; undefined when it names none. For the host, which finds its panels by it. */
export function applicationOf(state: unknown): string | undefined {
    if (typeof state !== 'object' || state === null || !('application' in state)) return undefined;
    return typeof state.application === 'string' && state.application !== '' ? state.application : undefined;
}
