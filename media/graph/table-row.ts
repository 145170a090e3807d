/** Rows of the table as elements: made once, and changed where what they say has changed. */
import { fill, type Texts } from '../texts.ts';
import { html, iconOf, withChildren } from './dom.ts';
import type { StateCells, TableRow } from './table-rows.ts';
import { TOOL_ICONS } from './tool-icons.ts';

/** Pixels; the style sheet says the same. */
export const ROW_HEIGHT = 26;
/** In the order of the table. */
export const COLUMNS = ['name', 'component', 'host', 'state', 'since', 'imports', 'exports'] as const;
const MAX_DEPTH_SHOWN = 12;

export interface RowFacts {
    /** Place in the table, from 0. */
    readonly index: number;
    readonly cells: StateCells;
    readonly isTabStop: boolean;
    readonly isSelected: boolean;
    readonly isFound: boolean;
    /** What the context menu knows of the node. */
    readonly context: string;
}

/** What each row was drawn from. */
const drawnAs = new WeakMap<HTMLElement, string>();

/** The element of a row: `known`, brought up to date, or another. */
export function drawRow(known: HTMLElement | null, row: TableRow, facts: RowFacts, texts: Texts): HTMLElement {
    const element = known ?? html('div', '');
    for (const [name, value] of Object.entries(attributesOf(row, facts)))
        if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    if (row.isOpen === null) element.removeAttribute('aria-expanded');
    element.style.top = `${String(facts.index * ROW_HEIGHT)}px`;
    const cells = textsOf(row, facts.cells);
    const { tone } = facts.cells;
    const content = JSON.stringify([cells, tone, row.isOpen, row.node.depth, row.node.folded.length]);
    if (drawnAs.get(element) === content) return element;
    drawnAs.set(element, content);
    element.replaceChildren(
        ...COLUMNS.map((column, position) => cellOf({ column, position }, { row, cells, tone }, texts)),
    );
    return element;
}

function attributesOf({ node, standing, isOpen }: TableRow, facts: RowFacts): Readonly<Record<string, string>> {
    return {
        role: 'row',
        'data-row': node.id,
        'data-vscode-context': facts.context,
        'aria-rowindex': String(facts.index + 2),
        'aria-level': String(node.depth + 1),
        'aria-posinset': String(standing.position),
        'aria-setsize': String(standing.count),
        'aria-selected': String(facts.isSelected),
        tabindex: facts.isTabStop ? '0' : '-1',
        class: facts.isFound ? 'table-row found' : 'table-row',
        ...(isOpen === null ? {} : { 'aria-expanded': String(isOpen) }),
    };
}

type Column = (typeof COLUMNS)[number];
type CellTexts = Readonly<Record<Column, string>>;

function textsOf({ node, host, imports, exports }: TableRow, { state, since }: StateCells): CellTexts {
    const component = node.component === node.label ? node.detail : node.component;
    return { name: node.label, component, host, state, since, imports, exports };
}

function cellOf(
    { column, position }: { readonly column: Column; readonly position: number },
    { row, cells, tone }: { readonly row: TableRow; readonly cells: CellTexts; readonly tone: string },
    texts: Texts,
): HTMLElement {
    const cell = column === 'name' ? nameCell(row, texts) : html('div', '', cells[column]);
    cell.classList.add('table-cell', column);
    if (column === 'state' && tone !== '') cell.classList.add('with-tone', tone);
    cell.setAttribute('role', 'gridcell');
    cell.setAttribute('aria-colindex', String(position + 1));
    cell.title = cells[column];
    return cell;
}

function nameCell({ node, isOpen }: TableRow, texts: Texts): HTMLElement {
    const cell = html('div', '');
    cell.style.paddingInlineStart = `${String(6 + 16 * Math.min(node.depth, MAX_DEPTH_SHOWN))}px`;
    const twist = html('span', 'twist');
    if (isOpen !== null) twist.append(iconOf(isOpen ? TOOL_ICONS.down : TOOL_ICONS.right));
    const name = html('span', 'table-name', node.label);
    name.dir = 'auto';
    const inside = node.folded.length === 0 ? '' : fill(texts['table.inside'], node.folded.length);
    return withChildren(cell, twist, name, ...(inside === '' ? [] : [html('span', 'muted', inside)]));
}

/** The headings. */
export function drawHead(texts: Texts): HTMLElement {
    const head = html('div', 'table-head');
    head.setAttribute('role', 'row');
    head.setAttribute('aria-rowindex', '1');
    COLUMNS.forEach((column, index) => {
        const cell = html('div', `table-cell ${column}`, texts[`table.${column}`]);
        cell.setAttribute('role', 'columnheader');
        cell.setAttribute('aria-colindex', String(index + 1));
        head.append(cell);
    });
    const group = withChildren(html('div', 'table-headings'), head);
    group.setAttribute('role', 'rowgroup');
    return group;
}
