/** What the layout service and its worker thread say to each other. One request at a time. */
import type { GraphView } from '../../language/index.ts';
import type { LaidOutGraph, LayoutWish } from './laid-out-graph.ts';

export interface LayoutRequest {
    readonly id: number;
    readonly view: GraphView;
    readonly wish: LayoutWish;
}

export interface LayoutReply {
    readonly id: number;
    readonly graph: LaidOutGraph;
}
