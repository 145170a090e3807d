/** Keeps the picture's frame where the viewport says; follows the window until the user moves the picture. */
import type { Rectangle } from '../../server/layout.ts';
import { createGlide, type Glide } from './glide.ts';
import { bounded, centred, fitted, panned, revealing, zoomed, type Size, type Viewport } from './viewport.ts';

interface Point {
    readonly x: number;
    readonly y: number;
}

export interface PanZoom {
    /** At once, as a hand moves it. */
    readonly panBy: (dx: number, dy: number) => void;
    /** The same as a movement that can be followed, as keys ask for it. */
    readonly glideBy: (dx: number, dy: number) => void;
    /** `centre` in the window; absent = the window's middle, with a smooth transition. */
    readonly zoomBy: (factor: number, centre?: Point) => void;
    /** The picture's pixels are the window's; what is in the middle stays there. */
    readonly actualSize: () => void;
    /** Shows the whole picture and keeps it fitted until the user moves it. */
    readonly fit: () => void;
    /** Shows a part of the picture, or all of it when null, from the next picture on. */
    readonly follow: (viewport: Viewport | null) => void;
    /** Moves as little as is needed to see a box of the picture; what cannot be read at the scale it has is enlarged. */
    readonly reveal: (box: Rectangle) => void;
    /** Shows a box of the picture as large as the window allows. */
    readonly zoomTo: (box: Rectangle) => void;
    /** A point of the picture comes into the middle of the window, at once. */
    readonly centreOn: (point: Point) => void;
    /** `leastScale`: fitting makes it no smaller. `isSmooth`: the picture before is still there, and becomes this one. */
    readonly setPicture: (picture: Size, leastScale: number, isSmooth?: boolean) => void;
    /** What a reload brings back; null while fitted. */
    readonly remembered: () => Viewport | null;
    /** What is seen at this moment, also within a transition. */
    readonly shown: () => Viewport;
    /** The window, in pixels. */
    readonly windowSize: () => Size;
    /** Where the window begins in the page, in pixels. */
    readonly windowCorner: () => Point;
    readonly dispose: () => void;
}

/** The tool bar lies over the lower end of the window. */
const TOOLBAR_HEIGHT = 48;
/** A box that is zoomed to keeps this distance from the border of the window. */
const ZOOM_MARGIN = 40;
/** Names of nodes can be read from this scale on. */
const READABLE_SCALE = 0.65;

export interface PanZoomListener {
    /** Told each viewport the user chose, null when the picture is fitted. */
    readonly moved: (viewport: Viewport | null) => void;
    /** Told the scale of every viewport that is shown. */
    readonly scaled: (scale: number) => void;
}

/** Where viewports come to be seen. */
export interface PanZoomStage {
    readonly stage: SVGSVGElement;
    /** Told every viewport that is shown, and each size of the window. */
    readonly place: (viewport: Viewport) => void;
}

/** Begins where `start` says, fitted when that is null. */
export function createPanZoom(stage: PanZoomStage, start: Viewport | null, listener: PanZoomListener): PanZoom {
    return new FramedView(stage, start, listener);
}

class FramedView implements PanZoom {
    readonly #listener: PanZoomListener;
    readonly #room: Room;
    readonly #glide: Glide;
    #picture: Size = { width: 1, height: 1 };
    #leastScale = 0;
    /** What the user chose to see; null = the whole picture. */
    #chosen: Viewport | null;

