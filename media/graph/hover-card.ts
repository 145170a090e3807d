/** What there is to say about a node, beside it: its state, what it exports with which values, what it imports from whom. */
import type { DetailedExport, DetailedImport, NodeDetail } from '../../language/index.ts';
import type { PlacedNode, Rectangle } from '../../server/layout.ts';
import { ageText } from '../picture/age.ts';
import { planWords } from '../picture/marks.ts';
import type { ChangesView, PlanMark, RunState } from '../protocol.ts';
import { stateText, STATUS_LOOKS } from '../picture/status.ts';
import { fill, type Texts } from '../texts.ts';
import { html, withChildren } from './dom.ts';

export interface HoverCard {
    readonly element: HTMLElement;
    /** Shows the card beside a box of the window. */
    readonly show: (facts: NodeFacts, beside: Rectangle) => void;
    readonly isShown: () => boolean;
    readonly hide: () => void;
}

/** What the card tells of. */
export interface NodeFacts {
    readonly node: PlacedNode;
    readonly detail: NodeDetail | null;
    readonly state: RunState | null;
    /** Errors and warnings in words. */
    readonly findings: readonly string[];
    /** What a plan does to it, and how it differs from another model. */
    readonly plan: PlanMark | null;
    readonly change: ChangesView['nodes'][string] | null;
    /** The clock of its state, in milliseconds. */
    readonly now: () => number;
}

const GAP = 10;
const MAX_TEXT = 200;

const TICK_MS = 1000;

/** A card, hidden. While it is shown, the age of a state goes on. */
export function createHoverCard(texts: Texts): HoverCard {
    const element = html('div', 'card-of-node');
    element.setAttribute('role', 'tooltip');
    element.hidden = true;
    let timer = 0;
    return {
        element,
        show: (facts, beside) => {
            const { content, tick } = contentOf(facts, texts);
            element.replaceChildren(...content);
            element.hidden = false;
            place(element, beside);
            window.clearInterval(timer);
            timer = window.setInterval(tick, TICK_MS);
        },
        isShown: () => !element.hidden,
        hide: () => {
            window.clearInterval(timer);
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

interface Content {
    readonly content: readonly HTMLElement[];
    /** Writes anew what changes with the clock. */
    readonly tick: () => void;
}

function contentOf(facts: NodeFacts, texts: Texts): Content {
    const { node, detail, state, findings, plan, change } = facts;
    const kind = node.kind === 'outside' ? texts['node.outside'] : node.detail;
    const title = withChildren(
        html('div', 'card-title'),
        html('h2', '', shortened(node.label)),
        html('span', 'muted', shortened(kind)),
    );
    const { lines, tick } = state === null ? NO_STATE : stateLines(state, facts, texts);
    const content = [
        title,
        ...(detail?.description ? [html('p', 'card-description', shortened(detail.description))] : []),
        ...lines,
        ...(plan === null ? [] : marked('card-plan', planWords(plan, texts).join(', '), plan.notes)),
        ...(change === null ? [] : marked('card-change', texts[`change.${change.change}`], change.notes)),
        ...findings.map((finding) => html('p', 'card-finding', finding)),
        ...(node.isPinned ? [html('p', 'muted', texts['node.pinned'])] : []),
        ...(detail === null ? [] : variableLists(detail, texts)),
    ];
    return { content, tick };
}

const NO_STATE = { lines: [], tick: () => {} } as const;

function marked(name: string, words: string, notes: readonly string[]): readonly HTMLElement[] {
    return [html('p', name, words), ...notes.map((note) => html('p', 'card-note', shortened(note)))];
}

function stateLines(state: RunState, { now }: NodeFacts, texts: Texts) {
    const words = html('p', `card-state ${STATUS_LOOKS[state.status].tone}`);
    const tick = (): void => {
        words.textContent = stateWords(state, now(), texts);
    };
    tick();
    const { wanted, cause, notes, isStale } = state;
    const lines = [
        words,
        ...(isStale ? [html('p', 'card-stale', texts['node.stale'])] : []),
        ...(wanted === '' ? [] : [html('p', 'card-note', fill(texts['node.wanted'], shortened(wanted)))]),
        ...(cause === '' || notes.includes(cause) ? [] : [html('p', 'card-cause', shortened(cause))]),
        ...notes.map((note) => html('p', note === cause ? 'card-cause' : 'card-note', shortened(note))),
    ];
    return { lines, tick };
}

/** The state, and for how long: `starting, for 12 s`. */
function stateWords(state: RunState, now: number, texts: Texts): string {
    // The badge may name what is waited for, which the notes tell in full; of a failure it says more than that there is one.
    const words = stateText(state.status === 'PROBLEM' ? state : { ...state, text: '' }, texts);
    return state.since === null ? words : fill(texts['card.since'], words, ageText(state.since, now, texts));
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
function place(card: HTMLElement, beside: Rectangle): void {
    const { offsetWidth: width, offsetHeight: height } = card;
    const [right, bottom] = [beside.x + beside.width, beside.y + beside.height];
    const [roomX, roomY] = [window.innerWidth - width, window.innerHeight - height];
    const isRight = right + GAP <= roomX;
    const isLeft = beside.x - GAP - width >= 0;
    const isBelow = bottom + GAP <= roomY;
    const sideways = isRight ? right + GAP : beside.x - GAP - width;
    const upright = isBelow ? bottom + GAP : beside.y - GAP - height;
    const [left, top] = isRight || isLeft ? [sideways, beside.y] : [beside.x, upright];
    card.style.left = `${String(Math.round(within(left, roomX)))}px`;
    card.style.top = `${String(Math.round(within(top, roomY)))}px`;
}

function within(start: number, room: number): number {
    return Math.max(GAP / 2, Math.min(start, room - GAP / 2));
}
