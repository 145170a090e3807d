/** The picture as rows of a table, in the order of the tree. Pure: what a row says of run states is asked for when it is drawn. */
import type { NodeDetail } from '../../language/index.ts';
import type { PlacedNode } from '../../server/layout.ts';
import { ageText } from '../picture/age.ts';
import { stateText, STATUS_LOOKS } from '../picture/status.ts';
import type { RunState } from '../protocol.ts';
import type { Texts } from '../texts.ts';
import { isContainer } from './looks.ts';
import { at, type Model } from './page-view.ts';
import { standingsOf, type Standing } from './tree-items.ts';

export interface TableRow {
    readonly node: PlacedNode;
    readonly standing: Standing;
    /** Whether what is inside is shown; null when there is nothing inside. */
    readonly isOpen: boolean | null;
    readonly host: string;
    /** Names of the nodes it imports from. */
    readonly imports: string;
    readonly exports: string;
}

/** Where machines are told by: their installer. */
const MACHINE = 'target';
/** At most so many names or variables in one field. */
const MAX_LISTED = 20;

/** All rows: each container is followed by what is inside of it. */
export function rowsOf({ graph, details }: Pick<Model, 'graph' | 'details'>): readonly TableRow[] {
    const { nodes } = graph;
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const standings = standingsOf(nodes);
    const imports = importsOf(graph, byId);
    return inTreeOrder(nodes, byId).map((node) => ({
        node,
        standing: standings.get(node.id) ?? { position: 1, count: 1 },
        isOpen: isContainer(node) ? node.folded.length === 0 : null,
        host: hostOf(node, byId),
        imports: joined(imports.get(node.id) ?? []),
        exports: exportsText(at(details, node.id)),
    }));
}

type ById = ReadonlyMap<string, PlacedNode>;

function inTreeOrder(nodes: readonly PlacedNode[], byId: ById): readonly PlacedNode[] {
    const inside = Map.groupBy(nodes, ({ parent }) => (parent !== null && byId.has(parent) ? parent : null));
    const ordered: PlacedNode[] = [];
    const left = [...(inside.get(null) ?? [])].reverse();
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
        ordered.push(node);
        left.push(...[...(inside.get(node.id) ?? [])].reverse());
    }
    return ordered;
}

function importsOf(graph: Model['graph'], byId: ById): ReadonlyMap<string, readonly string[]> {
    const names = new Map<string, string[]>();
    for (const { kind, source, target } of graph.edges) {
        const label = kind === 'import' ? byId.get(target)?.label : undefined;
        if (label === undefined) continue;
        const known = names.get(source);
        if (known === undefined) names.set(source, [label]);
        else if (!known.includes(label)) known.push(label);
    }
    return names;
}

/** The outermost machine around a node; empty when there is none. */
function hostOf(node: PlacedNode, byId: ById): string {
    let host = '';
    let depth = 0;
    for (let up = node.parent; up !== null && depth < byId.size; depth++) {
        const around = byId.get(up);
        if (around?.installer === MACHINE) host = around.label;
        up = around?.parent ?? null;
    }
    return host;
}

function exportsText(detail: NodeDetail | undefined): string {
    const exported = detail?.exports ?? [];
    return joined(exported.map(({ name, value }) => (value === null ? name : `${name} = ${value}`)));
}

function joined(parts: readonly string[]): string {
    return parts.length <= MAX_LISTED ? parts.join(', ') : `${parts.slice(0, MAX_LISTED).join(', ')}, …`;
}

export interface StateCells {
    readonly state: string;
    /** Names the colour of the state in the style sheet; empty without a state. */
    readonly tone: string;
    readonly since: string;
}

/** What a row says of a run state; `now` is a moment of the clock of the states. */
export function stateCells(state: RunState | undefined, now: number, texts: Texts): StateCells {
    if (state === undefined) return { state: '', tone: '', since: '' };
    const since = state.since === null ? '' : ageText(state.since, now, texts);
    return { state: stateText(state, texts), tone: STATUS_LOOKS[state.status].tone, since };
}
