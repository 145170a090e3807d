/** The box to find nodes with: how many there are, and the way from one to the next. */
import { fill, type Texts } from '../texts.ts';
import { html, iconButton, textField, withChildren } from './dom.ts';
import { TOOL_ICONS } from './tool-icons.ts';

export interface SearchBox {
    readonly element: HTMLElement;
    /** Shows the box and takes the focus. */
    readonly open: () => void;
    /** Hides the box; tells whether it was open. */
    readonly close: () => boolean;
    /** `index`: which of the matches is shown, from 0. */
    readonly showCount: (index: number, count: number) => void;
}

export interface SearchActions {
    /** Another query; empty = nothing is searched for. */
    readonly search: (query: string) => void;
    /** On to the next match, or back to the one before. */
    readonly step: (distance: 1 | -1) => void;
    readonly closed: () => void;
}

/** The box, hidden. */
export function createSearchBox(texts: Texts, { search, step, closed }: SearchActions): SearchBox {
    const field = textField(texts['search.label']);
    const count = html('span', 'search-count');
    count.setAttribute('role', 'status');
    const previous = iconButton(TOOL_ICONS.up, texts['search.previous'], () => step(-1));
    const next = iconButton(TOOL_ICONS.down, texts['search.next'], () => step(1));
    const element = html('div', 'search');
    const close = (): boolean => {
        if (element.hidden) return false;
        element.hidden = true;
        search('');
        closed();
        return true;
    };
    element.setAttribute('role', 'search');
    element.hidden = true;
    const leave = iconButton(TOOL_ICONS.close, texts['search.close'], () => void close());
    withChildren(element, field, count, previous, next, leave);
    field.addEventListener('input', () => search(field.value));
    element.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') close();
        else if (event.key === 'Enter' && event.target === field) step(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
    });
    return {
        element,
        open: () => {
            const wasOpen = !element.hidden;
            element.hidden = false;
            field.focus();
            field.select();
            if (!wasOpen) search(field.value);
        },
        close,
        showCount: (index, matches) => {
            const isEmpty = field.value.trim() === '';
            const said = matches === 0 ? texts['search.none'] : fill(texts['search.count'], index + 1, matches);
            count.textContent = isEmpty ? '' : said;
            element.toggleAttribute('data-nothing', !isEmpty && matches === 0);
            previous.disabled = next.disabled = matches === 0;
        },
    };
}
