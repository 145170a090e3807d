/** How far a picture is from what a reader would draw: siblings out of the model's order, long lines, many bends. Lower is better. */
import type { FlowDirection } from './content.ts';
import type { LaidOutGraph, PlacedNode, Point } from './laid-out-graph.ts';

/** What one pair of siblings in the wrong order costs, in pixels of line. */
const INVERSION = 150;
const BEND = 25;

/** Nodes are taken to be in the model's order. */
export function disorderOf(graph: LaidOutGraph, direction: FlowDirection): number {
    const lines = graph.edges.reduce((sum, { points }) => sum + lengthOf(points) + BEND * (points.length - 2), 0);
    const siblings = Map.groupBy(graph.nodes, (node) => node.parent);
    const inversions = [...siblings.values()].reduce((sum, nodes) => sum + inversionsOf(nodes, direction), 0);
    return lines + INVERSION * inversions;
}

/** Pairs in one layer of which the later stands before the earlier. */
function inversionsOf(nodes: readonly PlacedNode[], direction: FlowDirection): number {
    let count = 0;
    nodes.forEach((one, index) => {
        for (const other of nodes.slice(index + 1)) {
            if (isBefore(other, one, direction)) count += 1;
        }
    });
    return count;
}

/** Tells whether two share a layer and the first of them comes first in it. */
function isBefore(one: PlacedNode, other: PlacedNode, direction: FlowDirection): boolean {
    const isSameColumn = one.x < other.x + other.width && other.x < one.x + one.width;
    const isSameRow = one.y < other.y + other.height && other.y < one.y + one.height;
    return direction === 'RIGHT' ? isSameColumn && one.y < other.y : isSameRow && one.x < other.x;
}

function lengthOf(points: readonly Point[]): number {
    return points.slice(1).reduce((sum, { x, y }, index) => {
        const from = points[index] ?? { x, y };
        return sum + Math.hypot(x - from.x, y - from.y);
    }, 0);
}
