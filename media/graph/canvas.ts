/**
 * The drawing surface of the page: a laid-out graph and an overlay in, elements of the part that is seen out. It owns the frame that is moved and
 * scaled, what is drawn at which scale, and the movement from one picture to the next. What people do with it is its owner's business.
 */
import type { LaidOutGraph, PlacedNode, Rectangle } from '../../server/layout.ts';
import type { Pulse, RunClock } from '../protocol.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import type { SvgElement } from '../picture/svg.ts';
import type { Texts } from '../texts.ts';
import { Surface } from './canvas/surface.ts';
import type { PanZoom, PanZoomListener } from './pan-zoom.ts';
import type { Viewport } from './viewport.ts';

export interface Canvas {
    readonly panZoom: PanZoom;
    /** Draws another picture at once. What is in both moves from where it was; null = nothing. */
    readonly showGraph: (graph: LaidOutGraph | null) => void;
    /** Draws other marks over the same picture: at the next frame, the last of several calls counts. */
    readonly showOverlay: (overlay: PictureOverlay, clock: RunClock) => void;
    /** Asks `decorate` again for all that is drawn, at the next frame. */
    readonly redecorate: () => void;
    /** Shows once, as light along lines, what exporters tell importers. */
    readonly showPulses: (pulses: readonly Pulse[]) => void;
    /** The element of a node; null when it is not in sight. `keep` has it drawn at once, wherever it is: what has the focus must exist. */
    readonly elementOf: (id: string) => SVGGElement | null;
    readonly keep: (id: string | null) => void;
    /** Where a node is in the window, in pixels of the page, drawn or not; null when the picture does not have it. */
    readonly placeOf: (id: string) => Rectangle | null;
    /** The innermost node at a point of the page (`clientX`, `clientY`); null when there is none. Also where elements are too small to be drawn. */
    readonly nodeAt: (x: number, y: number) => PlacedNode | null;
    /** Shows a node at another place while a person drags it, with its lines; null = where the picture has it. In pixels of the picture. */
    readonly drag: (id: string, offset: { readonly x: number; readonly y: number } | null) => void;
    /** Line of an edge, for light that travels along it; null when the picture does not have it. It may be in no document. */
    readonly lineOf: (edge: string) => SVGPathElement | null;
    /** What an overview shows of this canvas. */
    readonly overview: () => CanvasOverview;
    /** Calls back whenever the overview is another, at most once a frame. Returns how to stop that. */
    readonly watch: (changed: () => void) => () => void;
    readonly dispose: () => void;
}

/** A canvas as seen from afar. */
export interface CanvasOverview {
    readonly graph: LaidOutGraph | null;
    readonly overlay: PictureOverlay;
    /** The part that is seen, in pixels of the picture. */
    readonly window: Rectangle;
}

/** What the owner of a canvas adds to it. */
export interface CanvasConfig {
    /** Empty; the canvas fills it. */
    readonly stage: SVGSVGElement;
    /** In the editor's language. */
    readonly texts: Texts;
    /** What part is seen at first; null = fitted. */
    readonly start: Viewport | null;
    readonly listener: PanZoomListener;
    /**
     * Adds to the drawing of a node what makes it reachable: role, name, position among its siblings, tab stop. Asked again after each `showGraph`,
     * `showOverlay`, `keep` and `redecorate`; what depends on anything else is kept from before.
     */
    readonly decorate: (node: PlacedNode, drawing: SvgElement) => SvgElement;
}

/** A canvas in an empty stage. */
export function createCanvas(config: CanvasConfig): Canvas {
    return new Surface(config);
}
