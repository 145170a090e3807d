/** The timeline in the page: scrolls, zooms, and lets people walk over its bars with the pointer or the keys. */
import { drawInto } from '../graph/patch.ts';
import { html } from '../graph/dom.ts';
import { fill } from '../texts.ts';
import { boundedScale, fittingScale, widthOf } from './axis.ts';
import { barId } from './bars.ts';
import { AXIS_HEIGHT, chartOf, type ChartWindow, type Scene } from './chart.ts';
import { hoverElement } from './hover.ts';
import { LINE_HEIGHT } from './rows.ts';
import type { TimelineTexts } from './texts.ts';
import { stepBeside, type Way } from './walk.ts';

export interface ChartView {
    readonly element: HTMLElement;
    readonly show: (scene: Scene, size: RunSize) => void;
    readonly zoomBy: (factor: number) => void;
    readonly fit: () => void;
    /** Scrolls a step into sight. */
    readonly reveal: (step: string) => void;
}

interface RunSize {
    readonly lengthMs: number;
    readonly stepCount: number;
}

interface ChartDeeds {
    readonly select: (step: string) => void;
    /** Shows an instance elsewhere. */
    readonly open: (path: string) => void;
    readonly leave: () => void;
}

/** An empty chart. */
export function createChartView(texts: TimelineTexts, deeds: ChartDeeds): ChartView {
    const session = new ChartSession(texts, deeds);
    return {
        element: session.element,
        show: (scene, size) => session.show(scene, size),
        zoomBy: (factor) => session.zoomBy(factor, null),
        fit: () => session.fit(),
        reveal: (step) => session.reveal(step),
    };
}

const WAYS: Readonly<Record<string, Way>> = {
    ArrowLeft: 'before',
    ArrowRight: 'after',
    ArrowUp: 'above',
    ArrowDown: 'below',
    Home: 'first',
    End: 'last',
};

class ChartSession {
    readonly element = html('div', 'chart');
    readonly #texts: TimelineTexts;
    readonly #deeds: ChartDeeds;
    readonly #extent = html('div', 'extent');
    readonly #svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    readonly #card = html('div', 'hover-card roboconf-picture');
    #scene: Scene | null = null;
    #size: RunSize = { lengthMs: 1, stepCount: 0 };
    /** Null = all of the run is kept in sight. */
    #pxPerMs: number | null = null;
    #frame = 0;
    /** Of the step under the pointer; empty when there is none. */
    #hovered = '';

