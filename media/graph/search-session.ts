/** Searching in the page: what was found is drawn so, and shown one after the other; what is folded away is opened for it. */
import { stateText } from '../picture/status.ts';
import type { Texts } from '../texts.ts';
import { at, type PageView } from './page-view.ts';
import { createSearchBox } from './search-box.ts';
import { containersToOpen, matchesOf, type SearchMatch } from './search.ts';

export interface SearchHost {
    readonly view: () => PageView;
    /** Other nodes are found; null = nothing is searched for. */
    readonly found: (nodes: readonly string[] | null) => void;
    /** Selects a node and brings it into sight. */
    readonly goTo: (node: string) => void;
    /** Opens containers, and goes to a node inside of them as soon as it is there. */
    readonly openFor: (node: string, containers: readonly string[]) => void;
    /** The box is closed and gives the focus back. */
    readonly closed: () => void;
}

export interface Search {
    readonly element: HTMLElement;
    readonly open: () => void;
    /** Tells whether it was open. */
    readonly close: () => boolean;
    /** Searches again in another model or among other states. */
    readonly refresh: () => void;
}

/** The search, closed. */
export function createSearch(texts: Texts, host: SearchHost): Search {
    let query = '';
    let matches: readonly SearchMatch[] = [];
    let current: string | null = null;
    const indexOfCurrent = (): number => matches.findIndex(({ id }) => id === current);
    const find = (): void => {
        const { model, overlay } = host.view();
        const stateOf = (id: string): string => {
            const state = at(overlay.states, id);
            return state === undefined ? '' : `${texts[`status.${state.status}`]}\n${stateText(state, texts)}`;
        };
        const nodes = model?.graph.nodes ?? [];
        matches = matchesOf(query, { nodes, details: model?.details ?? {}, stateOf });
        box.showCount(Math.max(0, indexOfCurrent()), matches.length);
    };
    const tell = (): void =>
        host.found(query.trim() === '' ? null : [...new Set(matches.map(({ shownBy }) => shownBy))]);
    const goTo = (match: SearchMatch | undefined): void => {
        if (match === undefined) return;
        current = match.id;
        box.showCount(indexOfCurrent(), matches.length);
        if (match.id === match.shownBy) host.goTo(match.id);
        else host.openFor(match.id, containersToOpen(match, host.view().model?.graph.nodes ?? []));
    };
    const box = createSearchBox(texts, {
        search: (typed) => {
            query = typed;
            current = null;
            find();
            tell();
        },
        step: (distance) => {
            const index = indexOfCurrent();
            const next = index < 0 ? (distance === 1 ? 0 : -1) : index + distance;
            goTo(matches.at(next % Math.max(1, matches.length)));
        },
        closed: host.closed,
    });
    const refresh = (): void => {
        if (query.trim() === '') return;
        const before = matches;
        find();
        const isSame =
            before.length === matches.length &&
            before.every((match, i) => match.id === matches[i]?.id && match.shownBy === matches[i]?.shownBy);
        if (!isSame) tell();
    };
    return { element: box.element, open: box.open, close: box.close, refresh };
}
