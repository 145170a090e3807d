/** The same data as a table whose rows open and close like a tree. Only the rows in sight are in the document. */
import type { PlacedNode } from '../../server/layout.ts';
import { EMPTY_OVERLAY } from '../picture/overlay.ts';
import type { Texts } from '../texts.ts';
import { html, withChildren } from './dom.ts';
import { at, type PageView } from './page-view.ts';
import { COLUMNS, drawHead, drawRow, ROW_HEIGHT } from './table-row.ts';
import { rowsOf, stateCells, type TableRow } from './table-rows.ts';
import type { Part } from './toolbar.ts';

export interface TableActions {
    /** A moment of the clock of the states. */
    readonly now: () => number;
    /** Selects a node without showing its source. */
    readonly select: (node: string) => void;
    readonly reveal: (node: string, preserveFocus: boolean) => void;
    readonly fold: (node: PlacedNode) => void;
    readonly contextOf: (node: PlacedNode) => string;
}

export interface Table extends Part {
    /** The row that is selected takes the focus. */
    readonly focus: () => void;
}

/** Rows beyond the edges of the window, so that scrolling shows no gap. */
const MARGIN_ROWS = 12;
const TICK_MS = 1_000;

/** The table, empty. */
export function createTable(texts: Texts, actions: TableActions): Table {
    const session = new TableSession(texts, actions);
    return { element: session.element, show: (view) => session.show(view), focus: () => session.focus() };
}

class TableSession {
    readonly element = html('div', 'table');
    readonly #body = html('div', 'table-body');
    readonly #texts: Texts;
    readonly #actions: TableActions;
    #view: PageView | null = null;
    #rows: readonly TableRow[] = [];
    #indexOf: ReadonlyMap<string, number> = new Map();
    #current: string | null = null;
    #timer = 0;

