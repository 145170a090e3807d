/**
 * Names of containers for a picture that is too small for its own texts: as large as they are read, on the window rather than on the picture.
 * A container whose upper border is out of sight keeps its name in sight, as long as there is room for it.
 */
import type { PlacedNode, Rectangle } from '../../../server/layout.ts';
import { element, keyed, textElement, translate } from '../../picture/element.ts';
import type { SvgElement } from '../../picture/svg.ts';
import { graphemesOf, roughWidth } from '../../picture/text-width.ts';
import type { Scene } from './scene.ts';
import type { Size, Viewport } from '../viewport.ts';

const TEXT_SIZE = 10;
const LINE_HEIGHT = 12;
const LEFT = 6;
const TOP = 1;
const LEAST_WIDTH = 60;
const LEAST_HEIGHT = 24;
/** Where more containers than this have room for a name, the names are too much to be read. */
const MAX_TITLES = 120;
const LEAST_LETTERS = 4;
const WIDTH_STEP = 8;

/** The names that have room in a window of that size, outer containers first. */
export function farTitles({ containers }: Scene, viewport: Viewport, windowSize: Size): readonly SvgElement[] {
    const seen = containers
        .map((node) => ({ node, place: onWindow(node, viewport, windowSize) }))
        .filter(({ place }) => place.width >= LEAST_WIDTH && place.height >= LEAST_HEIGHT)
        .sort((one, other) => one.node.depth - other.node.depth || area(other.place) - area(one.place));
    const taken: Rectangle[] = [];
    const titles: SvgElement[] = [];
    for (const { node, place } of seen) {
        const title = titles.length < MAX_TITLES ? titleIn(node, place, taken) : null;
        if (title !== null) titles.push(title);
    }
    return titles;
}

/** The part of a node that the window shows, in pixels of the window. */
function onWindow(node: PlacedNode, { x, y, scale }: Viewport, windowSize: Size): Rectangle {
    const [left, top] = [Math.max(0, x + node.x * scale), Math.max(0, y + node.y * scale)];
    const right = Math.min(windowSize.width, x + (node.x + node.width) * scale);
    const bottom = Math.min(windowSize.height, y + (node.y + node.height) * scale);
    return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Null where another name is, or the room is too small for a few letters. */
function titleIn(node: PlacedNode, place: Rectangle, taken: Rectangle[]): SvgElement | null {
    const text = cutInside(node.caption.text, steps(place.width - 2 * LEFT));
    if (text === '') return null;
    // On whole pixels, letters are drawn once and used again.
    const plate = {
        x: Math.round(place.x) + LEFT,
        y: Math.round(place.y) + TOP,
        width: roughWidth(text, TEXT_SIZE),
        height: LINE_HEIGHT,
    };
    if (taken.some((other) => overlaps(plate, other))) return null;
    taken.push(plate);
    return keyed(
        `far:${node.id}`,
        element('g', { class: 'far-title', transform: translate(plate.x, plate.y) }, [
            element('rect', { class: 'plate', x: -3, width: plate.width + 6, height: LINE_HEIGHT, rx: 3 }),
            textElement('text', { y: 9.5 }, text),
        ]),
    );
}

/** Widths in steps: a name is not cut anew with every pixel of a zoom. */
function steps(width: number): number {
    return Math.floor(width / WIDTH_STEP) * WIDTH_STEP;
}

/** Cut in the middle: names of many machines differ at their ends. Empty when not even a few letters fit. */
function cutInside(text: string, room: number): string {
    if (roughWidth(text, TEXT_SIZE) <= room) return text;
    const signs = graphemesOf(text);
    for (let count = signs.length - 1; count >= LEAST_LETTERS; count--) {
        const head = Math.floor(count / 2);
        const shorter = `${signs.slice(0, head).join('')}…${signs.slice(signs.length - (count - head)).join('')}`;
        if (roughWidth(shorter, TEXT_SIZE) <= room) return shorter;
    }
    return '';
}

function overlaps(one: Rectangle, other: Rectangle): boolean {
    return (
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height
    );
}

function area({ width, height }: Rectangle): number {
    return width * height;
}
