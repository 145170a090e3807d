/**
 * Decides how a graph is arranged: small ones as a whole, larger ones container by container, both near to the last picture where there is one;
 * those too large for ELK, or that it fails on, are packed by hand.
 */
import type { GraphView } from '../../language/index.ts';
import { edgesAgainst } from './against.ts';
import { composeGraph } from './compose.ts';
import { divisionOf, type Division, type FlowDirection } from './content.ts';
import type { RunElk } from './elk-container.ts';
import { fitScale } from './fit.ts';
import { forestOf, type Forest } from './forest.ts';
import type { LaidOutGraph, LayoutWish, Orientation } from './laid-out-graph.ts';
import { absentAfter, createMemory, type Arrangements, type Memory, type Remembered } from './memory.ts';
import { createFrameCache, layOutNested, type FrameCache, type Nested, type Work } from './nested.ts';
import { packGraph } from './packing.ts';
import { arrangementsOf } from './whole-frames.ts';
import { layOutWhole } from './whole.ts';

export type { RunElk } from './elk-container.ts';

/** Up to this many nodes, all lines are thought of together, across the borders of containers. */
const MAX_WHOLE_NODES = 60;
const MAX_WHOLE_EDGES = 160;
/** Above, ELK takes seconds. */
const MAX_ELK_NODES = 1_000;
const MAX_ELK_EDGES = 5_000;

export interface Arranger {
    /** Never rejects. Without a memory's name, the same view and wish always give the same picture; with one, the same history does. */
    readonly arrange: (view: GraphView, wish: LayoutWish) => Promise<Arranged>;
}

export interface Arranged {
    readonly graph: LaidOutGraph;
    readonly work: Work;
}

/** Remembers the pictures it made, a bounded number. One call at a time. */
export function createArranger(runElk: RunElk): Arranger {
    const tools: Tools = { runElk, cache: createFrameCache(), memory: createMemory() };
    return {
        arrange: async (view, wish) => {
            try {
                if (!isTooLargeForElk(view)) return await arrangeView(view, wish, tools);
            } catch {
                // ELK throws on some graphs it accepts as input; a plainer picture is better than none.
            }
            return { graph: packGraph(view, wish.orientation), work: { kept: 0, adapted: 0, laidOut: 0 } };
        },
    };
}

/** Tells whether a graph is packed by hand without asking ELK. */
export function isTooLargeForElk(view: GraphView): boolean {
    return view.nodes.length > MAX_ELK_NODES || view.edges.length > MAX_ELK_EDGES;
}

interface Tools {
    readonly runElk: RunElk;
    readonly cache: FrameCache;
    readonly memory: Memory;
}

interface Task {
    readonly view: GraphView;
    readonly wish: LayoutWish;
    readonly forest: Forest;
    readonly division: Division;
    readonly against: ReadonlySet<string>;
}

async function arrangeView(view: GraphView, wish: LayoutWish, tools: Tools): Promise<Arranged> {
    const forest = forestOf(view);
    const against = edgesAgainst(forest);
    const task: Task = { view, wish, forest, against, division: divisionOf(forest, against) };
    const remembered = wish.memory === '' ? null : tools.memory.recall(wish.memory);
    const near = remembered === null || !isNear(task, remembered) ? null : remembered;
    const made = near === null ? await fromScratch(task, tools) : await nearTo(task, near, tools);
    if (wish.memory !== '') {
        const absent = near === null ? new Map() : absentAfter(near, new Set(forest.parents.keys()));
        tools.memory.keep(wish.memory, { ...made, direction: wish.direction, pins: wish.pins, absent });
    }
    return made;
}

/** Another way of looking, or a picture of mostly other nodes, has nothing to stay near to. */
function isNear({ wish, forest }: Task, { flow, direction, arrangements }: Remembered): boolean {
    if (flow.orientation !== wish.orientation || direction !== wish.direction) return false;
    const before = [...arrangements.values()].flatMap(({ frame }) => [...frame.places.keys()]);
    const kept = before.filter((id) => forest.parents.has(id)).length;
    return kept > 0 && 2 * kept >= Math.min(before.length, forest.parents.size);
}

interface Made extends Arranged {
    readonly arrangements: Arrangements;
    readonly flow: { readonly direction: FlowDirection; readonly orientation: Orientation };
}

async function nearTo(task: Task, before: Remembered, { cache, runElk }: Tools): Promise<Made> {
    const { forest, division, wish } = task;
    const nested = await layOutNested({ forest, division, flow: before.flow, pins: wish.pins, before }, cache, runElk);
    return madeOf(task, nested, before.flow);
}

function madeOf({ view, forest, division, wish }: Task, { arrangements, work }: Nested, flow: Made['flow']): Made {
    const frames = new Map([...arrangements].map(([id, { frame }]) => [id, frame] as const));
    const graph = composeGraph(view, forest, division, { frames, pins: wish.pins });
    return { graph, work, arrangements, flow };
}

/** Lines run along the longer side, unless the picture can be shown much larger the other way round. */
const MUCH_LARGER = 1.25;

async function fromScratch(task: Task, tools: Tools): Promise<Made> {
    let best: Made | null = null;
    for (const direction of directionsOf(task.wish)) {
        const made: Made = await inDirection(task, direction, tools);
        const isBetter =
            best === null ||
            fitScale(made.graph, task.wish.orientation) > MUCH_LARGER * fitScale(best.graph, task.wish.orientation);
        if (isBetter) best = made;
    }
    if (best === null) throw new Error('no direction was tried');
    return best;
}

function directionsOf({ direction, orientation }: LayoutWish): readonly FlowDirection[] {
    switch (direction) {
        case 'right':
            return ['RIGHT'];
        case 'down':
            return ['DOWN'];
        case 'auto':
            return orientation === 'landscape' ? ['RIGHT'] : ['DOWN', 'RIGHT'];
        default:
            return direction satisfies never;
    }
}

async function inDirection(task: Task, direction: FlowDirection, tools: Tools): Promise<Made> {
    const { forest, division, wish, view } = task;
    const flow = { direction, orientation: wish.orientation };
    const isSmall = view.nodes.length <= MAX_WHOLE_NODES && view.edges.length <= MAX_WHOLE_EDGES;
    const whole = isSmall ? await layOutWhole({ ...task, flow }, tools.runElk) : null;
    const arrangements = whole === null ? null : arrangementsOf(whole, forest, division, flow);
    const before = arrangements === null ? null : { arrangements, pins: {}, absent: new Map() };
    const nested = await layOutNested({ forest, division, flow, pins: wish.pins, before }, tools.cache, tools.runElk);
    return madeOf(task, nested, flow);
}
