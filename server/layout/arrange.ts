/** Decides how a graph is arranged, and falls back to packing by hand when ELK cannot do it. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { GraphView } from '../../language/index.ts';
import { disorderOf } from './disorder.ts';
import { elkGraphOf, type ElkMode } from './elk-graph.ts';
import { laidOutGraphOf } from './elk-result.ts';
import { forestOf, type Forest } from './forest.ts';
import type { LaidOutGraph } from './laid-out-graph.ts';
import { packGraph } from './packing.ts';

/** ELK itself; rejects when it cannot lay the graph out. */
export type RunElk = (graph: ElkNode) => Promise<ElkNode>;

/** Up to this many nodes, edges are routed through the borders of containers. */
const MAX_WHOLE_NODES = 200;
/** Routing edges from node to node grows faster than the nodes do. */
const MAX_WHOLE_EDGES = 600;
/** ELK begins its ordering at random: a few beginnings are tried for graphs it lays out in a moment, and the tidiest result is kept. */
const SEEDS = [1, 2, 3, 4];
const MAX_TRIED_NODES = 30;
/** Above, ELK takes seconds. */
const MAX_ELK_NODES = 1_000;
const MAX_ELK_EDGES = 5_000;

/** Never rejects; the same view always gives the same picture. */
export async function arrangeGraph(view: GraphView, runElk: RunElk): Promise<LaidOutGraph> {
    for (const mode of modesFor(view)) {
        const graph = await tryMode(view, mode, runElk);
        if (graph !== null) return graph;
    }
    return packGraph(view);
}

function modesFor(view: GraphView): readonly ElkMode[] {
    if (isTooLargeForElk(view)) return [];
    const isSmall = view.nodes.length <= MAX_WHOLE_NODES && view.edges.length <= MAX_WHOLE_EDGES;
    return isSmall ? ['whole', 'lifted'] : ['lifted'];
}

/** The best of several attempts; null when none succeeds. */
async function tryMode(view: GraphView, mode: ElkMode, runElk: RunElk): Promise<LaidOutGraph | null> {
    const forest = forestOf(view);
    const seeds = mode === 'whole' && view.nodes.length <= MAX_TRIED_NODES ? SEEDS : SEEDS.slice(0, 1);
    let best: { readonly graph: LaidOutGraph; readonly disorder: number } | null = null;
    for (const seed of seeds) {
        const graph = await trySeed(view, { forest, mode, seed }, runElk);
        // What fails with one seed fails with the others.
        if (graph === null) break;
        const disorder = disorderOf(graph);
        if (best === null || disorder < best.disorder) best = { graph, disorder };
    }
    return best?.graph ?? null;
}

interface Attempt {
    readonly forest: Forest;
    readonly mode: ElkMode;
    readonly seed: number;
}

async function trySeed(view: GraphView, attempt: Attempt, runElk: RunElk): Promise<LaidOutGraph | null> {
    const { forest, mode, seed } = attempt;
    try {
        return laidOutGraphOf(view, forest, await runElk(elkGraphOf(forest, mode, seed)), mode);
    } catch {
        // ELK throws on some graphs it accepts as input; a plainer picture is better than none.
        return null;
    }
}

/** Tells whether a graph is packed by hand without asking ELK. */
export function isTooLargeForElk(view: GraphView): boolean {
    return view.nodes.length > MAX_ELK_NODES || view.edges.length > MAX_ELK_EDGES;
}
