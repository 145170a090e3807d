/** Everything around the picture, put together: bars, strips, panels, and the text when there is nothing to draw. */
import type { SimulationView } from '../protocol.ts';
import { fill, type Texts } from '../texts.ts';
import { button, html, iconButton, withChildren } from './dom.ts';
import { shownText } from './filter-panel.ts';
import { createLegendPanel } from './legend-panel.ts';
import { createOverStrip } from './over-strip.ts';
import type { PageActions } from './page-actions.ts';
import type { PageView } from './page-view.ts';
import { createSimulationBar } from './simulation-bar.ts';
import { createBreadcrumbs, createChips, createDriftNotice } from './strips.ts';
import { TOOL_ICONS } from './tool-icons.ts';
import { createToolbar, type Part } from './toolbar.ts';

export interface Chrome {
    readonly stage: SVGSVGElement;
    /** Where the picture lies, and what lies over it. */
    readonly room: HTMLElement;
    readonly show: (view: PageView) => void;
    readonly showRun: (run: string) => void;
    readonly showSimulation: (simulation: SimulationView | null) => void;
    readonly showScale: (scale: number) => void;
    /** Null hides the text and shows the picture. */
    readonly showEmpty: (text: EmptyText | null) => void;
    /** Said by screen readers, not seen: when there is time, or at once. */
    readonly say: (text: string) => void;
    readonly interrupt: (text: string) => void;
}

export interface EmptyText {
    readonly title: string;
    readonly detail: string;
}

/** Builds the page inside `root`. `inRoom`: what else lies over the picture. */
export function createChrome(
    root: HTMLElement,
    texts: Texts,
    actions: PageActions,
    inRoom: readonly HTMLElement[],
): Chrome {
    const stage = createStage(texts);
    const banner = createBanner(texts, actions);
    const simulation = createSimulationBar(texts, actions.control);
    const toolbar = createToolbar(texts, actions);
    const strips = createStrips(texts, actions);
    const crumbs = createBreadcrumbs(texts, actions);
    const corner = createCorner(texts, actions);
    const empty = html('div', 'empty');
    empty.setAttribute('role', 'status');
    const heading = html('h1', 'live', texts['page.graph']);
    root.setAttribute('role', 'main');
    const [polite, assertive] = [liveRegion('polite'), liveRegion('assertive')];
    const room = withChildren(html('div', 'room'), ...[stage, empty, crumbs.element, ...inRoom, corner.element]);
    root.replaceChildren(
        ...[heading, toolbar.element, simulation.element, banner.element, strips.element, room, polite, assertive],
    );
    const parts: readonly Part[] = [toolbar, banner, strips, crumbs, corner];
    return {
        stage,
        room,
        show: (view) => {
            for (const part of parts) part.show(view);
            const name = view.model === null ? texts['page.graph'] : fill(texts['page.graphOf'], view.model.name);
            stage.setAttribute('aria-label', name);
            heading.textContent = name;
            stage.toggleAttribute('inert', view.isTableShown);
            stage.classList.toggle('behind', view.isTableShown);
            room.classList.toggle('tabular', view.isTableShown && view.model !== null);
        },
        showRun: corner.showRun,
        showScale: corner.showScale,
        showSimulation: simulation.show,
        showEmpty: (text) => {
            empty.hidden = text === null;
            stage.toggleAttribute('data-empty', text !== null);
            empty.replaceChildren(...(text === null ? [] : [html('h1', '', text.title), html('p', '', text.detail)]));
        },
        say: sayIn(polite),
        interrupt: sayIn(assertive),
    };
}

function createStage(texts: Texts): SVGSVGElement {
    const stage = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    stage.setAttribute('class', 'roboconf-picture stage');
    stage.setAttribute('role', 'tree');
    // One declaration may stand for several nodes.
    stage.setAttribute('aria-multiselectable', 'true');
    stage.setAttribute('aria-label', texts['page.graph']);
    stage.setAttribute('tabindex', '-1');
    return stage;
}

function liveRegion(manner: 'polite' | 'assertive'): HTMLElement {
    const live = html('div', 'live');
    live.setAttribute('aria-live', manner);
    return live;
}

function sayIn(live: HTMLElement): (text: string) => void {
    return (text) => {
        if (text !== '') live.textContent = text;
    };
}

function createBanner(texts: Texts, { showProblems }: PageActions): Part {
    const said = html('span', 'banner-text');
    const link = button(texts['page.showProblems'], texts['page.showProblems'], showProblems);
    const element = withChildren(html('div', 'banner'), said, link);
    element.hidden = true;
    const show = ({ model }: PageView): void => {
        const count = model?.errorCount ?? 0;
        element.hidden = count === 0;
        said.textContent = count === 1 ? texts['page.oneError'] : fill(texts['page.errors'], count);
    };
    return { element, show };
}

/** Above the picture. */
function createStrips(texts: Texts, actions: PageActions): Part {
    const parts = [createOverStrip(texts, actions), createChips(texts, actions), createDriftNotice(texts, actions)];
    return {
        element: withChildren(html('div', 'strips'), ...parts.map(({ element }) => element)),
        show: (view) => {
            for (const part of parts) part.show(view);
        },
    };
}

/** Over the lower end: the legend, the line about the run, and what zooms. */
function createCorner(texts: Texts, actions: PageActions) {
    const legend = createLegendPanel(texts);
    const run = html('span', 'run');
    run.setAttribute('role', 'status');
    const shown = html('span', 'shown');
    const scale = button('', texts['tool.actualSize'], actions.actualSize);
    scale.classList.add('scale');
    const tools = withChildren(
        html('div', 'tools'),
        iconButton(TOOL_ICONS.zoomOut, texts['tool.zoomOut'], actions.zoomOut),
        scale,
        iconButton(TOOL_ICONS.zoomIn, texts['tool.zoomIn'], actions.zoomIn),
        iconButton(TOOL_ICONS.fit, texts['tool.fit'], actions.fit),
    );
    return {
        element: withChildren(html('div', 'corner'), legend.element, run, shown, tools),
        show: (view: PageView) => {
            legend.show(view);
            tools.hidden = view.isTableShown;
            const { graph, choices } = view.model ?? { graph: { nodes: [] }, choices: { nodeCount: 0 } };
            shown.textContent = graph.nodes.length < choices.nodeCount ? shownText(view, texts) : '';
        },
        showRun: (text: string) => {
            if (run.textContent !== text) run.textContent = text;
            run.title = text;
        },
        showScale: (share: number) => {
            const percent = `${String(Math.round(share * 100))}%`;
            scale.textContent = percent;
            scale.setAttribute('aria-label', `${percent}, ${texts['tool.actualSize']}`);
        },
    };
}
