/** All keys of the page, in a window over it. */
import type { TextKey, Texts } from '../texts.ts';
import { html, iconButton, withChildren } from './dom.ts';
import { TOOL_ICONS } from './tool-icons.ts';

export interface KeyHelp {
    readonly element: HTMLElement;
    readonly toggle: () => void;
    /** Closes it; tells whether it was open. */
    readonly close: () => boolean;
}

/** Keys are written as they stand on the keyboard; alternatives are apart. */
const ROWS: readonly (readonly [readonly string[], TextKey])[] = [
    [['← ↑ → ↓'], 'help.walk'],
    [['Home', 'End'], 'help.ends'],
    [['Enter'], 'help.open'],
    [['Space'], 'help.select'],
    [['Shift ←', 'Shift →'], 'help.fold'],
    [['I', 'Ctrl K Ctrl I'], 'help.explain'],
    [['N'], 'help.focus'],
    [['[', ']'], 'help.distance'],
    [['Ctrl F', '/'], 'help.search'],
    [['+', '−', '0', 'F'], 'help.zoom'],
    [['← ↑ → ↓'], 'help.pan'],
    [['Alt ← ↑ → ↓'], 'help.pin'],
    [['Delete'], 'help.unpin'],
    [['1', '2', '3'], 'help.perspective'],
    [['T', 'M'], 'help.views'],
    [['Esc'], 'help.leave'],
];

const IS_MAC = /\bMac/.test(navigator.userAgent);

/** The window, hidden. While it is open the focus stays inside; `closed` gives it back. */
export function createKeyHelp(texts: Texts, closed: () => void): KeyHelp {
    const element = html('div', 'help');
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-modal', 'true');
    element.setAttribute('aria-label', texts['help.title']);
    element.hidden = true;
    const close = (): boolean => {
        if (element.hidden) return false;
        element.hidden = true;
        closed();
        return true;
    };
    const leave = iconButton(TOOL_ICONS.close, texts['tool.close'], () => void close());
    const list = withChildren(html('dl', ''), ...ROWS.flatMap(([keys, key]) => rowOf(keys, texts[key])));
    const head = withChildren(html('div', 'help-head'), html('h2', '', texts['help.title']), leave);
    withChildren(element, withChildren(html('div', 'help-card'), head, list));
    element.addEventListener('click', ({ target }) => {
        if (target === element) close();
    });
    element.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' || event.key === '?') close();
        else if (event.key !== 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
    });
    const toggle = (): void => {
        if (close()) return;
        element.hidden = false;
        leave.focus();
    };
    return { element, toggle, close };
}

function rowOf(keys: readonly string[], text: string): readonly HTMLElement[] {
    const term = html('dt', '');
    for (const key of keys) term.append(html('kbd', '', IS_MAC ? key.replaceAll('Ctrl', '⌘') : key));
    return [term, html('dd', '', text)];
}
