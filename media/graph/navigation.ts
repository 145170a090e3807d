/** Which node an arrow key leads to. */
import type { PlacedNode } from '../../server/layout.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** A step aside counts as much as this many steps ahead. */
const ASIDE = 3;

/**
 * The nearest node in a direction. From inside a container the way leads to its neighbours inside first, then out of it; a container is entered
 * by going down or right. Null at the rim.
 */
export function neighbourOf(nodes: readonly PlacedNode[], from: PlacedNode, direction: Direction): PlacedNode | null {
    const inside = nodes.filter((node) => node.parent === from.id);
    if (inside.length > 0 && direction === 'down') return nearest(inside, from, () => true, direction);
    const siblings = nodes.filter((node) => node.parent === from.parent && node.id !== from.id);
    const next = nearest(siblings, from, (node) => ahead(from, node, direction) > 0, direction);
    if (next !== null) return next;
    const parent = nodes.find((node) => node.id === from.parent);
    if (parent === undefined) return null;
    return direction === 'up' ? parent : neighbourOf(withoutInside(nodes, parent), parent, direction);
}

function withoutInside(nodes: readonly PlacedNode[], parent: PlacedNode): readonly PlacedNode[] {
    return nodes.filter((node) => node.parent !== parent.id);
}

function nearest(
    candidates: readonly PlacedNode[],
    from: PlacedNode,
    isFit: (node: PlacedNode) => boolean,
    direction: Direction,
): PlacedNode | null {
    let best: PlacedNode | null = null;
    let least = Infinity;
    for (const node of candidates.filter(isFit)) {
        const cost = Math.abs(ahead(from, node, direction)) + ASIDE * aside(from, node, direction);
        if (cost < least) [best, least] = [node, cost];
    }
    return best;
}

function ahead(from: PlacedNode, to: PlacedNode, direction: Direction): number {
    const [a, b] = [centreOf(from), centreOf(to)];
    switch (direction) {
        case 'left':
            return a.x - b.x;
        case 'right':
            return b.x - a.x;
        case 'up':
            return a.y - b.y;
        case 'down':
            return b.y - a.y;
    }
}

/** How far apart the two are across the direction; 0 when one is seen straight ahead of the other. */
function aside(from: PlacedNode, to: PlacedNode, direction: Direction): number {
    const isLevel = direction === 'left' || direction === 'right';
    return isLevel
        ? gap(from.y, from.y + from.height, to.y, to.y + to.height)
        : gap(from.x, from.x + from.width, to.x, to.x + to.width);
}

function gap(from: number, fromEnd: number, to: number, toEnd: number): number {
    return Math.max(0, to - fromEnd, from - toEnd);
}

function centreOf({ x, y, width, height }: PlacedNode): { readonly x: number; readonly y: number } {
    return { x: x + width / 2, y: y + height / 2 };
}
