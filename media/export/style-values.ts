/** Works out the values of style sheets: custom properties and mixed colours become plain values. */
import { splitOutside } from './style-sheet.ts';

const MAX_DEPTH = 20;

/** The plain value; empty when it cannot be worked out. Lengths lose their `px`. */
export function resolveValue(value: string, properties: Readonly<Record<string, string>>): string {
    const plain = substitute(value, properties, 0);
    if (plain === null) return '';
    const mixed = plain.replace(/\s+/g, ' ').trim();
    if (mixed === 'transparent') return 'none';
    const colour = colourOf(mixed);
    if (colour !== null) return textOf(colour);
    return mixed.replace(/(?<=\d)px\b/g, '');
}

/** Replaces each `var(…)` by what it stands for; null when it stands for nothing. */
function substitute(value: string, properties: Readonly<Record<string, string>>, depth: number): string | null {
    const start = value.indexOf('var(');
    if (start === -1) return value;
    if (depth > MAX_DEPTH) return null;
    const end = closing(value, start + 3);
    const [name = '', ...fallback] = splitOutside(value.slice(start + 4, end), ',');
    const known = Object.hasOwn(properties, name.trim()) ? properties[name.trim()] : undefined;
    const own = known === undefined ? null : substitute(known, properties, depth + 1);
    const inner = own ?? (fallback.length === 0 ? null : substitute(fallback.join(','), properties, depth + 1));
    if (inner === null) return null;
    return substitute(`${value.slice(0, start)}${inner}${value.slice(end + 1)}`, properties, depth + 1);
}

/** Where the parenthesis that opens at `open` is closed. */
function closing(text: string, open: number): number {
    let depth = 0;
    for (let index = open; index < text.length; index++) {
        if (text[index] === '(') depth++;
        else if (text[index] === ')' && --depth === 0) return index;
    }
    return text.length;
}

/** Red, green and blue from 0 to 255, opacity from 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number, opacity: number];

function colourOf(text: string): Colour | null {
    if (text.startsWith('color-mix(')) return mixOf(text.slice('color-mix('.length, -1));
    const digits = /^#(?<digits>[\da-f]{3,8})$/i.exec(text.trim())?.groups?.['digits'];
    if (digits !== undefined) return hexOf(digits);
    return text.trim() === 'transparent' ? [0, 0, 0, 0] : null;
}

function hexOf(digits: string): Colour | null {
    const long = digits.length <= 4 ? digits.replace(/./g, '$&$&') : digits;
    if (long.length !== 6 && long.length !== 8) return null;
    const at = (index: number): number => Number.parseInt(long.slice(index * 2, index * 2 + 2), 16);
    return [at(0), at(1), at(2), long.length === 8 ? at(3) / 255 : 1];
}

/** `in srgb, A 20%, B`; null for other ways to mix. */
function mixOf(text: string): Colour | null {
    const [space = '', first = '', second = ''] = splitOutside(text, ',').map((part) => part.trim());
    if (space !== 'in srgb') return null;
    const [one, share] = shareOf(first);
    const [other, rest] = shareOf(second);
    const [a, b] = [colourOf(one), colourOf(other)];
    if (a === null || b === null) return null;
    const weight = share ?? (rest === null ? 0.5 : 1 - rest);
    const opacity = a[3] * weight + b[3] * (1 - weight);
    const channel = (index: 0 | 1 | 2): number =>
        opacity === 0 ? 0 : (a[index] * a[3] * weight + b[index] * b[3] * (1 - weight)) / opacity;
    return [channel(0), channel(1), channel(2), opacity];
}

function shareOf(text: string): readonly [colour: string, share: number | null] {
    const match = /^(?<colour>.*\S)\s+(?<percent>[\d.]+)%$/.exec(text)?.groups;
    return match === undefined
        ? [text, null]
        : [match['colour'] ?? '', Number.parseFloat(match['percent'] ?? '0') / 100];
}

function textOf([red, green, blue, opacity]: Colour): string {
    const hex = [red, green, blue].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('');
    return opacity === 1 ? `#${hex}` : `rgba(${[red, green, blue].map(Math.round).join(',')},${opacity.toFixed(3)})`;
}
