/** What there is to say about an application's picture, however it is looked at: made once for each analysis and perspective. */
import {
    changesBetween,
    graphViewOf,
    type Application,
    type ApplicationModel,
    type Declaration,
    type Finding,
    type GraphNode,
    type GraphView,
    type Perspective,
} from '../../language/index.ts';
import type { FindingCount, NodePlace } from '../protocol.ts';
import { nodePlacesOf } from './node-places.ts';
import { createBlockFinder } from './places.ts';

export interface GraphParts {
    readonly view: GraphView;
    /** Nodes without findings are absent. */
    readonly findings: Readonly<Record<string, FindingCount>>;
    readonly places: readonly NodePlace[];
}

/** An analysis never changes: what is made of it holds as long as it lives. */
const KNOWN = new WeakMap<Application, Map<Perspective, GraphParts>>();

/** The parts of an analysis, made when they are first asked for. */
export function graphPartsOf(application: Application, perspective: Perspective): GraphParts {
    const known = KNOWN.get(application) ?? new Map<Perspective, GraphParts>();
    KNOWN.set(application, known);
    const parts = known.get(perspective) ?? madeParts(application, perspective);
    known.set(perspective, parts);
    return parts;
}

interface KnownChanges {
    readonly before: ApplicationModel;
    readonly perspective: Perspective;
    readonly changes: ReturnType<typeof changesBetween>;
}

const CHANGES = new WeakMap<Application, KnownChanges>();

/** How an application differs from another model; made again only when something else is asked than the last time. */
export function changesFrom(
    before: ApplicationModel,
    application: Application,
    perspective: Perspective,
): KnownChanges['changes'] {
    const known = CHANGES.get(application);
    if (known?.before === before && known.perspective === perspective) return known.changes;
    const changes = changesBetween(before, application.model, perspective);
    CHANGES.set(application, { before, perspective, changes });
    return changes;
}

function madeParts(application: Application, perspective: Perspective): GraphParts {
    const view = graphViewOf(application.model, perspective);
    return { view, findings: findingsByNode(application, view), places: nodePlacesOf(application, perspective) };
}

/** How many errors and warnings stand in the block each node was made from; copies made by `count` share theirs. */
function findingsByNode(application: Application, view: GraphView): Readonly<Record<string, FindingCount>> {
    const blockAt = createBlockFinder(application);
    const byBlock = new Map<Declaration, FindingCount>();
    for (const finding of application.findings) {
        const block = finding.range === null ? undefined : blockAt(finding.range);
        if (block !== undefined) byBlock.set(block, plus(byBlock.get(block) ?? { errors: 0, warnings: 0 }, finding));
    }
    if (byBlock.size === 0) return {};
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
