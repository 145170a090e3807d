/** The tool bar above the picture: what the nodes are, how they are looked at, what is drawn over them. */
import type { Perspective } from '../../language/index.ts';
import { fill, type Texts } from '../texts.ts';
import { button, html, iconButton, rename, withChildren } from './dom.ts';
import { createFilterPanel } from './filter-panel.ts';
import {
    choiceCount,
    isContainer,
    isImportsOnly,
    OFFERED_DIRECTIONS,
    OFFERED_LAYERS,
    withAllClosed,
    withAllOpened,
    withDirection,
    withImportsOnly,
    withLayer,
    withPerspective,
} from './looks.ts';
import type { PageActions } from './page-actions.ts';
import type { PageView, Shown } from './page-view.ts';
import { createMenu, type Menu } from './popover.ts';
import { TOOL_ICONS } from './tool-icons.ts';

export interface Part {
    readonly element: HTMLElement;
    readonly show: (view: PageView) => void;
}

const PERSPECTIVES = ['components', 'instances', 'hosts'] as const satisfies readonly Perspective[];
const SHOWN = ['nothing', 'plan', 'changesSinceCommit', 'changesSinceDeployment'] as const satisfies readonly Shown[];

/** The bar. Its groups break into lines where the window is narrow. */
export function createToolbar(texts: Texts, actions: PageActions): Part {
    const parts = [createSwitcher(texts, actions), createLookTools(texts, actions), createPlaceTools(texts, actions)];
    const element = withChildren(html('div', 'toolbar'), ...parts.map((part) => part.element));
    return {
        element,
        show: (view) => {
            for (const part of parts) part.show(view);
        },
    };
}

/** Buttons of which one is on; arrow keys go from one to the next, as between radio buttons. */
function createSwitcher(texts: Texts, { change }: PageActions): Part {
    const element = html('div', 'switcher');
    element.setAttribute('role', 'radiogroup');
    element.setAttribute('aria-label', texts['tool.perspective']);
    const hints = {
        components: texts['tool.showComponents'],
        instances: texts['tool.showInstances'],
        hosts: texts['tool.showHosts'],
    };
    const choose = (perspective: Perspective): void => change((look) => withPerspective(look, perspective));
    const choices = PERSPECTIVES.map((perspective) => {
        const choice = button(texts[`tool.${perspective}`], hints[perspective], () => choose(perspective));
        choice.setAttribute('role', 'radio');
        element.append(choice);
        return { perspective, choice };
    });
    element.addEventListener('keydown', (event) => {
        const step = stepOf(event.key);
        const index = choices.findIndex(({ choice }) => choice === document.activeElement);
        if (step === 0 || index < 0) return;
        const next = choices.at((index + step) % choices.length);
        event.preventDefault();
        event.stopPropagation();
        next?.choice.focus();
        if (next !== undefined) choose(next.perspective);
    });
    const show = ({ look }: PageView): void => {
        for (const { perspective, choice } of choices) {
            choice.setAttribute('aria-checked', String(perspective === look.perspective));
            choice.tabIndex = perspective === look.perspective ? 0 : -1;
        }
    };
    return { element, show };
}

function stepOf(key: string): -1 | 0 | 1 {
    if (key === 'ArrowRight' || key === 'ArrowDown') return 1;
    return key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 0;
}