    constructor({ stage, place }: PanZoomStage, start: Viewport | null, listener: PanZoomListener) {
        this.#listener = listener;
        this.#chosen = start;
        this.#glide = createGlide(start ?? { x: 0, y: 0, scale: 1 }, (viewport) => {
            place(viewport);
            listener.scaled(viewport.scale);
        });
        this.#room = watchRoom(stage, () => {
            if (this.#chosen === null) this.#glide.jump(this.#fitted());
            else place(this.#glide.shown());
        });
    }

    panBy(dx: number, dy: number): void {
        this.#choose(panned(this.#glide.shown(), dx, dy), 'atOnce');
    }

    glideBy(dx: number, dy: number): void {
        this.#choose(panned(this.#glide.goal(), dx, dy), 'smoothly');
    }

    zoomBy(factor: number, centre?: Point): void {
        if (centre === undefined) this.#choose(zoomed(this.#glide.goal(), factor, this.#middle()), 'smoothly');
        else this.#choose(zoomed(this.#glide.shown(), factor, centre), 'atOnce');
    }

    actualSize(): void {
        const goal = this.#glide.goal();
        this.#choose(zoomed(goal, 1 / goal.scale, this.#middle()), 'smoothly');
    }

    fit(): void {
        this.#chosen = null;
        this.#glide.to(this.#fitted());
        this.#listener.moved(null);
    }

    follow(viewport: Viewport | null): void {
        this.#chosen = viewport;
    }

    reveal(box: Rectangle): void {
        const goal = this.#glide.goal();
        const next = revealing(readable(goal, box, this.windowSize()), box, this.windowSize());
        if (next.x !== goal.x || next.y !== goal.y || next.scale !== goal.scale) this.#choose(next, 'smoothly');
    }

    zoomTo(box: Rectangle): void {
        this.#choose(around(box, this.windowSize()), 'smoothly');
    }

    centreOn(point: Point): void {
        this.#choose(centred(this.#glide.shown(), point, this.windowSize()), 'atOnce');
    }

    setPicture(picture: Size, leastScale: number, isSmooth = false): void {
        [this.#picture, this.#leastScale] = [picture, leastScale];
        const next = this.#chosen === null ? this.#fitted() : bounded(this.#chosen, picture, this.windowSize());
        if (isSmooth) this.#glide.to(next);
        else this.#glide.jump(next);
    }

    remembered(): Viewport | null {
        return this.#chosen;
    }

    shown(): Viewport {
        return this.#glide.shown();
    }

    windowSize(): Size {
        return this.#room.size();
    }

    windowCorner(): Point {
        return this.#room.corner();
    }

    dispose(): void {
        this.#glide.dispose();
        this.#room.dispose();
    }

    #choose(viewport: Viewport, how: 'atOnce' | 'smoothly'): void {
        this.#chosen = bounded(viewport, this.#picture, this.windowSize());
        if (how === 'smoothly') this.#glide.to(this.#chosen);
        else this.#glide.jump(this.#chosen);
        this.#listener.moved(this.#chosen);
    }

    #fitted(): Viewport {
        const { width, height } = this.windowSize();
        return fitted(this.#picture, { width, height: Math.max(1, height - TOOLBAR_HEIGHT) }, this.#leastScale);
    }

    #middle(): Point {
        const { width, height } = this.windowSize();
        return { x: width / 2, y: height / 2 };
    }
}

/** The same viewport, or one about the box in which names can be read, where they are far too small. */
function readable(viewport: Viewport, box: Rectangle, windowSize: Size): Viewport {
    const isLarge = Math.max(box.width / windowSize.width, box.height / windowSize.height) * READABLE_SCALE > 0.8;
    if (isLarge || viewport.scale >= READABLE_SCALE / 2) return viewport;
    return centred({ ...viewport, scale: READABLE_SCALE }, centreOf(box), windowSize);
}

function around(box: Rectangle, { width, height }: Size): Viewport {
    const room = {
        width: Math.max(1, width - 2 * ZOOM_MARGIN),
        height: Math.max(1, height - TOOLBAR_HEIGHT - ZOOM_MARGIN),
    };
    const { scale } = fitted(box, room, 0);
    return centred({ x: 0, y: 0, scale }, centreOf(box), { width, height: height - TOOLBAR_HEIGHT });
}

function centreOf({ x, y, width, height }: Rectangle): Point {
    return { x: x + width / 2, y: y + height / 2 };
}

interface Room {
    readonly size: () => Size;
    readonly corner: () => Point;
    readonly dispose: () => void;
}

/** Size and place of the stage without asking the browser in the middle of a frame, which would have to lay out for it. */
function watchRoom(stage: SVGSVGElement, changed: () => void): Room {
    let box = stage.getBoundingClientRect();
    const measure = (): void => {
        box = stage.getBoundingClientRect();
    };
    const observer = new ResizeObserver(() => {
        measure();
        changed();
    });
    observer.observe(stage);
    // What moves it without another size is seen at the latest when a hand comes to it.
    stage.addEventListener('pointerenter', measure);
    const size = (): Size => {
        if (box.width === 0 || box.height === 0) measure();
        return { width: box.width, height: box.height };
    };
    const dispose = (): void => {
        observer.disconnect();
        stage.removeEventListener('pointerenter', measure);
    };
    return { size, corner: () => ({ x: box.left, y: box.top }), dispose };
}
