/** What the picture is limited to: components, facets, hosts and run states to tick, found by typing, counted where the whole model is shown. */
import { isStatus, STATUS_LOOKS } from '../picture/status.ts';
import { fill, type Texts } from '../texts.ts';
import { button, html, textField, tickBox, withChildren } from './dom.ts';
import { chosenOf, FILTER_PARTS, isWhole, withChoice, withoutFilter, type FilterPart } from './looks.ts';
import type { PageActions } from './page-actions.ts';
import type { PageView } from './page-view.ts';
import { createPopover, type Popover } from './popover.ts';

/** At most so many entries of a part are listed; the rest is found by typing. */
const MAX_LISTED = 60;

export interface FilterEntry {
    readonly id: string;
    readonly text: string;
    /** How many nodes it keeps; null when that is not known. */
    readonly count: number | null;
}

export interface FilterPanel extends Popover {
    readonly show: (view: PageView) => void;
}

/** The button and its panel, closed. */
export function createFilterPanel(texts: Texts, { change }: Pick<PageActions, 'change'>): FilterPanel {
    let view: PageView | null = null;
    const typed = textField(texts['filter.find']);
    typed.className = 'filter-find';
    const list = html('div', 'filter-list');
    const shown = html('span', 'filter-shown');
    const clear = button(texts['filter.clear'], texts['filter.clear'], () => {
        change(withoutFilter);
        fillList();
    });
    const fillList = (): void => {
        if (view !== null) list.replaceChildren(...listOf(view, typed.value, texts, change));
    };
    const popover = createPopover({
        icon: 'filter',
        label: texts['tool.filter'],
        role: 'dialog',
        opening: () => {
            typed.value = '';
            fillList();
        },
    });
    typed.addEventListener('input', fillList);
    const foot = withChildren(html('div', 'filter-foot'), shown, clear);
    popover.panel.append(typed, list, foot);
    return {
        ...popover,
        show: (next) => {
            const isSameModel = view?.model === next.model;
            view = next;
            shown.textContent = shownText(next, texts);
            clear.disabled = FILTER_PARTS.every((part) => chosenOf(next.look, part).length === 0);
            // What is ticked stays where it is while the picture follows.
            if (!isSameModel && !popover.panel.hidden && !list.contains(document.activeElement)) fillList();
        },
    };
}

/** How much of the model is in the picture; empty while nothing is known. */
export function shownText({ model }: PageView, texts: Texts): string {
    return model === null ? '' : fill(texts['filter.shown'], model.graph.nodes.length, model.choices.nodeCount);
}

type Change = PageActions['change'];

function listOf(view: PageView, typed: string, texts: Texts, change: Change): readonly HTMLElement[] {
    const word = typed.trim().toLowerCase();
    const sections = FILTER_PARTS.flatMap((part) => {
        const entries = entriesOf(view, part, texts).filter(({ text }) => text.toLowerCase().includes(word));
        return entries.length === 0 ? [] : [sectionOf(part, entries, view, { texts, change })];
    });
    return sections.length > 0 ? sections : [html('p', 'muted', texts['filter.none'])];
}

function sectionOf(
    part: FilterPart,
    entries: readonly FilterEntry[],
    { look }: PageView,
    { texts, change }: { readonly texts: Texts; readonly change: Change },
): HTMLElement {
    const chosen = new Set(chosenOf(look, part));
    // What is ticked is always listed.
    const listed = entries.filter(({ id }, index) => index < MAX_LISTED || chosen.has(id));
    const rows = listed.map(({ id, text, count }) => {
        const label = count === null ? text : fill(texts['filter.count'], text, count);
        return tickBox(label, chosen.has(id), (isTicked) => change((now) => withChoice(now, part, id, isTicked)));
    });
    const section = html('div', 'filter-part');
    section.setAttribute('role', 'group');
    section.setAttribute('aria-label', texts[`filter.${part}`]);
    section.append(html('div', 'menu-title', texts[`filter.${part}`]), ...rows);
    const rest = entries.length - listed.length;
    if (rest > 0) section.append(html('p', 'muted', fill(texts['filter.more'], rest)));
    return section;
}

/** What can be chosen of a part, and how many nodes each choice keeps. */
function entriesOf(view: PageView, part: FilterPart, texts: Texts): readonly FilterEntry[] {
    const { model } = view;
    if (model === null) return [];
    const { choices, graph } = model;
    const nodes = isWhole(view.look, graph.nodes) ? graph.nodes : null;
    const countOf = (isMeant: (node: (typeof graph.nodes)[number]) => boolean): number | null =>
        nodes === null ? null : nodes.filter(isMeant).length;
    switch (part) {
        case 'components':
            return choices.components.map((name) => ({
                id: name,
                text: name,
                count: graph.perspective === 'components' ? null : countOf((node) => node.component === name),
            }));
        case 'facets':
            return choices.facets.map((name) => ({
                id: name,
                text: name,
                count: countOf((node) => node.facets.includes(name)),
            }));
        case 'hosts':
            return choices.hosts.map(({ id, label }) => ({ id, text: label, count: null }));
        case 'states':
            return stateEntries(view, texts);
        default:
            return part satisfies never;
    }
}

/** The states that nodes are in, and those that are chosen already. */
function stateEntries({ overlay, look }: PageView, texts: Texts): readonly FilterEntry[] {
    const counts = new Map<string, number>();
    for (const { status } of Object.values(overlay.states)) counts.set(status, (counts.get(status) ?? 0) + 1);
    return Object.keys(STATUS_LOOKS)
        .filter(isStatus)
        .filter((status) => counts.has(status) || look.statuses.includes(status))
        .map((status) => ({ id: status, text: texts[`status.${status}`], count: counts.get(status) ?? 0 }));
}
