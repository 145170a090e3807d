/** One container laid out: where its children are and how the lines inside of it run, relative to its corner. */
import type { Content, Exit } from './content.ts';
import type { EdgeLabel, Point } from './laid-out-graph.ts';

export interface Frame {
    readonly width: number;
    readonly height: number;
    /** Corners of the children, by id. */
    readonly places: ReadonlyMap<string, Point>;
    /** Where lines leave the container or end at it, by edge. */
    readonly exits: ReadonlyMap<string, Exit>;
    /** The parts of edges inside, by edge, along the flow. */
    readonly routes: ReadonlyMap<string, readonly Point[]>;
    readonly labels: ReadonlyMap<string, EdgeLabel>;
}

/** A frame with what it was made from. */
export interface Arrangement {
    readonly content: Content;
    readonly frame: Frame;
}
