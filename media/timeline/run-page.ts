/** The page of a run: what it was told, what of it is shown, and what people do with it. */
import { fill } from '../texts.ts';
import { html } from '../graph/dom.ts';
import { createChartView, type ChartView } from './chart-view.ts';
import { comparisonElement } from './comparison-view.ts';
import { createDetailsView, type DetailsView } from './details-view.ts';
import { failuresElement } from './failures-view.ts';
import { createHeadView, type HeadView } from './head-view.ts';
import { legendElement } from './legend-view.ts';
import type { TimelineState } from './page-state.ts';
import type { FromTimeline, ToTimeline } from './protocol.ts';
import { lengthOf, sceneOf, withProgress } from './scene.ts';
import { createTableView, type TableView } from './table-view.ts';
import type { TimelineTexts } from './texts.ts';
import { createToolsView, type ToolsView } from './tools-view.ts';
import type { RunHead, RunView } from './view.ts';

/** The other side of the page. */
export interface RunPageHost {
    readonly post: (message: FromTimeline) => void;
    readonly remember: (state: TimelineState) => void;
    readonly texts: TimelineTexts;
}

export interface RunPage {
    readonly receive: (message: ToTimeline) => void;
}

/** How often the present is drawn while a run goes on. */
const TICK_MS = 200;

/** Takes an element over and says that it listens. */
export function createRunPage(root: HTMLElement, host: RunPageHost, state: TimelineState): RunPage {
    const session = new RunPageSession(root, host, state);
    host.remember(state);
    host.post({ kind: 'ready' });
    return { receive: (message) => session.receive(message) };
}

class RunPageSession {
    readonly #root: HTMLElement;
    readonly #host: RunPageHost;
    readonly #head: HeadView;
    readonly #tools: ToolsView;
    readonly #chart: ChartView;
    readonly #table: TableView;
    readonly #details: DetailsView;
    readonly #failures = html('div', 'failures-place');
    readonly #legend = html('div', 'legend-place');
    readonly #notice = html('p', 'notice');
    readonly #live = html('div', 'live');
    #state: TimelineState;
    #view: RunView | null = null;
    #heardAt = 0;
    #selected = '';

