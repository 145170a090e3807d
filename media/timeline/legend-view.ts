/** What the marks of the timeline mean: those that are in the run that is shown. */
import { html } from '../graph/dom.ts';
import { drawInto } from '../graph/patch.ts';
import { element } from '../picture/element.ts';
import type { SvgElement } from '../picture/svg.ts';
import type { TimelineTexts } from './texts.ts';
import type { RunView } from './view.ts';
import { phaseText } from './words.ts';

const PHASES = ['createMachine', 'initialize', 'deploy', 'start', 'update', 'stop', 'undeploy', 'destroyMachine'];

const SPACE = 'http://www.w3.org/2000/svg';

/** The entries, each a sample and its words. */
export function legendElement(view: RunView, isCriticalShown: boolean, texts: TimelineTexts): HTMLElement {
    const list = html('ul', 'legend');
    list.setAttribute('aria-label', texts['legend.title']);
    const phases = PHASES.filter((phase) => view.steps.some((step) => step.phase === phase));
    list.append(...phases.map((phase) => entry(barSample(`phase-${phase}`), phaseText(phase, texts))));
    if (view.steps.some(({ outcome }) => outcome === 'failed'))
        list.append(entry(barSample('failed', 'M10 4l6 6M16 4l-6 6'), texts['legend.failed']));
    if (view.steps.some(({ outcome }) => outcome === null))
        list.append(entry(barSample('running'), texts['legend.running']));
    if (view.waits.some(({ kind }) => kind !== 'retry'))
        list.append(entry(waitSample('imports'), texts['legend.waiting']));
    if (view.waits.some(({ kind }) => kind === 'retry')) list.append(entry(waitSample('retry'), texts['legend.retry']));
    if (isCriticalShown && view.critical.length > 0) list.append(entry(criticalSample(), texts['legend.critical']));
    return list;
}

function entry(sample: SvgElement, words: string): HTMLElement {
    const made = html('li', '');
    const picture = document.createElementNS(SPACE, 'svg');
    picture.setAttribute('viewBox', '0 0 26 14');
    picture.setAttribute('aria-hidden', 'true');
    drawInto(picture, [sample]);
    made.append(picture, html('span', '', words));
    return made;
}

function barSample(name: string, icon?: string): SvgElement {
    const body = element('rect', { class: 'body', x: 1, y: 1.5, width: 24, height: 11, rx: 3 });
    return element(
        'g',
        { class: `bar ${name}` },
        icon === undefined ? [body] : [body, element('path', { class: 'bar-icon', d: icon })],
    );
}

function waitSample(kind: 'imports' | 'retry'): SvgElement {
    return element('g', { class: `wait ${kind}` }, [
        element('rect', { class: 'wait-body', x: 1, y: 4, width: 24, height: 6 }),
        element('path', { class: 'wait-line', d: 'M1 7H25' }),
    ]);
}

function criticalSample(): SvgElement {
    return element('g', { class: 'bar' }, [
        element('rect', { class: 'under', x: 1, y: 6, width: 24, height: 2.5, rx: 1 }),
    ]);
}
