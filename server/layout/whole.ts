/** A small picture laid out as a whole by ELK: several beginnings and proportions are tried, the tidiest result is kept. */
import type { GraphView } from '../../language/index.ts';
import type { Flow } from './contents.ts';
import { disorderOf } from './disorder.ts';
import type { RunElk } from './elk-container.ts';
import { elkGraphOf, type ElkOptions } from './elk-graph.ts';
import { laidOutGraphOf } from './elk-result.ts';
import { fitScale } from './fit.ts';
import { pathOf, type Forest } from './forest.ts';
import type { LaidOutGraph } from './laid-out-graph.ts';

export interface WholeTask {
    readonly view: GraphView;
    readonly forest: Forest;
    readonly against: ReadonlySet<string>;
    readonly flow: Flow;
}

/** ELK begins its ordering at random: a few beginnings are tried for graphs it lays out in a moment. */
const SEEDS = [1, 2, 3, 4];
/** Up to how many nodes so many are tried; with more, one. */
const TRIED = [
    { nodes: 16, seeds: 4 },
    { nodes: 30, seeds: 2 },
] as const;
const MUCH_LARGER = 1.25;

/** Null when ELK does not succeed. */
export async function layOutWhole(task: WholeTask, runElk: RunElk): Promise<LaidOutGraph | null> {
    const free = await trySeeds(task, null, runElk);
    if (free === null || !isWorthBounding(task, free)) return free;
    const bound = await trySeeds(task, boundOf(task.forest), runElk);
    if (bound === null) return free;
    const { orientation } = task.flow;
    return fitScale(bound, orientation) > MUCH_LARGER * fitScale(free, orientation) ? bound : free;
}

/** Across the lines, a picture of more pixels than this can hardly be read as a whole. */
const LONG_LAYER = 900;

function isWorthBounding({ flow }: WholeTask, { width, height }: LaidOutGraph): boolean {
    return (flow.direction === 'RIGHT' ? height : width) > LONG_LAYER;
}

/** How many of the outermost nodes stand side by side when many of those that edges reach would. */
function boundOf(forest: Forest): number {
    const reached = forest.edges.flatMap(({ source, target }) => [source, target]).map((id) => pathOf(forest, id)[0]);
    return Math.max(3, Math.ceil(Math.sqrt(2.5 * new Set(reached).size)));
}

/** The best of several attempts; null when none succeeds. */
async function trySeeds(task: WholeTask, layerBound: number | null, runElk: RunElk): Promise<LaidOutGraph | null> {
    const tried = TRIED.find(({ nodes }) => task.view.nodes.length <= nodes)?.seeds ?? 1;
    const count = layerBound === null ? tried : Math.ceil(tried / 2);
    let best: { readonly graph: LaidOutGraph; readonly disorder: number } | null = null;
    for (const seed of SEEDS.slice(0, count)) {
        const graph = await trySeed(task, { layerBound, seed }, runElk);
        // What fails with one seed fails with the others.
        if (graph === null) break;
        const disorder = disorderOf(graph, task.flow.direction);
        if (best === null || disorder < best.disorder) best = { graph, disorder };
    }
    return best?.graph ?? null;
}

async function trySeed(
    { view, forest, against, flow }: WholeTask,
    attempt: Pick<ElkOptions, 'layerBound' | 'seed'>,
    runElk: RunElk,
): Promise<LaidOutGraph | null> {
    try {
        return laidOutGraphOf(view, forest, await runElk(elkGraphOf(forest, { ...flow, against, ...attempt })));
    } catch {
        // ELK throws on some graphs with edges across containers; container by container it may do better.
        return null;
    }
}
