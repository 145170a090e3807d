/** One node of the picture: a card, or a box with a title bar around other nodes. */
import type { FindingCount } from '../../server/protocol.ts';
import type { PlacedNode } from '../../server/layout.ts';
import { fill, type Texts } from '../texts.ts';
import { element, keyed, textElement, translate } from './element.ts';
import { ICONS, iconOf } from './icons.ts';
import type { PictureOverlay, RunState } from './overlay.ts';
import { stateBadge, STATUS_LOOKS, stateText } from './status.ts';
import type { SvgElement } from './svg.ts';

/** What the overlay says about one node. */
export interface NodeOverlay {
    readonly findings: FindingCount;
    readonly state: RunState | null;
    readonly isSelected: boolean;
}

const NO_FINDINGS: FindingCount = { errors: 0, warnings: 0 };
/** Full texts in tooltips end here: a name may be a whole file. */
const MAX_TITLE = 300;
const MAX_COUNT = 99;
const TITLE_HEIGHT = 40;
const TITLE_RIGHT = 16;

/** Picks a node's part out of the overlay. `selected` are the overlay's. */
export function overlayOf(id: string, overlay: PictureOverlay, selected: ReadonlySet<string>): NodeOverlay {
    const { findings, states } = overlay;
    return {
        findings: (Object.hasOwn(findings, id) ? findings[id] : undefined) ?? NO_FINDINGS,
        state: (Object.hasOwn(states, id) ? states[id] : undefined) ?? null,
        isSelected: selected.has(id),
    };
}

/** The node as a group; `data-node` carries its id. */
export function nodeElement(node: PlacedNode, overlay: NodeOverlay, texts: Texts): SvgElement {
    const body = node.shape === 'container' ? containerBody(node) : leafBody(node);
    const attributes = {
        class: classOf(node, overlay),
        transform: translate(node.x, node.y),
        'data-node': node.id,
    };
    const title = textElement('title', {}, describeNode(node, overlay, texts));
    return keyed(`node:${node.id}`, element('g', attributes, [title, ...body, ...badges(node, overlay, texts)]));
}

/** The node in words, for tooltips and screen readers. */
function describeNode(node: PlacedNode, { findings, state }: NodeOverlay, texts: Texts): string {
    const { copy } = node;
    const parts = [
        cut(node.label),
        cut(node.kind === 'outside' ? texts['node.outside'] : node.detail),
        copy === null ? '' : fill(texts['node.copy'], copy.index, copy.count),
        ...(state === null ? [] : [stateText(state, texts), ...state.notes.map(cut)]),
        countText(findings.errors, texts['node.oneError'], texts['node.errors']),
        countText(findings.warnings, texts['node.oneWarning'], texts['node.warnings']),
    ];
    return parts.filter((part) => part !== '').join(', ');
}

function classOf(node: PlacedNode, { findings, state, isSelected }: NodeOverlay): string {
    const names = ['node', node.shape, node.kind, `icon-${iconOf(node)}`, parityOf(node)];
    if (state !== null) names.push('has-state', STATUS_LOOKS[state.status].tone);
    if (findings.errors > 0) names.push('has-errors');
    else if (findings.warnings > 0) names.push('has-warnings');
    if (isSelected) names.push('selected');
    return names.join(' ');
}

/** Boxes inside each other are told apart by two grounds that take turns. */
function parityOf({ depth }: PlacedNode): 'even' | 'odd' {
    return depth % 2 === 0 ? 'even' : 'odd';
}

function leafBody(node: PlacedNode): SvgElement[] {
    const { width, height } = node;
    const hasDetail = node.detailCaption.text !== '';
    return [
        element('rect', { class: 'shadow', y: 2, width, height, rx: 10 }),
        element('rect', { class: 'card', width, height, rx: 10 }),
        element('rect', { class: 'tile', x: 12, y: 12, width: 32, height: 32, rx: 8 }),
        element('path', { class: 'icon', transform: translate(18, 18), d: ICONS[iconOf(node)] }),
        textElement('text', { class: 'label', x: 56, y: hasDetail ? 26 : 32.5 }, node.caption.text),
        ...(hasDetail ? [textElement('text', { class: 'detail', x: 56, y: 42 }, node.detailCaption.text)] : []),
    ];
}

function containerBody(node: PlacedNode): SvgElement[] {
    const { width, height } = node;
    return [
        element('rect', { class: 'box', width, height, rx: 12 }),
        element('path', { class: 'divider', d: `M0 ${String(TITLE_HEIGHT)}H${String(width)}` }),
        element('path', { class: 'icon', transform: translate(14, 10), d: ICONS[iconOf(node)] }),
    ];
}

/** The texts of a container's title bar, drawn above the lines that cross it: its name on the left, the rest on the right. Null for a leaf. */
export function titleElement(node: PlacedNode): SvgElement | null {
    if (node.shape === 'leaf') return null;
    const detail = node.detailCaption.text;
    const right = node.width - TITLE_RIGHT;
    return keyed(
        `title:${node.id}`,
        element('g', { class: `title ${parityOf(node)}`, 'data-of': node.id, transform: translate(node.x, node.y) }, [
            textElement('text', { class: 'label', x: 44, y: 25 }, node.caption.text),
            ...(detail === '' ? [] : [textElement('text', { class: 'detail', x: right, y: 25 }, detail)]),
        ]),
    );
}

function badges(node: PlacedNode, { findings, state }: NodeOverlay, texts: Texts): SvgElement[] {
    const found = findingsBadge(findings, node.width - 6);
    return [...(state === null ? [] : [placedState(node, state, texts)]), ...(found === null ? [] : [found])];
}

/** Cards have their state on the lower border, away from the arrows that arrive at the upper one; boxes have it on their own upper border. */
function placedState(node: PlacedNode, state: RunState, texts: Texts): SvgElement {
    if (node.shape === 'leaf') return stateBadge(state, texts, node.width - 10, node.height);
    return stateBadge(state, texts, node.width - 22, 0);
}

/** Errors are a disc, warnings a diamond: the worse of the two is shown. */
function findingsBadge({ errors, warnings }: FindingCount, x: number): SvgElement | null {
    if (errors === 0 && warnings === 0) return null;
    const isError = errors > 0;
    const shape = isError
        ? element('circle', { class: 'mark', r: 9 })
        : element('path', { class: 'mark', d: 'M0 -11L11 0L0 11L-11 0z' });
    const count = isError ? errors : warnings;
    const text = textElement('text', { class: 'mark-text', y: 3.5 }, count > MAX_COUNT ? '99+' : String(count));
    return element('g', { class: isError ? 'findings error' : 'findings warning', transform: translate(x, 0) }, [
        shape,
        text,
    ]);
}

function countText(count: number, one: string, several: string): string {
    if (count === 0) return '';
    return count === 1 ? one : fill(several, count);
}

function cut(text: string): string {
    return text.length <= MAX_TITLE ? text : `${text.slice(0, MAX_TITLE).toWellFormed()}…`;
}
