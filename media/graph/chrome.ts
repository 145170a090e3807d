/** Everything around the picture: banner, tool bar, legend, the text when there is nothing to draw. */
import type { Perspective } from '../../language/index.ts';
import { edgeSample, lookOf, type EdgeLook } from '../picture/edges.ts';
import type { LaidOutGraph } from '../../server/layout.ts';
import { drawInto } from './patch.ts';

export interface ChromeActions {
    readonly zoomIn: () => void;
    readonly zoomOut: () => void;
    readonly fit: () => void;
    readonly exportSvg: () => void;
    readonly showProblems: () => void;
    readonly choose: (perspective: Perspective) => void;
}

export interface Chrome {
    readonly stage: SVGSVGElement;
    readonly showPerspective: (perspective: Perspective) => void;
    readonly showFindings: (errorCount: number) => void;
    readonly showRun: (run: string) => void;
    /** Null hides the text and shows the picture. */
    readonly showEmpty: (text: EmptyText | null) => void;
    readonly showLegend: (graph: LaidOutGraph) => void;
}

export interface EmptyText {
    readonly title: string;
    readonly detail: string;
}

const EDGE_WORDS: Readonly<Record<EdgeLook, string>> = {
    mandatory: 'imports',
    optional: 'imports, optional',
    external: 'imports from outside',
    'external-optional': 'imports from outside, optional',
    extends: 'extends',
    facet: 'has the facet',
    child: 'may contain',
};

/** Builds the page inside `root`. */
export function createChrome(root: HTMLElement, actions: ChromeActions): Chrome {
    const stage = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    stage.setAttribute('class', 'roboconf-picture stage');
    stage.setAttribute('role', 'tree');
    stage.setAttribute('aria-label', 'Graph');
    const banner = html('div', 'banner');
    const bannerText = html('span', 'banner-text');
    banner.append(bannerText, button('Show problems', 'Show problems', actions.showProblems));
    banner.hidden = true;
    const run = html('span', 'run');
    run.setAttribute('role', 'status');
    const choices = new Map(PERSPECTIVES.map((word) => [word, choiceButton(word, actions)]));
    const legend = html('details', 'legend');
    const empty = html('div', 'empty');
    empty.setAttribute('role', 'status');
    root.replaceChildren(banner, stage, empty, toolbar([...choices.values()], run, actions), legend);
    return {
        stage,
        showPerspective: (perspective) => {
            for (const [word, choice] of choices) choice.setAttribute('aria-checked', String(word === perspective));
        },
        showFindings: (errorCount) => {
            banner.hidden = errorCount === 0;
            const errors = `${String(errorCount)} error${errorCount === 1 ? '' : 's'}`;
            bannerText.textContent = `${errors} in this application. The picture shows what is understood.`;
        },
        showRun: (text) => {
            if (run.textContent !== text) run.textContent = text;
        },
        showEmpty: (text) => {
            empty.hidden = text === null;
            stage.toggleAttribute('data-empty', text !== null);
            legend.hidden = text !== null;
            empty.replaceChildren(...(text === null ? [] : [html('h1', '', text.title), html('p', '', text.detail)]));
        },
        showLegend: (graph) => fillLegend(legend, graph),
    };
}

const PERSPECTIVES = ['components', 'instances'] as const satisfies readonly Perspective[];

function choiceButton(perspective: Perspective, actions: ChromeActions): HTMLButtonElement {
    const label = perspective === 'components' ? 'Components' : 'Instances';
    const choice = button(label, `Show the ${perspective}`, () => actions.choose(perspective));
    choice.setAttribute('role', 'radio');
    return choice;
}

function toolbar(choices: readonly HTMLElement[], run: HTMLElement, actions: ChromeActions): HTMLElement {
    const bar = html('div', 'toolbar');
    const switcher = html('div', 'switcher');
    switcher.setAttribute('role', 'radiogroup');
    switcher.setAttribute('aria-label', 'What the nodes are');
    switcher.append(...choices);
    const tools = html('div', 'tools');
    tools.append(
        button('\u2212', 'Zoom out (-)', actions.zoomOut),
        button('Fit', 'Fit the picture into the panel (0)', actions.fit),
        button('+', 'Zoom in (+)', actions.zoomIn),
        button('Save SVG', 'Save the picture as an SVG file', actions.exportSvg),
    );
    bar.append(switcher, run, tools);
    return bar;
}

function fillLegend(legend: HTMLElement, graph: LaidOutGraph): void {
    const looks = [...new Set(graph.edges.map(lookOf))];
    legend.toggleAttribute('data-empty', looks.length === 0);
    const rows = looks.map((look) => {
        const row = html('li', '', EDGE_WORDS[look]);
        const sample = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        for (const [name, value] of Object.entries(SAMPLE)) sample.setAttribute(name, value);
        drawInto(sample, [edgeSample(look)]);
        row.prepend(sample);
        return row;
    });
    const list = html('ul', '');
    list.append(...rows);
    legend.replaceChildren(html('summary', '', 'Legend'), list);
}

const SAMPLE = {
    class: 'roboconf-picture sample',
    width: '44',
    height: '16',
    viewBox: '0 0 44 16',
    'aria-hidden': 'true',
};

function button(label: string, title: string, act: () => void): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.title = title;
    made.setAttribute('aria-label', title);
    made.addEventListener('click', act);
    return made;
}

function html(
    tag: 'div' | 'span' | 'details' | 'summary' | 'ul' | 'li' | 'h1' | 'p',
    name: string,
    text = '',
): HTMLElement {
    const made = document.createElement(tag);
    if (name !== '') made.className = name;
    made.textContent = text;
    return made;
}
