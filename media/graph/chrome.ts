/** Everything around the picture: banner, controls of a simulation, tool bar, legend, the text when there is nothing to draw. */
import type { Perspective } from '../../language/index.ts';
import type { LaidOutGraph } from '../../server/layout.ts';
import { edgeSample } from '../picture/edges.ts';
import { looksOf } from '../picture/legend.ts';
import type { SimulationControl, SimulationView } from '../protocol.ts';
import { fill, type Texts } from '../texts.ts';
import { button, html, iconButton, withChildren } from './dom.ts';
import { drawInto } from './patch.ts';
import { createSimulationBar } from './simulation-bar.ts';

export interface ChromeActions {
    readonly zoomIn: () => void;
    readonly zoomOut: () => void;
    readonly fit: () => void;
    readonly actualSize: () => void;
    readonly exportSvg: () => void;
    readonly showProblems: () => void;
    readonly choose: (perspective: Perspective) => void;
    readonly control: (control: SimulationControl) => void;
}

export interface Chrome {
    readonly stage: SVGSVGElement;
    readonly showPerspective: (perspective: Perspective) => void;
    readonly showFindings: (errorCount: number) => void;
    readonly showRun: (run: string) => void;
    readonly showSimulation: (simulation: SimulationView | null) => void;
    readonly showScale: (scale: number) => void;
    /** Null hides the text and shows the picture. */
    readonly showEmpty: (text: EmptyText | null) => void;
    readonly showLegend: (graph: LaidOutGraph) => void;
    /** Said by screen readers, not seen. */
    readonly say: (text: string) => void;
}

export interface EmptyText {
    readonly title: string;
    readonly detail: string;
}

/** Builds the page inside `root`. */
export function createChrome(root: HTMLElement, texts: Texts, actions: ChromeActions): Chrome {
    const stage = createStage(texts);
    const banner = createBanner(texts, actions);
    const simulation = createSimulationBar(texts, actions.control);
    const bar = createToolbar(texts, actions);
    const legend = html('details', 'legend');
    const empty = html('div', 'empty');
    empty.setAttribute('role', 'status');
    const live = html('div', 'live');
    live.setAttribute('aria-live', 'polite');
    root.replaceChildren(simulation.element, banner.element, stage, empty, legend, bar.element, live);
    return {
        stage,
        ...bar,
        showFindings: banner.show,
        showSimulation: simulation.show,
        showEmpty: (text) => {
            empty.hidden = text === null;
            stage.toggleAttribute('data-empty', text !== null);
            legend.hidden = text !== null;
            empty.replaceChildren(...(text === null ? [] : [html('h1', '', text.title), html('p', '', text.detail)]));
        },
        showLegend: (graph) => fillLegend(legend, texts, graph),
        say: (text) => {
            if (text !== '') live.textContent = text;
        },
    };
}

function createStage(texts: Texts): SVGSVGElement {
    const stage = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    stage.setAttribute('class', 'roboconf-picture stage');
    stage.setAttribute('role', 'tree');
    stage.setAttribute('aria-label', texts['page.graph']);
    stage.setAttribute('tabindex', '-1');
    return stage;
}

function createBanner(texts: Texts, { showProblems }: ChromeActions) {
    const said = html('span', 'banner-text');
    const link = button(texts['page.showProblems'], texts['page.showProblems'], showProblems);
    const element = withChildren(html('div', 'banner'), said, link);
    element.hidden = true;
    const show = (errorCount: number): void => {
        element.hidden = errorCount === 0;
        said.textContent = errorCount === 1 ? texts['page.oneError'] : fill(texts['page.errors'], errorCount);
    };
    return { element, show };
}

const PERSPECTIVES = ['components', 'instances'] as const satisfies readonly Perspective[];

const ZOOM_OUT = 'M3 8h10';
const ZOOM_IN = 'M3 8h10M8 3v10';
const FIT = 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10';
const SAVE = 'M8 2v8M4.75 7L8 10.25 11.25 7M2.5 11.5v2h11v-2';

function createToolbar(texts: Texts, actions: ChromeActions) {
    const run = html('span', 'run');
    run.setAttribute('role', 'status');
    const switcher = createSwitcher(texts, actions);
    const scale = button('', texts['tool.actualSize'], actions.actualSize);
    scale.classList.add('scale');
    const tools = withChildren(
        html('div', 'tools'),
        iconButton(ZOOM_OUT, texts['tool.zoomOut'], actions.zoomOut),
        scale,
        iconButton(ZOOM_IN, texts['tool.zoomIn'], actions.zoomIn),
        iconButton(FIT, texts['tool.fit'], actions.fit),
        iconButton(SAVE, texts['tool.exportSvg'], actions.exportSvg),
    );
    return {
        element: withChildren(html('div', 'toolbar'), switcher.element, run, tools),
        showPerspective: switcher.show,
        showRun: (text: string) => {
            if (run.textContent !== text) run.textContent = text;
            run.title = text;
        },
        showScale: (share: number) => {
            scale.textContent = `${String(Math.round(share * 100))}%`;
        },
    };
}

/** Two buttons of which one is on; arrow keys go from one to the other, as between radio buttons. */
function createSwitcher(texts: Texts, { choose }: ChromeActions) {
    const element = html('div', 'switcher');
    element.setAttribute('role', 'radiogroup');
    element.setAttribute('aria-label', texts['tool.perspective']);
    const choices = PERSPECTIVES.map((perspective) => {
        const hint = texts[perspective === 'components' ? 'tool.showComponents' : 'tool.showInstances'];
        const choice = button(texts[`tool.${perspective}`], hint, () => choose(perspective));
        choice.setAttribute('role', 'radio');
        element.append(choice);
        return { perspective, choice };
    });
    const show = (shown: Perspective): void => {
        for (const { perspective, choice } of choices) {
            choice.setAttribute('aria-checked', String(perspective === shown));
            choice.tabIndex = perspective === shown ? 0 : -1;
        }
    };
    element.addEventListener('keydown', (event) => {
        if (!event.key.startsWith('Arrow')) return;
        const other = choices.find(({ choice }) => choice !== document.activeElement);
        event.preventDefault();
        event.stopPropagation();
        other?.choice.focus();
        if (other !== undefined) choose(other.perspective);
    });
    return { element, show };
}

function fillLegend(legend: HTMLElement, texts: Texts, graph: LaidOutGraph): void {
    const looks = looksOf(graph.edges);
    legend.toggleAttribute('data-empty', looks.length === 0);
    const rows = looks.map((look) => {
        const row = html('li', '', texts[`legend.${look}`]);
        const sample = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        for (const [name, value] of Object.entries(SAMPLE)) sample.setAttribute(name, value);
        drawInto(sample, [edgeSample(look)]);
        row.prepend(sample);
        return row;
    });
    legend.replaceChildren(html('summary', '', texts['legend.title']), withChildren(html('ul', ''), ...rows));
}

const SAMPLE = {
    class: 'roboconf-picture sample',
    width: '44',
    height: '16',
    viewBox: '0 0 44 16',
    'aria-hidden': 'true',
};
