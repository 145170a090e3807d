/** The tools above the timeline: what is shown, how near, and what it is compared with. */
import { button, html, iconButton } from '../graph/dom.ts';
import type { TimelineState } from './page-state.ts';
import type { TimelineTexts } from './texts.ts';

export interface ToolDeeds {
    readonly show: (shown: TimelineState['shown']) => void;
    readonly toggleCritical: () => void;
    readonly zoom: (factor: number) => void;
    readonly fit: () => void;
    readonly compare: () => void;
}

export interface ToolsView {
    readonly element: HTMLElement;
    readonly show: (state: Pick<TimelineState, 'shown' | 'isCriticalShown'>) => void;
}

const STEP = 1.5;
const PLUS = 'M8 3v10M3 8h10';
const MINUS = 'M3 8h10';
const FIT = 'M2.5 3v10M13.5 3v10M5 8h6M6.5 6L4.8 8l1.7 2M9.5 6l1.7 2l-1.7 2';

/** The bar of tools. */
export function createToolsView(texts: TimelineTexts, deeds: ToolDeeds): ToolsView {
    const element = html('div', 'tools');
    element.setAttribute('role', 'toolbar');
    element.setAttribute('aria-label', texts['page.tools']);
    const chart = button(texts['page.chart'], texts['page.showChart'], () => deeds.show('chart'));
    const table = button(texts['page.table'], texts['page.showTable'], () => deeds.show('table'));
    const critical = button(texts['page.critical'], texts['page.showCritical'], deeds.toggleCritical);
    critical.prepend(html('span', 'swatch-critical'));
    const zoom = [
        iconButton(MINUS, texts['page.zoomOut'], () => deeds.zoom(1 / STEP)),
        iconButton(PLUS, texts['page.zoomIn'], () => deeds.zoom(STEP)),
        iconButton(FIT, texts['page.fit'], deeds.fit),
    ];
    const compare = button(texts['page.compare'], texts['page.compareWith'], deeds.compare);
    const switcher = html('div', 'switcher');
    switcher.append(chart, table);
    const space = html('div', 'space');
    element.append(switcher, critical, space, ...zoom, compare);
    return {
        element,
        show: ({ shown, isCriticalShown }) => {
            chart.setAttribute('aria-pressed', String(shown === 'chart'));
            table.setAttribute('aria-pressed', String(shown === 'table'));
            critical.setAttribute('aria-pressed', String(isCriticalShown));
            for (const each of zoom) each.disabled = shown !== 'chart';
        },
    };
}
