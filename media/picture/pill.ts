/** The small labels on the borders of nodes: an icon and a word on a plate in the colour of what they tell. */
import { element, figure, textElement, translate } from './element.ts';
import { cutToWidth, roughWidth } from './text-width.ts';
import type { SvgElement } from './svg.ts';

/** How one kind of label looks. Colour, shape and word tell the same, so that none of the three has to be seen. */
export interface PillLook {
    /** Names the colour in the style sheet. */
    readonly tone: Tone;
    /** Path in a square of 10 pixels. */
    readonly icon: string;
    /** Drawn with a stroke only, not filled. */
    readonly isOutline: boolean;
}

export type Tone = 'idle' | 'busy' | 'waiting' | 'good' | 'stopped' | 'bad' | 'remade' | 'again';

export interface Pill {
    /** Class names besides that of the tone. */
    readonly kind: string;
    readonly look: PillLook;
    /** As they fit; empty = the icon alone. */
    readonly words: string;
    /** In a ring of its own after the words; empty = none. */
    readonly number: string;
    /**
     * Room for an age after the words, filled in by whoever has a clock: since when, in milliseconds; null = none. A label has a number or an
     * age, not both.
     */
    readonly since: number | null;
}

const PILL_HEIGHT = 18;
const ICON_LEFT = 7;
const ICON_SIZE = 10;
const TEXT_LEFT = 22;
const TEXT_RIGHT = 9;
export const TEXT_SIZE = 10.5;
const NUMBER_SIZE = 9.5;

/** Pixels. */
export function pillWidth({ words, number, since }: Pill): number {
    const text = words === '' ? ICON_LEFT + ICON_SIZE : TEXT_LEFT + roughWidth(words, TEXT_SIZE);
    if (number !== '') return Math.ceil(text + NUMBER_GAP + numberWidth(number) + 1);
    const age = since === null ? 0 : AGE_GAP + AGE_WIDTH;
    return Math.ceil(text + age + (words === '' ? ICON_LEFT : TEXT_RIGHT));
}

const NUMBER_GAP = 6;
const AGE_GAP = 6;
/** Of the widest there is: `59 min`. */
const AGE_WIDTH = 36;

function numberWidth(number: string): number {
    return Math.max(PILL_HEIGHT - 2, Math.ceil(roughWidth(number, NUMBER_SIZE)) + 8);
}

/** The same label in at most `room` pixels: its words cut, or without them. */
export function fittedPill(pill: Pill, room: number): Pill {
    const over = pillWidth(pill) - room;
    if (over <= 0 || pill.words === '') return pill;
    const words = cutToWidth(pill.words, TEXT_SIZE, roughWidth(pill.words, TEXT_SIZE) - over);
    return { ...pill, words: words.length < LEAST_LETTERS ? '' : words };
}

/** Fewer say nothing. */
const LEAST_LETTERS = 4;

/** The label with its left end at `x`, centred on the line `y`. */
export function pillElement(pill: Pill, x: number, y: number): SvgElement {
    const { kind, look, words, number, since } = pill;
    const width = pillWidth(pill);
    const plate = { width, height: PILL_HEIGHT, rx: PILL_HEIGHT / 2 };
    const icon = {
        class: `state-icon ${look.isOutline ? 'outline' : 'solid'}`,
        transform: translate(ICON_LEFT, 4),
        d: look.icon,
    };
    return element('g', { class: `pill ${kind} ${look.tone}`, transform: translate(x, y - PILL_HEIGHT / 2) }, [
        element('rect', { class: 'plate', ...plate }),
        element('rect', { class: 'tint', ...plate }),
        element('path', icon),
        ...(words === '' ? [] : [textElement('text', { class: 'state-text', x: figure(TEXT_LEFT), y: 12.75 }, words)]),
        ...numberElements(number, width),
        ...(since === null ? [] : [ageElement(since, width)]),
    ]);
}

function ageElement(since: number, width: number): SvgElement {
    return element('text', { class: 'age', x: width - TEXT_RIGHT, y: 12.75, 'data-since': since });
}

function numberElements(number: string, width: number): readonly SvgElement[] {
    if (number === '') return [];
    const [own, height] = [numberWidth(number), PILL_HEIGHT - 4];
    const left = width - own - 2;
    return [
        element('rect', { class: 'number-ground', x: left, y: 2, width: own, height, rx: height / 2 }),
        textElement('text', { class: 'number', x: left + own / 2, y: 12.5 }, number),
    ];
}
