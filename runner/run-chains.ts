/**
 * What a run waited for: which step had to end before another could begin, and the chain of them that made the run as long as it was.
 * Decisions are made when something ends, and carry its time: a step was let go by one that ended at the moment it was begun. Pure.
 */
import type { RecordedStep } from './run-record.ts';

export interface StepChain {
    /** Id of the step it was begun after; null when it was among the first. */
    readonly before: string | null;
    /** 1 for those that were begun first, one more than the step before it otherwise. */
    readonly wave: number;
}

/** A step that is begun later than this after another was not let go by it: something else had to happen. In milliseconds. */
const REACTION_MS = 1000;

/** Of steps that ended at the same moment, as many are looked at for one that is nearer. */
const LOOKED_AT = 64;

/** By step id. `steps` in the order in which they were begun, as a record has them. */
export function chainsOf(steps: readonly RecordedStep[]): ReadonlyMap<string, StepChain> {
    const finder = createFinder(steps);
    const chains = new Map<string, StepChain>();
    for (const step of steps) {
        const before = finder(step);
        const wave = before === null ? 1 : (chains.get(before.id)?.wave ?? 0) + 1;
        chains.set(step.id, { before: before?.id ?? null, wave });
    }
    return chains;
}

/** Ids of the steps of the longest chain: those that no other could have made shorter. While steps are under way, up to the one that was begun first. */
export function criticalPathOf(
    steps: readonly RecordedStep[],
    chains: ReadonlyMap<string, StepChain>,
): ReadonlySet<string> {
    const critical = new Set<string>();
    let id = lastOf(steps)?.id ?? null;
    while (id !== null && !critical.has(id)) {
        critical.add(id);
        id = chains.get(id)?.before ?? null;
    }
    return critical;
}

function lastOf(steps: readonly RecordedStep[]): RecordedStep | undefined {
    const open = steps.find(({ outcome }) => outcome === null);
    if (open !== undefined) return open;
    let last: RecordedStep | undefined;
    for (const step of steps) if (last === undefined || endOf(step) >= endOf(last)) last = step;
    return last;
}

function endOf({ begunAt, endedAt }: RecordedStep): number {
    return endedAt ?? begunAt;
}

/** Finds what let a step go. */
function createFinder(steps: readonly RecordedStep[]): (step: RecordedStep) => RecordedStep | null {
    const ended = steps.filter(({ endedAt }) => endedAt !== null);
    const byEnd = Map.groupBy(ended, endOf);
    const moments = [...byEnd.keys()].sort((left, right) => left - right);
    const byKey = new Map<string, RecordedStep>();
    for (const step of steps) byKey.set(`${step.phase} ${step.path} ${String(step.tryNumber)}`, step);
    return (step) => {
        const { path, phase, tryNumber, begunAt } = step;
        const earlier = tryNumber > 1 ? byKey.get(`${phase} ${path} ${String(tryNumber - 1)}`) : undefined;
        if (earlier !== undefined && endOf(earlier) <= begunAt && earlier !== step) return earlier;
        const moment = moments[countUpTo(moments, begunAt) - 1];
        if (moment === undefined || begunAt - moment > REACTION_MS) return null;
        return nearest(step, byEnd.get(moment) ?? []);
    };
}

/** How many of the sorted moments are not after `time`. */
function countUpTo(moments: readonly number[], time: number): number {
    let [low, high] = [0, moments.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((moments[middle] ?? 0) <= time) low = middle + 1;
        else high = middle;
    }
    return low;
}

/** Its own instance first, then those around it, then any other; among equals the one that took longest. */
function nearest(step: RecordedStep, candidates: readonly RecordedStep[]): RecordedStep | null {
    let best: RecordedStep | null = null;
    for (const candidate of candidates.slice(0, LOOKED_AT)) {
        // A step of no length ends where it begins: it does not let itself or its equals go.
        if (candidate === step || candidate.begunAt >= step.begunAt) continue;
        if (best === null || isNearer(step, candidate, best)) best = candidate;
    }
    return best;
}

function isNearer(step: RecordedStep, candidate: RecordedStep, best: RecordedStep): boolean {
    const [left, right] = [distance(step.path, candidate.path), distance(step.path, best.path)];
    return left === right ? candidate.begunAt < best.begunAt : left < right;
}

function distance(one: string, other: string): number {
    if (one === other) return 0;
    return one.startsWith(`${other}/`) || other.startsWith(`${one}/`) ? 1 : 2;
}
