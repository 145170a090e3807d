/** Decides how a graph is arranged, and falls back to packing by hand when ELK cannot do it. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { GraphView } from '../../language/index.ts';
import { edgesAgainst } from './against.ts';
import { disorderOf } from './disorder.ts';
import { elkGraphOf, type ElkMode, type ElkOptions, type FlowDirection } from './elk-graph.ts';
import { laidOutGraphOf } from './elk-result.ts';
import { forestOf, pathOf, type Forest } from './forest.ts';
import { fitScale } from './fit.ts';
import type { LaidOutGraph, Orientation } from './laid-out-graph.ts';
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

/** Never rejects; the same view and orientation always give the same picture. */
export async function arrangeGraph(view: GraphView, orientation: Orientation, runElk: RunElk): Promise<LaidOutGraph> {
    const forest = forestOf(view);
    const against = edgesAgainst(forest);
    for (const mode of modesFor(view)) {
        const graph = await tryDirections({ view, forest, against, mode, orientation }, runElk);
        if (graph !== null) return graph;
    }
    return packGraph(view, orientation);
}

interface Task {
    readonly view: GraphView;
    readonly forest: Forest;
    readonly against: ReadonlySet<string>;
    readonly mode: ElkMode;
    readonly orientation: Orientation;
}

/** Lines run along the longer side, unless the picture can be shown much larger the other way round. */
const DIRECTIONS: Readonly<Record<Orientation, readonly FlowDirection[]>> = {
    landscape: ['RIGHT'],
    portrait: ['DOWN', 'RIGHT'],
};
const MUCH_LARGER = 1.25;

/** Null when ELK succeeds in no direction. */
async function tryDirections(task: Task, runElk: RunElk): Promise<LaidOutGraph | null> {
    let best: LaidOutGraph | null = null;
    for (const direction of DIRECTIONS[task.orientation]) {
        const free = await trySeeds(task, { direction, layerBound: null }, runElk);
        best = better(best, free, task.orientation);
        if (free === null || !isWorthBounding(task, free, direction)) continue;
        const bound = await trySeeds(task, { direction, layerBound: boundOf(task.forest) }, runElk);
        best = better(best, bound, task.orientation);
    }
    return best;
}

function better(known: LaidOutGraph | null, other: LaidOutGraph | null, orientation: Orientation): LaidOutGraph | null {
    if (known === null || other === null) return known ?? other;
    return fitScale(other, orientation) > MUCH_LARGER * fitScale(known, orientation) ? other : known;
}

/** Across the lines, a picture of more pixels than this can hardly be read as a whole. */
const LONG_LAYER = 900;
/** Above, laying out a second time takes longer than a reader likes to wait. */
const MAX_BOUND_NODES = 60;

function isWorthBounding({ mode, view }: Task, { width, height }: LaidOutGraph, direction: FlowDirection): boolean {
    const across = direction === 'RIGHT' ? height : width;
    return mode === 'whole' && view.nodes.length <= MAX_BOUND_NODES && across > LONG_LAYER;
}

/** How many of the outermost nodes stand side by side when many of those that edges reach would. */
function boundOf(forest: Forest): number {
    const reached = forest.edges.flatMap(({ source, target }) => [source, target]).map((id) => pathOf(forest, id)[0]);
    return Math.max(3, Math.ceil(Math.sqrt(2.5 * new Set(reached).size)));
}

function modesFor(view: GraphView): readonly ElkMode[] {
    if (isTooLargeForElk(view)) return [];
    const isSmall = view.nodes.length <= MAX_WHOLE_NODES && view.edges.length <= MAX_WHOLE_EDGES;
    return isSmall ? ['whole', 'lifted'] : ['lifted'];
}

/** The best of several attempts; null when none succeeds. */
async function trySeeds(task: Task, flow: ElkFlow, runElk: RunElk): Promise<LaidOutGraph | null> {
    const { view, mode } = task;
    const isTried = mode === 'whole' && view.nodes.length <= MAX_TRIED_NODES;
    const seeds = isTried ? SEEDS.slice(0, flow.layerBound === null ? SEEDS.length : 2) : SEEDS.slice(0, 1);
    let best: { readonly graph: LaidOutGraph; readonly disorder: number } | null = null;
    for (const seed of seeds) {
        const graph = await trySeed(task, { ...flow, seed }, runElk);
        // What fails with one seed fails with the others.
        if (graph === null) break;
        const disorder = disorderOf(graph, flow.direction);
        if (best === null || disorder < best.disorder) best = { graph, disorder };
    }
    return best?.graph ?? null;
}

type ElkFlow = Pick<ElkOptions, 'direction' | 'layerBound'>;
type ElkAttempt = ElkFlow & Pick<ElkOptions, 'seed'>;

async function trySeed(task: Task, attempt: ElkAttempt, runElk: RunElk): Promise<LaidOutGraph | null> {
    const { view, forest, against, mode, orientation } = task;
    try {
        const answer = await runElk(elkGraphOf(forest, { mode, orientation, against, ...attempt }));
        return laidOutGraphOf(view, forest, answer, mode);
    } catch {
        // ELK throws on some graphs it accepts as input; a plainer picture is better than none.
        return null;
    }
}

/** Tells whether a graph is packed by hand without asking ELK. */
export function isTooLargeForElk(view: GraphView): boolean {
    return view.nodes.length > MAX_ELK_NODES || view.edges.length > MAX_ELK_EDGES;
}
