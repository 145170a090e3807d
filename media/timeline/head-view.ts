/** The head of the page: which run it is, how it ended and how long it took. */
import { html } from '../graph/dom.ts';
import type { TimelineTexts } from './texts.ts';
import type { RunHead, RunState } from './view.ts';
import { durationText } from './words.ts';

export interface HeadView {
    readonly element: HTMLElement;
    readonly show: (head: RunHead, nowMs: number) => void;
}

/** Paths in a square of 16 pixels: the shape tells as much as the colour. */
const ICONS: Readonly<Record<RunState, string>> = {
    running: 'M3 7a5.2 5.2 0 0 1 9.4-2.1M13 9a5.2 5.2 0 0 1-9.4 2.1M12.6 2.2v2.9H9.7M3.4 13.8v-2.9h2.9',
    cancelling: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM5.5 5.5h5v5h-5z',
    succeeded: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM5.2 8.2l2 2l3.6-4.2',
    failed: 'M5.3 2h5.4L14 5.3v5.4L10.7 14H5.3L2 10.7V5.3zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
    cancelled: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM3.9 12.1l8.2-8.2',
    interrupted: 'M5 3.5v9M11 3.5v9',
};

/** Empty until it is shown something. */
export function createHeadView(texts: TimelineTexts): HeadView {
    const element = html('div', 'head');
    const title = html('h1', '');
    const badge = html('span', 'state');
    const took = html('span', 'took');
    const facts = html('div', 'facts');
    const line = html('div', 'head-line');
    line.append(title, badge, took);
    element.append(line, facts);
    let shown: RunHead | null = null;
    return {
        element,
        show: (head, nowMs) => {
            took.textContent = durationText(head.tookMs ?? nowMs, texts);
            if (shown === head) return;
            shown = head;
            title.textContent = head.title;
            badge.className = `state ${head.state}`;
            badge.replaceChildren(iconOf(head.state), html('span', '', head.stateWord));
            facts.replaceChildren(
                ...head.facts.map((fact) => html('span', 'fact', fact)),
                ...head.counts.map((count) => html('span', 'count', count)),
            );
        },
    };
}

/** The icon of a run's state. */
export function iconOf(state: RunState): SVGElement {
    const space = 'http://www.w3.org/2000/svg';
    const icon = document.createElementNS(space, 'svg');
    icon.setAttribute('viewBox', '0 0 16 16');
    icon.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', ICONS[state]);
    icon.append(path);
    return icon;
}
