/** The engine alone, in virtual time: how close its deployments come to the least possible length, what it holds, and how fast it is when an application is large. */
import type { Figure } from '../../scripts/bench.ts';
import { USUAL_DURATIONS } from '../../runner/core/expectation.ts';
import { engineSize } from './engine-size.ts';
import { makespanOf, skewedApplication, type Makespan } from './makespan.ts';

const APPLICATIONS = 200;
const LARGE = 100_000;
/** What a deployment expects of components it knows nothing of. */
const UNKNOWN = { general: USUAL_DURATIONS, components: {} };

export function measure(): Promise<readonly Figure[]> {
    const applications = Array.from({ length: APPLICATIONS }, (_, i) => skewedApplication(i + 1));
    const known = ratiosOf(applications.map((each) => makespanOf(each, {})));
    const unknown = ratiosOf(applications.map((each) => makespanOf(each, { settings: { expected: UNKNOWN } })));
    const large = engineSize(LARGE, 200);
    const resolution = large.resolutionMs.toSorted((left, right) => left - right);
    return Promise.resolve([
        { name: '200 skewed applications, makespan / lower bound, p50', value: percentile(known, 0.5), unit: 'x' },
        {
            name: '200 skewed applications, makespan / lower bound, p95',
            value: percentile(known, 0.95),
            unit: 'x',
            goal: { atMost: 1.02 },
        },
        { name: 'the same, p100', value: percentile(known, 1), unit: 'x' },
        { name: 'the same of components never seen before, p95', value: percentile(unknown, 0.95), unit: 'x' },
        {
            name: 'memory per instance, 100,000 instances deployed',
            value: large.topologyBytes + large.stateBytes,
            unit: 'B',
            goal: { atMost: 1_024 },
        },
        { name: 'of that, indexes of the model', value: large.topologyBytes, unit: 'B' },
        { name: 'of that, state', value: large.stateBytes, unit: 'B' },
        {
            name: 'one change with ten dependants in 100,000 instances, p50',
            value: percentile(resolution, 0.5),
            unit: 'ms',
            goal: { atMost: 1 },
        },
        {
            name: 'one change with ten dependants in 100,000 instances, p95',
            value: percentile(resolution, 0.95),
            unit: 'ms',
        },
        {
            name: 'simulated events per second of processor time, 100,000 instances',
            value: large.eventsPerSecond,
            unit: '/s',
        },
    ]);
}

function ratiosOf(makespans: readonly Makespan[]): readonly number[] {
    return makespans.map(({ makespanMs, boundMs }) => makespanMs / boundMs).sort((left, right) => left - right);
}

/** The nearest rank of a sorted list. */
function percentile(sorted: readonly number[], share: number): number {
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