    constructor(texts: TimelineTexts, deeds: ChartDeeds) {
        this.#texts = texts;
        this.#deeds = deeds;
        const { element } = this;
        element.tabIndex = 0;
        element.setAttribute('role', 'listbox');
        this.#svg.setAttribute('class', 'chart-picture');
        this.#svg.setAttribute('role', 'presentation');
        this.#extent.setAttribute('role', 'presentation');
        this.#extent.append(this.#svg);
        this.#card.hidden = true;
        this.#card.setAttribute('aria-hidden', 'true');
        element.append(this.#extent);
        document.body.append(this.#card);
        element.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
        element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
        element.addEventListener('click', (event) => this.#click(event));
        element.addEventListener('dblclick', (event) => this.#open(event));
        element.addEventListener('keydown', (event) => this.#key(event));
        element.addEventListener('pointermove', (event) => this.#hover(event));
        element.addEventListener('pointerleave', () => this.#unhover());
        new ResizeObserver(() => this.#draw()).observe(element);
    }

    show(scene: Scene, size: RunSize): void {
        const isAtEnd = this.#isAtEnd();
        this.#scene = scene;
        this.#size = size;
        this.element.setAttribute('aria-label', fill(this.#texts['page.chartOf'], size.stepCount));
        if (scene.stepById.has(scene.selected))
            this.element.setAttribute('aria-activedescendant', barId(scene.selected));
        else this.element.removeAttribute('aria-activedescendant');
        this.#draw();
        // Who looks at the present goes along with it.
        if (isAtEnd && scene.isRunning && this.#pxPerMs !== null) this.element.scrollLeft = this.element.scrollWidth;
    }

    zoomBy(factor: number, atPx: number | null): void {
        const { lengthMs } = this.#size;
        const [before, width, nameWidth] = [this.#scale(), this.#plotWidth(), this.#nameWidth()];
        const place = (atPx ?? nameWidth + width / 2) - nameWidth;
        const ms = (this.element.scrollLeft + place) / before;
        const after = boundedScale(before * factor, lengthMs, width);
        this.#pxPerMs = after <= fittingScale(lengthMs, width) ? null : after;
        this.#stretch();
        this.element.scrollLeft = ms * after - place;
        this.#draw();
    }

    fit(): void {
        this.#pxPerMs = null;
        this.element.scrollLeft = 0;
        this.#draw();
    }

    reveal(id: string): void {
        const scene = this.#scene;
        const step = scene?.stepById.get(id);
        const row = scene?.rows.rows[scene.rows.lineOf.get(step?.path ?? '') ?? -1];
        if (step === undefined || row === undefined) return;
        const { element } = this;
        const room = element.clientHeight - AXIS_HEIGHT - LINE_HEIGHT;
        if (row.top < element.scrollTop) element.scrollTop = row.top - LINE_HEIGHT;
        else if (row.top > element.scrollTop + room) element.scrollTop = row.top - room + LINE_HEIGHT;
        const [x, width] = [step.beginMs * this.#scale(), this.#plotWidth()];
        if (x < element.scrollLeft || x > element.scrollLeft + width - 40) element.scrollLeft = x - width / 3;
        this.#draw();
    }

    #nameWidth(): number {
        return Math.round(Math.min(300, Math.max(130, this.element.clientWidth * 0.27)));
    }

    #plotWidth(): number {
        return Math.max(50, this.element.clientWidth - this.#nameWidth());
    }

    #scale(): number {
        const { lengthMs } = this.#size;
        return this.#pxPerMs === null
            ? fittingScale(lengthMs, this.#plotWidth())
            : boundedScale(this.#pxPerMs, lengthMs, this.#plotWidth());
    }

    #isAtEnd(): boolean {
        const { scrollLeft, scrollWidth, clientWidth } = this.element;
        return scrollLeft + clientWidth >= scrollWidth - 24;
    }

    /** Gives the scroll bars what there is to scroll over. */
    #stretch(): void {
        const { rows } = this.#scene ?? { rows: { height: 0 } };
        const width = this.#pxPerMs === null ? 0 : widthOf(this.#size.lengthMs, this.#scale()) + this.#nameWidth();
        this.#extent.style.width = `${String(Math.max(width, this.element.clientWidth))}px`;
        this.#extent.style.height = `${String(Math.max(rows.height + AXIS_HEIGHT, this.element.clientHeight))}px`;
    }

    #drawSoon(): void {
        if (this.#frame !== 0) return;
        this.#frame = requestAnimationFrame(() => {
            this.#frame = 0;
            this.#draw();
        });
    }

    #draw(): void {
        const scene = this.#scene;
        const { clientWidth: width, clientHeight: height, scrollTop: top, scrollLeft } = this.element;
        if (scene === null || width === 0) return;
        this.#stretch();
        const pxPerMs = this.#scale();
        const window: ChartWindow = {
            width,
            height,
            top,
            nameWidth: this.#nameWidth(),
            pxPerMs,
            fromMs: scrollLeft / pxPerMs,
        };
        this.#svg.setAttribute('width', String(width));
        this.#svg.setAttribute('height', String(height));
        drawInto(this.#svg, chartOf(scene, window, this.#texts));
    }

    #wheel(event: WheelEvent): void {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const x = event.clientX - this.element.getBoundingClientRect().left;
        this.zoomBy(Math.exp(-event.deltaY / 300), x);
    }

    #click(event: Event): void {
        const step = stepIn(event);
        if (step === '') this.#deeds.leave();
        else this.#deeds.select(step);
    }

    #open(event: Event): void {
        const path = this.#scene?.stepById.get(stepIn(event))?.path ?? pathIn(event);
        if (path !== '') this.#deeds.open(path);
    }

    #key(event: KeyboardEvent): void {
        const scene = this.#scene;
        if (scene === null || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Enter') {
            const path = scene.stepById.get(scene.selected)?.path;
            if (path !== undefined) this.#deeds.open(path);
            return;
        }
        const way = WAYS[event.key];
        if (way === undefined) return;
        event.preventDefault();
        const next = stepBeside(scene, scene.selected, way);
        if (next === undefined) return;
        this.#deeds.select(next);
        this.reveal(next);
    }

    #hover(event: PointerEvent): void {
        const id = stepIn(event);
        const scene = this.#scene;
        const step = scene?.stepById.get(id);
        if (scene === null || step === undefined) return this.#unhover();
        if (id !== this.#hovered) this.#card.replaceChildren(...hoverElement(step, scene, this.#texts));
        this.#hovered = id;
        this.#card.hidden = false;
        const { offsetWidth, offsetHeight } = this.#card;
        const left = Math.min(event.clientX + 14, window.innerWidth - offsetWidth - 8);
        const isBelow = event.clientY + 18 + offsetHeight < window.innerHeight;
        this.#card.style.left = `${String(Math.max(8, left))}px`;
        this.#card.style.top = `${String(isBelow ? event.clientY + 18 : event.clientY - offsetHeight - 12)}px`;
    }

    #unhover(): void {
        this.#hovered = '';
        this.#card.hidden = true;
    }
}

function stepIn(event: Event): string {
    return attributeAround(event, 'data-step');
}

function pathIn(event: Event): string {
    return attributeAround(event, 'data-path');
}

function attributeAround({ target }: Event, name: string): string {
    return target instanceof Element ? (target.closest(`[${name}]`)?.getAttribute(name) ?? '') : '';
}
