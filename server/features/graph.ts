/** `roboconf/graph`: the picture of an application as somebody looks at it, laid out, with what is wrong where. */
import {
    changesSeenIn,
    driftOf,
    nodeDetailsOf,
    pinsIn,
    seenGraphOf,
    type Application,
    type ApplicationModel,
    type GraphView,
    type ModelChanges,
    type NodeDetail,
    type Positions,
} from '../../language/index.ts';
import type { Layout } from '../layout.ts';
import type { Analysed, GraphAnswer, GraphParams } from '../protocol.ts';
import { changesFrom, graphPartsOf } from './graph-parts.ts';

export interface GraphQuestion {
    readonly application: Application;
    readonly analysed: Analysed;
    readonly params: Omit<GraphParams, 'uri' | 'before'>;
    /** Where people put nodes. */
    readonly positions: Positions;
    /** What the model is held against; null = nothing. */
    readonly before: Before | null;
}

export interface Before {
    /** For people. */
    readonly label: string;
    readonly model: ApplicationModel;
}

/** Lays out the newest model. Rejects only when the signal is aborted or the layout is disposed. */
export async function graphOf(question: GraphQuestion, layout: Layout, signal: AbortSignal): Promise<GraphAnswer> {
    const { application, analysed, params, positions } = question;
    const { orientation, direction, memory } = params;
    const { view, findings, places } = graphPartsOf(application, params.perspective);
    const whole = wholeOf(question, view);
    const seen = seenGraphOf(whole.view, params.look);
    const wish = { orientation, direction, pins: pinsIn(seen.view, positions), memory };
    const graph = await layout.layout(seen.view, wish, signal);
    return {
        kind: 'graph',
        name: application.model.displayName,
        graph,
        findings,
        details: detailsOf(question, seen.view),
        places,
        choices: seen.choices,
        drift: driftOf(view, positions),
        changes: changesIn(question, whole, seen.view),
        ...analysed,
    };
}

interface Whole {
    readonly view: GraphView;
    /** Null when the model is held against nothing. */
    readonly changes: ModelChanges | null;
}

function wholeOf({ application, params, before }: GraphQuestion, view: GraphView): Whole {
    return before === null ? { view, changes: null } : changesFrom(before.model, application, params.perspective);
}

/** What was removed is told as it was. */
function detailsOf({ application, before }: GraphQuestion, seen: GraphView): Readonly<Record<string, NodeDetail>> {
    const details = nodeDetailsOf(application.model, seen);
    return before === null ? details : { ...nodeDetailsOf(before.model, seen), ...details };
}

function changesIn({ before }: GraphQuestion, { view, changes }: Whole, seen: GraphView): GraphAnswerChanges {
    return before === null || changes === null ? null : { label: before.label, ...changesSeenIn(seen, view, changes) };
}

type GraphAnswerChanges = Extract<GraphAnswer, { readonly kind: 'graph' }>['changes'];
