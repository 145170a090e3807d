/** GraphView: the model as nodes and edges, without coordinates. What every picture of a model is made from. */
import type { SourceRange } from './model/application-model.ts';

export interface GraphNode {
    /** Stable while the name stays: `component:Tomcat`, `facet:War`, `instance:/vm/tomcat`, `outside:Db`. */
    readonly id: string;
    /** `outside`: what another application exports under a prefix that is imported here. */
    readonly kind: 'component' | 'facet' | 'instance' | 'outside';
    readonly label: string;
    /** Second line: the installer of a component, the component of an instance; empty when there is none. */
    readonly detail: string;
    /** The installer that handles it, its own or inherited; empty when there is none or it is no part of the application. */
    readonly installer: string;
    /** Which of the instances it is that one declaration with `count` makes; null when it is the only one. */
    readonly copy: Copy | null;
    /** The component it is or is an instance of; empty for other kinds. */
    readonly component: string;
    /** Names of its facets, inherited ones included. */
    readonly facets: readonly string[];
    /** Ids of the nodes inside of it that a look folded away, deepest included; empty when it is open or has none. */
    readonly folded: readonly string[];
    /** The node it is drawn inside of; null at the top. */
    readonly parent: string | null;
    readonly range: SourceRange | null;
}

/** `index` counts from 1. */
export interface Copy {
    readonly index: number;
    readonly count: number;
}

export interface GraphEdge {
    readonly id: string;
    readonly kind: 'import' | 'extends' | 'facet' | 'child';
    /** Importer (or the type that extends / has the facet). */
    readonly source: string;
    readonly target: string;
    /** Imported variables, one per entry; empty for the other kinds. */
    readonly variables: readonly string[];
    readonly optional: boolean;
    readonly external: boolean;
    /** How many relations of the model it stands for: more than 1 where ends were folded away, or where a model has too many to tell them apart. */
    readonly count: number;
}

export interface GraphView {
    readonly perspective: Perspective;
    readonly nodes: readonly GraphNode[];
    readonly edges: readonly GraphEdge[];
}

/** What the nodes are: the types of the graph files, the instances, or the hosts with all that runs on each side by side. */
export type Perspective = 'components' | 'instances' | 'hosts';

/** All perspectives, in the order in which they are offered. */
export const PERSPECTIVES: readonly Perspective[] = ['components', 'instances', 'hosts'];
