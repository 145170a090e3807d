/** The bars of one line of the timeline: what an instance did, and what it waited for. */
import { element, figure, keyed, textElement, translate } from '../picture/element.ts';
import { cutToWidth, roughWidth } from '../picture/text-width.ts';
import type { SvgElement } from '../picture/svg.ts';
import type { TimeScale } from './axis.ts';
import type { Scene } from './chart.ts';
import { LINE_HEIGHT } from './rows.ts';
import type { TimelineTexts } from './texts.ts';
import type { TimelineStep, TimelineWait } from './view.ts';
import { barText, outcomeText, spokenStep, waitText } from './words.ts';

const BAR_HEIGHT = 17;
const BAR_TOP = (LINE_HEIGHT - BAR_HEIGHT) / 2 - 0.5;
const LEAST_WIDTH = 4;
const TEXT_SIZE = 10.5;
const PAD = 6;
const ICON = 14;

/** Prefix of the id of a bar's element; the step's place among those of its page follows. */
export function barId(stepId: string): string {
    return `step-${stepId.replace(/[^\w-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)}`;
}

/** The bars of the steps of an instance that are seen. */
export function barsOf(scene: Scene, path: string, scale: TimeScale, texts: TimelineTexts): readonly SvgElement[] {
    const steps = scene.stepsOf.get(path) ?? [];
    const waits = scene.waitsOf.get(path) ?? [];
    const endMs = scale.fromMs + scale.widthPx / scale.pxPerMs;
    return steps.flatMap((step, index) => {
        const until = step.endMs ?? scene.nowMs;
        if (until < scale.fromMs - 150 / scale.pxPerMs || step.beginMs > endMs) return [];
        const later = [...steps.slice(index + 1, index + 2), ...waits.filter(({ beginMs }) => beginMs >= until)];
        return [barOf(scene, step, { scale, room: roomAfter(later, until, scale) }, texts)];
    });
}

/** Pixels right of a bar that belong to nothing that comes later on its line. */
function roomAfter(later: readonly { readonly beginMs: number }[], untilMs: number, { pxPerMs }: TimeScale): number {
    const next = later.reduce((first, { beginMs }) => Math.min(first, beginMs), Number.POSITIVE_INFINITY);
    return (next - untilMs) * pxPerMs;
}

interface Place {
    readonly scale: TimeScale;
    /** Pixels right of the bar that belong to nothing else. */
    readonly room: number;
}

/** What a bar shows of how its step ended; the shape tells as much as the colour. */
const ICONS: Readonly<Record<string, string>> = {
    failed: 'M2 2l6 6M8 2l-6 6',
    timedOut: 'M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM5 2.75V5l1.6 1',
    cancelled: 'M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM2.4 7.6l5.2-5.2',
    unknown: 'M3 3.4a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.2M5 8.6h.01',
    open: 'M2 5h.01M5 5h.01M8 5h.01',
};

function barOf(scene: Scene, step: TimelineStep, { scale, room }: Place, texts: TimelineTexts): SvgElement {
    const { id, outcome, beginMs } = step;
    const x = (beginMs - scale.fromMs) * scale.pxPerMs;
    const width = Math.max(LEAST_WIDTH, ((step.endMs ?? scene.nowMs) - beginMs) * scale.pxPerMs);
    const icon = outcome === null ? undefined : ICONS[outcome];
    const isCritical = scene.critical.has(id);
    const under = { class: 'under', y: BAR_HEIGHT, width, height: 2.5, rx: 1 };
    const attributes = {
        class: classesOf(scene, step, isCritical),
        id: barId(id),
        'data-step': id,
        role: 'option',
        'aria-label': spokenStep(step, { nowMs: scene.nowMs, isCritical }, texts),
        'aria-selected': String(scene.selected === id),
        'aria-posinset': scene.placeOf.get(id) ?? 0,
        'aria-setsize': scene.stepById.size,
        transform: translate(x, BAR_TOP),
    };
    return keyed(
        id,
        element('g', attributes, [
            element('rect', { class: 'body', width, height: BAR_HEIGHT, rx: Math.min(4, width / 2) }),
            ...(isCritical && scene.isCriticalShown ? [element('rect', under)] : []),
            ...labelOf(step, { width, room, icon }, texts),
        ]),
    );
}

