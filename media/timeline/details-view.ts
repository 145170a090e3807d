/** All that is known of the selected step, below the timeline. */
import { fill } from '../texts.ts';
import { button, html, iconButton } from '../graph/dom.ts';
import type { Scene } from './chart.ts';
import type { FromTimeline } from './protocol.ts';
import type { TimelineTexts } from './texts.ts';
import type { TimelineLane, TimelineStep } from './view.ts';
import { afterText, barText, durationText, outcomeText } from './words.ts';

export interface DetailsView {
    readonly element: HTMLElement;
    /** `begunAt`: when the run began in milliseconds since 1970; null = on a clock of its own. */
    readonly show: (scene: Scene, lanes: readonly TimelineLane[], begunAt: number | null) => void;
}

interface DetailsDeeds {
    readonly post: (message: FromTimeline) => void;
    readonly close: () => void;
}

const CLOSE = 'M4 4l8 8M12 4l-8 8';

/** Hidden while no step is selected. */
export function createDetailsView(texts: TimelineTexts, deeds: DetailsDeeds): DetailsView {
    const element = html('section', 'step-details');
    element.setAttribute('aria-label', texts['details.title']);
    element.hidden = true;
    let shown: TimelineStep | undefined;
    let took: HTMLElement | undefined;
    return {
        element,
        show: (scene, lanes, begunAt) => {
            const step = scene.stepById.get(scene.selected);
            element.hidden = step === undefined;
            if (step !== undefined && step !== shown) {
                const parts = detailParts(step, { scene, lanes, begunAt }, texts);
                took = parts.took;
                element.replaceChildren(
                    headOf(step, texts, deeds),
                    parts.list,
                    ...outputOf(step),
                    deedsOf(step, texts, deeds),
                );
            }
            shown = step;
            if (step !== undefined && took !== undefined)
                took.textContent = durationText((step.endMs ?? scene.nowMs) - step.beginMs, texts);
        },
    };
}

function headOf(step: TimelineStep, texts: TimelineTexts, { close }: DetailsDeeds): HTMLElement {
    const head = html('div', 'details-head');
    const state = html('span', `chip ${step.outcome ?? 'running'}`, outcomeText(step.outcome, texts));
    head.append(
        html('h2', '', step.path),
        html('span', 'details-phase', barText(step, texts)),
        state,
        html('div', 'space'),
    );
    head.append(iconButton(CLOSE, texts['details.close'], close));
    return head;
}

interface Around {
    readonly scene: Scene;
    readonly lanes: readonly TimelineLane[];
    readonly begunAt: number | null;
}

function detailParts(step: TimelineStep, around: Around, texts: TimelineTexts) {
    const list = html('dl', '');
    const took = html('dd', '');
    const pairs: readonly (readonly [string, HTMLElement])[] = [
        [texts['details.began'], html('dd', '', beganText(step, around.begunAt, texts))],
        [step.endMs === null ? texts['details.sofar'] : texts['details.took'], took],
        ...factsOf(step, around, texts).map(([name, value]) => [name, html('dd', '', value)] as const),
    ];
    for (const [name, value] of pairs) {
        const pair = html('div', '');
        pair.append(html('dt', '', name), value);
        list.append(pair);
    }
    return { list, took };
}

/** What there is to say besides its times; nothing is said of what is empty. */
function factsOf(
    step: TimelineStep,
    { scene, lanes }: Around,
    texts: TimelineTexts,
): readonly (readonly [string, string])[] {
    const lane = lanes.find(({ path, rows }) => path === step.path || rows.some((row) => row.path === step.path));
    const component = lane?.rows.find(({ path }) => path === step.path)?.component ?? '';
    const before = scene.stepById.get(step.before);
    const wave = [String(step.wave), ...(scene.critical.has(step.id) ? [texts['details.onCritical']] : [])];
    const facts: readonly (readonly [string, string])[] = [
        [texts['details.why'], step.because],
        [texts['details.exporter'], step.exporter],
        [
            texts['details.after'],
            before === undefined ? '' : fill(texts['step.name'], before.path, barText(before, texts)),
        ],
        [texts['details.wave'], wave.join(' · ')],
        [texts['details.host'], [lane?.name ?? '', lane?.detail ?? ''].filter((part) => part !== '').join(' · ')],
        [texts['details.component'], component],
        [texts['details.exitCode'], step.exitCode === null ? '' : String(step.exitCode)],
    ];
    return facts.filter(([, value]) => value !== '');
}

function beganText({ beginMs }: TimelineStep, begunAt: number | null, texts: TimelineTexts): string {
    const after = afterText(beginMs, texts);
    if (begunAt === null) return after;
    const clock = new Date(begunAt + beginMs).toLocaleTimeString(document.documentElement.lang || undefined);
    return fill(texts['details.at'], after, clock);
}

function outputOf({ message, lastLines }: TimelineStep): readonly HTMLElement[] {
    const said = message === '' ? [] : [html('p', 'details-message', message)];
    return lastLines.length === 0 ? said : [...said, html('code', 'output', lastLines.join('\n'))];
}

function deedsOf(
    { id, path, hasOutput, hasRecipe }: TimelineStep,
    texts: TimelineTexts,
    { post }: DetailsDeeds,
): HTMLElement {
    const row = html('div', 'deeds');
    const deed = (title: string, message: FromTimeline): HTMLElement => button(title, title, () => post(message));
    if (hasOutput) row.append(deed(texts['failures.showOutput'], { kind: 'output', step: id }));
    if (hasRecipe) row.append(deed(texts['failures.openRecipe'], { kind: 'recipe', step: id }));
    row.append(deed(texts['details.showInstance'], { kind: 'select', path }));
    row.append(deed(texts['details.showInGraph'], { kind: 'graph', path }));
    return row;
}