/** A group of buttons with one tab stop; arrow keys go from one to the next. */
function toolGroup(label: string, ...parts: readonly HTMLElement[]): HTMLElement {
    const element = withChildren(html('div', 'tool-group'), ...parts);
    element.setAttribute('role', 'toolbar');
    element.setAttribute('aria-label', label);
    const stops = (): readonly HTMLButtonElement[] =>
        [...element.querySelectorAll<HTMLButtonElement>('.icon-button')].filter((tool) => !tool.disabled);
    const stopAt = (stop: HTMLButtonElement | undefined): void => {
        for (const tool of element.querySelectorAll<HTMLButtonElement>('.icon-button')) tool.tabIndex = -1;
        if (stop !== undefined) stop.tabIndex = 0;
    };
    element.addEventListener('focusin', ({ target }) => {
        if (target instanceof HTMLButtonElement && target.classList.contains('icon-button')) stopAt(target);
    });
    element.addEventListener('keydown', (event) => {
        const tools = stops();
        const index = tools.findIndex((tool) => tool === document.activeElement);
        if (index < 0 || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
        event.preventDefault();
        event.stopPropagation();
        tools.at((index + stepOf(event.key)) % tools.length)?.focus();
    });
    stopAt(stops()[0]);
    return element;
}

function createLookTools(texts: Texts, actions: PageActions): Part {
    const { change, nodes } = actions;
    const view = createViewMenu(texts, actions);
    const filter = createFilterPanel(texts, actions);
    const overlay = createOverlayMenu(texts, actions);
    const closeAll = iconButton(TOOL_ICONS.closeAll, texts['tool.closeAll'], () =>
        change((look) => withAllClosed(look, nodes())),
    );
    const openAll = iconButton(TOOL_ICONS.openAll, texts['tool.openAll'], () =>
        change((look) => withAllOpened(look, nodes())),
    );
    const focus = iconButton(TOOL_ICONS.focus, texts['tool.focus'], actions.toggleFocus);
    const menus = [view.element, filter.element, overlay.element];
    const element = toolGroup(texts['tool.bar'], ...menus, separator(), closeAll, openAll, focus);
    const show = (now: PageView): void => {
        const shown = now.model?.graph.nodes ?? [];
        view.mark(new Set([...now.look.layers, now.look.direction]));
        view.button.toggleAttribute('data-on', isImportsOnly(now.look));
        overlay.mark(new Set([now.shown]));
        overlay.button.toggleAttribute('data-on', now.overlay.plan !== null || now.overlay.changes !== null);
        filter.show(now);
        const count = choiceCount(now.look);
        rename(filter.button, count === 0 ? texts['tool.filter'] : fill(texts['tool.filtered'], count));
        filter.button.toggleAttribute('data-on', count > 0);
        closeAll.disabled = !shown.some(({ shape }) => shape === 'container');
        openAll.disabled = !shown.some(({ folded }) => folded.length > 0);
        const isFocused = now.look.focus !== null;
        focus.disabled = !isFocused && now.overlay.selected.length === 0;
        focus.setAttribute('aria-pressed', String(isFocused));
        rename(focus, texts[isFocused ? 'tool.leaveFocus' : 'tool.focus']);
        if (!shown.some(isContainer)) closeAll.disabled = openAll.disabled = true;
    };
    return { element, show };
}

function createViewMenu(texts: Texts, { change }: PageActions): Menu {
    const layers = OFFERED_LAYERS.map((layer) => ({
        id: layer,
        text: texts[`layer.${layer}`],
        kind: 'tick' as const,
        act: () => change((look) => withLayer(look, layer, !look.layers.includes(layer))),
    }));
    const only = {
        id: 'importsOnly',
        text: texts['layer.importsOnly'],
        kind: 'act' as const,
        act: () => change(withImportsOnly),
    };
    const directions = OFFERED_DIRECTIONS.map((direction) => ({
        id: direction,
        text: texts[`direction.${direction}`],
        kind: 'choice' as const,
        act: () => change((look) => withDirection(look, direction)),
    }));
    return createMenu({ icon: 'layers', label: texts['tool.view'] }, [
        { title: texts['layer.title'], entries: [...layers, only] },
        { title: texts['direction.title'], entries: directions },
    ]);
}

function createOverlayMenu(texts: Texts, { showOver }: PageActions): Menu {
    const entries = SHOWN.map((what) => ({
        id: what,
        text: texts[`overlay.${what}`],
        kind: 'choice' as const,
        act: () => showOver(what),
    }));
    return createMenu({ icon: 'overlay', label: texts['tool.overlay'] }, [{ title: texts['overlay.title'], entries }]);
}

function createPlaceTools(texts: Texts, actions: PageActions): Part {
    const pins = iconButton(TOOL_ICONS.unpin, texts['drift.reset'], actions.resetPins);
    const search = iconButton(TOOL_ICONS.search, texts['tool.search'], actions.find);
    const table = iconButton(TOOL_ICONS.table, texts['tool.table'], actions.toggleTable);
    const minimap = iconButton(TOOL_ICONS.minimap, texts['tool.minimap'], actions.toggleMinimap);
    const save = iconButton(TOOL_ICONS.export, texts['tool.export'], actions.save);
    const help = iconButton(TOOL_ICONS.help, texts['tool.help'], actions.help);
    pins.hidden = true;
    const element = toolGroup(texts['tool.places'], search, table, minimap, pins, separator(), save, help);
    element.classList.add('at-end');
    const show = (view: PageView): void => {
        table.setAttribute('aria-pressed', String(view.isTableShown));
        minimap.setAttribute('aria-pressed', String(view.isMinimapShown));
        minimap.disabled = view.isTableShown;
        pins.hidden = !(view.model?.graph.nodes.some(({ isPinned }) => isPinned) ?? false);
    };
    return { element, show };
}

function separator(): HTMLElement {
    const made = html('span', 'tool-separator');
    made.setAttribute('aria-hidden', 'true');
    return made;
}
