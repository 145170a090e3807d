/** What the overlay says of each line: whom it concerns, whether it is met, what a plan or a comparison does to it. */
import type { LaidOutGraph, RoutedEdge } from '../../server/layout.ts';
import type { PictureOverlay } from './overlay.ts';

export interface EdgeMarks {
    /** It concerns a selected node, or something inside of one. */
    readonly isRelated: boolean;
    /** An import whose provider is there to see and provides nothing. What has no run state, or may come from elsewhere, is not judged. */
    readonly isUnmet: boolean;
    /** How it stands in the plan that is shown: on the critical path, among what takes part, or aside; null without a plan that does something. */
    readonly plan: 'critical' | 'part' | 'aside' | null;
    /** null when nothing is compared, or it is the same in both models. */
    readonly change: 'added' | 'removed' | null;
}

/** A line nothing is said of. */
export const PLAIN_EDGE: EdgeMarks = { isRelated: false, isUnmet: false, plan: null, change: null };

/** The marks of any edge of a graph. */
export function edgeMarksOf(graph: LaidOutGraph, overlay: PictureOverlay): (edge: RoutedEdge) => EdgeMarks {
    const chosen = subtreesOf(graph, overlay.selected);
    // A plan that does nothing leaves everything as it is.
    const plan = overlay.plan === null || Object.keys(overlay.plan.marks).length === 0 ? null : overlay.plan;
    return (edge) => ({
        isRelated: chosen.has(edge.source) || chosen.has(edge.target),
        isUnmet: isUnmet(edge, overlay),
        plan: partInPlan(edge, plan),
        change: changeOf(edge, overlay),
    });
}

/** Whether two say the same. */
export function isSameMarks(one: EdgeMarks, other: EdgeMarks): boolean {
    return (
        one.isRelated === other.isRelated &&
        one.isUnmet === other.isUnmet &&
        one.plan === other.plan &&
        one.change === other.change
    );
}

/** Some nodes and everything drawn inside them. */
export function subtreesOf(graph: LaidOutGraph, roots: readonly string[]): ReadonlySet<string> {
    const found = new Set(roots);
    if (found.size === 0) return found;
    for (const { id, parent } of graph.nodes) if (parent !== null && found.has(parent)) found.add(id);
    return found;
}

function isUnmet({ kind, external, target }: RoutedEdge, { states }: PictureOverlay): boolean {
    if (kind !== 'import' || external || !Object.hasOwn(states, target)) return false;
    return states[target]?.isProviding === false;
}

function partInPlan({ source, target }: RoutedEdge, plan: PictureOverlay['plan']): EdgeMarks['plan'] {
    if (plan === null) return null;
    const [from, to] = [plan.marks[source], plan.marks[target]];
    if (from === undefined || to === undefined) return 'aside';
    return from.isCritical && to.isCritical ? 'critical' : 'part';
}

function changeOf({ id }: RoutedEdge, { changes }: PictureOverlay): EdgeMarks['change'] {
    return changes !== null && Object.hasOwn(changes.edges, id) ? (changes.edges[id] ?? null) : null;
}
