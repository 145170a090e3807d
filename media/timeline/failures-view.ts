/** What went wrong, above the timeline: each failure with its cause, the end of its output and the way to the line that failed. */
import { fill } from '../texts.ts';
import { button, html } from '../graph/dom.ts';
import type { FromTimeline } from './protocol.ts';
import type { TimelineTexts } from './texts.ts';
import type { FailureView, RunView } from './view.ts';

interface FailureDeeds {
    readonly post: (message: FromTimeline) => void;
    /** Selects a step in the timeline. */
    readonly select: (step: string) => void;
}

/** So many failures are open at first that the timeline is still seen. */
const OPEN_AT_FIRST = 1;

/** The list; null when nothing went wrong. */
export function failuresElement(
    { failures, moreFailureCount }: Pick<RunView, 'failures' | 'moreFailureCount'>,
    texts: TimelineTexts,
    deeds: FailureDeeds,
): HTMLElement | null {
    if (failures.length === 0) return null;
    const place = html('section', 'failures');
    place.setAttribute('aria-label', texts['failures.title']);
    place.append(html('h2', '', texts['failures.title']));
    failures.forEach((failure, index) => place.append(failureElement(failure, index < OPEN_AT_FIRST, texts, deeds)));
    if (moreFailureCount > 0) place.append(html('p', 'more', fill(texts['failures.more'], moreFailureCount)));
    return place;
}

function failureElement(failure: FailureView, isOpen: boolean, texts: TimelineTexts, deeds: FailureDeeds): HTMLElement {
    const { path, word, cause, lines, step } = failure;
    const element = html('details', 'failure');
    if (isOpen) element.setAttribute('open', '');
    const summary = html('summary', '');
    summary.append(
        html('span', 'failure-path', path),
        html('span', 'chip failed', word),
        html('span', 'failure-cause', cause),
    );
    element.append(summary);
    if (lines.length > 0) {
        const output = html('code', 'output');
        output.textContent = lines.join('\n');
        element.append(output);
    }
    const buttons = step === '' ? [] : buttonsOf(failure, texts, deeds);
    const row = html('div', 'deeds');
    row.append(...buttons);
    if (buttons.length > 0) element.append(row);
    return element;
}

function buttonsOf(
    { step, place }: FailureView,
    texts: TimelineTexts,
    { post, select }: FailureDeeds,
): readonly HTMLElement[] {
    const open = place === null ? texts['failures.openRecipe'] : fill(texts['failures.openAt'], place.file, place.line);
    return [
        button(open, open, () => post({ kind: 'recipe', step })),
        button(texts['failures.showOutput'], texts['failures.showOutput'], () => post({ kind: 'output', step })),
        button(texts['failures.showStep'], texts['failures.showStep'], () => select(step)),
    ];
}
