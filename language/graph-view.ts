/** GraphView: the model as nodes and edges, without coordinates. What every picture of a model is made from. */
import type { SourceRange } from './model/application-model.ts';

export interface GraphNode {
    /** Stable while the name stays: `component:Tomcat`, `facet:War`, `instance:/vm/tomcat`. */
    readonly id: string;
    readonly kind: 'component' | 'facet' | 'instance';
    readonly label: string;
    /** Second line: the installer of a component, the component of an instance; empty when there is none. */
    readonly detail: string;
    /** The node it is drawn inside of; null at the top. */
    readonly parent: string | null;
    readonly range: SourceRange | null;
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
}

export interface GraphView {
    readonly perspective: Perspective;
    readonly nodes: readonly GraphNode[];
    readonly edges: readonly GraphEdge[];
}

/** What the nodes are: the types of the graph files, or the instances. */
export type Perspective = 'components' | 'instances';
