/** Short ways to make the page's own elements. */
const SVG = 'http://www.w3.org/2000/svg';

type Tag =
    | 'div'
    | 'span'
    | 'details'
    | 'summary'
    | 'ul'
    | 'ol'
    | 'li'
    | 'nav'
    | 'h1'
    | 'h2'
    | 'p'
    | 'dl'
    | 'dt'
    | 'dd'
    | 'code'
    | 'kbd'
    | 'section'
    | 'label';

/** An element with a class (empty = none) and a text. */
export function html(tag: Tag, name: string, text = ''): HTMLElement {
    const made = document.createElement(tag);
    if (name !== '') made.className = name;
    made.textContent = text;
    return made;
}

/** The same element with children. */
export function withChildren(parent: HTMLElement, ...children: readonly Node[]): HTMLElement {
    parent.append(...children);
    return parent;
}

/** A button with words on it. `title` is its tooltip and what screen readers say. */
export function button(label: string, title: string, act: () => void): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.title = title;
    made.setAttribute('aria-label', title);
    made.addEventListener('click', act);
    return made;
}

/** A button with a picture on it: a path in a square of 16 pixels. */
export function iconButton(path: string, title: string, act: () => void): HTMLButtonElement {
    const made = button('', title, act);
    made.classList.add('icon-button');
    showIcon(made, path);
    return made;
}

/** Exchanges the picture of a button. */
export function showIcon(button: HTMLButtonElement, path: string): void {
    button.replaceChildren(iconOf(path));
}

/** A picture of 16 pixels, drawn with strokes. */
export function iconOf(path: string): SVGSVGElement {
    const icon = document.createElementNS(SVG, 'svg');
    icon.setAttribute('class', 'icon-of-page');
    icon.setAttribute('viewBox', '0 0 16 16');
    icon.setAttribute('aria-hidden', 'true');
    const drawn = document.createElementNS(SVG, 'path');
    drawn.setAttribute('d', path);
    icon.append(drawn);
    return icon;
}

/** Another tooltip, which is also what screen readers say. */
export function rename(button: HTMLButtonElement, title: string): void {
    if (button.title === title) return;
    button.title = title;
    button.setAttribute('aria-label', title);
}

/** A field for a line of text; `label` is its placeholder and what screen readers say. */
export function textField(label: string): HTMLInputElement {
    const made = document.createElement('input');
    made.type = 'text';
    made.spellcheck = false;
    made.autocomplete = 'off';
    made.placeholder = label;
    made.setAttribute('aria-label', label);
    return made;
}

/** A box to tick, with words beside it. */
export function tickBox(label: string, isTicked: boolean, act: (isTicked: boolean) => void): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = isTicked;
    box.addEventListener('change', () => act(box.checked));
    return withChildren(html('label', 'tick'), box, html('span', 'tick-text', label));
}

/** Whether the user asked for less motion, in the editor or in the system. */
export function isMotionReduced(): boolean {
    const isAsked = document.body.classList.contains('vscode-reduce-motion');
    return isAsked || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
