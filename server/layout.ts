/** Door of the layout: a graph without coordinates in, a laid-out one out. */
export type {
    Caption,
    Direction,
    EdgeLabel,
    LaidOutGraph,
    LayoutWish,
    Orientation,
    PlacedNode,
    Point,
    Rectangle,
    RoutedEdge,
} from './layout/laid-out-graph.ts';
export { createLayout, type Layout } from './layout/layout-service.ts';
