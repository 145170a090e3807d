/**
 * Which edges run against the flow of a picture. ELK breaks cycles between nodes, but not those that arise only because nodes stand in one box: it
 * then sends lines all around the picture. An optional edge gives way to a mandatory one, a later one to an earlier one.
 */
import type { GraphEdge } from '../../language/index.ts';
import { liftedEnds } from './elk-graph.ts';
import type { Forest } from './forest.ts';

/** Ids of the edges that have to be turned round for the rest to run one way, between nodes and between the boxes around them. */
export function edgesAgainst(forest: Forest): ReadonlySet<string> {
    const follow = new Map<string, Set<string>>();
    const against = new Set<string>();
    for (const edge of byWeight(forest.edges)) {
        const ends = liftedEnds(forest, edge);
        if (ends === null) continue;
        if (leadsTo(follow, ends.target, ends.source)) against.add(edge.id);
        else follow.set(ends.source, (follow.get(ends.source) ?? new Set()).add(ends.target));
    }
    return against;
}

function byWeight(edges: readonly GraphEdge[]): readonly GraphEdge[] {
    return [...edges.filter(({ optional }) => !optional), ...edges.filter(({ optional }) => optional)];
}

function leadsTo(follow: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
    const seen = new Set([from]);
    for (const at of seen) {
        if (at === to) return true;
        for (const next of follow.get(at) ?? []) seen.add(next);
    }
    return false;
}
