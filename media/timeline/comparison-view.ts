/** Two runs side by side: their heads, and what each step took in one and in the other. */
import { fill } from '../texts.ts';
import { button, html } from '../graph/dom.ts';
import { iconOf } from './head-view.ts';
import type { FromTimeline } from './protocol.ts';
import type { TimelineTexts } from './texts.ts';
import type { ComparedRow, ComparisonView, RunHead } from './view.ts';
import { createVirtualRows } from './virtual-rows.ts';
import { durationText, outcomeText, phaseText } from './words.ts';

const ROW_HEIGHT = 26;
/** Less than this is told as no difference: durations are said in tenths of a second. */
const LEAST_DIFFERENCE_MS = 100;

/** The whole page. */
export function comparisonElement(
    view: ComparisonView,
    texts: TimelineTexts,
    post: (message: FromTimeline) => void,
): HTMLElement {
    const place = html('div', 'comparison');
    const heads = html('div', 'compared-heads');
    const swap = button('⇄', texts['compare.swap'], () => post({ kind: 'swap' }));
    swap.classList.add('swap');
    heads.append(
        headOf(view.left, { letter: 'A', side: 'left' }, texts, post),
        swap,
        headOf(view.right, { letter: 'B', side: 'right' }, texts, post),
    );
    const total = html('p', 'compared-total', totalText(view, texts));
    place.append(html('h1', 'compared-title', texts['compare.title']), heads, total);
    place.append(isWithoutDifference(view) ? html('p', 'notice', texts['compare.none']) : tableOf(view.rows, texts));
    return place;
}

function isWithoutDifference({ rows }: ComparisonView): boolean {
    return rows.every(({ left, right, differenceMs, isOutcomeChanged }) => {
        return left !== null && right !== null && differenceMs === 0 && !isOutcomeChanged;
    });
}

interface Side {
    readonly letter: string;
    readonly side: 'left' | 'right';
}

function headOf(
    head: RunHead,
    { letter, side }: Side,
    texts: TimelineTexts,
    post: (message: FromTimeline) => void,
): HTMLElement {
    const card = html('div', 'compared-head');
    const line = html('div', 'head-line');
    const badge = html('span', `state ${head.state}`);
    badge.append(iconOf(head.state), html('span', '', head.stateWord));
    const took = durationText(head.tookMs ?? head.clock.nowMs, texts);
    line.append(html('span', 'letter', letter), html('h2', '', head.title), badge, html('span', 'took', took));
    const facts = html('div', 'facts');
    for (const fact of [...head.facts, ...head.counts]) facts.append(html('span', 'fact', fact));
    const deeds = html('div', 'deeds');
    deeds.append(
        button(texts['compare.open'], `${letter}: ${texts['compare.open']}`, () => post({ kind: 'openRun', side })),
    );
    card.append(line, facts, deeds);
    return card;
}

function totalText({ left, right }: ComparisonView, texts: TimelineTexts): string {
    if (left.tookMs === null || right.tookMs === null) return '';
    const difference = right.tookMs - left.tookMs;
    if (Math.abs(difference) < LEAST_DIFFERENCE_MS) return texts['compare.totalSame'];
    return fill(texts['compare.total'], differenceText(difference, texts));
}

/** `3.2 s longer`. */
function differenceText(differenceMs: number, texts: TimelineTexts): string {
    if (Math.abs(differenceMs) < LEAST_DIFFERENCE_MS) return texts['compare.same'];
    const duration = durationText(Math.abs(differenceMs), texts);
    return fill(differenceMs > 0 ? texts['compare.longer'] : texts['compare.shorter'], duration);
}

