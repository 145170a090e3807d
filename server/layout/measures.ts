/** Sizes of everything drawn, before anything has a place. Pixels, on a grid of four. */
import type { GraphEdge, GraphNode } from '../../language/index.ts';
import type { Caption } from './laid-out-graph.ts';
import { captionOf, type Font } from './text-metrics.ts';

/** Title of a node. The picture draws with the same sizes and places; a test compares them. */
export const LABEL_FONT: Font = { size: 13, weight: 'semibold' };
export const DETAIL_FONT: Font = { size: 11, weight: 'regular' };
const EDGE_FONT: Font = { size: 11, weight: 'regular' };

const LEAF_HEIGHT = 56;
/** A folded container is a card with a row more, which tells what is inside. */
const FOLDED_ROW = 24;
export const TITLE_HEIGHT = 40;
/** Around the nodes inside a container; the badge of a node's state stands out above its border. */
export const PADDING = 20;
/** Around the whole picture. */
export const MARGIN = 32;
/** From a node's left border to its text, and from the text to the right border. */
export const TEXT_LEFT = { leaf: 56, container: 44 } as const;
const TEXT_RIGHT = 16;
/** Between title and second text of a container, which share a line; lines pass between them. */
export const TITLE_GAP = 24;

const MIN_WIDTH = { leaf: 176, folded: 208, container: 208 } as const;
const MAX_LABEL_WIDTH = 232;
const MAX_EDGE_LABEL_WIDTH = 132;
const EDGE_LABEL_HEIGHT = 16;
const EDGE_LABEL_PADDING = 4;
const GRID = 4;

export interface NodeMeasure {
    readonly caption: Caption;
    readonly detailCaption: Caption;
    /** Width and height of a leaf, least width and height of a container. */
    readonly width: number;
    readonly height: number;
}

/** Texts cut to what fits, and the size they need. */
export function measureNode(node: GraphNode, shape: 'leaf' | 'container'): NodeMeasure {
    const caption = captionOf(node.label, LABEL_FONT, MAX_LABEL_WIDTH);
    const detailCaption = captionOf(detailOf(node), DETAIL_FONT, MAX_LABEL_WIDTH);
    const text =
        shape === 'leaf'
            ? Math.max(caption.width, detailCaption.width)
            : caption.width + (detailCaption.width === 0 ? 0 : TITLE_GAP + detailCaption.width);
    const least = MIN_WIDTH[shape === 'leaf' && node.folded.length > 0 ? 'folded' : shape];
    const width = Math.max(least, toGrid(TEXT_LEFT[shape] + text + TEXT_RIGHT));
    return { caption, detailCaption, width, height: heightOf(node, shape) };
}

function heightOf({ folded }: GraphNode, shape: 'leaf' | 'container'): number {
    if (shape === 'container') return TITLE_HEIGHT + PADDING;
    return folded.length === 0 ? LEAF_HEIGHT : LEAF_HEIGHT + FOLDED_ROW;
}

/** A copy says which one it is: `Worker · 2/3`. */
function detailOf({ detail, copy }: GraphNode): string {
    return copy === null ? detail : `${detail} · ${String(copy.index)}/${String(copy.count)}`;
}

/** The imported variables as one short text with the size of its box; null when there is nothing to say. */
export function measureEdgeLabel(edge: GraphEdge, target: GraphNode): (Caption & { readonly height: number }) | null {
    if (edge.variables.length === 0) return null;
    const caption = captionOf(variablesText(edge.variables, target), EDGE_FONT, MAX_EDGE_LABEL_WIDTH);
    if (caption.text === '') return null;
    return { text: caption.text, width: caption.width + 2 * EDGE_LABEL_PADDING, height: EDGE_LABEL_HEIGHT };
}

/** `Db.ip`, `Db.port` are `ip, port`; the prefix is told when the target does not bear its name. */
function variablesText(variables: readonly string[], target: GraphNode): string {
    const groups = Map.groupBy(variables.slice(0, MAX_VARIABLES), prefixOf);
    const texts = [...groups].map(([prefix, names]) => {
        const short = names.map((name) => name.slice(prefix === '' ? 0 : prefix.length + 1)).join(', ');
        const isTold = prefix === '' || prefix === target.label || prefix === target.detail;
        return isTold ? short : names.length === 1 ? `${prefix}.${short}` : `${prefix}: ${short}`;
    });
    return texts.join('; ');
}

/** More cannot fit into any label. */
const MAX_VARIABLES = 40;

function prefixOf(variable: string): string {
    const dot = variable.indexOf('.');
    return dot <= 0 ? '' : variable.slice(0, dot);
}

function toGrid(length: number): number {
    return Math.ceil(length / GRID) * GRID;
}
