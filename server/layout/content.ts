/**
 * What a layout of one container depends on: the boxes of its children and the parts of edges that run inside of it. Equal contents have equal
 * frames, so that an edit costs the layout of one container and of those around it.
 *
 * An edge is cut at the borders of the containers it crosses; each part belongs to the container it runs in. Parts run with the flow of the
 * picture: those of an edge that is turned round lead from its target to its source.
 */
import type { GraphEdge, GraphNode } from '../../language/index.ts';
import type { Caption, Orientation } from './laid-out-graph.ts';
import { nodesOf, pathOf, type Forest } from './forest.ts';
import { measureEdgeLabel } from './measures.ts';

/** Which way lines run. */
export type FlowDirection = 'RIGHT' | 'DOWN';

/** Where the flow enters a box, and where it leaves it: left and right, or top and bottom. */
export type Side = 'start' | 'end';

export type PartEnd =
    { readonly kind: 'child'; readonly id: string } | { readonly kind: 'border'; readonly side: Side };

export interface Part {
    /** Id of the edge. */
    readonly edge: string;
    /** Parts of the same key may share a line: they look the same and lead to the same node. */
    readonly key: string;
    readonly from: PartEnd;
    readonly to: PartEnd;
    /** The end at which lines of the same key come together. */
    readonly shared: 'from' | 'to';
    /** What is written on it; null = nothing, or on another part. */
    readonly label: LabelBox | null;
}

/** A text on a line with the room it takes. */
export interface LabelBox extends Caption {
    readonly height: number;
}

/** A point on the border of a container where a part outside of it goes on, relative to its corner. */
export interface Exit {
    readonly side: Side;
    readonly x: number;
    readonly y: number;
}

export interface ChildBox {
    readonly id: string;
    /** What it is called within its container, for finding it again when its id is another. */
    readonly label: string;
    readonly width: number;
    readonly height: number;
    /** By edge; a leaf has none, its lines end wherever they are best. */
    readonly exits: ReadonlyMap<string, Exit> | null;
}

/** What must stay free along the borders. */
export interface Padding {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
}

export interface Content {
    readonly direction: FlowDirection;
    readonly orientation: Orientation;
    readonly padding: Padding;
    readonly minWidth: number;
    readonly minHeight: number;
    readonly children: readonly ChildBox[];
    readonly parts: readonly Part[];
    /** Edges that end at the container itself and run outside of it: where its own lines begin. */
    readonly own: readonly Own[];
}

export interface Own {
    readonly edge: string;
    readonly key: string;
    readonly side: Side;
    /** Whether lines of the same key come together here. */
    readonly isShared: boolean;
}

/** How an edge is cut: the container of each part in the order of the flow; null = the picture itself. */
export interface Course {
    readonly edge: GraphEdge;
    readonly isTurned: boolean;
    readonly containers: readonly (string | null)[];
}

export interface Division {
    readonly parts: ReadonlyMap<string | null, readonly Part[]>;
    readonly own: ReadonlyMap<string, readonly Own[]>;
    /** Edges of a container to itself have no course. */
    readonly courses: readonly Course[];
}

/** Up to this many edges carry their variables as text; with more, the texts would be all there is to see. */
export const MAX_LABELLED_EDGES = 60;

/** Cuts all edges of a forest. `against`: ids of those that are turned round. */
export function divisionOf(forest: Forest, against: ReadonlySet<string>): Division {
    const parts = new Map<string | null, Part[]>();
    const own = new Map<string, Own[]>();
    const courses: Course[] = [];
    const isContainer = new Set(forest.parents.values());
    const labelOf = labeller(forest);
    for (const edge of forest.edges) {
        if (edge.source === edge.target && isContainer.has(edge.source)) continue;
        const cut = cutOf(forest, { edge, isTurned: against.has(edge.id), label: labelOf(edge) });
        for (const { container, part } of cut.pieces) pushTo(parts, container, part);
        for (const { container, end } of cut.owns) if (isContainer.has(container)) pushTo(own, container, end);
        courses.push({ edge, isTurned: cut.isTurned, containers: cut.pieces.map(({ container }) => container) });
    }
    return { parts, own, courses };
}

function labeller(forest: Forest): (edge: GraphEdge) => LabelBox | null {
    if (forest.edges.length > MAX_LABELLED_EDGES) return () => null;
    const nodes = new Map<string, GraphNode>(nodesOf(forest).map(({ node }) => [node.id, node]));
    return (edge) => {
        const target = nodes.get(edge.target);
        return target === undefined ? null : measureEdgeLabel(edge, target);
    };
}

/** Edges that look the same may share a line. */
function styleOf({ kind, optional, external }: GraphEdge): string {
    return `${kind}${optional ? ':optional' : ''}${external ? ':external' : ''}`;
}

interface Piece {
    readonly container: string | null;
    readonly part: Part;
}

interface Cut {
    readonly isTurned: boolean;
    readonly pieces: readonly Piece[];
    readonly owns: readonly { readonly container: string; readonly end: Own }[];
}

interface ToCut {
    readonly edge: GraphEdge;
    readonly isTurned: boolean;
    readonly label: LabelBox | null;
}

function cutOf(forest: Forest, { edge, isTurned, label }: ToCut): Cut {
    const [first, last] = isTurned ? [edge.target, edge.source] : [edge.source, edge.target];
    const [up, down] = [pathOf(forest, first), pathOf(forest, last)];
    const isLoop = first === last;
    const common = isLoop ? up.length - 1 : sharedLength(up, down);
    const loop = isLoop ? `:${edge.id}` : '';
    const shared = isTurned ? 'from' : 'to';
    const part = {
        edge: edge.id,
        key: `${isTurned ? 'back:' : ''}${styleOf(edge)}@${edge.target}${loop}`,
        shared,
        label: null,
    } as const;
    const middle = { from: endOf(up[common], 'start'), to: endOf(down[common], 'end') };
    const pieces: Piece[] = [
        ...rising(up, common).map(({ container, inner }) => ({
            container,
            part: { ...part, from: endOf(inner, 'start'), to: BORDERS.end },
        })),
        { container: up[common - 1] ?? null, part: { ...part, ...middle, label } },
        ...rising(down, common)
            .toReversed()
            .map(({ container, inner }) => ({
                container,
                part: { ...part, from: BORDERS.start, to: endOf(inner, 'end') },
            })),
    ];
    const own = { edge: edge.id, key: part.key };
    const owns = [
        ...(up.length > common
            ? [{ container: first, end: { ...own, side: 'end', isShared: isTurned } as const }]
            : []),
        ...(down.length > common
            ? [{ container: last, end: { ...own, side: 'start', isShared: !isTurned } as const }]
            : []),
    ];
    return { isTurned, pieces, owns };
}

const BORDERS = {
    start: { kind: 'border', side: 'start' },
    end: { kind: 'border', side: 'end' },
} as const;

/** Where a path stops, the container itself is the end: its line runs inside of it. */
function endOf(id: string | undefined, border: Side): PartEnd {
    return id === undefined ? BORDERS[border] : { kind: 'child', id };
}

/** The containers between a node and the innermost one around both ends, from the inside out, with what the line leaves there. */
function rising(
    path: readonly string[],
    common: number,
): readonly { readonly container: string; readonly inner: string }[] {
    return path
        .slice(common, -1)
        .map((container, index) => ({ container, inner: path[common + index + 1] ?? container }))
        .toReversed();
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
    const differs = one.findIndex((id, index) => other[index] !== id);
    return differs === -1 ? one.length : differs;
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else list.push(value);
}
