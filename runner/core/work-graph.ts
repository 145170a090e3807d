/**
 * What it takes to deploy and start all of a topology, as jobs that wait for one another: two of each instance, `2 * index` to deploy it
 * (or to make its machine) and `2 * index + 1` to start it.
 *
 * 1. An estimate: of the exporters of a prefix, the first that can be reached is the one its importers wait for.
 * 2. What can never be started, because a ring or nobody feeds it, waits for nothing and nobody waits for it.
 */
import type { Work } from './expectation.ts';
import { nodeAt, type InstanceNode, type Topology } from './topology.ts';

export interface WorkGraph {
    /** Milliseconds by job. */
    readonly durations: Float64Array;
    /** Machine slot by job: jobs of one machine are done one after the other; -1 = beside all others. */
    readonly machines: Int32Array;
    readonly before: Neighbours;
    readonly after: Neighbours;
    /** All jobs, none before one it waits for. */
    readonly order: readonly number[];
}

/** The neighbours of job `j` are `list` from `starts[j]` to `starts[j + 1]`. */
export interface Neighbours {
    readonly starts: Int32Array;
    readonly list: Int32Array;
}

/** Instances in an order in which they can be started, and who is the first to feed each import group (-1: nobody). */
export interface StartOrder {
    readonly order: readonly number[];
    readonly feeders: Int32Array;
}

/** The jobs of a topology; `expected` tells milliseconds. */
export function workGraphOf(
    topology: Topology,
    { order, feeders }: StartOrder,
    expected: (node: InstanceNode, work: Work) => number,
): WorkGraph {
    const { nodes } = topology;
    const [from, to]: [number[], number[]] = [[], []];
    const add = (first: number, second: number): void => {
        from.push(first);
        to.push(second);
    };
    for (const { index, parent } of nodes) {
        if (parent !== -1) add(2 * parent, 2 * index);
    }
    for (const index of order) {
        const { parent, groups } = nodeAt(topology, index);
        add(2 * index, 2 * index + 1);
        if (parent !== -1) add(2 * parent + 1, 2 * index + 1);
        for (const group of groups) add(2 * (feeders[group] ?? 0) + 1, 2 * index + 1);
    }
    const [deploys, starts] = [nodes.map(({ index }) => 2 * index), order.map((index) => 2 * index + 1)];
    return {
        durations: Float64Array.from(nodes.flatMap((node) => durationsOf(node, expected))),
        machines: Int32Array.from(nodes.flatMap(({ scoped, machine }) => (scoped ? [-1, -1] : [machine, machine]))),
        before: neighboursOf(2 * nodes.length, to, from),
        after: neighboursOf(2 * nodes.length, from, to),
        order: [...deploys, ...starts],
    };
}

function durationsOf(node: InstanceNode, expected: (node: InstanceNode, work: Work) => number): readonly number[] {
    if (node.scoped) return [expected(node, 'createMachine'), 0];
    return [expected(node, 'initialize') + expected(node, 'deploy'), expected(node, 'start')];
}

function neighboursOf(count: number, from: readonly number[], to: readonly number[]): Neighbours {
    const starts = new Int32Array(count + 1);
    for (const job of from) starts[job + 1] = (starts[job + 1] ?? 0) + 1;
    for (let job = 0; job < count; job++) starts[job + 1] = (starts[job + 1] ?? 0) + (starts[job] ?? 0);
    const next = starts.slice();
    const list = new Int32Array(to.length);
    from.forEach((job, edge) => {
        const place = next[job] ?? 0;
        list[place] = to[edge] ?? 0;
        next[job] = place + 1;
    });
    return { starts, list };
}

/** How many neighbours a job has. */
export function countOf({ starts }: Neighbours, job: number): number {
    return (starts[job + 1] ?? 0) - (starts[job] ?? 0);
}

/** Calls `visit` with each neighbour of a job. */
export function eachOf({ starts, list }: Neighbours, job: number, visit: (other: number) => void): void {
    const end = starts[job + 1] ?? 0;
    for (let place = starts[job] ?? 0; place < end; place++) visit(list[place] ?? 0);
}

/** How the instances of a topology can be started one after the other. */
export function startOrderOf(topology: Topology): StartOrder {
    const { nodes, groups, groupsOfPrefix } = topology;
    const feeders = new Int32Array(groups.length).fill(-1);
    const awaited = Int32Array.from(nodes, (node) => node.groups.length + (node.parent === -1 ? 0 : 1));
    const unfed = new Map(groupsOfPrefix);
    const order = nodes.filter((node) => awaited[node.index] === 0).map((node) => node.index);
    const arrive = (instance: number): void => {
        const left = (awaited[instance] ?? 0) - 1;
        awaited[instance] = left;
        if (left === 0) order.push(instance);
    };
    // Instances added while the loop runs are visited too.
    for (const instance of order) {
        const node = nodeAt(topology, instance);
        node.children.forEach(arrive);
        for (const prefix of node.prefixes) {
            const waiting = unfed.get(prefix) ?? [];
            const isFed = (group: number): boolean => gives(node, topology, group);
            for (const group of waiting.filter(isFed)) {
                feeders[group] = instance;
                groups[group]?.importers.forEach(arrive);
            }
            if (waiting.length > 0)
                unfed.set(
                    prefix,
                    waiting.filter((group) => !isFed(group)),
                );
        }
    }
    return { order, feeders };
}

function gives({ instance }: InstanceNode, { groups }: Topology, group: number): boolean {
    return groups[group]?.variables.every((name) => Object.hasOwn(instance.exports, name)) ?? false;
}
