/** Short ways to write the SVG tree. */
import type { SvgElement } from './svg.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** An element with children; numbers are written with at most two decimals. */
export function element(tag: string, attributes: Attributes, children: readonly SvgElement[] = []): SvgElement {
    return { tag, key: '', attributes: toTexts(attributes), children, text: '' };
}

/** An element with text. */
export function textElement(tag: string, attributes: Attributes, text: string): SvgElement {
    return { tag, key: '', attributes: toTexts(attributes), children: [], text };
}

/** The same element, recognisable in the next picture. */
export function keyed(key: string, inner: SvgElement): SvgElement {
    return { ...inner, key };
}

/** A number as it is written into attributes. */
export function figure(value: number): string {
    return String(Math.round(value * 100) / 100);
}

/** A `translate` transform. */
export function translate(x: number, y: number): string {
    return `translate(${figure(x)} ${figure(y)})`;
}

function toTexts(attributes: Attributes): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const name in attributes) {
        const value = attributes[name];
        if (value !== undefined) texts[name] = typeof value === 'number' ? figure(value) : value;
    }
    return texts;
}
