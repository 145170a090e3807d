/** What every laid-out graph must satisfy. */
import { expect } from 'vitest';
import type { GraphView } from '../../../language/index.ts';
import type { LaidOutGraph, PlacedNode, Point, Rectangle } from '../../../server/layout.ts';
import { DETAIL_FONT, LABEL_FONT, TEXT_LEFT, TITLE_GAP } from '../../../server/layout/measures.ts';
import { widthOf } from '../../../server/layout/text-metrics.ts';

const TOLERANCE = 0.6;

/** All breaches as sentences; none when the layout is sound. */
export function breachesOf(view: GraphView, graph: LaidOutGraph): string[] {
    return [
        ...completeness(view, graph),
        ...nesting(graph),
        ...overlaps(graph),
        ...ends(graph),
        ...clipped(graph),
        ...turnedLabels(graph),
    ];
}

export function expectSound(view: GraphView, graph: LaidOutGraph): void {
    expect(breachesOf(view, graph)).toEqual([]);
}

function completeness(view: GraphView, graph: LaidOutGraph): string[] {
    const wanted = [...new Set(view.nodes.map((node) => node.id))].sort();
    const found = graph.nodes.map((node) => node.id).sort();
    return JSON.stringify(wanted) === JSON.stringify(found) ? [] : ['the nodes are not those of the view'];
}

function nesting(graph: LaidOutGraph): string[] {
    const seen = new Map<string, PlacedNode>();
    return graph.nodes.flatMap((node) => {
        seen.set(node.id, node);
        if (!isInside(node, { x: 0, y: 0, width: graph.width, height: graph.height }))
            return [`${node.id} leaves the picture`];
        if (node.parent === null) return [];
        const parent = seen.get(node.parent);
        if (parent === undefined) return [`${node.id} stands before its container`];
        return isInside(node, parent) ? [] : [`${node.id} leaves ${parent.id}`];
    });
}

function overlaps(graph: LaidOutGraph): string[] {
    return graph.nodes.flatMap((one, index) =>
        graph.nodes
            .slice(index + 1)
            .filter((other) => other.parent === one.parent && isOverlap(one, other))
            .map((other) => `${one.id} lies over ${other.id}`),
    );
}

function ends(graph: LaidOutGraph): string[] {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    return graph.edges.flatMap((edge) => {
        const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
        const [first, last] = [edge.points[0], edge.points.at(-1)];
        if (source === undefined || target === undefined) return [`${edge.id} has an end that is not drawn`];
        if (first === undefined || last === undefined || edge.points.length < 2) return [`${edge.id} has no line`];
        const from = isOnBorder(first, source) ? [] : [`${edge.id} does not start on ${source.id}`];
        return isOnBorder(last, target) ? from : [...from, `${edge.id} does not end on ${target.id}`];
    });
}

/** Texts are written from left to right, whichever way their lines run. */
function turnedLabels({ edges }: LaidOutGraph): string[] {
    return edges.flatMap(({ id, label }) =>
        label !== null && label.text.length > LEAST_LETTERS && label.width <= label.height
            ? [`the label of ${id} has the room of a text that runs downwards`]
            : [],
    );
}

const LEAST_LETTERS = 4;

function clipped(graph: LaidOutGraph): string[] {
    return graph.nodes.flatMap((node) => {
        const label = widthOf(node.caption.text, LABEL_FONT);
        const detail = widthOf(node.detailCaption.text, DETAIL_FONT);
        const text = node.shape === 'leaf' ? Math.max(label, detail) : label + (detail === 0 ? 0 : TITLE_GAP + detail);
        return TEXT_LEFT[node.shape] + text <= node.width ? [] : [`the text of ${node.id} is clipped`];
    });
}

function isInside(inner: Rectangle, outer: Rectangle): boolean {
    return (
        inner.x >= outer.x - TOLERANCE &&
        inner.y >= outer.y - TOLERANCE &&
        inner.x + inner.width <= outer.x + outer.width + TOLERANCE &&
        inner.y + inner.height <= outer.y + outer.height + TOLERANCE
    );
}

function isOverlap(one: Rectangle, other: Rectangle): boolean {
    return (
        one.x < other.x + other.width - TOLERANCE &&
        other.x < one.x + one.width - TOLERANCE &&
        one.y < other.y + other.height - TOLERANCE &&
        other.y < one.y + one.height - TOLERANCE
    );
}

function isOnBorder({ x, y }: Point, box: Rectangle): boolean {
    const near = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE;
    const inX = x >= box.x - TOLERANCE && x <= box.x + box.width + TOLERANCE;
    const inY = y >= box.y - TOLERANCE && y <= box.y + box.height + TOLERANCE;
    const onSide = near(x, box.x) || near(x, box.x + box.width);
    const onTop = near(y, box.y) || near(y, box.y + box.height);
    return (onSide && inY) || (onTop && inX);
}
