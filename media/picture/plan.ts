/** What an order would do, and how two models differ, as a picture shows it: marks on nodes and lines. Everything is keyed by their ids. */

/** What a plan does to one node. `recreate`: what runs is removed and made again. */
export type PlanAction = 'create' | 'start' | 'update' | 'restart' | 'stop' | 'delete' | 'recreate';

export interface PlanMark {
    readonly action: PlanAction;
    /** The wave of its first step, and of its last; waves count from 1. Steps of one wave run side by side. */
    readonly firstWave: number;
    readonly lastWave: number;
    /** Whether the whole plan takes longer when it does. */
    readonly isCritical: boolean;
    /** A line each, for its explanation: what is run in which wave. */
    readonly notes: readonly string[];
}

export interface PlanView {
    /** What was asked: `Deploy the whole application`. */
    readonly title: string;
    readonly waveCount: number;
    /** A plan that does nothing has none. */
    readonly marks: Readonly<Record<string, PlanMark>>;
}

/** How a node differs between two models. `rewired`: itself the same, but it imports from others or exports to others. */
export type NodeChange = 'added' | 'removed' | 'changed' | 'rewired';

export interface ChangesView {
    /** What is held against what: `HEAD against the working tree`. */
    readonly title: string;
    /** Nodes that are the same are absent. The notes tell what differs, a line each. */
    readonly nodes: Readonly<Record<string, { readonly change: NodeChange; readonly notes: readonly string[] }>>;
    readonly edges: Readonly<Record<string, 'added' | 'removed'>>;
}
