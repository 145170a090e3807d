/** `roboconf/graph`: the picture of an application, laid out, with what is wrong where. */
import {
    graphViewOf,
    nodeDetailsOf,
    type Application,
    type Declaration,
    type Finding,
    type GraphNode,
    type GraphView,
    type Perspective,
} from '../../language/index.ts';
import type { Layout, Orientation } from '../layout.ts';
import type { Analysed, FindingCount, GraphAnswer } from '../protocol.ts';
import { nodePlacesOf } from './node-places.ts';
import { createBlockFinder } from './places.ts';

export interface GraphQuestion {
    readonly application: Application;
    readonly analysed: Analysed;
    readonly perspective: Perspective;
    readonly orientation: Orientation;
}

/** Lays out the newest model. Rejects only when the signal is aborted or the layout is disposed. */
export async function graphOf(question: GraphQuestion, layout: Layout, signal: AbortSignal): Promise<GraphAnswer> {
    const { application, analysed, perspective, orientation } = question;
    const view = graphViewOf(application.model, perspective);
    const findings = findingsByNode(application, view);
    const graph = await layout.layout(view, orientation, signal);
    const details = nodeDetailsOf(application.model, view);
    const places = nodePlacesOf(application, perspective);
    return { kind: 'graph', name: application.model.displayName, graph, findings, details, places, ...analysed };
}

/** How many errors and warnings stand in the block each node was made from; copies made by `count` share theirs. */
function findingsByNode(application: Application, view: GraphView): Readonly<Record<string, FindingCount>> {
    const blockAt = createBlockFinder(application);
    const byBlock = new Map<Declaration, FindingCount>();
    for (const finding of application.findings) {
        const block = finding.range === null ? undefined : blockAt(finding.range);
        if (block !== undefined) byBlock.set(block, plus(byBlock.get(block) ?? { errors: 0, warnings: 0 }, finding));
    }
    const countOf = ({ range }: GraphNode): FindingCount | undefined => {
        const block = range === null ? undefined : blockAt(range);
        return block === undefined ? undefined : byBlock.get(block);
    };
    return Object.fromEntries(view.nodes.flatMap((node) => entryOf(node.id, countOf(node))));
}

function entryOf(id: string, count: FindingCount | undefined): readonly (readonly [string, FindingCount])[] {
    return count === undefined || count.errors + count.warnings === 0 ? [] : [[id, count]];
}

function plus(count: FindingCount, finding: Finding): FindingCount {
    return {
        errors: count.errors + (finding.severity === 'error' ? 1 : 0),
        warnings: count.warnings + (finding.severity === 'warning' ? 1 : 0),
    };
}
