/** What survives a reload of the page or of the whole window. */
import type { Perspective } from '../../language/index.ts';
import type { Orientation } from '../../server/layout.ts';
import { FRESH_LOOK, parsePageLook, type FromPage, type PageLook } from '../protocol.ts';
import { recordOf } from '../protocol/fields.ts';
import { parseViewport, type Viewport } from './viewport.ts';

/** What part of a picture was seen, by `viewportKey`; absent or null = the picture is kept fitted. */
export type Viewports = Readonly<Record<string, Viewport | null>>;

/** `application`: the URI of the application's directory. */
export interface PageState {
    readonly application: string;
    readonly look: PageLook;
    readonly viewports: Viewports;
    /** The small overview of a picture that is larger than the window. */
    readonly isMinimapShown: boolean;
    /** The same data as a table, in place of the picture. */
    readonly isTableShown: boolean;
    /** What is drawn over the model. */
    readonly shown: Shown;
}

/** What can be drawn over the model. */
export type Shown = Extract<FromPage, { readonly kind: 'show' }>['what'];

const SHOWN: readonly Shown[] = ['nothing', 'plan', 'changesSinceCommit', 'changesSinceDeployment'];

/** Each perspective is seen through a viewport of its own, in a window of each orientation. */
export function viewportKey(perspective: Perspective, orientation: Orientation): string {
    return `${perspective}:${orientation}`;
}

/** Reads a remembered state; what is not understood takes its default, the application is that of the page. */
export function parsePageState(value: unknown, application: string): PageState {
    const { look, viewports, isMinimapShown, isTableShown, shown } = recordOf(value) ?? {};
    return {
        application,
        look: parsePageLook(look) ?? FRESH_LOOK,
        viewports: parseViewports(viewports),
        isMinimapShown: isMinimapShown !== false,
        isTableShown: isTableShown === true,
        shown: SHOWN.find((known) => known === shown) ?? 'nothing',
    };
}

function parseViewports(value: unknown): Viewports {
    const known = recordOf(value) ?? {};
    const keys = (['components', 'instances', 'hosts'] as const).flatMap((perspective) =>
        (['landscape', 'portrait'] as const).map((orientation) => viewportKey(perspective, orientation)),
    );
    return Object.fromEntries(keys.map((key) => [key, parseViewport(known[key]) ?? null]));
}

/** The application a remembered state is about; undefined when it names none. For the host, which finds its panels by it. */
export function applicationOf(state: unknown): string | undefined {
    if (typeof state !== 'object' || state === null || !('application' in state)) return undefined;
    return typeof state.application === 'string' && state.application !== '' ? state.application : undefined;
}
