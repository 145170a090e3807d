/** The steps of a run as a table: the same data as the timeline, for who would rather read it. */
import { html } from '../graph/dom.ts';
import type { Scene } from './chart.ts';
import type { TimelineTexts } from './texts.ts';
import type { RunView, TimelineLane, TimelineStep } from './view.ts';
import { createVirtualRows } from './virtual-rows.ts';
import { afterText, barText, durationText, outcomeText } from './words.ts';

export interface TableView {
    readonly element: HTMLElement;
    readonly show: (view: RunView, scene: Scene) => void;
}

interface TableDeeds {
    readonly select: (step: string) => void;
    /** Shows an instance elsewhere. */
    readonly open: (path: string) => void;
}

const ROW_HEIGHT = 24;

/** An empty table. */
export function createTableView(texts: TimelineTexts, { select, open }: TableDeeds): TableView {
    let steps: readonly TimelineStep[] = [];
    let scene: Scene | null = null;
    let hosts: ReadonlyMap<string, string> = new Map();
    const head = headOf(texts);
    const rows = createVirtualRows({
        head,
        rowHeight: ROW_HEIGHT,
        rowOf: (index) => {
            const step = steps[index];
            return step === undefined || scene === null
                ? html('div', 'row')
                : rowOf({ step, index, host: hosts.get(step.path) ?? '' }, scene, texts);
        },
    });
    const { element } = rows;
    element.classList.add('step-table');
    element.setAttribute('role', 'grid');
    element.setAttribute('aria-label', texts['table.title']);
    element.tabIndex = 0;
    const go = (index: number): void => {
        const step = steps[Math.min(Math.max(0, index), steps.length - 1)];
        if (step === undefined) return;
        select(step.id);
        rows.reveal(steps.indexOf(step));
    };
    element.addEventListener('click', (event) => {
        const row = event.target instanceof Element ? event.target.closest('[data-step]') : null;
        if (row !== null) select(row.getAttribute('data-step') ?? '');
    });
    element.addEventListener('dblclick', () => openSelected(scene, open));
    element.addEventListener('keydown', (event) => {
        const at = steps.findIndex(({ id }) => id === scene?.selected);
        const next = nextIndex(event.key, at, steps.length);
        if (next === undefined && event.key !== 'Enter') return;
        event.preventDefault();
        if (next === undefined) openSelected(scene, open);
        else go(next);
    });
    return {
        element,
        show: (view, shown) => {
            if (view.steps !== steps) hosts = hostsOf(view.lanes);
            steps = view.steps;
            scene = shown;
            element.setAttribute('aria-rowcount', String(steps.length + 1));
            const isThere = shown.stepById.has(shown.selected);
            if (isThere) element.setAttribute('aria-activedescendant', rowId(shown.selected));
            else element.removeAttribute('aria-activedescendant');
            rows.show(steps.length);
        },
    };
}

const PAGE = 12;

function nextIndex(key: string, at: number, count: number): number | undefined {
    switch (key) {
        case 'ArrowDown':
            return at + 1;
        case 'ArrowUp':
            return Math.max(0, at - 1);
        case 'PageDown':
            return at + PAGE;
        case 'PageUp':
            return at - PAGE;
        case 'Home':
            return 0;
        case 'End':
            return count - 1;
        default:
            return undefined;
    }
}

function openSelected(scene: Scene | null, open: (path: string) => void): void {
    const step = scene?.stepById.get(scene.selected);
    if (step !== undefined) open(step.path);
}

function hostsOf(lanes: readonly TimelineLane[]): ReadonlyMap<string, string> {
    return new Map(
        lanes.flatMap(({ path, name, rows }) =>
            [path, ...rows.map((row) => row.path)].map((each) => [each, name] as const),
        ),
    );
}

function headOf(texts: TimelineTexts): HTMLElement {
    const names = [
        texts['column.instance'],
        texts['column.host'],
        texts['column.step'],
        texts['column.began'],
        texts['column.took'],
        texts['column.outcome'],
        texts['column.wave'],
        texts['column.critical'],
    ];
    const figures = new Set<string>([texts['column.began'], texts['column.took'], texts['column.wave']]);
    const row = html('div', 'row row-head');
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', '1');
    for (const name of names) row.append(cell(name, 'columnheader', figures.has(name) ? 'figure' : ''));
    const group = html('div', 'rows-head');
    group.setAttribute('role', 'rowgroup');
    group.append(row);
    return group;
}

function rowId(step: string): string {
    return `row-${step.replace(/\W/g, '-')}`;
}

interface Row {
    readonly step: TimelineStep;
    readonly index: number;
    readonly host: string;
}

function rowOf({ step, index, host }: Row, scene: Scene, texts: TimelineTexts): HTMLElement {
    const isCritical = scene.critical.has(step.id);
    const row = html('div', scene.selected === step.id ? 'row selected' : 'row');
    row.id = rowId(step.id);
    row.dataset['step'] = step.id;
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', String(index + 2));
    row.setAttribute('aria-selected', String(scene.selected === step.id));
    const outcome = cell('', 'gridcell');
    outcome.append(html('span', `chip ${step.outcome ?? 'running'}`, outcomeText(step.outcome, texts)));
    row.append(
        cell(step.path, 'gridcell'),
        cell(host, 'gridcell'),
        cell(barText(step, texts), 'gridcell'),
        cell(afterText(step.beginMs, texts), 'gridcell', 'figure'),
        cell(durationText((step.endMs ?? scene.nowMs) - step.beginMs, texts), 'gridcell', 'figure'),
        outcome,
        cell(String(step.wave), 'gridcell', 'figure'),
        cell(isCritical ? texts['table.yes'] : '', 'gridcell'),
    );
    return row;
}

function cell(text: string, role: 'gridcell' | 'columnheader', name = ''): HTMLElement {
    const made = html('div', name === '' ? 'cell' : `cell ${name}`, text);
    made.setAttribute('role', role);
    if (text.length > 0) made.title = text;
    return made;
}
