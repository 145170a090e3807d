/** How far a picture is from what a reader would draw: siblings out of the model's order, long lines, many bends. Lower is better. */
import type { LaidOutGraph, PlacedNode, Point } from './laid-out-graph.ts';

/** What one pair of siblings in the wrong order costs, in pixels of line. */
const INVERSION = 150;
const BEND = 25;

/** Nodes are taken to be in the model's order. */
export function disorderOf(graph: LaidOutGraph): number {
    const lines = graph.edges.reduce((sum, { points }) => sum + lengthOf(points) + BEND * (points.length - 2), 0);
    const siblings = Map.groupBy(graph.nodes, (node) => node.parent);
    const inversions = [...siblings.values()].reduce((sum, nodes) => sum + inversionsOf(nodes), 0);
    return lines + INVERSION * inversions;
}

/** Pairs in one column of which the later stands above the earlier. */
function inversionsOf(nodes: readonly PlacedNode[]): number {
    let count = 0;
    nodes.forEach((one, index) => {
        for (const other of nodes.slice(index + 1)) {
            const isSameColumn = one.x < other.x + other.width && other.x < one.x + one.width;
            if (isSameColumn && other.y < one.y) count += 1;
        }
    });
    return count;
}

function lengthOf(points: readonly Point[]): number {
    return points.slice(1).reduce((sum, { x, y }, index) => {
        const from = points[index] ?? { x, y };
        return sum + Math.hypot(x - from.x, y - from.y);
    }, 0);
}
