/** Keeps the picture's frame where the viewport says; follows the window until the user moves the picture. */
import { bounded, fitted, panned, revealing, zoomed, type Size, type Viewport } from './viewport.ts';

export interface PanZoom {
    readonly panBy: (dx: number, dy: number) => void;
    /** `centre` in the window; absent = the window's middle, with a smooth transition. */
    readonly zoomBy: (factor: number, centre?: { readonly x: number; readonly y: number }) => void;
    /** The picture's pixels are the window's; what is in the middle stays there. */
    readonly actualSize: () => void;
    /** Shows the whole picture and keeps it fitted until the user moves it. */
    readonly fit: () => void;
    /** Shows a part of the picture, or all of it when null, from the next picture on. */
    readonly follow: (viewport: Viewport | null) => void;
    readonly reveal: (box: { readonly x: number; readonly y: number } & Size) => void;
    /** `leastScale`: fitting makes it no smaller. */
    readonly setPicture: (picture: Size, leastScale: number) => void;
    /** What a reload brings back; null while fitted. */
    readonly remembered: () => Viewport | null;
}

/** Below this scale texts are left out: they could not be read. */
const FAR_SCALE = 0.35;
/** The tool bar lies over the lower end of the window. */
const TOOLBAR_HEIGHT = 48;
const SMOOTH_MS = 200;

export interface PanZoomListener {
    /** Told each viewport the user chose, null when the picture is fitted. */
    readonly moved: (viewport: Viewport | null) => void;
    /** Told the scale of every viewport that is shown. */
    readonly scaled: (scale: number) => void;
}

/** Begins where `start` says, fitted when that is null. */
export function createPanZoom(
    stage: SVGSVGElement,
    frame: SVGGElement,
    start: Viewport | null,
    { moved, scaled }: PanZoomListener,
): PanZoom {
    let picture: Size = { width: 1, height: 1 };
    let leastScale = 0;
    let chosen = start;
    let shown: Viewport = start ?? { x: 0, y: 0, scale: 1 };
    const { place, smoothly } = createMover(stage, frame);
    const windowSize = (): Size => ({ width: stage.clientWidth, height: stage.clientHeight });
    const show = (viewport: Viewport): void => {
        shown = viewport;
        place(viewport);
        scaled(viewport.scale);
    };
    const choose = (viewport: Viewport): void => {
        chosen = bounded(viewport, picture, windowSize());
        show(chosen);
        moved(chosen);
    };
    const refit = (): void => {
        const { width, height } = windowSize();
        show(fitted(picture, { width, height: Math.max(1, height - TOOLBAR_HEIGHT) }, leastScale));
    };
    const middle = () => ({ x: stage.clientWidth / 2, y: stage.clientHeight / 2 });

    new ResizeObserver(() => {
        if (chosen === null) refit();
    }).observe(stage);

    return {
        panBy: (dx, dy) => choose(panned(shown, dx, dy)),
        zoomBy: (factor, centre) => {
            if (centre === undefined) smoothly(() => choose(zoomed(shown, factor, middle())));
            else choose(zoomed(shown, factor, centre));
        },
        actualSize: () => smoothly(() => choose(zoomed(shown, 1 / shown.scale, middle()))),
        fit: () => {
            chosen = null;
            smoothly(refit);
            moved(null);
        },
        follow: (viewport) => {
            chosen = viewport;
        },
        reveal: (box) => {
            const next = revealing(shown, box, windowSize());
            if (next.x !== shown.x || next.y !== shown.y) smoothly(() => choose(next));
        },
        setPicture: (size, least) => {
            picture = size;
            leastScale = least;
            if (chosen === null) refit();
            else show(bounded(chosen, picture, windowSize()));
        },
        remembered: () => chosen,
    };
}

/** Writes viewports into the document; what `smoothly` does is shown as a transition. */
function createMover(stage: SVGSVGElement, frame: SVGGElement) {
    let timer: number | undefined;
    const place = ({ x, y, scale }: Viewport): void => {
        frame.setAttribute('transform', `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`);
        stage.classList.toggle('far', scale < FAR_SCALE);
    };
    const smoothly = (act: () => void): void => {
        stage.classList.add('smooth');
        window.clearTimeout(timer);
        timer = window.setTimeout(() => stage.classList.remove('smooth'), SMOOTH_MS);
        act();
    };
    return { place, smoothly };
}
