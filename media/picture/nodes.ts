/** One node of the picture: a card, a pile of cards where a container is folded, or a box with a title bar around other nodes. */
import type { PlacedNode } from '../../server/layout.ts';
import type { FindingCount } from '../../server/protocol.ts';
import type { Texts } from '../texts.ts';
import { element, figure, keyed, textElement, translate } from './element.ts';
import { hatching } from './hatching.ts';
import { ICONS, iconOf } from './icons.ts';
import { insideRow } from './inside.ts';
import { labelsOf } from './node-labels.ts';
import { toneOf, type NodeOverlay } from './node-overlay.ts';
import { describeNode } from './node-words.ts';
import { STATUS_LOOKS } from './status.ts';
import type { SvgElement } from './svg.ts';
import { cutToWidth } from './text-width.ts';

const MAX_COUNT = 99;
const RADIUS = { leaf: 10, container: 12 } as const;
const TITLE_HEIGHT = 40;
const TITLE_RIGHT = 16;
const TEXT_LEFT = { leaf: 56, container: 44 } as const;
const DETAIL_SIZE = 11;

/** The node as a group; `data-node` carries its id. */
export function nodeElement(node: PlacedNode, overlay: NodeOverlay, texts: Texts): SvgElement {
    const body = node.shape === 'container' ? containerBody(node, overlay) : leafBody(node, overlay, texts);
    const attributes = {
        class: classOf(node, overlay),
        transform: translate(node.x, node.y),
        'data-node': node.id,
    };
    const title = textElement('title', {}, describeNode(node, overlay, texts));
    const children = [
        title,
        ...ringOf(node, overlay),
        ...body,
        ...flowOf(node, overlay),
        ...(node.isPinned ? [pinElement(6, 0)] : []),
        ...findingsBadge(overlay.findings, node.width - 6),
        ...(node.shape === 'leaf' ? labelsOf(node, overlay, texts) : []),
    ];
    return keyed(`node:${node.id}`, element('g', attributes, children));
}

/** The class names of a node: what it is, how it is, and what is shown of it. */
function classOf(node: PlacedNode, overlay: NodeOverlay): string {
    const { findings, state, plan, change } = overlay;
    const names = ['node', node.shape, node.kind, `icon-${iconOf(node)}`, parityOf(node)];
    if (node.folded.length > 0) names.push('folded');
    if (state !== null) names.push('has-state', STATUS_LOOKS[state.status].tone, ...motionOf(state));
    if (findings.errors > 0) names.push('has-errors');
    else if (findings.warnings > 0) names.push('has-warnings');
    if (plan !== null) names.push('planned', ...(plan.isCritical ? ['critical'] : []));
    if (change !== null) names.push(change.change);
    const tone = toneOf(overlay);
    if (tone !== null) names.push(`says-${tone}`);
    if (overlay.isAside) names.push('aside');
    if (overlay.isFound) names.push('found');
    if (overlay.isSelected) names.push('selected');
    return names.join(' ');
}

function motionOf({ isMoving, isStale }: NonNullable<NodeOverlay['state']>): readonly string[] {
    return isStale ? ['stale'] : isMoving ? ['moving'] : [];
}

/** Boxes inside each other are told apart by two grounds that take turns. */
function parityOf({ depth }: PlacedNode): 'even' | 'odd' {
    return depth % 2 === 0 ? 'even' : 'odd';
}

function leafBody(node: PlacedNode, overlay: NodeOverlay, texts: Texts): SvgElement[] {
    const { width, height } = node;
    const detail = detailText(node, overlay, width - TEXT_LEFT.leaf - 10);
    return [
        ...pileOf(node),
        element('rect', { class: 'shadow', y: 2, width, height, rx: RADIUS.leaf }),
        element('rect', { class: 'card', width, height, rx: RADIUS.leaf }),
        ...(overlay.state?.isStale === true ? [hatching(width, height)] : []),
        element('rect', { class: 'tile', x: 12, y: 12, width: 32, height: 32, rx: 8 }),
        element('path', { class: 'icon', transform: translate(18, 18), d: ICONS[iconOf(node)] }),
        textElement('text', { class: 'label', x: TEXT_LEFT.leaf, y: detail === null ? 32.5 : 26 }, node.caption.text),
        ...(detail === null
            ? []
            : [textElement('text', { class: detail.kind, x: TEXT_LEFT.leaf, y: 42 }, detail.text)]),
        ...(node.folded.length === 0 ? [] : [insideRow(node, overlay, texts)]),
    ];
}

/** The borders of two more cards under a folded one. */
function pileOf({ folded, width, height }: PlacedNode): readonly SvgElement[] {
    if (folded.length === 0) return [];
    return [10, 5].map((inset) =>
        element('rect', {
            class: 'pile',
            x: inset,
            y: inset * 0.9,
            width: width - 2 * inset,
            height,
            rx: RADIUS.leaf,
        }),
    );
}

