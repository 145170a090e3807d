/** Moves nodes by hand or by keys: the node stays where it was put until the picture has it there; when none comes, it goes back. */
import type { PlacedNode, Point } from '../../server/layout.ts';
import type { Offset } from './pointer.ts';

export interface NodeMover {
    /** Keys move a node bit by bit; the place is told after the last. */
    readonly nudge: (node: PlacedNode, offset: Offset) => void;
    /** A node is put somewhere. */
    readonly drop: (node: PlacedNode, offset: Offset) => void;
    /** A picture is there that has every node in its place. */
    readonly letGo: () => void;
}

export interface MoverConfig {
    /** As that of a canvas. */
    readonly drag: (node: string, offset: Offset | null) => void;
    /** Tells where a node was put, by how far. */
    readonly tell: (node: PlacedNode, offset: Point) => void;
}

/** Keys that move a node come in a row. */
const NUDGE_MS = 300;
const ANSWER_MS = 2_000;

/** A mover that holds nothing. */
export function createNodeMover({ drag, tell }: MoverConfig): NodeMover {
    let held: { readonly node: PlacedNode; readonly offset: Offset } | null = null;
    let timer = 0;
    const hold = (node: PlacedNode, offset: Offset): void => {
        window.clearTimeout(timer);
        if (held !== null && held.node.id !== node.id) drag(held.node.id, null);
        held = { node, offset };
        drag(node.id, offset);
    };
    const letGo = (): void => {
        window.clearTimeout(timer);
        if (held !== null) drag(held.node.id, null);
        held = null;
    };
    const drop = (node: PlacedNode, offset: Offset): void => {
        hold(node, offset);
        tell(node, offset);
        timer = window.setTimeout(letGo, ANSWER_MS);
    };
    const nudge = (node: PlacedNode, { x, y }: Offset): void => {
        const before = held?.node.id === node.id ? held.offset : { x: 0, y: 0 };
        const offset = { x: before.x + x, y: before.y + y };
        hold(node, offset);
        timer = window.setTimeout(() => drop(node, offset), NUDGE_MS);
    };
    return { nudge, drop, letGo };
}
