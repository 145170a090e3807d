/** What the signs of the picture mean: those that are there, each with a sample. */
import { legendEntriesOf, type LegendEntry } from '../picture/legend.ts';
import type { Texts } from '../texts.ts';
import { html, withChildren } from './dom.ts';
import type { PageView } from './page-view.ts';
import { drawInto } from './patch.ts';
import type { Part } from './toolbar.ts';

const SAMPLE = {
    class: 'roboconf-picture sample',
    width: '44',
    height: '16',
    viewBox: '0 0 44 16',
    'aria-hidden': 'true',
};

/** The panel, closed; a click on its title opens it. While it is closed nothing is looked for. */
export function createLegendPanel(texts: Texts): Part {
    const element = document.createElement('details');
    element.className = 'legend';
    const list = html('ul', '');
    withChildren(element, html('summary', '', texts['legend.title']), list);
    let view: PageView | null = null;
    let drawn = '';
    const draw = (): void => {
        const graph = view?.model?.graph;
        if (view === null || graph === undefined || !element.open) return;
        const entries = legendEntriesOf(graph, view.overlay, texts);
        const now = entries.map(({ text }) => text).join('\n');
        if (now !== drawn) list.replaceChildren(...entries.map(rowOf));
        drawn = now;
    };
    element.addEventListener('toggle', draw);
    const show = (next: PageView): void => {
        view = next;
        const hasSigns = (view.model?.graph.edges.length ?? 0) > 0 || Object.keys(view.overlay.states).length > 0;
        element.hidden = !hasSigns || view.model === null || view.isTableShown;
        draw();
    };
    return { element, show };
}

function rowOf({ sample, text }: LegendEntry): HTMLElement {
    const row = html('li', '', text);
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const [name, value] of Object.entries(SAMPLE)) picture.setAttribute(name, value);
    drawInto(picture, [sample]);
    row.prepend(picture);
    return row;
}