    constructor(texts: Texts, actions: TableActions) {
        this.#texts = texts;
        this.#actions = actions;
        this.element.setAttribute('role', 'treegrid');
        this.element.setAttribute('aria-label', texts['table.label']);
        this.element.setAttribute('aria-multiselectable', 'true');
        this.element.setAttribute('aria-colcount', String(COLUMNS.length));
        this.#body.setAttribute('role', 'rowgroup');
        withChildren(this.element, drawHead(texts), this.#body);
        this.element.addEventListener('scroll', () => this.#draw(), { passive: true });
        this.element.addEventListener('keydown', (event) => {
            if (!this.#onKey(event)) return;
            event.preventDefault();
            event.stopPropagation();
        });
        this.#body.addEventListener('click', (event) => this.#onClick(event));
        this.#body.addEventListener('dblclick', ({ target }) => {
            const row = this.#rowUnder(target);
            if (row !== null) actions.reveal(row.node.id, false);
        });
        new ResizeObserver(() => this.#draw()).observe(this.element);
    }

    show(view: PageView): void {
        const isSame = this.#view?.model === view.model;
        this.#view = view;
        this.element.hidden = !view.isTableShown || view.model === null || view.model.graph.nodes.length === 0;
        window.clearTimeout(this.#timer);
        if (this.element.hidden) {
            this.#body.replaceChildren();
            this.#rows = [];
            this.#view = null;
            return;
        }
        if (!isSame && view.model !== null) {
            this.#rows = rowsOf(view.model);
            this.#indexOf = new Map(this.#rows.map(({ node }, index) => [node.id, index]));
            this.element.setAttribute('aria-rowcount', String(this.#rows.length + 1));
            this.#body.style.height = `${String(this.#rows.length * ROW_HEIGHT)}px`;
        }
        const [selected] = view.overlay.selected;
        if (selected !== undefined && this.#indexOf.has(selected)) this.#current = selected;
        this.#draw();
    }

    focus(): void {
        this.#goTo(this.#indexOf.get(this.#current ?? '') ?? 0);
    }

    /** Ages grow while the clock of the states goes on. */
    #drawAgain(): void {
        window.clearTimeout(this.#timer);
        if (this.#view?.clock.isRunning === true) this.#timer = window.setTimeout(() => this.#draw(), TICK_MS);
    }

    #draw(): void {
        if (this.#view === null) return;
        this.#drawAgain();
        const currentIndex = this.#indexOf.get(this.#current ?? '') ?? 0;
        const hadFocus = this.#body.contains(document.activeElement);
        const known = new Map([...this.#body.children].map((row) => [row.getAttribute('data-row') ?? '', row]));
        const rows = this.#indicesInSight(currentIndex).flatMap((index) => {
            const row = this.#rows[index];
            return row === undefined ? [] : [this.#drawRow(row, index, known.get(row.node.id))];
        });
        const { children } = this.#body;
        const isSame = rows.length === children.length && rows.every((row, index) => children[index] === row);
        if (!isSame) this.#body.replaceChildren(...rows);
        if (hadFocus && !this.#body.contains(document.activeElement))
            this.#elementOf(this.#rows[currentIndex]?.node.id ?? '')?.focus({ preventScroll: true });
    }

    /** The row that Tab leads to is there even when it is out of sight. */
    #indicesInSight(current: number): readonly number[] {
        const first = Math.max(0, Math.floor(this.element.scrollTop / ROW_HEIGHT) - MARGIN_ROWS);
        const count = Math.ceil(this.element.clientHeight / ROW_HEIGHT) + 2 * MARGIN_ROWS;
        const seen = Array.from({ length: count }, (_, i) => first + i).filter((index) => index < this.#rows.length);
        return seen.includes(current) ? seen : [...seen, current];
    }

    #drawRow(row: TableRow, index: number, known: Element | undefined): HTMLElement {
        const { node } = row;
        const { selected, found, states } = this.#view?.overlay ?? EMPTY_OVERLAY;
        const facts = {
            index,
            cells: stateCells(at(states, node.id), this.#actions.now(), this.#texts),
            isTabStop: this.#current === null ? index === 0 : node.id === this.#current,
            isSelected: selected.includes(node.id),
            isFound: found?.includes(node.id) === true,
            context: this.#actions.contextOf(node),
        };
        return drawRow(known instanceof HTMLElement ? known : null, row, facts, this.#texts);
    }

    #onKey(event: KeyboardEvent): boolean {
        const index = this.#indexOf.get(this.#rowUnder(event.target)?.node.id ?? '');
        const row = index === undefined ? undefined : this.#rows[index];
        if (index === undefined || row === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
        const to = this.#moveOf(event.key, index);
        if (to !== null) return this.#goTo(Math.max(0, Math.min(this.#rows.length - 1, to)));
        return this.#actOn(row, index, event.key);
    }

    /** The row a key leads to; null when it leads to none. */
    #moveOf(key: string, index: number): number | null {
        const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 2);
        switch (key) {
            case 'ArrowDown':
                return index + 1;
            case 'ArrowUp':
                return index - 1;
            case 'PageDown':
                return index + page;
            case 'PageUp':
                return index - page;
            case 'Home':
                return 0;
            case 'End':
                return this.#rows.length - 1;
            default:
                return null;
        }
    }

    #actOn({ node, isOpen }: TableRow, index: number, key: string): boolean {
        switch (key) {
            case 'ArrowRight':
                if (isOpen === false) this.#actions.fold(node);
                else if (isOpen === true) this.#goTo(index + 1);
                return true;
            case 'ArrowLeft':
                if (isOpen === true) this.#actions.fold(node);
                else this.#goTo(this.#indexOf.get(node.parent ?? '') ?? index);
                return true;
            case 'Enter':
            case ' ':
                this.#actions.reveal(node.id, key === ' ');
                return true;
            default:
                return false;
        }
    }

    #onClick({ target }: MouseEvent): void {
        const row = this.#rowUnder(target);
        if (row === null) return;
        if (target instanceof Element && target.closest('.twist') !== null && row.isOpen !== null)
            return this.#actions.fold(row.node);
        this.#actions.reveal(row.node.id, true);
        this.focus();
    }

    #goTo(index: number): true {
        const id = this.#rows[index]?.node.id;
        if (id === undefined) return true;
        this.#current = id;
        const head = this.element.firstElementChild?.clientHeight ?? 0;
        const [top, bottom] = [index * ROW_HEIGHT, (index + 1) * ROW_HEIGHT + head];
        if (top < this.element.scrollTop) this.element.scrollTop = top;
        if (bottom > this.element.scrollTop + this.element.clientHeight)
            this.element.scrollTop = bottom - this.element.clientHeight;
        this.#draw();
        this.#elementOf(id)?.focus({ preventScroll: true });
        this.#actions.select(id);
        return true;
    }

    #rowUnder(target: EventTarget | null): TableRow | null {
        const id = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
        const index = this.#indexOf.get(id ?? '');
        return index === undefined ? null : (this.#rows[index] ?? null);
    }

    #elementOf(id: string): HTMLElement | null {
        return this.#body.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    }
}
