/** Large applications for the page: machines with nine parts each, some of which import from each other, and run states that change. */
import type { GraphView } from '../../../language/index.ts';
import { FRESH_LOOK, type RunState, type ToPage } from '../../../media/protocol.ts';
import type { LaidOutGraph } from '../../../server/layout.ts';

type Model = Extract<ToPage, { readonly kind: 'model' }>;
type States = Extract<ToPage, { readonly kind: 'states' }>;
type Node = GraphView['nodes'][number];

const PARTS = ['apache', 'tomcat', 'worker', 'queue', 'mysql', 'redis', 'cron', 'agent', 'proxy'];
/** Importer and exporter, by their places among the parts of a machine. */
const IMPORTS = [
    [1, 4],
    [2, 3],
    [8, 0],
] as const;

/** At least so many instances: whole machines. */
export function fleetView(leastNodes: number): GraphView {
    const machines = Array.from({ length: Math.ceil(leastNodes / (PARTS.length + 1)) }, (_, i) => i);
    const nodes = machines.flatMap((machine) => [
        nodeOf(`/machine-${String(machine)}`, 'Machine', 'target', null),
        ...PARTS.map((part) => nodeOf(partPath(machine, part), part, 'script', `/machine-${String(machine)}`)),
    ]);
    const edges = machines.flatMap((machine) =>
        IMPORTS.map(([from, to]): GraphView['edges'][number] => {
            const [source, target] = [idOf(partPath(machine, PARTS[from])), idOf(partPath(machine, PARTS[to]))];
            const variables = [`${PARTS[to] ?? ''}.ip`];
            const id = `${source} imports ${target}`;
            return { id, kind: 'import', source, target, variables, optional: from === 2, external: false, count: 1 };
        }),
    );
    return { perspective: 'instances', nodes, edges };
}

/** The message that shows a graph. */
export function modelMessage(graph: LaidOutGraph): Model {
    return {
        kind: 'model',
        name: 'fleet',
        graph,
        findings: {},
        details: {},
        errorCount: 0,
        warningCount: 0,
        look: { ...FRESH_LOOK, perspective: 'instances' },
        choices: { components: [], facets: [], hosts: [], nodeCount: graph.nodes.length },
        drift: { gone: [], moved: [], added: [] },
        changes: null,
    };
}

const STATUSES = [
    'DEPLOYED_STARTED',
    'STARTING',
    'UNRESOLVED',
    'PROBLEM',
    'DEPLOYED_STOPPED',
    'NOT_DEPLOYED',
] as const satisfies readonly RunState['status'][];

/** Which status an instance has after a number of rounds: the next one each round. */
function statusAfter(index: number, rounds: number): RunState['status'] {
    return STATUSES[(index + rounds) % STATUSES.length] ?? 'NOT_DEPLOYED';
}

/** The message after rounds in which the first `changed` instances took their next status each time. */
export function statesMessage(graph: LaidOutGraph, rounds: number, changed = graph.nodes.length): States {
    const states = graph.nodes.map(({ id }, index): readonly [string, RunState] => [
        id,
        {
            status: statusAfter(index, index < changed ? rounds : 0),
            text: '',
            isProviding: false,
            notes: [],
            flags: 'instance;',
            wanted: '',
            isMoving: false,
            since: null,
            cause: '',
            isStale: false,
        },
    ]);
    return {
        kind: 'states',
        states: Object.fromEntries(states),
        run: '',
        deployment: 'fleet',
        clock: { now: 0, isRunning: false },
    };
}

function nodeOf(path: string, component: string, installer: string, parent: string | null): Node {
    return {
        id: idOf(path),
        kind: 'instance',
        label: path.slice(path.lastIndexOf('/') + 1),
        detail: component,
        installer,
        copy: null,
        component,
        facets: [],
        folded: [],
        parent: parent === null ? null : idOf(parent),
        range: null,
    };
}

function partPath(machine: number, part = ''): string {
    return `/machine-${String(machine)}/${part}-${String(machine)}`;
}

function idOf(path: string): string {
    return `instance:${path}`;
}
