/**
 * DOOR: a laid-out graph and what is known about it in, an SVG tree out. Pure: the page draws the tree into its document, the command line and the
 * export write it as text.
 */
import type { LaidOutGraph, RoutedEdge } from '../server/layout.ts';
import { edgeElement, edgeLabelElement } from './picture/edges.ts';
import { element, keyed, textElement } from './picture/element.ts';
import { nodeElement, overlayOf, titleElement } from './picture/nodes.ts';
import type { PictureOverlay } from './picture/overlay.ts';
import { pictureStyle } from './picture/style.ts';
import type { SvgElement } from './picture/svg.ts';

export { EMPTY_OVERLAY, type PictureOverlay } from './picture/overlay.ts';
export { toSvgText, type SvgElement } from './picture/svg.ts';

/** The whole picture with its style sheet inside, so that the written file stands on its own, in light and dark. */
export function pictureOf(graph: LaidOutGraph, overlay: PictureOverlay): SvgElement {
    const [width, height] = [Math.max(graph.width, 1), Math.max(graph.height, 1)];
    const attributes = {
        xmlns: 'http://www.w3.org/2000/svg',
        class: 'roboconf-picture',
        width,
        height,
        viewBox: `0 0 ${String(width)} ${String(height)}`,
        role: 'img',
        'aria-label': describeGraph(graph),
    };
    const canvas = element('rect', { class: 'canvas', width, height });
    return element('svg', attributes, [
        textElement('style', {}, pictureStyle()),
        canvas,
        pictureLayers(graph, overlay),
    ]);
}

/** Everything but the frame and the style sheet, in one group: what the page keeps in its own, zoomable frame. */
export function pictureLayers(graph: LaidOutGraph, overlay: PictureOverlay): SvgElement {
    const { selected } = overlay;
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const chosen = selected === null ? new Set<string>() : subtreeOf(graph, selected);
    const isRelated = ({ source, target }: RoutedEdge): boolean => chosen.has(source) || chosen.has(target);
    const drawn = graph.nodes.map((node) => ({ node, drawing: nodeElement(node, overlayOf(node.id, overlay)) }));
    const ofShape = (shape: 'leaf' | 'container') => drawn.filter(({ node }) => node.shape === shape);
    const layer = (name: string, children: readonly SvgElement[]) =>
        keyed(name, element('g', { class: `layer-${name}` }, children));
    const emphasis = selected !== null && nodes.has(selected) ? ' has-selection' : '';
    return keyed(
        'layers',
        element('g', { class: `layers ${graph.arrangement}${emphasis}` }, [
            layer(
                'containers',
                ofShape('container').map(({ drawing }) => drawing),
            ),
            layer(
                'edges',
                graph.edges.map((edge) => edgeElement(edge, nodes, isRelated(edge))),
            ),
            layer(
                'titles',
                graph.nodes.map(titleElement).filter((title) => title !== null),
            ),
            layer(
                'leaves',
                ofShape('leaf').map(({ drawing }) => drawing),
            ),
            layer(
                'labels',
                graph.edges.map((edge) => edgeLabelElement(edge, isRelated(edge))).filter((label) => label !== null),
            ),
        ]),
    );
}

/** A node and everything drawn inside it. */
function subtreeOf(graph: LaidOutGraph, root: string): ReadonlySet<string> {
    const found = new Set([root]);
    for (const { id, parent } of graph.nodes) if (parent !== null && found.has(parent)) found.add(id);
    return found;
}

function describeGraph(graph: LaidOutGraph): string {
    const things = graph.perspective === 'components' ? 'components' : 'instances';
    return `Graph of ${String(graph.nodes.length)} ${things} and ${String(graph.edges.length)} relations`;
}
