/** When jobs that share machines would be done if, of those that can begin, the one of the highest rank always did. */
import { createAgenda, noteRoom, park, takeParked } from './agenda.ts';
import { createPriorityQueue, first, firstRank, pop, push } from './priority-queue.ts';
import { countOf, eachOf, type WorkGraph } from './work-graph.ts';

/**
 * The end of each job in milliseconds, `concurrency` of those that need a machine at a time. `backward`: as if time ran the other way, so
 * that an end is how long before the end of everything the job has to begin.
 */
export function listSchedule(
    graph: WorkGraph,
    ranks: Float64Array,
    concurrency: number,
    direction: 'forward' | 'backward',
): Float64Array {
    const { durations, machines, order } = graph;
    const [before, after] = direction === 'forward' ? [graph.before, graph.after] : [graph.after, graph.before];
    const ends = new Float64Array(durations.length);
    const awaited = Int32Array.from(durations, (_, job) => countOf(before, job));
    const agenda = createAgenda();
    const running = createPriorityQueue();
    const busy = new Set<number>();
    const begin = (job: number, now: number): void => {
        const end = now + (durations[job] ?? 0);
        ends[job] = end;
        push(running, -end, job);
    };
    const offer = (job: number, now: number): void => {
        const machine = machines[job] ?? -1;
        if (machine === -1) begin(job, now);
        else park(agenda, machine, job, ranks[job] ?? 0);
    };
    const beginAll = (now: number): void => {
        while (busy.size < concurrency) {
            const job = takeParked(agenda, (machine) => !busy.has(machine));
            if (job === undefined) return;
            busy.add(machines[job] ?? -1);
            begin(job, now);
        }
    };
    for (const job of order) if (awaited[job] === 0) offer(job, 0);
    beginAll(0);
    for (let job = first(running); job !== undefined; job = first(running)) {
        const now = -firstRank(running);
        pop(running);
        const machine = machines[job] ?? -1;
        if (busy.delete(machine)) noteRoom(agenda, machine);
        eachOf(after, job, (other) => {
            const left = (awaited[other] ?? 0) - 1;
            awaited[other] = left;
            if (left === 0) offer(other, now);
        });
        if (firstRank(running) !== -now) beginAll(now);
    }
    return ends;
}
