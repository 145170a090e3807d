/** Messages of the editor's to the graph page: a picture that was laid out as the product does it, and run states. */
import type { GraphView } from '../../language/index.ts';
import { FRESH_LOOK, type RunState, type ToPage } from '../../media/protocol.ts';
import { createArranger } from '../../server/layout/arrange.ts';
import type { LaidOutGraph, Orientation } from '../../server/layout.ts';
import { inProcessElk } from '../server/layout/elk.ts';

export type ModelMessage = Extract<ToPage, { readonly kind: 'model' }>;

const arranger = createArranger(inProcessElk());

/** The view as the layout places it. */
export async function laidOut(view: GraphView, orientation: Orientation = 'landscape'): Promise<LaidOutGraph> {
    const { graph } = await arranger.arrange(view, { orientation, direction: 'auto', pins: {}, memory: '' });
    return graph;
}

/** A picture without faults of an application called shop, unless told otherwise. */
export async function modelMessage(view: GraphView, more: Partial<ModelMessage> = {}): Promise<ModelMessage> {
    const graph = more.graph ?? (await laidOut(view));
    return {
        ...{ kind: 'model', name: 'shop', graph, findings: {}, details: {}, errorCount: 0, warningCount: 0 },
        look: { ...FRESH_LOOK, perspective: view.perspective },
        choices: { components: [], facets: [], hosts: [], nodeCount: view.nodes.length },
        drift: { gone: [], moved: [], added: [] },
        changes: null,
        ...more,
    };
}

/** The view with one container folded. */
export function folded(view: GraphView, id: string): GraphView {
    const inside = view.nodes.filter((candidate) => candidate.id.startsWith(`${id}/`)).map((inner) => inner.id);
    const end = (of: string): string => (inside.includes(of) ? id : of);
    return {
        ...view,
        nodes: view.nodes
            .filter((candidate) => !inside.includes(candidate.id))
            .map((candidate) => (candidate.id === id ? { ...candidate, folded: inside } : candidate)),
        edges: view.edges.map((edge) => ({ ...edge, source: end(edge.source), target: end(edge.target) })),
    };
}

/** Run states of a deployment called d1, at a moment of a clock that stands. */
export function statesMessage(states: Readonly<Record<string, RunState>>, run = '', now = 0): ToPage {
    return { kind: 'states', run, states, deployment: 'd1', clock: { now, isRunning: false } };
}
