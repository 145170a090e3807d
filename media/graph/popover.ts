/** A button that opens a small panel: a menu to choose from, or a form. One is open at a time; Escape gives the focus back to the button. */
import { html, iconButton, withChildren } from './dom.ts';
import { TOOL_ICONS, type ToolIcon } from './tool-icons.ts';

export interface Popover {
    readonly button: HTMLButtonElement;
    readonly panel: HTMLElement;
    /** Button and panel, to be placed in the tool bar. */
    readonly element: HTMLElement;
    readonly open: () => void;
    /** Closes the panel; tells whether it was open. */
    readonly close: () => boolean;
}

export interface PopoverConfig {
    readonly icon: ToolIcon;
    /** Tooltip of the button and name of the panel. */
    readonly label: string;
    readonly role: 'menu' | 'dialog';
    /** Called before the panel is shown. */
    readonly opening: () => void;
}

const EDGE = 8;

/** A popover, closed. What is in its panel is the owner's business. */
export function createPopover({ icon, label, role, opening }: PopoverConfig): Popover {
    const button = iconButton(TOOL_ICONS[icon], label, () => (panel.hidden ? open() : close()));
    button.setAttribute('aria-haspopup', role);
    const panel = html('div', `popover ${role}`);
    panel.setAttribute('role', role);
    panel.setAttribute('aria-label', label);
    panel.hidden = true;
    const element = withChildren(html('span', 'popover-owner'), button, panel);
    const show = (isShown: boolean): void => {
        panel.hidden = !isShown;
        button.setAttribute('aria-expanded', String(isShown));
    };
    const open = (): void => {
        opening();
        show(true);
        place(panel, button);
        stopsOf(panel)[0]?.focus();
    };
    const close = (): boolean => {
        if (panel.hidden) return false;
        const hadFocus = element.contains(document.activeElement);
        show(false);
        if (hadFocus) button.focus();
        return true;
    };
    show(false);
    listen(element, panel, { role, show, close });
    return { button, panel, element, open, close };
}

interface Behaviour {
    readonly role: PopoverConfig['role'];
    readonly show: (isShown: boolean) => void;
    readonly close: () => boolean;
}

function listen(element: HTMLElement, panel: HTMLElement, { role, show, close }: Behaviour): void {
    element.addEventListener('keydown', (event) => {
        if (panel.hidden) return;
        if (event.key === 'Escape') close();
        else if (role !== 'menu' || !moveFocus(panel, event.key)) return;
        event.preventDefault();
        event.stopPropagation();
    });
    element.addEventListener('focusout', ({ relatedTarget }) => {
        // No target: the window itself lost the focus, or a part of the panel was exchanged.
        if (relatedTarget instanceof Node && !element.contains(relatedTarget)) show(false);
    });
    document.addEventListener('pointerdown', ({ target }) => {
        if (target instanceof Node && !element.contains(target)) show(false);
    });
    window.addEventListener('resize', () => show(false));
}

/** Everything in a panel that can be chosen. */
function stopsOf(panel: HTMLElement): readonly HTMLElement[] {
    return [...panel.querySelectorAll<HTMLElement>('button:not(:disabled), input')];
}

function moveFocus(panel: HTMLElement, key: string): boolean {
    const stops = stopsOf(panel);
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at <= 0 ? stops.length - 1 : at - 1, Home: 0, End: stops.length - 1 };
    if (!isMove(key) || stops.length === 0) return false;
    stops[next[key] % stops.length]?.focus();
    return true;
}

function isMove(key: string): key is 'ArrowDown' | 'ArrowUp' | 'Home' | 'End' {
    return ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key);
}

/** Under the button, moved to the left as far as the window asks for. */
function place(panel: HTMLElement, button: HTMLElement): void {
    const { left, bottom } = button.getBoundingClientRect();
    const room = window.innerWidth - panel.offsetWidth - EDGE;
    panel.style.left = `${String(Math.round(Math.max(EDGE, Math.min(left, room))))}px`;
    panel.style.top = `${String(Math.round(bottom + 4))}px`;
    panel.style.maxHeight = `${String(Math.round(Math.max(120, window.innerHeight - bottom - 4 - EDGE)))}px`;
}

/** An entry of a menu: `act` does something, `tick` is on or off by itself, of several `choice` one is on. */
export interface MenuEntry {
    readonly id: string;
    readonly text: string;
    readonly kind: 'act' | 'tick' | 'choice';
    readonly act: () => void;
}

export interface MenuGroup {
    readonly title: string;
    readonly entries: readonly MenuEntry[];
}

export interface Menu extends Popover {
    /** Marks the entries that are on, by id. */
    readonly mark: (on: ReadonlySet<string>) => void;
}

const ROLES = { act: 'menuitem', tick: 'menuitemcheckbox', choice: 'menuitemradio' } as const;

/** A popover that is a menu of these entries. Ticking leaves it open; the rest closes it. */
export function createMenu(config: Pick<PopoverConfig, 'icon' | 'label'>, groups: readonly MenuGroup[]): Menu {
    const popover = createPopover({ ...config, role: 'menu', opening: () => {} });
    const items = new Map<string, HTMLButtonElement>();
    for (const { title, entries } of groups) {
        const group = html('div', 'menu-group');
        group.setAttribute('role', 'group');
        group.setAttribute('aria-label', title);
        const heading = html('div', 'menu-title', title);
        heading.setAttribute('aria-hidden', 'true');
        group.append(heading, ...entries.map((entry) => entryOf(entry, items, popover)));
        popover.panel.append(group);
    }
    const mark = (on: ReadonlySet<string>): void => {
        for (const [id, item] of items) {
            if (item.getAttribute('role') !== ROLES.act) item.setAttribute('aria-checked', String(on.has(id)));
        }
    };
    return { ...popover, mark };
}

function entryOf(entry: MenuEntry, items: Map<string, HTMLButtonElement>, popover: Popover): HTMLButtonElement {
    const item = document.createElement('button');
    item.type = 'button';
    item.className = 'menu-item';
    item.tabIndex = -1;
    item.setAttribute('role', ROLES[entry.kind]);
    item.append(html('span', 'menu-mark'), html('span', 'menu-text', entry.text));
    item.addEventListener('click', () => {
        if (entry.kind !== 'tick') popover.close();
        entry.act();
    });
    items.set(entry.id, item);
    return item;
}
