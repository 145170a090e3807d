/**
 * The whole picture in a corner, with a frame around what is seen: pressing and dragging moves there. For the eye alone; keys have ways of their own
 * to move the picture. It hides itself while the window shows everything anyway.
 */
import type { LaidOutGraph, Rectangle } from '../../server/layout.ts';
import type { PictureOverlay } from '../picture/overlay.ts';
import { nodeOverlaysOf } from '../picture/node-overlay.ts';
import type { Canvas } from './canvas.ts';
import { chunkElement, chunksOf, mergedClassOf } from './canvas/merged.ts';
import { drawInto } from './patch.ts';

export interface Minimap {
    /** To be placed over the stage; it brings its own size. */
    readonly element: SVGSVGElement;
    /** Whether people want it; it shows itself only where it is of use. */
    readonly setWanted: (isWanted: boolean) => void;
    readonly dispose: () => void;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Pixels of the window. */
const MOST = { width: 184, height: 128 };
/** Whoever watches a run looks at the picture itself: states need not follow it at once. */
const REDRAW_MS = 250;

/** The overview of a canvas. */
export function createMinimap(canvas: Canvas): Minimap {
    const [element, content, frame] = [svg('svg'), svg('g'), svg('rect')];
    element.setAttribute('class', 'minimap roboconf-picture');
    element.setAttribute('aria-hidden', 'true');
    frame.setAttribute('class', 'minimap-window');
    element.append(content, frame);
    let isWanted = true;
    const drawing = createDrawing(content);
    const update = (): void => {
        const { graph, overlay, window } = canvas.overview();
        const isShown = isWanted && graph !== null && isOfUse(graph, window);
        element.toggleAttribute('hidden', !isShown);
        // An SVG element has no `hidden` of its own.
        element.style.display = isShown ? '' : 'none';
        if (!isShown || graph === null) return;
        setFrame(element, frame, { graph, window });
        drawing.show(graph, overlay);
    };
    const unwatch = canvas.watch(update);
    const listening = listenToPointer(element, canvas);
    update();
    return {
        element,
        setWanted: (next) => {
            isWanted = next;
            update();
        },
        dispose: () => {
            unwatch();
            listening.abort();
            drawing.dispose();
            element.remove();
        },
    };
}

/** How many pixels of the minimap a pixel of the picture takes. */
export function minimapScale({ width, height }: Pick<LaidOutGraph, 'width' | 'height'>): number {
    return Math.min(MOST.width / Math.max(1, width), MOST.height / Math.max(1, height));
}

/** Whether a part of the picture is out of the window. */
export function isOfUse({ width, height, nodes }: LaidOutGraph, window: Rectangle): boolean {
    const isWhole =
        window.x <= 1 &&
        window.y <= 1 &&
        window.x + window.width >= width - 1 &&
        window.y + window.height >= height - 1;
    return nodes.length > 1 && !isWhole;
}

/** The drawn content: at once for another picture, after a while for other states. */
function createDrawing(content: SVGGElement) {
    let shown: { readonly graph: LaidOutGraph; readonly overlay: PictureOverlay } | null = null;
    let timer: number | undefined;
    const draw = (graph: LaidOutGraph, overlay: PictureOverlay): void => {
        window.clearTimeout(timer);
        timer = undefined;
        shown = { graph, overlay };
        const classOf = mergedClassOf(nodeOverlaysOf(overlay));
        const chunks = [...chunksOf(graph, 'container'), ...chunksOf(graph, 'leaf')];
        drawInto(
            content,
            chunks.map((chunk) => chunkElement(chunk, classOf)),
        );
    };
    let wanted: { readonly graph: LaidOutGraph; readonly overlay: PictureOverlay };
    const show = (graph: LaidOutGraph, overlay: PictureOverlay): void => {
        wanted = { graph, overlay };
        if (shown?.graph !== graph) draw(graph, overlay);
        else if (shown.overlay !== overlay)
            timer ??= window.setTimeout(() => draw(wanted.graph, wanted.overlay), REDRAW_MS);
    };
    return { show, dispose: () => window.clearTimeout(timer) };
}

function setFrame(
    element: SVGSVGElement,
    frame: SVGRectElement,
    { graph, window }: { readonly graph: LaidOutGraph; readonly window: Rectangle },
): void {
    const scale = minimapScale(graph);
    element.setAttribute('viewBox', `0 0 ${String(graph.width)} ${String(graph.height)}`);
    element.style.width = `${(graph.width * scale).toFixed(0)}px`;
    element.style.height = `${(graph.height * scale).toFixed(0)}px`;
    const seen = within(window, graph);
    for (const name of ['x', 'y', 'width', 'height'] as const) frame.setAttribute(name, seen[name].toFixed(1));
}

/** The part of a window that lies in the picture. */
function within({ x, y, width, height }: Rectangle, graph: LaidOutGraph): Rectangle {
    const [left, top] = [Math.min(Math.max(0, x), graph.width), Math.min(Math.max(0, y), graph.height)];
    return {
        x: left,
        y: top,
        width: Math.max(0, Math.min(graph.width, x + width) - left),
        height: Math.max(0, Math.min(graph.height, y + height) - top),
    };
}

function listenToPointer(element: SVGSVGElement, canvas: Canvas): AbortController {
    const listening = new AbortController();
    const { signal } = listening;
    const go = (event: PointerEvent): void => {
        const { graph } = canvas.overview();
        if (graph === null) return;
        const corner = element.getBoundingClientRect();
        const scale = corner.width / Math.max(1, graph.width);
        canvas.panZoom.centreOn({ x: (event.clientX - corner.left) / scale, y: (event.clientY - corner.top) / scale });
    };
    element.addEventListener(
        'pointerdown',
        (event) => {
            if (event.button !== 0) return;
            event.preventDefault();
            element.setPointerCapture(event.pointerId);
            go(event);
        },
        { signal },
    );
    element.addEventListener(
        'pointermove',
        (event) => (element.hasPointerCapture(event.pointerId) ? go(event) : undefined),
        {
            signal,
        },
    );
    element.addEventListener('wheel', (event) => event.stopPropagation(), { signal, passive: true });
    return listening;
}

function svg<Tag extends 'svg' | 'g' | 'rect'>(tag: Tag): SVGElementTagNameMap[Tag] {
    return document.createElementNS(SVG, tag);
}
