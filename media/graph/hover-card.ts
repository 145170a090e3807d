/** What there is to say about a node, beside it: its state, what it exports with which values, what it imports from whom. */
import type { DetailedExport, DetailedImport, NodeDetail } from '../../language/index.ts';
import type { PlacedNode } from '../../server/layout.ts';
import type { RunState } from '../protocol.ts';
import { stateText, STATUS_LOOKS } from '../picture/status.ts';
import { fill, type Texts } from '../texts.ts';
import { html, withChildren } from './dom.ts';

export interface HoverCard {
    readonly element: HTMLElement;
    /** Shows the card beside a box of the window. */
    readonly show: (facts: NodeFacts, beside: DOMRect) => void;
    readonly hide: () => void;
}

/** What the card tells of. */
export interface NodeFacts {
    readonly node: PlacedNode;
    readonly detail: NodeDetail | null;
    readonly state: RunState | null;
    /** Errors and warnings in words. */
    readonly findings: readonly string[];
}

const GAP = 10;
const MAX_TEXT = 200;

/** A card, hidden. */
export function createHoverCard(texts: Texts): HoverCard {
    const element = html('div', 'card-of-node');
    element.setAttribute('role', 'tooltip');
    element.hidden = true;
    return {
        element,
        show: (facts, beside) => {
            element.replaceChildren(...contentOf(facts, texts));
            element.hidden = false;
            place(element, beside);
        },
        hide: () => {
            element.hidden = true;
        },
    };
}

/** The same facts in one text, for screen readers. */
export function describeFacts({ detail, state, findings }: NodeFacts, texts: Texts): string {
    const exports = (detail?.exports ?? []).map((variable) => `${variable.name} = ${valueText(variable, texts)}`);
    const imports = (detail?.imports ?? []).map((variable) => `${variable.name}: ${sourceText(variable, texts)}`);
    const lists = [
        ...(exports.length === 0 ? [] : [`${texts['card.exports']}: ${exports.join(', ')}`]),
        ...(imports.length === 0 ? [] : [`${texts['card.imports']}: ${imports.join(', ')}`]),
    ];
    return [...findings, ...(state?.notes ?? []), ...lists].join('. ');
}

function contentOf({ node, detail, state, findings }: NodeFacts, texts: Texts): readonly HTMLElement[] {
    const kind = node.kind === 'outside' ? texts['node.outside'] : node.detail;
    const title = withChildren(
        html('div', 'card-title'),
        html('h2', '', shortened(node.label)),
        html('span', 'muted', shortened(kind)),
    );
    return [
        title,
        ...(detail?.description ? [html('p', 'card-description', shortened(detail.description))] : []),
        ...(state === null ? [] : [stateLine(state, texts)]),
        ...findings.map((finding) => html('p', 'card-finding', finding)),
        ...(detail === null ? [] : variableLists(detail, texts)),
    ];
}

function stateLine(state: RunState, texts: Texts): HTMLElement {
    // The badge may name what is waited for, which the notes tell in full; of a failure it says more than that there is one.
    const named = state.status === 'PROBLEM' ? state : { ...state, text: '' };
    const words = html('p', `card-state ${STATUS_LOOKS[state.status].tone}`, stateText(named, texts));
    const notes = state.notes.map((note) => html('p', 'card-note', shortened(note)));
    return withChildren(html('div', ''), words, ...notes);
}

function variableLists(detail: NodeDetail, texts: Texts): readonly HTMLElement[] {
    const { exports, imports, moreExports, moreImports } = detail;
    if (exports.length === 0 && imports.length === 0) return [html('p', 'muted', texts['card.none'])];
    const exported = exports.map((variable) => [variable.name, valueText(variable, texts)] as const);
    const imported = imports.map((variable) => [variable.name, sourceText(variable, texts)] as const);
    return [
        ...listOf(texts['card.exports'], exported, moreText(moreExports, texts)),
        ...listOf(texts['card.imports'], imported, moreText(moreImports, texts)),
    ];
}

function listOf(title: string, rows: readonly (readonly [string, string])[], more: string): readonly HTMLElement[] {
    if (rows.length === 0) return [];
    const list = html('dl', '');
    for (const [name, said] of rows) list.append(html('dt', '', shortened(name)), html('dd', '', shortened(said)));
    return [html('h2', 'card-heading', title), list, ...(more === '' ? [] : [html('p', 'muted', more)])];
}

function moreText(count: number, texts: Texts): string {
    return count === 0 ? '' : fill(texts['card.more'], count);
}

function valueText({ value, isRandom }: DetailedExport, texts: Texts): string {
    return value ?? texts[isRandom ? 'card.randomPort' : 'card.noValue'];
}

function sourceText({ optional, external, from, moreFrom }: DetailedImport, texts: Texts): string {
    if (external) return optional ? `${texts['card.outside']}, ${texts['card.optional']}` : texts['card.outside'];
    if (from.length === 0) return texts[optional ? 'card.nobodyOptional' : 'card.nobody'];
    const names = from.join(', ');
    const text = moreFrom > 0 ? fill(texts['card.fromMore'], names, moreFrom) : fill(texts['card.from'], names);
    return optional ? `${text}, ${texts['card.optional']}` : text;
}

function shortened(text: string): string {
    return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).toWellFormed()}…`;
}

/** Right of the box, else left of it, else below or above it: wherever the window has the room. */
function place(card: HTMLElement, beside: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = card;
    const [roomX, roomY] = [window.innerWidth - width, window.innerHeight - height];
    const isRight = beside.right + GAP <= roomX;
    const isLeft = beside.left - GAP - width >= 0;
    const isBelow = beside.bottom + GAP <= roomY;
    const sideways = isRight ? beside.right + GAP : beside.left - GAP - width;
    const upright = isBelow ? beside.bottom + GAP : beside.top - GAP - height;
    const [left, top] = isRight || isLeft ? [sideways, beside.top] : [beside.left, upright];
    card.style.left = `${String(Math.round(within(left, roomX)))}px`;
    card.style.top = `${String(Math.round(within(top, roomY)))}px`;
}

function within(start: number, room: number): number {
    return Math.max(GAP / 2, Math.min(start, room - GAP / 2));
}