function tableOf(rows: readonly ComparedRow[], texts: TimelineTexts): HTMLElement {
    const greatest = rows.reduce((most, { differenceMs }) => Math.max(most, Math.abs(differenceMs ?? 0)), 1);
    const head = html('div', 'rows-head');
    const line = html('div', 'row row-head');
    line.setAttribute('role', 'row');
    line.setAttribute('aria-rowindex', '1');
    const names = [
        texts['column.instance'],
        texts['column.step'],
        texts['compare.left'],
        texts['compare.right'],
        texts['compare.difference'],
        texts['column.outcome'],
    ];
    for (const name of names) line.append(cell(name, 'columnheader'));
    head.setAttribute('role', 'rowgroup');
    head.append(line);
    const list = createVirtualRows({
        head,
        rowHeight: ROW_HEIGHT,
        rowOf: (index) => {
            const row = rows[index];
            return row === undefined ? html('div', 'row') : rowElement(row, { index, greatest }, texts);
        },
    });
    const { element } = list;
    element.classList.add('compared-table');
    element.setAttribute('role', 'table');
    element.setAttribute('aria-label', texts['compare.title']);
    element.setAttribute('aria-rowcount', String(rows.length + 1));
    element.tabIndex = 0;
    list.show(rows.length);
    return element;
}

interface RowPlace {
    readonly index: number;
    /** The greatest difference of all rows. */
    readonly greatest: number;
}

function rowElement(row: ComparedRow, { index, greatest }: RowPlace, texts: TimelineTexts): HTMLElement {
    const element = html('div', 'row');
    element.setAttribute('role', 'row');
    element.setAttribute('aria-rowindex', String(index + 2));
    const difference = cell('', 'cell', `difference ${toneOf(row)}`);
    difference.append(...barOf(row, greatest), html('span', 'difference-text', rowText(row, texts)));
    const changed = cell('', 'cell');
    if (row.isOutcomeChanged) changed.append(html('span', 'chip changed', texts['compare.changed']));
    element.append(
        cell(row.path, 'cell'),
        cell(phaseText(row.phase, texts), 'cell'),
        sideCell(row.left, texts),
        sideCell(row.right, texts),
        difference,
        changed,
    );
    return element;
}

function toneOf({ left, right, differenceMs }: ComparedRow): string {
    if (left === null) return 'added';
    if (right === null) return 'removed';
    if (differenceMs === null || Math.abs(differenceMs) < LEAST_DIFFERENCE_MS) return 'same';
    return differenceMs > 0 ? 'longer' : 'shorter';
}

function rowText({ left, right, differenceMs }: ComparedRow, texts: TimelineTexts): string {
    if (left === null) return texts['compare.onlyRight'];
    if (right === null) return texts['compare.onlyLeft'];
    return differenceMs === null ? texts['outcome.open'] : differenceText(differenceMs, texts);
}

/** From the middle to the left for what took less, to the right for what took more. */
function barOf({ differenceMs }: ComparedRow, greatest: number): readonly HTMLElement[] {
    const track = html('span', 'difference-track');
    if (differenceMs === null) return [track];
    const bar = html('span', 'difference-bar');
    const share = (Math.abs(differenceMs) / greatest) * 50;
    bar.style.width = `${share.toFixed(1)}%`;
    bar.style.left = `${(differenceMs < 0 ? 50 - share : 50).toFixed(1)}%`;
    track.append(bar);
    return [track];
}

function sideCell(side: ComparedRow['left'], texts: TimelineTexts): HTMLElement {
    const held = cell('', 'cell', 'side');
    if (side === null) {
        held.append(html('span', 'nothing', '–'));
        return held;
    }
    const took = side.tookMs === null ? texts['outcome.open'] : durationText(side.tookMs, texts);
    const words = side.attemptCount > 1 ? fill(texts['compare.attempts'], took, side.attemptCount) : took;
    held.append(html('span', 'figure', words));
    if (side.outcome !== 'succeeded')
        held.append(html('span', `chip ${side.outcome ?? 'running'}`, outcomeText(side.outcome, texts)));
    return held;
}

function cell(text: string, role: 'cell' | 'columnheader', name = ''): HTMLElement {
    const made = html('div', name === '' ? 'cell' : `cell ${name}`, text);
    made.setAttribute('role', role);
    if (text !== '') made.title = text;
    return made;
}
