/**
 * DOOR: a laid-out graph and what is known about it in, an SVG tree out. Pure: the page draws the tree into its document, the command line and the
 * export write it as text.
 */
import type { LaidOutGraph } from '../server/layout.ts';
import { edgeMarksOf } from './picture/edge-marks.ts';
import { edgeElement, edgeLabelElement } from './picture/edges.ts';
import { element, keyed, textElement, translate } from './picture/element.ts';
import { legendEntriesOf, legendOf } from './picture/legend.ts';
import { nodeOverlaysOf } from './picture/node-overlay.ts';
import { nodeElement, titleElement } from './picture/nodes.ts';
import { withoutClock, type PictureOverlay } from './picture/overlay.ts';
import { pictureStyle } from './picture/style.ts';
import type { SvgElement } from './picture/svg.ts';
import { fill, type Texts } from './texts.ts';

export { EMPTY_OVERLAY, type PictureOverlay } from './picture/overlay.ts';
export { toSvgText, type SvgElement } from './picture/svg.ts';
export { ENGLISH, type Texts } from './texts.ts';

/** The whole picture with its style sheet and legend inside, so that the written file stands on its own, in light and dark. */
export function pictureOf(graph: LaidOutGraph, overlay: PictureOverlay, texts: Texts): SvgElement {
    const legend = legendOf(legendEntriesOf(graph, overlay, texts), Math.max(graph.width, MIN_WIDTH));
    const width = Math.max(graph.width, legend.width, 1);
    const height = Math.max(graph.height + legend.height, 1);
    const attributes = {
        xmlns: 'http://www.w3.org/2000/svg',
        class: 'roboconf-picture',
        width,
        height,
        viewBox: `0 0 ${String(width)} ${String(height)}`,
        role: 'img',
        'aria-label': describeGraph(graph, texts),
    };
    const canvas = element('rect', { class: 'canvas', width, height });
    return element('svg', attributes, [
        textElement('style', {}, pictureStyle()),
        canvas,
        pictureLayers(graph, withoutClock(overlay), texts),
        ...legend.rows.map((row) => element('g', { transform: translate(0, graph.height) }, [row])),
    ]);
}

/** Room for the longest line of a legend. */
const MIN_WIDTH = 360;

/** Everything but the frame and the style sheet, in one group: what the page keeps in its own, zoomable frame. */
export function pictureLayers(graph: LaidOutGraph, overlay: PictureOverlay, texts: Texts): SvgElement {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const overlayOf = nodeOverlaysOf(overlay);
    const marksOf = edgeMarksOf(graph, overlay);
    const drawn = graph.nodes.map((node) => ({
        shape: node.shape,
        drawing: nodeElement(node, overlayOf(node), texts),
    }));
    const ofShape = (shape: 'leaf' | 'container') =>
        drawn.filter((node) => node.shape === shape).map(({ drawing }) => drawing);
    const edges = graph.edges.map((edge) => edgeElement(edge, { nodes, texts }, marksOf(edge)));
    const titles = graph.nodes
        .map((node) => titleElement(node, overlayOf(node), texts))
        .filter((title) => title !== null);
    const labels = graph.edges
        .map((edge) => edgeLabelElement(edge, marksOf(edge).isRelated))
        .filter((label) => label !== null);
    const emphasis = overlay.selected.some((id) => nodes.has(id)) ? ' has-selection' : '';
    return keyed(
        'layers',
        element('g', { class: `layers ${graph.arrangement}${emphasis}` }, [
            layer('containers', ofShape('container')),
            layer('edges', edges),
            layer('titles', titles),
            layer('leaves', ofShape('leaf')),
            layer('labels', labels),
        ]),
    );
}

function layer(name: string, children: readonly SvgElement[]): SvgElement {
    return keyed(name, element('g', { class: `layer-${name}` }, children));
}

function describeGraph({ perspective, nodes, edges }: LaidOutGraph, texts: Texts): string {
    return fill(texts[`picture.${perspective}`], nodes.length, edges.length);
}
