/** The picture of what is in sight, as a tree of elements: boxes, lines, names, cards, labels, from the ground up. */
import type { LaidOutGraph, PlacedNode, Rectangle, RoutedEdge } from '../../../server/layout.ts';
import { edgeMarksOf, type EdgeMarks } from '../../picture/edge-marks.ts';
import { element, keyed } from '../../picture/element.ts';
import { nodeOverlaysOf } from '../../picture/node-overlay.ts';
import type { PictureOverlay } from '../../picture/overlay.ts';
import type { SvgElement } from '../../picture/svg.ts';
import type { Texts } from '../../texts.ts';
import { createDrawings, type NodeDrawing } from './drawings.ts';
import { chunkElement, chunksOf, mergedClassOf, mergedEdges, type Chunk } from './merged.ts';
import type { Passing } from './motion.ts';
import type { Scene } from './scene.ts';
import type { Sight } from './sight.ts';

export interface LayersConfig {
    readonly texts: Texts;
    readonly decorate: (node: PlacedNode, drawing: SvgElement) => SvgElement;
}

/** What the elements of a picture are made from. */
export interface Subject extends Passing {
    readonly scene: Scene;
    readonly overlay: PictureOverlay;
    /** How large it is seen. */
    readonly scale: number;
    /** The node under the pointer; its lines stand out. */
    readonly hovered: string | null;
}

export interface Layers {
    /** Other elements are to be decorated than before, or otherwise. */
    readonly redecorate: () => void;
    /** `area`: the part of the picture that is drawn, where chunks are concerned. */
    readonly draw: (subject: Subject, sight: Sight, area: Rectangle) => SvgElement;
}

/** Nothing is drawn yet. */
export function createLayers({ texts, decorate }: LayersConfig): Layers {
    const drawings = createDrawings(texts);
    const chunks = createChunks();
    const decorations = createDecorations(decorate);
    const draw = (subject: Subject, sight: Sight, area: Rectangle): SvgElement => {
        const { scene, overlay, leaving, entering } = subject;
        const overlayOf = nodeOverlaysOf(overlay);
        const marksOf = marksWithHover(subject);
        const context = { nodes: scene.nodes, texts };
        const nodes = sight.nodes.map((node) => ({ node, ...drawings.node(node, overlayOf(node)) }));
        const edges = sight.edges.map((edge) => drawings.edge(edge, marksOf(edge), context));
        drawings.tidy();
        const ofShape = (shape: PlacedNode['shape']) =>
            nodes
                .filter(({ node }) => node.shape === shape)
                .map(({ node, drawing }) =>
                    leaving.has(node.id)
                        ? faded(drawing)
                        : cameIf(decorations.get(node, drawing), entering.has(node.id)),
                );
        const merged = (shape: PlacedNode['shape']) =>
            sight.isMerged || !sight.isWhole
                ? chunks.draw(subject, { shape, area, classOf: mergedClassOf(overlayOf) })
                : [];
        decorations.tidy();
        return keyed(
            'layers',
            element('g', { class: classOf(subject, sight), role: 'none' }, [
                quiet('merged-containers', merged('container')),
                layer('containers', ofShape('container')),
                quiet('edges', [
                    ...mergedEdges(sight.mergedEdges, scene.graph.arrangement === 'packed'),
                    ...edges.map(({ drawing }) => passingEdge(drawing, subject)),
                ]),
                quiet('titles', titlesOf(nodes)),
                quiet('merged-leaves', merged('leaf')),
                layer('leaves', ofShape('leaf')),
                quiet(
                    'labels',
                    edges.map(({ label }) => label).filter((label) => label !== null),
                ),
            ]),
        );
    };
    return { draw, redecorate: decorations.forget };
}

function classOf({ scene, overlay, scale }: Subject, sight: Sight): string {
    const names = ['layers', scene.graph.arrangement];
    if (overlay.selected.some((id) => scene.nodes.has(id))) names.push('has-selection');
    if (sight.isMerged) names.push('is-merged');
    if (sight.nodes.length > MAX_LIVELY) names.push('crowded');
    if (sight.nodes.length > MAX_LIVELY && scale < PLAIN_SCALE) names.push('is-plain');
    return names.join(' ');
}

/** Colours of more nodes than this change at once, without a transition each. */
const MAX_LIVELY = 120;
/** Below this scale, only names of nodes can be read. */
const PLAIN_SCALE = 0.62;

