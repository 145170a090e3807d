/** Drawings of nodes and edges, each made once as long as what it shows is the same: what did not change is not even compared with the document. */
import type { PlacedNode, RoutedEdge } from '../../../server/layout.ts';
import { isSameMarks, type EdgeMarks } from '../../picture/edge-marks.ts';
import { edgeElement, edgeLabelElement, type EdgeContext } from '../../picture/edges.ts';
import { isSameOverlay, type NodeOverlay } from '../../picture/node-overlay.ts';
import { nodeElement, titleElement } from '../../picture/nodes.ts';
import type { SvgElement } from '../../picture/svg.ts';
import type { Texts } from '../../texts.ts';

export interface NodeDrawing {
    readonly drawing: SvgElement;
    /** The texts and labels of a container, drawn above lines; null for a card. */
    readonly title: SvgElement | null;
}

export interface EdgeDrawing {
    readonly drawing: SvgElement;
    readonly label: SvgElement | null;
}

export interface Drawings {
    readonly node: (node: PlacedNode, overlay: NodeOverlay) => NodeDrawing;
    readonly edge: (edge: RoutedEdge, marks: EdgeMarks, context: EdgeContext) => EdgeDrawing;
    /** Forgets what was not asked for since the last time, when there is much of it. */
    readonly tidy: () => void;
}

interface Remembered<Subject, Marks, Drawing> {
    readonly subject: Subject;
    readonly marks: Marks;
    readonly drawing: Drawing;
}

/** Empty at first. */
export function createDrawings(texts: Texts): Drawings {
    const nodes = createMemory<PlacedNode, NodeOverlay, NodeDrawing>(isSameOverlay);
    const edges = createMemory<RoutedEdge, EdgeMarks, EdgeDrawing>(isSameMarks);
    return {
        node: (node, overlay) =>
            nodes.get(node, overlay, () => ({
                drawing: nodeElement(node, overlay, texts),
                title: titleElement(node, overlay, texts),
            })),
        edge: (edge, marks, context) =>
            edges.get(edge, marks, () => ({
                drawing: edgeElement(edge, context, marks),
                label: edgeLabelElement(edge, marks.isRelated),
            })),
        tidy: () => {
            nodes.tidy();
            edges.tidy();
        },
    };
}

/** So many may be remembered that are not drawn. */
const MAX_IDLE = 1_000;

function createMemory<Subject extends { readonly id: string }, Marks, Drawing>(
    isSameMark: (one: Marks, other: Marks) => boolean,
) {
    let known = new Map<string, Remembered<Subject, Marks, Drawing>>();
    let asked = new Map<string, Remembered<Subject, Marks, Drawing>>();
    const get = (subject: Subject, marks: Marks, draw: () => Drawing): Drawing => {
        const before = known.get(subject.id);
        const isKnown = before !== undefined && before.subject === subject && isSameMark(before.marks, marks);
        const entry = isKnown ? before : { subject, marks, drawing: draw() };
        known.set(subject.id, entry);
        asked.set(subject.id, entry);
        return entry.drawing;
    };
    const tidy = (): void => {
        if (known.size > asked.size + MAX_IDLE) known = asked;
        asked = new Map();
    };
    return { get, tidy };
}
