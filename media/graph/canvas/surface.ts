/** The canvas itself: what is shown, hovered, dragged and under way, and the one drawing a frame that brings it into the document. */
import type { LaidOutGraph, PlacedNode, Point, Rectangle } from '../../../server/layout.ts';
import { edgePath } from '../../picture/edges.ts';
import { EMPTY_OVERLAY, type PictureOverlay } from '../../picture/overlay.ts';
import { subtreesOf } from '../../picture/edge-marks.ts';
import type { Pulse, RunClock } from '../../protocol.ts';
import type { Canvas, CanvasConfig, CanvasOverview } from '../canvas.ts';
import { isMotionReduced } from '../dom.ts';
import { eased } from '../glide.ts';
import { createPanZoom, type PanZoom } from '../pan-zoom.ts';
import { drawInto } from '../patch.ts';
import { edgesOf, showPulses } from '../pulses.ts';
import { leastFit, seenPart, type Viewport } from '../viewport.ts';
import { createAges, type Ages } from './ages.ts';
import { farTitles } from './far-titles.ts';
import { createFrameWork, WINDOW_FRAMES, type FrameWork } from './frames.ts';
import { createLayers, type Layers } from './layers.ts';
import { canMove, displaced, graphBetween, STILL, type Passing } from './motion.ts';
import { nodeAtPoint, sceneOf, type Scene } from './scene.ts';
import { MAX_EACH, sightOf, type Sight } from './sight.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Below this scale texts are left out: they could not be read. */
const FAR_SCALE = 0.35;
/** Pixels of the window around it that are drawn as well, so that a small movement finds everything in place. */
const MARGIN = 160;
/** What is drawn may be larger than what is needed by this, in area, before the rest is taken out of the document. */
const MAX_SURPLUS = 3;
const MOTION_MS = 200;
/** After so long without a movement the picture is at rest. */
const SETTLE_MS = 160;
/** Elements of nodes that are made in one frame of a movement. */
const FRAME_BUDGET = 24;
/** The edges of more selected nodes than this are not told apart anyway. */
const MAX_EMPHASISED = 50;

interface Motion {
    readonly from: LaidOutGraph;
    readonly begunAt: number;
}

/** What the last drawing covered. */
interface Drawn {
    readonly area: Rectangle;
    readonly sight: Sight;
}

export class Surface implements Canvas {
    readonly panZoom: PanZoom;
    readonly #config: CanvasConfig;
    readonly #frameElement: SVGGElement;
    readonly #picture: SVGGElement;
    readonly #lights: SVGGElement;
    readonly #farTitles: SVGGElement;
    readonly #layers: Layers;
    readonly #ages: Ages;
    readonly #work: FrameWork;
    readonly #watchers = new Set<() => void>();
    readonly #listening = new AbortController();
    #graph: LaidOutGraph | null = null;
    #scene: Scene | null = null;
    /** What comes and goes with the movement that is under way. */
    #passing: Passing = STILL;
    #overlay: PictureOverlay = EMPTY_OVERLAY;
    #motion: Motion | null = null;
    #dragged: { readonly id: string; readonly offset: Point } | null = null;
    #hovered: string | null = null;
    #kept: string | null = null;
    #scale = 0;
    #drawn: Drawn | null = null;
    /** Something else than the viewport changed since the last drawing. */
    #settling: number | undefined;
    #isStale = true;
    /** The picture is another one: it is drawn as a whole, there is no movement that would stutter. */
    #isFresh = true;

