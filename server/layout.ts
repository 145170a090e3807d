/** Laid-out graphs: what the layout worker answers. Coordinates are pixels, y downwards, absolute in the picture. */
import type { GraphEdge, GraphNode, Perspective } from '../language/index.ts';

export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface PlacedNode extends GraphNode {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}

export interface RoutedEdge extends GraphEdge {
    /** At least two points, from source to target. */
    readonly points: readonly Point[];
}

export interface LaidOutGraph {
    readonly perspective: Perspective;
    readonly width: number;
    readonly height: number;
    /** Containers before what is inside them. */
    readonly nodes: readonly PlacedNode[];
    readonly edges: readonly RoutedEdge[];
}
