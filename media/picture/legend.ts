/** The legend of a picture: a sample and a word for each look that it has, of its lines, of states, of what is shown over it. */
import type { LaidOutGraph, RoutedEdge } from '../../server/layout.ts';
import type { Texts } from '../texts.ts';
import { edgeSample, lookOf, type EdgeLook } from './edges.ts';
import { element, textElement, translate } from './element.ts';
import { ACTION_LOOKS, CHANGE_LOOKS, NODE_CHANGES, PLAN_ACTIONS } from './marks.ts';
import { pinElement, pileSample } from './nodes.ts';
import type { PictureOverlay, RunState } from './overlay.ts';
import { pillElement, pillWidth, type Pill, type PillLook } from './pill.ts';
import { STATUS_LOOKS, UNSURE_ICON } from './status.ts';
import type { SvgElement } from './svg.ts';
import { roughWidth } from './text-width.ts';

/** Looks in the order legends list them. */
const LOOKS: readonly EdgeLook[] = [
    'mandatory',
    'optional',
    'external',
    'external-optional',
    'extends',
    'facet',
    'child',
];

/** The looks that edges have, each once. */
export function looksOf(edges: readonly RoutedEdge[]): readonly EdgeLook[] {
    const present = new Set(edges.map(lookOf));
    return LOOKS.filter((look) => present.has(look));
}

export interface LegendEntry {
    /** 44 by 16 pixels, drawn from its corner. */
    readonly sample: SvgElement;
    readonly text: string;
}

/** What there is to explain of a picture, each look that it has once. */
export function legendEntriesOf(graph: LaidOutGraph, overlay: PictureOverlay, texts: Texts): readonly LegendEntry[] {
    return [
        ...looksOf(graph.edges).map((look) => ({ sample: edgeSample(look), text: texts[`legend.${look}`] })),
        ...stateEntries(graph, overlay, texts),
        ...planEntries(overlay, texts),
        ...changeEntries(overlay, texts),
        ...(graph.nodes.some(({ folded }) => folded.length > 0)
            ? [{ sample: pileSample(), text: texts['legend.folded'] }]
            : []),
        ...(graph.nodes.some(({ isPinned }) => isPinned)
            ? [{ sample: pinElement(MIDDLE.x, MIDDLE.y), text: texts['legend.pinned'] }]
            : []),
    ];
}

const MIDDLE = { x: 22, y: 8 } as const;

function stateEntries({ nodes }: LaidOutGraph, { states }: PictureOverlay, texts: Texts): readonly LegendEntry[] {
    const shown = nodes.flatMap(({ id, folded }) => [id, ...folded]).flatMap((id) => stateAt(states, id));
    const present = new Set(shown.map(({ status }) => status));
    // The keys of the table are the statuses.
    const statuses = (Object.keys(STATUS_LOOKS) as (keyof typeof STATUS_LOOKS)[]).filter((status) =>
        present.has(status),
    );
    const isStale = shown.some((state) => state.isStale);
    return [
        ...statuses.map((status) => pillEntry('state', STATUS_LOOKS[status], texts[`status.${status}`])),
        ...(isStale ? [pillEntry('state', STALE_LOOK, texts['legend.stale'])] : []),
    ];
}

const STALE_LOOK: PillLook = { tone: 'idle', icon: UNSURE_ICON, isOutline: true };

function stateAt(states: PictureOverlay['states'], id: string): readonly RunState[] {
    const state = Object.hasOwn(states, id) ? states[id] : undefined;
    return state === undefined ? [] : [state];
}

function planEntries({ plan }: PictureOverlay, texts: Texts): readonly LegendEntry[] {
    const marks = Object.values(plan?.marks ?? {});
    if (marks.length === 0) return [];
    const present = new Set(marks.map(({ action }) => action));
    const actions = PLAN_ACTIONS.filter((action) => present.has(action));
    return [
        ...actions.map((action) => pillEntry('plan-mark', ACTION_LOOKS[action], texts[`plan.${action}`])),
        { sample: waveSample(), text: texts['legend.wave'] },
        ...(marks.some(({ isCritical }) => isCritical)
            ? [{ sample: criticalSample(), text: texts['legend.critical'] }]
            : []),
    ];
}

function changeEntries({ changes }: PictureOverlay, texts: Texts): readonly LegendEntry[] {
    const present = new Set([
        ...Object.values(changes?.nodes ?? {}).map(({ change }) => change),
        ...Object.values(changes?.edges ?? {}),
    ]);
    return NODE_CHANGES.filter((change) => present.has(change)).map((change) =>
        pillEntry('change-mark', CHANGE_LOOKS[change], texts[`change.${change}`]),
    );
}

function pillEntry(kind: string, look: PillLook, text: string): LegendEntry {
    return { sample: centred({ kind, look, words: '', number: '', since: null }), text };
}

/** A label is a little higher than a sample. */
const SHRUNK = 0.85;

function centred(pill: Pill): SvgElement {
    const place = `${translate(MIDDLE.x, MIDDLE.y)} scale(${String(SHRUNK)})`;
    return element('g', { transform: place }, [pillElement(pill, -pillWidth(pill) / 2, 0)]);
}

function waveSample(): SvgElement {
    return element('g', { class: 'pill idle', transform: translate(MIDDLE.x, MIDDLE.y) }, [
        element('circle', { class: 'number-ground', r: 7 }),
        textElement('text', { class: 'number', y: 3.5 }, '2'),
    ]);
}

function criticalSample(): SvgElement {
    return element('g', { class: 'node critical' }, [
        element('rect', { class: 'card', x: 8, y: 2, width: 28, height: 12, rx: 4 }),
    ]);
}

export interface Legend {
    /** Drawn from the legend's upper left corner. Empty when there is nothing to explain. */
    readonly rows: readonly SvgElement[];
    readonly width: number;
    readonly height: number;
}

const SIDE = 32;
const SAMPLE_WIDTH = 44;
const TEXT_GAP = 10;
const ENTRY_GAP = 28;
const ROW_HEIGHT = 24;
const TEXT_SIZE = 11;

/** Entries side by side, broken into rows of at most `room` pixels. */
export function legendOf(entries: readonly LegendEntry[], room: number): Legend {
    const rows: SvgElement[] = [];
    let [x, y, width] = [SIDE, 0, 0];
    for (const entry of entries) {
        const length = SAMPLE_WIDTH + TEXT_GAP + Math.ceil(roughWidth(entry.text, TEXT_SIZE));
        if (x > SIDE && x + length > room - SIDE) [x, y] = [SIDE, y + ROW_HEIGHT];
        rows.push(entryElement(entry, x, y));
        width = Math.max(width, x + length + SIDE);
        x += length + ENTRY_GAP;
    }
    return { rows, width, height: rows.length === 0 ? 0 : y + ROW_HEIGHT + SIDE / 2 };
}

function entryElement({ sample, text }: LegendEntry, x: number, y: number): SvgElement {
    return element('g', { class: 'legend-entry', transform: translate(x, y) }, [
        sample,
        textElement('text', { x: SAMPLE_WIDTH + TEXT_GAP, y: 12 }, text),
    ]);
}
