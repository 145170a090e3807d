/** Laid-out graphs: what the layout worker answers. Coordinates are pixels, y downwards, absolute in the picture. */
import type { GraphEdge, GraphNode, Perspective } from '../../language/index.ts';

/** The room a picture is made for: `landscape` is wider than high, `portrait` higher than wide. */
export type Orientation = 'landscape' | 'portrait';

/** Which way lines run; `auto` = along the longer side of the room, or whichever shows the picture larger. */
export type Direction = 'auto' | 'right' | 'down';

/** How a graph is to be laid out. */
export interface LayoutWish {
    readonly orientation: Orientation;
    readonly direction: Direction;
    /**
     * Where a person put nodes, by node id: the corner of the node measured from the corner of its container, of the picture at the top.
     * One that would lie over a container's title or border is moved to the nearest place inside.
     */
    readonly pins: Readonly<Record<string, Point>>;
    /** Names what is looked at, for ever so long as somebody does: a picture is kept near the last one under the same name. Empty = near none. */
    readonly memory: string;
}

export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface Rectangle extends Point {
    readonly width: number;
    readonly height: number;
}

/** A line of text cut to the width it was given: what is drawn where the whole text does not fit. */
export interface Caption {
    readonly text: string;
    /** Width of `text` in pixels, as measured by the layout; a real font may need a little less. */
    readonly width: number;
}

export interface PlacedNode extends GraphNode, Rectangle {
    /** `container`: other nodes are drawn inside, under a title bar. */
    readonly shape: 'leaf' | 'container';
    /** Nesting depth, 0 at the top. */
    readonly depth: number;
    /** A person put it where it is. */
    readonly isPinned: boolean;
    /** `label` and `detail` as they fit into the node. */
    readonly caption: Caption;
    readonly detailCaption: Caption;
}

/** The text on an edge and the place kept free for it. */
export interface EdgeLabel extends Caption, Rectangle {}

export interface RoutedEdge extends GraphEdge {
    /** At least two points, from source to target, both ends on the borders of their nodes. */
    readonly points: readonly Point[];
    /** The variables, shortened; null when the edge has none or there is no room. */
    readonly label: EdgeLabel | null;
}

export interface LaidOutGraph {
    readonly perspective: Perspective;
    readonly width: number;
    readonly height: number;
    /**
     * `layered`: edges were routed around nodes. `packed`: the graph is too large for that, or routing failed; nodes are packed into shelves and
     * edges are straight lines, best shown only for the node one looks at.
     */
    readonly arrangement: 'layered' | 'packed';
    /** Containers before what is inside them. */
    readonly nodes: readonly PlacedNode[];
    /** Only edges whose ends are both in `nodes`. */
    readonly edges: readonly RoutedEdge[];
}
