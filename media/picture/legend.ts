/** The legend under a picture that stands on its own: a sample and a word for each look of its edges. */
import type { RoutedEdge } from '../../server/layout.ts';
import type { Texts } from '../texts.ts';
import { edgeSample, lookOf, type EdgeLook } from './edges.ts';
import { element, textElement, translate } from './element.ts';
import { roughWidth } from './status.ts';
import type { SvgElement } from './svg.ts';

/** Looks in the order legends list them. */
const LOOKS: readonly EdgeLook[] = [
    'mandatory',
    'optional',
    'external',
    'external-optional',
    'extends',
    'facet',
    'child',
];

/** The looks that edges have, each once. */
export function looksOf(edges: readonly RoutedEdge[]): readonly EdgeLook[] {
    const present = new Set(edges.map(lookOf));
    return LOOKS.filter((look) => present.has(look));
}

export interface Legend {
    /** Drawn from the legend's upper left corner. Empty when there is nothing to explain. */
    readonly rows: readonly SvgElement[];
    readonly width: number;
    readonly height: number;
}

const SIDE = 32;
const SAMPLE_WIDTH = 44;
const TEXT_GAP = 10;
const ENTRY_GAP = 28;
const ROW_HEIGHT = 24;
const TEXT_SIZE = 11;

/** Broken into rows of at most `room` pixels. */
export function legendOf(edges: readonly RoutedEdge[], texts: Texts, room: number): Legend {
    const rows: SvgElement[] = [];
    let [x, y, width] = [SIDE, 0, 0];
    for (const look of looksOf(edges)) {
        const text = texts[`legend.${look}`];
        const length = SAMPLE_WIDTH + TEXT_GAP + Math.ceil(roughWidth(text, TEXT_SIZE));
        if (x > SIDE && x + length > room - SIDE) [x, y] = [SIDE, y + ROW_HEIGHT];
        rows.push(entryOf(look, text, x, y));
        width = Math.max(width, x + length + SIDE);
        x += length + ENTRY_GAP;
    }
    return { rows, width, height: rows.length === 0 ? 0 : y + ROW_HEIGHT + SIDE / 2 };
}

function entryOf(look: EdgeLook, text: string, x: number, y: number): SvgElement {
    return element('g', { class: 'legend-entry', transform: translate(x, y) }, [
        edgeSample(look),
        textElement('text', { x: SAMPLE_WIDTH + TEXT_GAP, y: 12 }, text),
    ]);
}