    constructor(config: CanvasConfig) {
        this.#config = config;
        this.#layers = createLayers(config);
        [this.#frameElement, this.#picture, this.#lights] = [group('frame'), group('picture'), group('lights')];
        this.#farTitles = group('far-titles');
        this.#ages = createAges(this.#picture, config.texts);
        for (const quiet of [this.#lights, this.#farTitles]) quiet.setAttribute('aria-hidden', 'true');
        this.#frameElement.append(this.#picture, this.#lights);
        config.stage.append(this.#frameElement, this.#farTitles);
        this.#work = createFrameWork(WINDOW_FRAMES, (now) => this.#paint(now));
        const place = (viewport: Viewport): void => this.#place(viewport);
        this.panZoom = createPanZoom({ stage: config.stage, place }, config.start, config.listener);
        this.#listenToHover();
    }

    showGraph(graph: LaidOutGraph | null): void {
        const before = this.#scene?.graph ?? null;
        const isMoving = graph !== null && before !== null && !isMotionReduced() && canMove(before, graph);
        this.#motion = isMoving ? { from: before, begunAt: performance.now() } : null;
        this.#graph = graph;
        this.#isFresh = true;
        this.#dragged = null;
        if (graph !== null) this.panZoom.setPicture(graph, leastFit(graph.nodes.length), isMoving);
        this.#arrange(performance.now());
        this.#redraw('now');
    }

    showOverlay(overlay: PictureOverlay, clock: RunClock): void {
        this.#ages.tell(clock);
        this.#overlay = overlay;
        this.redecorate();
    }

    redecorate(): void {
        this.#layers.redecorate();
        this.#redraw('nextFrame');
    }

    showPulses(pulses: readonly Pulse[]): void {
        if (this.#scene === null) return;
        const { scale } = this.panZoom.shown();
        showPulses(this.#lights, edgesOf(this.#scene.graph, pulses), { lineOf: (edge) => this.lineOf(edge), scale });
    }

    elementOf(id: string): SVGGElement | null {
        return this.#picture.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`);
    }

    keep(id: string | null): void {
        if (this.#kept === id) return;
        this.#kept = id;
        this.#layers.redecorate();
        const isMissing = id !== null && this.#scene?.nodes.has(id) === true && this.elementOf(id) === null;
        this.#redraw(isMissing ? 'now' : 'nextFrame');
    }

    placeOf(id: string): Rectangle | null {
        const node = this.#scene?.nodes.get(id);
        if (node === undefined) return null;
        const { x, y, scale } = this.panZoom.shown();
        const corner = this.panZoom.windowCorner();
        return {
            x: corner.x + x + node.x * scale,
            y: corner.y + y + node.y * scale,
            width: node.width * scale,
            height: node.height * scale,
        };
    }

    nodeAt(x: number, y: number): PlacedNode | null {
        if (this.#scene === null) return null;
        const viewport = this.panZoom.shown();
        const corner = this.panZoom.windowCorner();
        const inPicture = (at: number, start: number, shift: number): number => (at - start - shift) / viewport.scale;
        const found = nodeAtPoint(this.#scene, inPicture(x, corner.x, viewport.x), inPicture(y, corner.y, viewport.y));
        return found === null || this.#passing.leaving.has(found.id) ? null : found;
    }

    drag(id: string, offset: Point | null): void {
        this.#dragged = offset === null ? null : { id, offset };
        this.#arrange(performance.now());
        this.#redraw('nextFrame');
    }

    lineOf(id: string): SVGPathElement | null {
        const drawn = this.#picture.querySelector<SVGPathElement>(`[data-edge="${CSS.escape(id)}"] .line`);
        const edge = this.#scene?.edges().get(id);
        if (drawn !== null || edge === undefined) return drawn;
        const made = document.createElementNS(SVG, 'path');
        made.setAttribute('d', edgePath(edge));
        return made;
    }

    overview(): CanvasOverview {
        return { graph: this.#graph, overlay: this.#overlay, window: this.#window() };
    }

    watch(changed: () => void): () => void {
        this.#watchers.add(changed);
        return () => this.#watchers.delete(changed);
    }

    dispose(): void {
        this.#listening.abort();
        window.clearTimeout(this.#settling);
        this.#work.dispose();
        this.#ages.dispose();
        this.panZoom.dispose();
    }

    #place({ x, y, scale }: Viewport): void {
        this.#lift(scale);
        this.#frameElement.setAttribute(
            'transform',
            `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})`,
        );
        this.#config.stage.classList.toggle('far', scale < FAR_SCALE);
        this.#work.ask();
    }

    /**
     * While it moves, the picture is a layer of its own, which the browser moves without drawing it again. At rest it is drawn sharp. Another scale
     * has it drawn again anyway, and as a layer it would be drawn beyond the window.
     */
    #lift(scale: number): void {
        const { classList } = this.#frameElement;
        classList.add('is-moving');
        classList.toggle('is-lifted', scale === this.#scale);
        this.#scale = scale;
        window.clearTimeout(this.#settling);
        this.#settling = window.setTimeout(() => {
            this.#settling = undefined;
            classList.remove('is-moving', 'is-lifted');
            this.#redraw('nextFrame');
        }, SETTLE_MS);
    }

    #redraw(when: 'now' | 'nextFrame'): void {
        this.#isStale = true;
        if (when === 'now') this.#work.flush();
        else this.#work.ask();
    }

    /** Puts nodes where they are at a moment: on their way from the picture before, under the hand that drags them. */
    #arrange(now: number): void {
        const { graph, ...passing } = this.#movingGraph(now);
        const dragged = this.#dragged;
        const shown =
            graph === null || dragged === null
                ? graph
                : displaced(graph, subtreesOf(graph, [dragged.id]), dragged.offset);
        this.#passing = passing;
        if (shown !== this.#scene?.graph) this.#scene = shown === null ? null : sceneOf(shown);
    }

    #movingGraph(now: number): Passing & { readonly graph: LaidOutGraph | null } {
        const [motion, graph] = [this.#motion, this.#graph];
        if (motion === null || graph === null) return { graph, ...STILL };
        const share = Math.max(0, now - motion.begunAt) / MOTION_MS;
        if (share < 1) return graphBetween(motion.from, graph, eased(share));
        this.#motion = null;
        return { graph, ...STILL };
    }

    #paint(now: number): void {
        if (this.#motion !== null) {
            this.#arrange(now);
            this.#isStale = true;
        }
        if (this.#scene === null) drawInto(this.#picture, []);
        else this.#paintScene(this.#scene);
        for (const changed of this.#watchers) changed();
        if (this.#motion !== null || this.#drawn?.sight.isWhole === false) this.#work.ask();
    }

    #paintScene(scene: Scene): void {
        const viewport = this.panZoom.shown();
        const titles = viewport.scale < FAR_SCALE ? farTitles(scene, viewport, this.panZoom.windowSize()) : [];
        drawInto(this.#farTitles, titles);
        const window = this.#window();
        if (!this.#isStale && this.#drawn !== null && this.#drawn.sight.isWhole && isCovered(window, this.#drawn.area))
            return;
        const area = widened(window, MARGIN / viewport.scale);
        const sight = this.#sightIn(scene, { window, area });
        const subject = {
            scene,
            overlay: this.#overlay,
            scale: viewport.scale,
            hovered: this.#hovered,
            ...this.#passing,
        };
        drawInto(this.#picture, [this.#layers.draw(subject, sight, area)]);
        this.#ages.write();
        this.#drawn = { area, sight };
        this.#isStale = false;
        this.#isFresh = false;
    }

    #sightIn(scene: Scene, { window, area }: { readonly window: Rectangle; readonly area: Rectangle }): Sight {
        const { selected } = this.#overlay;
        const forced = new Set(selected.slice(0, MAX_EMPHASISED));
        if (this.#kept !== null) forced.add(this.#kept);
        if (this.#dragged !== null) forced.add(this.#dragged.id);
        const emphasised = new Set(subtreesOf(scene.graph, selected.slice(0, MAX_EMPHASISED)));
        if (this.#hovered !== null) emphasised.add(this.#hovered);
        const drawn = new Set(this.#drawn?.sight.nodes.map(({ id }) => id));
        const budget = this.#isFresh ? Infinity : FRAME_BUDGET;
        // Elements that a movement only passes by are not worth making.
        const isPassing = this.#settling !== undefined && !this.#isFresh && this.#drawn?.sight.isMerged === true;
        const most = isPassing ? MAX_EACH / 2 : MAX_EACH;
        return sightOf(scene, { window, area, forced, emphasised, drawn, budget, most });
    }

    #window(): Rectangle {
        return seenPart(this.panZoom.shown(), this.panZoom.windowSize());
    }

    #listenToHover(): void {
        const { signal } = this.#listening;
        const { stage } = this.#config;
        stage.addEventListener('pointermove', (event) => this.#hover(event), { signal });
        stage.addEventListener('pointerleave', () => this.#hover(null), { signal });
    }

    #hover(event: PointerEvent | null): void {
        // What moves under a hand is not looked at.
        if (event !== null && event.buttons !== 0) return;
        const next = event === null ? null : (this.nodeAt(event.clientX, event.clientY)?.id ?? null);
        if (next === this.#hovered) return;
        this.#hovered = next;
        this.#redraw('nextFrame');
    }
}

/** Whether what is drawn is enough for a window, and not far more than it needs. */
function isCovered(window: Rectangle, drawn: Rectangle): boolean {
    const isInside =
        window.x >= drawn.x &&
        window.y >= drawn.y &&
        window.x + window.width <= drawn.x + drawn.width &&
        window.y + window.height <= drawn.y + drawn.height;
    return isInside && drawn.width * drawn.height <= MAX_SURPLUS * window.width * window.height;
}

function widened({ x, y, width, height }: Rectangle, by: number): Rectangle {
    return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function group(name: string): SVGGElement {
    const made = document.createElementNS(SVG, 'g');
    made.setAttribute('class', name);
    made.setAttribute('role', 'none');
    return made;
}
