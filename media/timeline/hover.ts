/** What is said over a bar. */
import { html } from '../graph/dom.ts';
import type { Scene } from './chart.ts';
import type { TimelineTexts } from './texts.ts';
import type { TimelineStep } from './view.ts';
import { afterText, barText, durationText, outcomeText } from './words.ts';

/** The lines of the card. */
export function hoverElement(step: TimelineStep, scene: Scene, texts: TimelineTexts): readonly HTMLElement[] {
    const head = html('div', 'hover-head');
    head.append(
        html('span', 'hover-phase', barText(step, texts)),
        html('span', `chip ${step.outcome ?? 'running'}`, outcomeText(step.outcome, texts)),
    );
    const took = durationText((step.endMs ?? scene.nowMs) - step.beginMs, texts);
    const times = [
        afterText(step.beginMs, texts),
        took,
        ...(scene.critical.has(step.id) ? [texts['details.onCritical']] : []),
    ];
    return [
        head,
        html('div', 'hover-path', step.path),
        html('div', 'hover-times', times.join(' · ')),
        ...(step.because === '' ? [] : [html('div', 'hover-why', step.because)]),
        ...(step.message === '' ? [] : [html('div', 'hover-cause', step.message)]),
    ];
}