    constructor(root: HTMLElement, host: RunPageHost, state: TimelineState) {
        const { texts } = host;
        this.#root = root;
        this.#host = host;
        this.#state = state;
        this.#head = createHeadView(texts);
        this.#tools = createToolsView(texts, {
            show: (shown) => this.#remember({ shown }),
            toggleCritical: () => this.#toggleCritical(),
            zoom: (factor) => this.#chart.zoomBy(factor),
            fit: () => this.#chart.fit(),
            compare: () => host.post({ kind: 'compare' }),
        });
        const select = (id: string): void => this.#select(id, false);
        const show = (path: string): void => host.post({ kind: 'select', path });
        this.#chart = createChartView(texts, { select, open: show, leave: () => this.#select('', false) });
        this.#table = createTableView(texts, { select, open: show });
        this.#details = createDetailsView(texts, {
            post: host.post,
            close: () => this.#select('', true),
        });
        this.#live.setAttribute('role', 'status');
        this.#live.setAttribute('aria-live', 'polite');
        this.#notice.textContent = texts['page.loading'];
        root.replaceChildren(this.#notice, this.#live);
        document.addEventListener('keydown', (event) => this.#key(event));
        setInterval(() => this.#tick(), TICK_MS);
    }

    receive(message: ToTimeline): void {
        switch (message.kind) {
            case 'run':
                this.#show(message.view);
                return;
            case 'progress':
                if (this.#view !== null) this.#show(withProgress(this.#view, message.progress));
                return;
            case 'head':
                this.#showHead(message.head);
                return;
            case 'comparison': {
                this.#view = null;
                const { texts, post } = this.#host;
                this.#root.replaceChildren(comparisonElement(message.view, texts, post), this.#live);
                return;
            }
            case 'empty':
                this.#view = null;
                this.#showNotice(this.#host.texts['page.gone'], this.#host.texts['page.goneDetail']);
                return;
            default:
                return message satisfies never;
        }
    }

    #show(view: RunView): void {
        const before = this.#view;
        this.#view = view;
        this.#heardAt = performance.now();
        if (before === null) this.#layOut();
        if (before !== null && before.head.state !== view.head.state) this.#announce(view.head);
        if (before?.failures !== view.failures) this.#showFailures(view);
        if (before?.steps !== view.steps) this.#showLegend();
        this.#draw();
    }

    #showHead(head: RunHead): void {
        if (this.#view !== null) this.#show({ ...this.#view, head });
    }

    #announce({ title, stateWord }: RunHead): void {
        this.#live.textContent = fill(this.#host.texts['live.ended'], title, stateWord);
    }

    #layOut(): void {
        const body = html('div', 'body-place');
        body.append(this.#chart.element, this.#table.element);
        this.#root.replaceChildren(
            this.#head.element,
            this.#tools.element,
            this.#failures,
            body,
            this.#legend,
            this.#details.element,
            this.#live,
        );
    }

    #showNotice(title: string, detail: string): void {
        const place = html('div', 'notice');
        place.append(html('h1', '', title), html('p', '', detail));
        this.#root.replaceChildren(place, this.#live);
    }

    #showFailures({ failures, moreFailureCount }: RunView): void {
        const element = failuresElement({ failures, moreFailureCount }, this.#host.texts, {
            post: this.#host.post,
            select: (id) => this.#select(id, true),
        });
        this.#failures.replaceChildren(...(element === null ? [] : [element]));
    }

    #showLegend(): void {
        if (this.#view === null) return;
        const { isCriticalShown } = this.#state;
        this.#legend.replaceChildren(legendElement(this.#view, isCriticalShown, this.#host.texts));
    }

    #now(): number {
        const clock = this.#view?.head.clock ?? { nowMs: 0, isRunning: false };
        return clock.isRunning ? clock.nowMs + performance.now() - this.#heardAt : clock.nowMs;
    }

    #tick(): void {
        if (this.#view !== null && this.#view.head.clock.isRunning) this.#draw();
    }

    #draw(): void {
        const view = this.#view;
        if (view === null) return;
        const { shown, isCriticalShown } = this.#state;
        const nowMs = this.#now();
        const scene = sceneOf(view, { isCriticalShown, selected: this.#selected, nowMs });
        this.#head.show(view.head, nowMs);
        this.#tools.show({ shown, isCriticalShown });
        this.#chart.element.hidden = shown !== 'chart';
        this.#table.element.hidden = shown !== 'table';
        this.#legend.hidden = shown !== 'chart';
        if (shown === 'chart')
            this.#chart.show(scene, { lengthMs: lengthOf(view, nowMs), stepCount: view.steps.length });
        else this.#table.show(view, scene);
        this.#details.show(scene, view.lanes, view.head.begunAt);
    }

    #select(id: string, isRevealed: boolean): void {
        this.#selected = id;
        this.#draw();
        if (id !== '' && isRevealed) this.#chart.reveal(id);
        if (isRevealed) (this.#state.shown === 'chart' ? this.#chart : this.#table).element.focus();
    }

    #toggleCritical(): void {
        this.#remember({ isCriticalShown: !this.#state.isCriticalShown });
    }

    #remember(change: Partial<Pick<TimelineState, 'shown' | 'isCriticalShown'>>): void {
        this.#state = { ...this.#state, ...change };
        this.#host.remember(this.#state);
        this.#showLegend();
        this.#draw();
    }

    #key(event: KeyboardEvent): void {
        if (event.ctrlKey || event.metaKey || event.altKey || this.#view === null) return;
        const deed = this.#deedOf(event.key);
        if (deed === undefined) return;
        event.preventDefault();
        deed();
    }

    #deedOf(key: string): (() => void) | undefined {
        switch (key) {
            case '1':
                return () => this.#remember({ shown: 'chart' });
            case '2':
                return () => this.#remember({ shown: 'table' });
            case 'c':
                return () => this.#toggleCritical();
            case 'f':
                return () => this.#chart.fit();
            case '+':
            case '=':
                return () => this.#chart.zoomBy(1.5);
            case '-':
                return () => this.#chart.zoomBy(1 / 1.5);
            case 'Escape':
                return this.#selected === '' ? undefined : () => this.#select('', true);
            default:
                return undefined;
        }
    }
}
