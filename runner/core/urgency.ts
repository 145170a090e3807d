/**
 * How urgent the next step of each instance is: the time that is expected to pass from its beginning to the end of all that waits for it.
 * What begins first is what the most work waits for, so that a deployment ends little later than its longest chain.
 *
 * On the way up that time is read from a schedule made backward from the end, so that a machine on which much is left to do makes what
 * feeds it urgent. On the way down, and where making schedules would take too long, it is the longest chain alone.
 */
import { expectedMs, type Expectation, type Work } from './expectation.ts';
import { listSchedule } from './list-schedule.ts';
import { nodeAt, type InstanceNode, type Topology } from './topology.ts';
import { eachOf, startOrderOf, workGraphOf, type StartOrder, type WorkGraph } from './work-graph.ts';

/** Milliseconds by instance, own step included. */
export interface Urgencies {
    /** By job of the work graph: see there. */
    readonly up: Float64Array;
    readonly stop: Float64Array;
    readonly undeploy: Float64Array;
}

/** Schedules for more instances would take longer than they save. */
const SCHEDULED_AT_MOST = 5_000;

/** The urgencies of all instances when so many steps may run at one time. */
export function urgenciesOf(
    topology: Topology,
    { expected, concurrency }: { readonly expected: Expectation; readonly concurrency: number },
): Urgencies {
    const expectedOf = (node: InstanceNode, work: Work): number => expectedMs(expected, node.component.name, work);
    const startOrder = startOrderOf(topology);
    const graph = workGraphOf(topology, startOrder, expectedOf);
    const undeploy = undeployUrgencies(topology, expectedOf);
    const stop = stopUrgencies(topology, startOrder, undeploy, expectedOf);
    return { up: upUrgencies(graph, topology, concurrency), stop, undeploy };
}

function upUrgencies(graph: WorkGraph, { nodes }: Topology, concurrency: number): Float64Array {
    const chains = longestChains(graph);
    if (nodes.length > SCHEDULED_AT_MOST) return chains;
    const ends = listSchedule(graph, chains, concurrency, 'forward');
    return listSchedule(graph, ends, concurrency, 'backward');
}

function longestChains({ durations, after, order }: WorkGraph): Float64Array {
    const chains = durations.slice();
    for (const job of order.toReversed()) {
        let longest = 0;
        eachOf(after, job, (other) => (longest = Math.max(longest, chains[other] ?? 0)));
        chains[job] = (durations[job] ?? 0) + longest;
    }
    return chains;
}

function undeployUrgencies({ nodes }: Topology, expected: (node: InstanceNode, work: Work) => number): Float64Array {
    const urgencies = new Float64Array(nodes.length);
    for (const node of nodes) {
        const own = node.scoped
            ? expected(node, 'destroyMachine')
            : expected(node, 'undeploy') + expected(node, 'removeInstance');
        urgencies[node.index] = own + (urgencies[node.parent] ?? 0);
    }
    return urgencies;
}

/** An exporter stops after all that import from it, a parent after its children. */
function stopUrgencies(
    topology: Topology,
    { order }: StartOrder,
    undeploy: Float64Array,
    expected: (node: InstanceNode, work: Work) => number,
): Float64Array {
    const urgencies = undeploy.slice();
    const longestUnder = new Map<string, number>();
    for (const instance of order) {
        const node = nodeAt(topology, instance);
        const exporters = node.groups.map((group) => longestUnder.get(topology.groups[group]?.prefix ?? '') ?? 0);
        const after = Math.max(undeploy[instance] ?? 0, urgencies[node.parent] ?? 0, ...exporters);
        const urgency = (node.scoped ? 0 : expected(node, 'stop')) + after;
        urgencies[instance] = urgency;
        for (const prefix of node.prefixes) longestUnder.set(prefix, Math.max(longestUnder.get(prefix) ?? 0, urgency));
    }
    return urgencies;
}
