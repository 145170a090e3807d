/** How ELK is to lay out: distances, proportions, how hard it tries. */
import type { LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Content, FlowDirection, Padding } from './content.ts';
import { ASPECTS } from './fit.ts';

/** Between what is drawn, whichever way it is laid out. */
export function spacingOptions(direction: FlowDirection): LayoutOptions {
    return {
        'elk.spacing.nodeNode': '28',
        'elk.spacing.edgeNode': '20',
        'elk.spacing.edgeEdge': '12',
        'elk.spacing.edgeLabel': '4',
        'elk.spacing.componentComponent': '40',
        // A label takes a layer of its own: across a downward line it is much thinner than along one.
        'elk.layered.spacing.nodeNodeBetweenLayers': direction === 'DOWN' ? '28' : '48',
        'elk.layered.spacing.edgeNodeBetweenLayers': direction === 'DOWN' ? '16' : '20',
        'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
    };
}

/** What the effort depends on. */
export interface Extent {
    /** Children that lines reach. */
    readonly childCount: number;
    readonly lineCount: number;
    /** How many others the best connected child is connected with, on one of its sides. */
    readonly widest: number;
}

/** One container by itself. */
export function elkOptions({ direction, orientation }: Content, extent: Extent): LayoutOptions {
    return {
        'elk.algorithm': 'layered',
        'elk.direction': direction,
        'elk.edgeRouting': 'ORTHOGONAL',
        'elk.aspectRatio': String(ASPECTS[orientation]),
        'elk.randomSeed': '1',
        ...spacingOptions(direction),
        ...(isStar(extent) ? starOptions(extent) : plainOptions(extent)),
    };
}

/** A layer of more than this many is too long to be read. */
const LONG_LAYER = 12;
const STAR_SHARE = 0.5;

/** Most lead to the same node: they would stand in one endless layer. */
function isStar({ childCount, widest }: Extent): boolean {
    return widest > Math.max(LONG_LAYER, STAR_SHARE * childCount);
}

/** The layer is broken into several, about as wide together as they are high. */
function starOptions({ childCount, lineCount }: Extent): LayoutOptions {
    return {
        'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
        'elk.layered.layering.coffmanGraham.layerBound': String(Math.max(6, Math.ceil(Math.sqrt(1.4 * childCount)))),
        'elk.layered.nodePlacement.strategy': childCount > MAX_BALANCED ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
        ...orderOptions(lineCount <= 2 * childCount),
    };
}

/** Up to so many, places are balanced over all layers; with more, that takes longer than a larger picture without. */
const MAX_BALANCED = 40;
/** Up to so many, the order of the model is kept where nothing speaks against it; with more, looking for such an order takes seconds. */
const MAX_ORDERED = 30;

/** Up to so many, lines are kept straight at some cost. */
const MAX_STRAIGHT = 120;

function placementFor(childCount: number): string {
    if (childCount <= MAX_BALANCED) return 'NETWORK_SIMPLEX';
    return childCount <= MAX_STRAIGHT ? 'LINEAR_SEGMENTS' : 'BRANDES_KOEPF';
}

function plainOptions({ childCount }: Extent): LayoutOptions {
    return {
        'elk.layered.nodePlacement.strategy': placementFor(childCount),
        ...orderOptions(childCount <= MAX_ORDERED),
        ...(childCount > MAX_STRAIGHT ? { 'elk.layered.thoroughness': '1' } : {}),
    };
}

function orderOptions(isOrdered: boolean): LayoutOptions {
    return isOrdered
        ? { 'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES' }
        : { 'elk.layered.thoroughness': '2' };
}

/** As ELK reads it. */
export function paddingOption({ left, top, right, bottom }: Padding): string {
    return `[top=${String(top)},left=${String(left)},bottom=${String(bottom)},right=${String(right)}]`;
}
