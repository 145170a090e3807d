/**
 * A look at a view: which layers it has, what is folded away, which neighbourhood is kept, what is filtered. Pure: a view in, a smaller view out.
 * Ids stay those of the view, so whatever is keyed by them (findings, run states, plans) fits every look.
 */
import type { GraphView } from './graph-view.ts';

/** Kinds of relation that can be shown. */
export type Layer = 'imports' | 'inheritance' | 'facets' | 'children';

/** How a person wants to look at a view. */
export interface GraphLook {
    readonly layers: readonly Layer[];
    /** Containers the person closed, and those the person opened, by node id; all others are as `foldedByDefault` says, but for the focus, which is open with all around it. Closed counts where both do. */
    readonly closed: readonly string[];
    readonly opened: readonly string[];
    /** Keeps the nodes at most `distance` relations away from a node, with their containers; null keeps all. */
    readonly focus: GraphFocus | null;
    readonly filter: GraphFilter;
}

export interface GraphFocus {
    readonly node: string;
    /** At least 1. */
    readonly distance: number;
}

/**
 * What is kept, with its containers, and with the facets and other applications related to it. An empty list keeps all; several lists keep what
 * all of them keep. Names that the view does not have do not count.
 */
export interface GraphFilter {
    /** Names of components. */
    readonly components: readonly string[];
    /** Names of facets. */
    readonly facets: readonly string[];
    /** Ids of host nodes: what is inside of them is kept. */
    readonly hosts: readonly string[];
    /** Ids of nodes, as somebody else chose them (by run state); null keeps all. */
    readonly only: readonly string[] | null;
}

/** What a filter can choose from, by the view without any look. */
export interface GraphChoices {
    readonly components: readonly string[];
    readonly facets: readonly string[];
    readonly hosts: readonly { readonly id: string; readonly label: string }[];
    /** Nodes of the whole view. */
    readonly nodeCount: number;
}

/** What a look leaves of a view. */
export interface SeenGraph {
    /** Folded containers name what is inside of them in `folded`; relations of those nodes end at the container. */
    readonly view: GraphView;
    readonly choices: GraphChoices;
}

/** All layers. */
export const LAYERS: readonly Layer[] = ['imports', 'inheritance', 'facets', 'children'];

/** Layers of a fresh look: facets would add a node and several lines for each name that components share. */
export const FRESH_LAYERS: readonly Layer[] = ['imports', 'inheritance', 'children'];

/** The whole model with the layers of a fresh look, folded only where a view is too large to be read. */
export const WHOLE_LOOK: GraphLook = {
    layers: FRESH_LAYERS,
    closed: [],
    opened: [],
    focus: null,
    filter: { components: [], facets: [], hosts: [], only: null },
};
