/** Draws SVG trees into a document. What is there already and the same stays untouched, so focus, hover and transitions survive every update. */
import type { SvgElement } from '../picture/svg.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The tree each element was drawn from. */
const drawn = new WeakMap<Element, SvgElement>();
const keys = new WeakMap<Element, string>();

/** Makes the children of `parent` those given, in their order. Everything else inside `parent` goes. */
export function drawInto(parent: Element, elements: readonly SvgElement[]): void {
    const known = new Map(Array.from(parent.children, (child) => [keys.get(child) ?? '', child]));
    elements.forEach((next, index) => {
        const key = next.key === '' ? `#${String(index)}` : next.key;
        const child = reuse(known.get(key), next) ?? create(next);
        known.delete(key);
        keys.set(child, key);
        const there = parent.children[index];
        if (there !== child) parent.insertBefore(child, there ?? null);
    });
    while (parent.children.length > elements.length) parent.lastElementChild?.remove();
}

function reuse(child: Element | undefined, next: SvgElement): Element | null {
    const before = child === undefined ? undefined : drawn.get(child);
    if (child === undefined || before === undefined || before.tag !== next.tag) return null;
    if ((before.text === '') !== (next.text === '')) return null;
    updateAttributes(child, before, next);
    if (next.text !== '') {
        if (before.text !== next.text) child.textContent = next.text;
    } else drawInto(child, next.children);
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
    for (const name of Object.keys(before.attributes)) {
        if (!Object.hasOwn(next.attributes, name)) child.removeAttribute(name);
    }
    for (const [name, value] of Object.entries(next.attributes)) {
        if (before.attributes[name] !== value) child.setAttribute(name, value);
    }
}
