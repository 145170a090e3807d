/** Where one is, what the picture is limited to, and which positions do not fit. */
import type { Texts } from '../texts.ts';
import { fill } from '../texts.ts';
import { isStatus } from '../picture/status.ts';
import { crumbsOf, type Crumb } from './breadcrumbs.ts';
import { button, html, iconButton, rename, withChildren } from './dom.ts';
import { shownText } from './filter-panel.ts';
import {
    chosenOf,
    FILTER_PARTS,
    MAX_DISTANCE,
    withChoice,
    withFocus,
    withoutFilter,
    type FilterPart,
} from './looks.ts';
import type { PageActions } from './page-actions.ts';
import type { PageView } from './page-view.ts';
import { nameInId } from './search.ts';
import { TOOL_ICONS } from './tool-icons.ts';
import type { Part } from './toolbar.ts';

const MAX_LISTED = 20;

/** The way from the application to what is selected, with what a neighbourhood can be made of. */
export function createBreadcrumbs(texts: Texts, { change, goTo }: PageActions): Part {
    const list = html('ol', '');
    const nearer = iconButton(TOOL_ICONS.minus, texts['crumb.nearer'], () => change((look) => widened(look, -1)));
    const farther = iconButton(TOOL_ICONS.plus, texts['crumb.farther'], () => change((look) => widened(look, 1)));
    const leave = iconButton(TOOL_ICONS.close, texts['crumb.leave'], () => change((look) => withFocus(look, null)));
    const focus = withChildren(html('span', 'crumb-focus'), nearer, farther, leave);
    const element = withChildren(html('nav', 'crumbs'), list, focus);
    element.setAttribute('aria-label', texts['crumb.label']);
    const follow = (crumb: Crumb): void => {
        if (crumb.kind === 'application') change((look) => withFocus(look, null));
        goTo(crumb.node);
    };
    let drawn = '';
    const show = (view: PageView): void => {
        const { model, look, overlay } = view;
        const nodes = model?.graph.nodes ?? [];
        const place = { application: model?.name ?? '', look, nodes, selected: overlay.selected };
        const crumbs = crumbsOf(place, texts);
        element.hidden = model === null || crumbs.length < 2;
        focus.hidden = look.focus === null;
        nearer.disabled = look.focus === null || look.focus.distance <= 1;
        farther.disabled = look.focus === null || look.focus.distance >= MAX_DISTANCE;
        const now = JSON.stringify(crumbs);
        if (now !== drawn) list.replaceChildren(...crumbs.map((crumb) => crumbOf(crumb, follow)));
        drawn = now;
    };
    return { element, show };
}

function crumbOf(crumb: Crumb, follow: (crumb: Crumb) => void): HTMLElement {
    const link = button(crumb.text, crumb.text, () => follow(crumb));
    link.classList.add('crumb');
    return withChildren(html('li', crumb.kind), link);
}

type Look = PageView['look'];

/** A neighbourhood that reaches one relation farther, or less far. */
export function widened(look: Look, by: 1 | -1): Look {
    if (look.focus === null) return look;
    const distance = Math.min(MAX_DISTANCE, Math.max(1, look.focus.distance + by));
    return withFocus(look, { ...look.focus, distance });
}

/** What the picture is limited to, each to be taken away. */
export function createChips(texts: Texts, { change }: PageActions): Part {
    const list = html('ul', 'chip-list');
    list.setAttribute('aria-label', texts['filter.active']);
    const count = html('span', 'chip-count');
    const clear = button(texts['filter.clear'], texts['filter.clear'], () => change(withoutFilter));
    const element = withChildren(html('div', 'chips strip'), count, list, clear);
    let drawn = '';
    const show = (view: PageView): void => {
        const chips = chipsOf(view, texts);
        element.hidden = chips.length === 0;
        count.textContent = shownText(view, texts);
        const now = JSON.stringify(chips);
        if (now === drawn) return;
        drawn = now;
        list.replaceChildren(
            ...chips.map(({ part, id, text }) => {
                const remove = button(text, fill(texts['filter.remove'], text), () =>
                    change((look) => withChoice(look, part, id, false)),
                );
                remove.classList.add('chip', part);
                return withChildren(html('li', ''), remove);
            }),
        );
    };
    return { element, show };
}

interface Chip {
    readonly part: FilterPart;
    readonly id: string;
    readonly text: string;
}

/** The entries of the filter in words. */
function chipsOf({ look, model }: PageView, texts: Texts): readonly Chip[] {
    const hosts = new Map(model?.choices.hosts.map(({ id, label }) => [id, label]));
    const textOf = (part: FilterPart, id: string): string => {
        if (part === 'states') return isStatus(id) ? texts[`status.${id}`] : id;
        return part === 'hosts' ? (hosts.get(id) ?? nameInId(id)) : id;
    };
    return FILTER_PARTS.flatMap((part) => chosenOf(look, part).map((id) => ({ part, id, text: textOf(part, id) })));
}

/** Says that positions given by hand do not fit the model any more, and which. */
export function createDriftNotice(texts: Texts, { unpin }: PageActions): Part {
    let dismissed = '';
    let drawn = '';
    const said = html('summary', '');
    const list = html('ul', '');
    const details = withChildren(html('details', 'drift-details'), said, list);
    const forget = button(texts['drift.forget'], texts['drift.forget'], () => unpin(unfit));
    const close = iconButton(TOOL_ICONS.close, texts['tool.close'], () => {
        dismissed = drawn;
        element.hidden = true;
    });
    const element = withChildren(html('div', 'drift strip'), details, forget, close);
    let unfit: readonly string[] = [];
    const show = ({ model }: PageView): void => {
        const { gone, moved, added } = model?.drift ?? { gone: [], moved: [], added: [] };
        unfit = [...gone, ...moved];
        const now = JSON.stringify([gone, moved, added]);
        element.hidden = unfit.length === 0 || now === dismissed;
        if (now === drawn) return;
        drawn = now;
        said.textContent = unfit.length === 1 ? texts['drift.one'] : fill(texts['drift.several'], unfit.length);
        const lines = [
            ...gone.map((id) => fill(texts['drift.gone'], nameInId(id))),
            ...moved.map((id) => fill(texts['drift.moved'], nameInId(id))),
            ...added.map((id) => fill(texts['drift.added'], nameInId(id))),
        ];
        const rest = lines.length - MAX_LISTED;
        const listed = [...lines.slice(0, MAX_LISTED), ...(rest > 0 ? [fill(texts['card.more'], rest)] : [])];
        list.replaceChildren(...listed.map((line) => html('li', '', line)));
    };
    rename(close, texts['tool.close']);
    return { element, show };
}
