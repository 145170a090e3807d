/**
 * The lines between nodes. Each kind is told by its stroke and by the shape at its ends:
 * mandatory import = solid with a filled arrow; optional = dashed with an open arrow; external = dash and dot with a ring;
 * extends = hollow triangle; facet = dotted with a hollow square; child = a filled diamond at the parent.
 * Heads are paths of their own rather than markers, which cannot take the colour of their line everywhere. A line that stands for several
 * relations is thicker and says how many; one that was added has a plus in a ring on it, one that was removed is dashed with a cross.
 */
import type { PlacedNode, Point, RoutedEdge } from '../../server/layout.ts';
import { fill, type Texts } from '../texts.ts';
import type { EdgeMarks } from './edge-marks.ts';
import { element, figure, keyed, textElement, translate } from './element.ts';
import { middleOf } from './polyline.ts';
import type { SvgElement } from './svg.ts';

/** Looks of edges, as the legend lists them. */
export type EdgeLook = 'mandatory' | 'optional' | 'external' | 'external-optional' | 'extends' | 'facet' | 'child';

const CORNER = 8;
const MAX_TITLE_VARIABLES = 24;
const MAX_VARIABLE = 120;

/** Which look an edge has. */
export function lookOf({ kind, optional, external }: Pick<RoutedEdge, 'kind' | 'optional' | 'external'>): EdgeLook {
    if (kind !== 'import') return kind;
    if (external) return optional ? 'external-optional' : 'external';
    return optional ? 'optional' : 'mandatory';
}

/** What edges are drawn with. */
export interface EdgeContext {
    /** Finds the nodes at their ends. */
    readonly nodes: ReadonlyMap<string, PlacedNode>;
    readonly texts: Texts;
}

/** Line, head, tooltip and signs of an edge. */
export function edgeElement(edge: RoutedEdge, context: EdgeContext, marks: EdgeMarks): SvgElement {
    const look = lookOf(edge);
    const attributes = { class: classOf(edge, marks), 'data-edge': edge.id };
    const path = roundedPath(shortened(edge.points, look));
    return keyed(
        `edge:${edge.id}`,
        element('g', attributes, [
            textElement('title', {}, describeEdge(edge, context)),
            element('path', { class: 'reach', d: path }),
            element('path', { class: 'line', d: path }),
            headOf(edge.points, look),
            ...signsOf(edge, marks),
        ]),
    );
}

/** The path of an edge's line, as `edgeElement` draws it. */
export function edgePath(edge: RoutedEdge): string {
    return roundedPath(shortened(edge.points, lookOf(edge)));
}

function classOf(edge: RoutedEdge, { isRelated, isUnmet, plan, change }: EdgeMarks): string {
    const names = ['edge', lookOf(edge)];
    if (edge.count > 1) names.push('several');
    if (plan !== null && plan !== 'part') names.push(plan);
    if (change !== null) names.push(change);
    if (isRelated) names.push('related');
    else if (isUnmet) names.push('unmet');
    return names.join(' ');
}

/** What is drawn on the middle of a line: what became of it, else how many it stands for. */
function signsOf(edge: RoutedEdge, { change }: EdgeMarks): readonly SvgElement[] {
    if (change === null && edge.count <= 1) return [];
    const { x, y } = signPlace(edge);
    const attributes = { transform: translate(x, y) };
    return [element('g', attributes, change === null ? countSign(edge.count) : CHANGE_SIGNS[change])];
}

/** Beside the label, where there is one. */
function signPlace({ points, label }: RoutedEdge): Point {
    return label === null ? middleOf(points) : { x: label.x - SIGN_GAP, y: label.y + label.height / 2 };
}

const SIGN_GAP = 11;

const CHANGE_SIGNS: Readonly<Record<NonNullable<EdgeMarks['change']>, readonly SvgElement[]>> = {
    added: [
        element('circle', { class: 'sign-ground', r: 7 }),
        element('path', { class: 'sign', d: 'M-3.5 0h7M0 -3.5v7' }),
    ],
    removed: [
        element('circle', { class: 'sign-ground', r: 7 }),
        element('path', { class: 'sign', d: 'M-2.5 -2.5l5 5M2.5 -2.5l-5 5' }),
    ],
};

const MAX_COUNT = 999;

function countSign(count: number): readonly SvgElement[] {
    const text = count > MAX_COUNT ? `${String(MAX_COUNT)}+` : String(count);
    const width = 10 + 6.5 * text.length;
    return [
        element('rect', { class: 'count-ground', x: -width / 2, y: -8, width, height: 16, rx: 8 }),
        textElement('text', { class: 'count', y: 3.5 }, text),
    ];
}

