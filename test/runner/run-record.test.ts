/** What a record makes of the events of a run, and what it says about them: who waited for whom, and what differs from another run. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextEvents, snapshotOfSimulation, startSimulation } from '../../runner/index.ts';
import type { InstanceSnapshot, RunnerEvent } from '../../runner/protocol.ts';
import {
    beginRecord,
    chainsOf,
    compareRuns,
    continueRecord,
    criticalPathOf,
    type RecordedStep,
    type RunRecord,
} from '../../runner/runs.ts';
import { sketchModel } from './support/application.ts';

const MODEL = sketchModel(
    {
        Machine: { installer: 'target' },
        Store: { installer: 'script', exports: { ip: null, port: '3306' } },
        Web: { installer: 'script', imports: ['Store.ip', 'Store.port'] },
    },
    { '/db': 'Machine', '/db/store': 'Store', '/front': 'Machine', '/front/web': 'Web' },
);

interface Played {
    readonly events: readonly RunnerEvent[];
    readonly instances: readonly InstanceSnapshot[];
}

/** All events of a simulated deploy of the model, and the instances as they were before. */
function played(seed: number, faults: Parameters<typeof startSimulation>[1]['scenario'] = []): Played {
    const simulation = startSimulation(MODEL, { seed, scenario: [] });
    const { instances } = snapshotOfSimulation(simulation);
    simulation.scenario.push({ at: 0, happens: { kind: 'deploy', paths: [] } }, ...faults);
    const events: RunnerEvent[] = [];
    for (let next = nextEvents(simulation); next !== null; next = nextEvents(simulation)) events.push(...next);
    return { events, instances };
}

function recordOf({ events, instances }: Played): RunRecord {
    const [first] = events;
    if (first?.kind !== 'runBegun') throw new Error('the order begins a run');
    const recorder = beginRecord(first.run, instances);
    for (const event of events) recorder.take(event);
    return recorder.record();
}

test('a run is recorded step by step, machines and waits among them', () => {
    const record = recordOf(played(1));
    expect(record.run).toMatchObject({ order: 'deploy', outcome: 'succeeded' });
    expect(record.steps.map(({ path, phase, outcome }) => `${path} ${phase} ${String(outcome)}`).sort()).toEqual([
        '/db createMachine succeeded',
        '/db/store deploy succeeded',
        '/db/store initialize succeeded',
        '/db/store start succeeded',
        '/front createMachine succeeded',
        '/front/web deploy succeeded',
        '/front/web initialize succeeded',
        '/front/web start succeeded',
    ]);
    expect(record.steps.every(({ begunAt, endedAt }) => endedAt !== null && endedAt >= begunAt)).toBe(true);
    expect(record.instances.map(({ path }) => path)).toEqual(['/db', '/db/store', '/front', '/front/web']);
    for (const wait of record.waits) expect(wait.endedAt).not.toBeNull();
});

test('a record that is interrupted and goes on is the same as one that is not', () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, part) => {
            const { events, instances } = played(seed);
            const [first] = events;
            if (first?.kind !== 'runBegun') throw new Error('the order begins a run');
            const whole = beginRecord(first.run, instances);
            for (const event of events) whole.take(event);
            const cut = Math.floor(part * events.length);
            const before = beginRecord(first.run, instances);
            for (const event of events.slice(0, cut)) before.take(event);
            const after = continueRecord(before.record());
            // Told again from a little before: what it contains already changes nothing that is seen.
            for (const event of events.slice(cut)) after.take(event);
            expect(after.record()).toEqual(whole.record());
        }),
        { numRuns: 40 },
    );
});

test('what comes after the end of a run is not part of it', () => {
    const { events, instances } = played(3);
    const record = recordOf({ events, instances });
    const late = continueRecord(record);
    late.take({
        kind: 'stepBegun',
        path: '/db/store',
        phase: 'stop',
        attempt: 'late',
        because: '',
        sequence: record.sequence + 1,
        time: 1,
    });
    expect(late.record()).toEqual(record);
});

