/** The row of a folded container that tells what is inside: how many, and how many of each kind. */
import type { PlacedNode } from '../../server/layout.ts';
import { fill, type Texts } from '../texts.ts';
import { element, textElement, translate } from './element.ts';
import { tallyLook, type NodeOverlay, type Tally } from './node-overlay.ts';
import { countText } from './node-words.ts';
import type { PillLook } from './pill.ts';
import type { SvgElement } from './svg.ts';
import { roughWidth } from './text-width.ts';

const LEFT = 14;
const RIGHT = 12;
/** From the lower border to the middle of the row. */
const RISE = 19;
const TEXT_SIZE = 11;
const COUNT_SIZE = 10.5;
const GAP = 10;
const ICON_SIZE = 10;
const ICON_GAP = 4;
/** More kinds are told by the tooltip. */
const MAX_KINDS = 3;

/** Centred on a line above the lower border of the card. */
export function insideRow(node: PlacedNode, { inside }: NodeOverlay, texts: Texts): SvgElement {
    const words = countText(node.folded.length, texts['node.oneInside'], texts['node.inside']);
    const counts = fittedCounts(inside, node.width - LEFT - RIGHT - roughWidth(words, TEXT_SIZE) - GAP);
    let x = node.width - RIGHT - counts.reduce((sum, count) => sum + count.width + GAP, -GAP);
    const drawn = counts.map((count) => {
        const at = x;
        x += count.width + GAP;
        return countElement(count, at);
    });
    return element('g', { class: 'inside', transform: translate(0, node.height - RISE) }, [
        textElement('text', { class: 'detail', x: LEFT, y: 4 }, words),
        ...drawn,
    ]);
}

interface Count {
    /** Null for what stands for the rest. */
    readonly look: PillLook | null;
    readonly text: string;
    readonly width: number;
}

/** As many kinds as there is room for, then how many nodes are of others. */
function fittedCounts(tallies: readonly Tally[], room: number): readonly Count[] {
    for (let shown = Math.min(MAX_KINDS, tallies.length); shown > 0; shown -= 1) {
        const rest = tallies.slice(shown).reduce((sum, { count }) => sum + count, 0);
        const counts = [
            ...tallies.slice(0, shown).map((tally) => countOf(tallyLook(tally), String(tally.count))),
            ...(rest === 0 ? [] : [countOf(null, fill('+{0}', rest))]),
        ];
        if (counts.reduce((sum, { width }) => sum + width + GAP, -GAP) <= room) return counts;
    }
    return [];
}

function countOf(look: PillLook | null, text: string): Count {
    const icon = look === null ? 0 : ICON_SIZE + ICON_GAP;
    return { look, text, width: icon + Math.ceil(roughWidth(text, COUNT_SIZE)) };
}

function countElement({ look, text }: Count, x: number): SvgElement {
    const attributes = { class: `tally${look === null ? '' : ` ${look.tone}`}`, transform: translate(x, 0) };
    if (look === null) return element('g', attributes, [textElement('text', { class: 'tally-text', y: 4 }, text)]);
    const shape = look.isOutline ? 'outline' : 'solid';
    return element('g', attributes, [
        element('path', { class: `state-icon ${shape}`, transform: translate(0, -ICON_SIZE / 2), d: look.icon }),
        textElement('text', { class: 'tally-text', x: ICON_SIZE + ICON_GAP, y: 4 }, text),
    ]);
}
