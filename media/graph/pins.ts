/** Where a person puts a node: its corner from the corner of its container, or of the picture. Pure. */
import type { PlacedNode, Point } from '../../server/layout.ts';

/** The position of a node that was moved by `offset`, in whole pixels. It does not leave its container at the upper and left side. */
export function pinOf(node: PlacedNode, nodes: readonly PlacedNode[], offset: Point): Point {
    const container = nodes.find(({ id }) => id === node.parent);
    const [left, top] = container === undefined ? [0, 0] : [container.x, container.y];
    return { x: within(node.x + offset.x - left), y: within(node.y + offset.y - top) };
}

function within(distance: number): number {
    return Math.max(0, Math.round(distance));
}