test('the critical path goes from the end of the run back to its beginning, without a gap', () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
            const { steps, run } = recordOf(played(seed));
            const chains = chainsOf(steps);
            const critical = criticalPathOf(steps, chains);
            const chain = steps
                .filter(({ id }) => critical.has(id))
                .sort((left, right) => left.begunAt - right.begunAt);
            expect(chain[0]?.begunAt).toBe(run.begunAt);
            expect(chain.at(-1)?.endedAt).toBe(run.endedAt);
            // All of it was spent in steps of the chain: each was begun when the one before it ended.
            const spent = chain.reduce((sum, { begunAt, endedAt }) => sum + (endedAt ?? begunAt) - begunAt, 0);
            expect(spent).toBe((run.endedAt ?? 0) - run.begunAt);
            expect(chain.map(({ id }) => chains.get(id)?.wave)).toEqual(chain.map((_, index) => index + 1));
        }),
        { numRuns: 40 },
    );
});

const step = (path: string, begunAt: number, endedAt: number | null, fields: Partial<RecordedStep> = {}) => ({
    id: `${path}@${String(begunAt)}`,
    path,
    phase: 'start' as const,
    attempt: null,
    begunAt,
    endedAt,
    outcome: endedAt === null ? null : 'succeeded',
    tryNumber: 1,
    because: '',
    exporter: null,
    message: '',
    exitCode: null,
    lastLines: [],
    ...fields,
});

test.each([
    ['its own instance comes before others that ended then', [step('/a', 0, 5), step('/b', 0, 5), step('/b', 5, 9)], 1],
    ['one around it comes before a stranger', [step('/a', 0, 5), step('/b', 0, 5), step('/b/c', 5, 9)], 1],
    ['the only one that ended then', [step('/a', 0, 5), step('/b', 0, 6), step('/c', 5, 9)], 0],
    ['nothing that ended long before', [step('/a', 0, 5), step('/b', 5000, 5001)], null],
    ['nothing that has not ended', [step('/a', 0, null), step('/b', 5, 9)], null],
])('a step was let go by: %s', (_name, steps, expected) => {
    const last = steps.at(-1);
    const before = chainsOf(steps).get(last?.id ?? '')?.before ?? null;
    expect(before).toBe(expected === null ? null : (steps[expected]?.id ?? ''));
});

test('a retry was let go by the attempt before it, however long it waited', () => {
    const first = step('/a', 0, 5, { outcome: 'failed' });
    const retry = step('/a', 60_000, 60_004, { tryNumber: 2 });
    const chains = chainsOf([first, retry]);
    expect(chains.get(retry.id)).toEqual({ before: first.id, wave: 2 });
    expect([...criticalPathOf([first, retry], chains)]).toEqual([retry.id, first.id]);
});

test('5,000 steps that end at the same moment are chained in a moment', () => {
    const machines = Array.from({ length: 5000 }, (_, index) => step(`/vm-${String(index)}`, 0, 10));
    const parts = machines.map(({ path }) => step(`${path}/part`, 10, 20));
    const started = performance.now();
    const chains = chainsOf([...machines, ...parts]);
    expect(performance.now() - started).toBeLessThan(1500);
    expect([...chains.values()].filter(({ wave }) => wave === 2)).toHaveLength(5000);
});

test('two runs are compared step by step, the greatest difference first', () => {
    const left = { steps: [step('/a', 0, 100), step('/b', 0, 10), step('/gone', 0, 5)] };
    const right = {
        steps: [step('/a', 0, 90), step('/b', 0, 300, { outcome: 'failed' }), step('/b', 300, 310), step('/new', 0, 7)],
    };
    const rows = compareRuns(left, right);
    expect(rows.map(({ path, differenceMs }) => [path, differenceMs])).toEqual([
        ['/b', 300],
        ['/a', -10],
        ['/new', null],
        ['/gone', null],
    ]);
    expect(rows[0]?.right).toEqual({ tookMs: 310, outcome: 'succeeded', attemptCount: 2 });
    expect(rows[2]?.left).toBeNull();
    expect(rows[3]?.right).toBeNull();
    expect(rows.map(({ isOutcomeChanged }) => isOutcomeChanged)).toEqual([false, false, false, false]);
});

test('a run compared with itself does not differ, and the other way round every difference is the opposite', () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (one, other) => {
            const [left, right] = [recordOf(played(one)), recordOf(played(other))];
            expect(compareRuns(left, left).every(({ differenceMs }) => differenceMs === 0)).toBe(true);
            const forth = compareRuns(left, right).map(({ path, phase, differenceMs }) => [path, phase, differenceMs]);
            const back = compareRuns(right, left).map(({ path, phase, differenceMs }) => [
                path,
                phase,
                differenceMs === null ? null : 0 - differenceMs,
            ]);
            expect(back).toEqual(forth);
        }),
        { numRuns: 20 },
    );
});