/** A folded node in small, 44 by 16 pixels. */
export function pileSample(): SvgElement {
    const cards = [5, 2.5].map((inset) =>
        element('rect', { class: 'pile', x: 8 + inset, y: inset, width: 28 - 2 * inset, height: 10, rx: 3 }),
    );
    const card = element('rect', { class: 'card', x: 8, y: 0.5, width: 28, height: 10, rx: 3 });
    return element('g', { class: 'node folded' }, [...cards, card]);
}

function containerBody(node: PlacedNode, overlay: NodeOverlay): SvgElement[] {
    const { width, height } = node;
    const right = figure(width);
    return [
        element('rect', { class: 'box', width, height, rx: RADIUS.container }),
        ...(overlay.state?.isStale === true ? [hatching(width, TITLE_HEIGHT)] : []),
        element('path', { class: 'divider', d: `M0 ${String(TITLE_HEIGHT)}H${right}` }),
        element('rect', { class: 'tile', x: 12, y: 10, width: 22, height: 22, rx: 6 }),
        element('path', { class: 'icon', transform: `${translate(14.5, 12.5)} scale(.85)`, d: ICONS[iconOf(node)] }),
    ];
}

/**
 * What of a container is drawn above the lines that cross it: in its title bar its name on the left and the rest on the right, on its border its
 * labels. Null for a leaf.
 */
export function titleElement(node: PlacedNode, overlay: NodeOverlay, texts: Texts): SvgElement | null {
    if (node.shape === 'leaf') return null;
    const right = node.width - TITLE_RIGHT;
    const detail = detailText(node, overlay, right - TEXT_LEFT.container - node.caption.width - TITLE_RIGHT);
    const aside = overlay.isAside ? ' aside' : '';
    const removed = overlay.change?.change === 'removed' ? ' removed' : '';
    const stale = overlay.state?.isStale === true ? ' stale' : '';
    const attributes = {
        class: `title ${parityOf(node)}${aside}${removed}${stale}`,
        'data-of': node.id,
        transform: translate(node.x, node.y),
    };
    return keyed(
        `title:${node.id}`,
        element('g', attributes, [
            textElement('text', { class: 'label', x: TEXT_LEFT.container, y: 25 }, node.caption.text),
            ...(detail === null ? [] : [textElement('text', { class: detail.kind, x: right, y: 25 }, detail.text)]),
            ...labelsOf(node, overlay, texts),
        ]),
    );
}

interface DetailText {
    readonly kind: string;
    readonly text: string;
}

/** What failed says why, in at most `room` pixels; else what the layout made of the second line. Null when there is nothing to say. */
function detailText(node: PlacedNode, { state }: NodeOverlay, room: number): DetailText | null {
    const cause = cutToWidth(state?.cause ?? '', DETAIL_SIZE, room);
    if (cause !== '') return { kind: 'detail cause', text: cause };
    const { text } = node.detailCaption;
    return text === '' ? null : { kind: 'detail', text };
}

/** Around what a search found. */
function ringOf(node: PlacedNode, { isFound }: NodeOverlay): readonly SvgElement[] {
    return isFound ? [outline('ring', node, 4)] : [];
}

/** The border again where a step is under way: light that runs along it, or dashes where nothing may move. */
function flowOf(node: PlacedNode, { state }: NodeOverlay): readonly SvgElement[] {
    return state?.isMoving === true && !state.isStale ? [outline('flow', node, 0)] : [];
}

/** `pathLength` makes dashes shares of the whole border. */
function outline(name: string, { shape, width, height }: PlacedNode, distance: number): SvgElement {
    return element('rect', {
        class: name,
        x: -distance,
        y: -distance,
        width: width + 2 * distance,
        height: height + 2 * distance,
        rx: RADIUS[shape] + distance,
        pathLength: 100,
    });
}

/** Says that a person put the node where it is. */
export function pinElement(x: number, y: number): SvgElement {
    return element('g', { class: 'pin', transform: translate(x, y) }, [
        element('circle', { class: 'pin-ground', r: 8 }),
        element('path', { class: 'pin-icon', d: 'M-1.75 -4h3.5l-.4 3.2l1.9 1.8h-6.5l1.9 -1.8zM0 1v3.5' }),
    ]);
}

/** Errors are a disc, warnings a diamond: the worse of the two is shown. */
function findingsBadge({ errors, warnings }: FindingCount, x: number): readonly SvgElement[] {
    if (errors === 0 && warnings === 0) return [];
    const isError = errors > 0;
    const shape = isError
        ? element('circle', { class: 'mark', r: 9 })
        : element('path', { class: 'mark', d: 'M0 -11L11 0L0 11L-11 0z' });
    const count = isError ? errors : warnings;
    const text = textElement('text', { class: 'mark-text', y: 3.5 }, count > MAX_COUNT ? '99+' : String(count));
    const attributes = { class: isError ? 'findings error' : 'findings warning', transform: translate(x, 0) };
    return [element('g', attributes, [shape, text])];
}