function marksWithHover({ scene, overlay, hovered }: Subject): (edge: RoutedEdge) => EdgeMarks {
    const marksOf = edgeMarksOf(scene.graph, overlay);
    if (hovered === null) return marksOf;
    return (edge) => {
        const marks = marksOf(edge);
        return edge.source === hovered || edge.target === hovered ? { ...marks, isRelated: true } : marks;
    };
}

function titlesOf(nodes: readonly NodeDrawing[]): readonly SvgElement[] {
    return nodes.map(({ title }) => title).filter((title) => title !== null);
}

interface ChunkWish {
    readonly shape: PlacedNode['shape'];
    readonly area: Rectangle;
    readonly classOf: (node: PlacedNode) => string;
}

/** Chunks of the last graph; each is made again only when a class in it changed. */
function createChunks() {
    let graph: LaidOutGraph | null = null;
    let chunks: readonly Chunk[] = [];
    let known = new Map<string, { readonly classes: readonly string[]; readonly drawing: SvgElement }>();
    const drawn = (chunk: Chunk, classOf: (node: PlacedNode) => string): SvgElement => {
        const classes = chunk.nodes.map(classOf);
        const before = known.get(chunk.key);
        if (before?.classes.every((name, index) => name === classes[index]) === true) return before.drawing;
        const drawing = chunkElement(chunk, (_, index) => classes[index] ?? '');
        known.set(chunk.key, { classes, drawing });
        return drawing;
    };
    const draw = ({ scene }: Subject, { shape, area, classOf }: ChunkWish): readonly SvgElement[] => {
        if (graph !== scene.graph) {
            graph = scene.graph;
            chunks = [...chunksOf(graph, 'container'), ...chunksOf(graph, 'leaf')];
            known = new Map();
        }
        const wanted = chunks.filter(({ key, box }) => key.startsWith(shape) && isNear(box, area));
        return wanted.map((chunk) => drawn(chunk, classOf));
    };
    return { draw };
}

function isNear(box: Rectangle, area: Rectangle): boolean {
    return (
        box.x <= area.x + area.width &&
        box.y <= area.y + area.height &&
        box.x + box.width >= area.x &&
        box.y + box.height >= area.y
    );
}

/** What the owner made of drawings, as long as they are the same and the owner would say the same. */
function createDecorations(decorate: LayersConfig['decorate']) {
    let known = new Map<string, { readonly from: SvgElement; readonly to: SvgElement }>();
    let asked = new Map<string, { readonly from: SvgElement; readonly to: SvgElement }>();
    const get = (node: PlacedNode, drawing: SvgElement): SvgElement => {
        const before = known.get(node.id);
        const entry = before?.from === drawing ? before : { from: drawing, to: decorate(node, drawing) };
        asked.set(node.id, entry);
        return entry.to;
    };
    const tidy = (): void => {
        known = asked;
        asked = new Map();
    };
    const forget = (): void => {
        known.clear();
        asked.clear();
    };
    return { get, tidy, forget };
}

function passingEdge(drawing: SvgElement, { leaving, entering }: Passing): SvgElement {
    const id = drawing.attributes['data-edge'] ?? '';
    return leaving.has(id) ? faded(drawing) : cameIf(drawing, entering.has(id));
}

/** Marked as what was not there before. */
function cameIf(drawing: SvgElement, isEntering: boolean): SvgElement {
    if (!isEntering) return drawing;
    return {
        ...drawing,
        attributes: { ...drawing.attributes, class: `${drawing.attributes['class'] ?? ''} entering` },
    };
}

/** No part of the model any more: it can be neither found nor pressed. */
function faded(drawing: SvgElement): SvgElement {
    const { 'data-node': _node, 'data-edge': _edge, ...rest } = drawing.attributes;
    return { ...drawing, attributes: { ...rest, class: `${rest['class'] ?? ''} leaving`, 'aria-hidden': 'true' } };
}

function layer(name: string, children: readonly SvgElement[]): SvgElement {
    return keyed(name, element('g', { class: `layer-${name}`, role: 'none' }, children));
}

/** What eyes alone can use. */
function quiet(name: string, children: readonly SvgElement[]): SvgElement {
    return keyed(name, element('g', { class: `layer-${name}`, 'aria-hidden': 'true' }, children));
}