function classesOf(scene: Scene, { id, phase, outcome }: TimelineStep, isCritical: boolean): string {
    const standing = isCritical ? 'critical' : 'aside';
    const selected = scene.selected === id ? ['selected'] : [];
    return [
        'bar',
        `phase-${phase}`,
        outcome ?? 'running',
        ...(scene.isCriticalShown ? [standing] : []),
        ...selected,
    ].join(' ');
}

interface Room {
    readonly width: number;
    /** Right of the bar. */
    readonly room: number;
    readonly icon: string | undefined;
}

/** Inside the bar when it has room, else beside it when nothing else is there, else not at all. */
function labelOf(step: TimelineStep, { width, room, icon }: Room, texts: TimelineTexts): readonly SvgElement[] {
    const words = wordsOf(step, icon !== undefined, texts);
    const iconWidth = icon === undefined ? 0 : ICON;
    const full = roughWidth(words, TEXT_SIZE) + iconWidth;
    const isBeside = full + PAD * 2 > width && room > full + PAD * 2;
    const left = isBeside ? width + PAD - 1 : PAD;
    const text = isBeside ? words : cutToWidth(words, TEXT_SIZE, width - PAD * 2 - iconWidth);
    const name = isBeside ? 'bar-text beside' : 'bar-text';
    const iconLeft = text === '' ? Math.max(2, width / 2 - 5) : left - 1;
    const isIconSeen = icon !== undefined && (isBeside || width >= ICON + 2);
    return [
        ...(isIconSeen ? [element('path', { class: 'bar-icon', transform: translate(iconLeft, 3.5), d: icon })] : []),
        ...(text === '' ? [] : [textElement('text', { class: name, x: figure(left + iconWidth), y: 12.25 }, text)]),
    ];
}

/** What did not end well says how it ended. */
function wordsOf(step: TimelineStep, isEndTold: boolean, texts: TimelineTexts): string {
    const name = barText(step, texts);
    return isEndTold ? `${name} · ${outcomeText(step.outcome, texts)}` : name;
}

/** The times in which an instance waited, as far as they are seen. */
export function waitsOf(scene: Scene, path: string, scale: TimeScale, texts: TimelineTexts): readonly SvgElement[] {
    const endMs = scale.fromMs + scale.widthPx / scale.pxPerMs;
    return (scene.waitsOf.get(path) ?? []).flatMap((wait, index) => {
        const until = wait.endMs ?? scene.nowMs;
        const isSeen = until >= scale.fromMs && wait.beginMs <= endMs && (until - wait.beginMs) * scale.pxPerMs >= 1;
        return isSeen ? [keyed(`wait ${String(index)}`, waitOf(wait, scene.nowMs, scale, texts))] : [];
    });
}

const WAIT_HEIGHT = 6;

function waitOf(wait: TimelineWait, nowMs: number, { fromMs, pxPerMs }: TimeScale, texts: TimelineTexts): SvgElement {
    const x = (wait.beginMs - fromMs) * pxPerMs;
    const width = ((wait.endMs ?? nowMs) - wait.beginMs) * pxPerMs;
    const top = (LINE_HEIGHT - WAIT_HEIGHT) / 2 - 0.5;
    return element('g', { class: `wait ${wait.kind}`, transform: translate(x, top) }, [
        textElement('title', {}, waitText(wait, nowMs, texts)),
        element('rect', { class: 'wait-body', width, height: WAIT_HEIGHT }),
        element('path', { class: 'wait-line', d: `M0 ${figure(WAIT_HEIGHT / 2)}H${figure(width)}` }),
    ]);
}