/** The text on an edge; null when it has none. Drawn above all lines. */
export function edgeLabelElement(edge: RoutedEdge, isRelated: boolean): SvgElement | null {
    if (edge.label === null) return null;
    const { x, y, width, height, text } = edge.label;
    const attributes = { class: `edge-label ${lookOf(edge)}${isRelated ? ' related' : ''}` };
    return keyed(
        `label:${edge.id}`,
        element('g', attributes, [
            element('rect', { class: 'halo', x, y, width, height, rx: 4 }),
            textElement('text', { x: x + width / 2, y: y + height / 2 + 3.75 }, text),
        ]),
    );
}

/** A sample line of the legend, 44 by 16 pixels. */
export function edgeSample(look: EdgeLook): SvgElement {
    const points = [
        { x: 2, y: 8 },
        { x: 42, y: 8 },
    ];
    return element('g', { class: `edge ${look}` }, [
        element('path', { class: 'line', d: roundedPath(shortened(points, look)) }),
        headOf(points, look),
    ]);
}

function describeEdge(edge: RoutedEdge, { nodes, texts }: EdgeContext): string {
    const name = (id: string): string => nodes.get(id)?.caption.text ?? '';
    const listed = edge.variables.slice(0, MAX_TITLE_VARIABLES).map((variable) => variable.slice(0, MAX_VARIABLE));
    const more = edge.variables.length > listed.length ? ['…'] : [];
    const first = fill(texts[`edge.${lookOf(edge)}`], name(edge.source), name(edge.target));
    return [first, ...listed, ...more].join('\n').toWellFormed();
}

/** Lines with right angles, corners rounded as far as their sides allow. */
function roundedPath(points: readonly Point[]): string {
    const commands = points.map((point, index) => {
        const [before, after] = [points[index - 1], points[index + 1]];
        if (before === undefined) return `M${pair(point)}`;
        if (after === undefined) return `L${pair(point)}`;
        const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2);
        return `L${pair(towards(point, before, radius))}Q${pair(point)} ${pair(towards(point, after, radius))}`;
    });
    return commands.join('');
}

/** How much of the line the shape at the target covers. */
const HEAD_LENGTH: Readonly<Record<EdgeLook, number>> = {
    mandatory: 8,
    optional: 1.5,
    external: 8,
    'external-optional': 8,
    extends: 11,
    facet: 8,
    child: 1.5,
};
const DIAMOND_LENGTH = 14;

function shortened(points: readonly Point[], look: EdgeLook): readonly Point[] {
    const [end, beforeEnd, start, afterStart] = [points.at(-1), points.at(-2), points[0], points[1]];
    if (end === undefined || beforeEnd === undefined || start === undefined || afterStart === undefined) return points;
    const from = look === 'child' ? towards(start, afterStart, DIAMOND_LENGTH) : start;
    const inner = points.slice(1, -1);
    return [from, ...inner, towards(end, beforeEnd, HEAD_LENGTH[look])];
}

function headOf(points: readonly Point[], look: EdgeLook): SvgElement {
    const atStart = look === 'child';
    const tip = (atStart ? points[0] : points.at(-1)) ?? { x: 0, y: 0 };
    const from = (atStart ? points[1] : points.at(-2)) ?? tip;
    const degrees = (Math.atan2(tip.y - from.y, tip.x - from.x) * 180) / Math.PI;
    const transform = `translate(${pair(tip)}) rotate(${figure(degrees)})`;
    return element('path', { class: `head ${headFill(look)}`, transform, d: HEADS[look] });
}

/** Paths that end at the origin, pointing right. */
const HEADS: Readonly<Record<EdgeLook, string>> = {
    mandatory: 'M0 0L-9 -4.5L-9 4.5z',
    optional: 'M-8 -4.75L-1 0L-8 4.75',
    external: 'M-8.5 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0zM-5.25 0a.75 .75 0 1 0 1.5 0a.75 .75 0 1 0 -1.5 0z',
    'external-optional': 'M-8.5 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
    extends: 'M-.75 0L-11 -5.5L-11 5.5z',
    facet: 'M-8 -3.75h7.5v7.5h-7.5z',
    child: 'M0 0L-7 -4.25L-14 0L-7 4.25z',
};

function headFill(look: EdgeLook): 'filled' | 'hollow' | 'open' {
    switch (look) {
        case 'mandatory':
        case 'child':
            return 'filled';
        case 'optional':
            return 'open';
        case 'external':
        case 'external-optional':
        case 'extends':
        case 'facet':
            return 'hollow';
        default:
            return look satisfies never;
    }
}

function towards(from: Point, to: Point, length: number): Point {
    const whole = distance(from, to);
    if (whole === 0) return from;
    const share = Math.min(1, length / whole);
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function distance(one: Point, other: Point): number {
    return Math.hypot(one.x - other.x, one.y - other.y);
}

function pair({ x, y }: Point): string {
    return `${figure(x)} ${figure(y)}`;
}
