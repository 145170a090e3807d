/**
 * Pictures of applications: the layout in its worker from nothing and after an edit, beside packing by hand and beside ELK laying out the same
 * graph as one; then the page in a browser.
 */
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import ElkBundle from 'elkjs/lib/elk.bundled.js';
import type { Figure } from '../../scripts/bench.ts';
import type { GraphView } from '../../language/index.ts';
import { createLayout, type Layout, type LayoutWish } from '../../server/layout.ts';
import { edgesAgainst } from '../../server/layout/against.ts';
import { elkGraphOf } from '../../server/layout/elk-graph.ts';
import { forestOf } from '../../server/layout/forest.ts';
import { packGraph } from '../../server/layout/packing.ts';
import { instance, LANDSCAPE, tiers } from '../server/layout/sample-views.ts';
import { measurePage } from './graph-page/index.ts';
import { medianMs } from './rounds.ts';

const SMALL = 30;
const LARGE = 300;
const HUGE = 5_000;
const ROUNDS = 7;
const none = new AbortController().signal;

/** `--layout` leaves the page out. */
export async function measure(options: readonly string[]): Promise<readonly Figure[]> {
    const page = options.includes('--layout') ? [] : await measurePage();
    return [...(await layoutFigures()), ...page];
}

async function layoutFigures(): Promise<readonly Figure[]> {
    const workerPath = join(resolve(import.meta.dirname, '../..'), 'dist', 'layout-worker.cjs');
    const layout = createLayout({ workerPath });
    try {
        // ELK gets faster until it has run a dozen times.
        await freshMs(layout, LARGE, 'warm-up');
        const small = await freshMs(layout, SMALL);
        const large = await freshMs(layout, LARGE);
        const edit = await editMs(layout);
        const packing = await medianMs(ROUNDS, () => packGraph(tiers(LARGE), 'landscape'));
        const plain = await plainElkMs();
        return [
            { name: `layout of ${String(SMALL)} nodes, warm`, value: small, unit: 'ms' },
            { name: `layout of ${String(LARGE)} nodes, warm`, value: large, unit: 'ms', goal: { atMost: 500 } },
            { name: 'growth of the layout for ten times the nodes', value: large / small, unit: 'x' },
            {
                name: `an edit of ${String(LARGE)} nodes, to the next layout`,
                value: edit,
                unit: 'ms',
                goal: { atMost: 60 },
            },
            { name: `layout of ${String(LARGE)} nodes / layout after an edit`, value: large / edit, unit: 'x' },
            { name: `${String(LARGE)} nodes packed by hand, edges straight`, value: packing, unit: 'ms' },
            { name: `${String(LARGE)} nodes given to ELK as one graph`, value: plain, unit: 'ms' },
            { name: 'ELK on the graph as one / this layout', value: plain / large, unit: 'x' },
            {
                name: 'server held up while a layout runs',
                value: await heldUpMs(layout),
                unit: 'ms',
                goal: { atMost: 50 },
            },
            ...(await packedFigures(layout)),
        ];
    } finally {
        await layout.dispose();
    }
}

/** Each round is another application, so that nothing is remembered. */
async function freshMs(layout: Layout, count: number, name = 'measured'): Promise<number> {
    let round = 0;
    return medianMs(ROUNDS, () => layout.layout(renamed(tiers(count), `${name}-${String(round++)}`), LANDSCAPE, none));
}

function renamed(view: GraphView, suffix: string): GraphView {
    const rename = (id: string): string => `${id}~${suffix}`;
    return {
        ...view,
        nodes: view.nodes.map((node) => ({
            ...node,
            id: rename(node.id),
            parent: node.parent === null ? null : rename(node.parent),
        })),
        edges: view.edges.map((edge) => ({ ...edge, source: rename(edge.source), target: rename(edge.target) })),
    };
}

/** Every round adds a node to another host. */
async function editMs(layout: Layout): Promise<number> {
    const wish: LayoutWish = { ...LANDSCAPE, memory: 'bench' };
    let view = tiers(LARGE);
    let round = 0;
    await layout.layout(view, wish, none);
    return medianMs(2 * ROUNDS, () => {
        const host = String(7 * round++);
        view = { ...view, nodes: [...view.nodes, instance(`/host-${host}/more`)] };
        return layout.layout(view, wish, none);
    });
}

// As in the worker: what is loaded is the constructor itself.
const createElk = ElkBundle as unknown as new () => ELK;

async function plainElkMs(): Promise<number> {
    const elk = new createElk();
    const forest = forestOf(tiers(LARGE));
    const input = (): ElkNode =>
        elkGraphOf(forest, {
            direction: 'RIGHT',
            orientation: 'landscape',
            against: edgesAgainst(forest),
            layerBound: null,
            seed: 1,
        });
    return medianMs(3, () => elk.layout(input()));
}

/** The longest time in which nothing else could run in the thread that asks. */
async function heldUpMs(layout: Layout): Promise<number> {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await layout.layout(renamed(tiers(LARGE), 'alone'), LANDSCAPE, none);
    delay.disable();
    return delay.max / 1e6;
}

async function packedFigures(layout: Layout): Promise<readonly Figure[]> {
    const view = tiers(HUGE);
    const time = await medianMs(ROUNDS, () => layout.layout(view, LANDSCAPE, none));
    return [{ name: `${HUGE.toLocaleString('en')} nodes packed`, value: time, unit: 'ms', goal: { atMost: 100 } }];
}
