/** What part of the picture is seen: pure arithmetic. `x`, `y` are where the picture's corner lies in the window, in pixels. */

export interface Viewport {
    readonly x: number;
    readonly y: number;
    readonly scale: number;
}

export interface Size {
    readonly width: number;
    readonly height: number;
}

interface Point {
    readonly x: number;
    readonly y: number;
}

interface Box extends Point, Size {}

const MIN_SCALE = 0.05;
const MAX_SCALE = 4;
/** How much of the picture always stays in sight. */
const KEPT = 48;
const REVEAL_MARGIN = 32;

/** Small graphs stay readable rather than whole. */
const SMALL_GRAPH = 30;
/** Titles have 13 pixels: 8.5 on the screen can still be read. */
const READABLE_SCALE = 0.65;
/** Larger than this, a picture looks as if it were shouting beside the text of the editor. */
const MAX_FIT = 1.25;

/** The scale below which fitting does not go. */
export function leastFit(nodeCount: number): number {
    return nodeCount <= SMALL_GRAPH ? READABLE_SCALE : MIN_SCALE;
}

/** The picture in the middle of the window, as large as the window allows; one that is too large at `leastScale` begins at the window's corner. */
export function fitted(picture: Size, windowSize: Size, leastScale: number): Viewport {
    const wanted = Math.min(
        MAX_FIT,
        windowSize.width / Math.max(1, picture.width),
        windowSize.height / Math.max(1, picture.height),
    );
    const scale = clamp(wanted, Math.max(MIN_SCALE, leastScale), MAX_SCALE);
    return {
        x: Math.max(0, (windowSize.width - picture.width * scale) / 2),
        y: Math.max(0, (windowSize.height - picture.height * scale) / 2),
        scale,
    };
}

/** Enlarged by `factor`; what lies under `centre` (in the window) stays there. */
export function zoomed(viewport: Viewport, factor: number, centre: Point): Viewport {
    const scale = clamp(viewport.scale * factor, MIN_SCALE, MAX_SCALE);
    const share = scale / viewport.scale;
    return { x: centre.x - (centre.x - viewport.x) * share, y: centre.y - (centre.y - viewport.y) * share, scale };
}

/** Moved by a distance in the window. */
export function panned(viewport: Viewport, dx: number, dy: number): Viewport {
    return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** Moved so that a point of the picture lies in the middle of the window. */
export function centred({ scale }: Viewport, point: Point, windowSize: Size): Viewport {
    return { x: windowSize.width / 2 - point.x * scale, y: windowSize.height / 2 - point.y * scale, scale };
}

/** The part of the picture that the window shows, in pixels of the picture. */
export function seenPart({ x, y, scale }: Viewport, windowSize: Size): Box {
    return { x: -x / scale, y: -y / scale, width: windowSize.width / scale, height: windowSize.height / scale };
}

/** Moved as little as is needed for a corner of the picture to stay in sight. */
export function bounded(viewport: Viewport, picture: Size, windowSize: Size): Viewport {
    const { scale } = viewport;
    return {
        x: clamp(viewport.x, KEPT - picture.width * scale, windowSize.width - KEPT),
        y: clamp(viewport.y, KEPT - picture.height * scale, windowSize.height - KEPT),
        scale,
    };
}

/** Moved as little as is needed to see a box of the picture. */
export function revealing(viewport: Viewport, box: Box, windowSize: Size): Viewport {
    const { x, y, scale } = viewport;
    return {
        x: x + shift(x + box.x * scale, box.width * scale, windowSize.width),
        y: y + shift(y + box.y * scale, box.height * scale, windowSize.height),
        scale,
    };
}

/** Reads a remembered viewport; undefined when it is none. */
export function parseViewport(value: unknown): Viewport | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const { x, y, scale } = value as Readonly<Record<string, unknown>>;
    if (!isFinite(x) || !isFinite(y) || !isFinite(scale)) return undefined;
    return scale >= MIN_SCALE && scale <= MAX_SCALE ? { x, y, scale } : undefined;
}

function isFinite(value: unknown): value is number {
    return typeof value === 'number' && Number.isFinite(value);
}

function shift(start: number, length: number, room: number): number {
    if (start < REVEAL_MARGIN) return REVEAL_MARGIN - start;
    const over = start + length - (room - REVEAL_MARGIN);
    return over <= 0 ? 0 : -Math.min(over, start - REVEAL_MARGIN);
}

function clamp(value: number, least: number, most: number): number {
    return Math.min(Math.max(value, least), Math.max(least, most));
}
