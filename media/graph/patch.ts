/** Draws SVG trees into a document. What is there already and the same stays untouched, so focus, hover and transitions survive every update. */
import type { SvgElement } from '../picture/svg.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The tree each element was drawn from. */
const drawn = new WeakMap<Element, SvgElement>();
const keys = new WeakMap<Element, string>();

/** Makes the children of `parent` those given, in their order. Everything else inside `parent` goes. */
export function drawInto(parent: Element, elements: readonly SvgElement[]): void {
    const known = new Map<string, Element>();
    for (let child = parent.firstElementChild; child !== null; child = child.nextElementSibling)
        known.set(keys.get(child) ?? '', child);
    const children = elements.map((next, index) => {
        const key = next.key === '' ? `#${String(index)}` : next.key;
        const child = reuse(known.get(key), next) ?? create(next);
        if (known.get(key) === child) known.delete(key);
        keys.set(child, key);
        return child;
    });
    // What goes leaves first: the rest is then in its order already, and an element that is moved loses the focus.
    for (const child of known.values()) child.remove();
    let there = parent.firstElementChild;
    for (const child of children) {
        if (there === child) there = there.nextElementSibling;
        else parent.insertBefore(child, there);
    }
}

function reuse(child: Element | undefined, next: SvgElement): Element | null {
    const before = child === undefined ? undefined : drawn.get(child);
    if (child === undefined || before === undefined || before.tag !== next.tag) return null;
    if (before === next) return child;
    if ((before.text === '') !== (next.text === '')) return null;
    updateAttributes(child, before, next);
    if (next.text !== '') {
        if (before.text !== next.text) child.textContent = next.text;
    } else if (before.children !== next.children) drawInto(child, next.children);
    drawn.set(child, next);
    return child;
}

function create(next: SvgElement): Element {
    const child = document.createElementNS(SVG, next.tag);
    for (const [name, value] of Object.entries(next.attributes)) child.setAttribute(name, value);
    if (next.text === '') drawInto(child, next.children);
    else child.textContent = next.text;
    drawn.set(child, next);
    return child;
}

function updateAttributes(child: Element, before: SvgElement, next: SvgElement): void {
    if (before.attributes === next.attributes) return;
    for (const name of Object.keys(before.attributes)) {
        if (!Object.hasOwn(next.attributes, name)) child.removeAttribute(name);
    }
    for (const [name, value] of Object.entries(next.attributes)) {
        if (before.attributes[name] !== value) child.setAttribute(name, value);
    }
}
