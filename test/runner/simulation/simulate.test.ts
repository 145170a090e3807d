import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulate } from '../../../runner/simulation/simulate.ts';
import { createTimeline, plan, takeEarliest } from '../../../runner/simulation/timeline.ts';
import { LAMP } from '../../scenarios/lamp.ts';
import { modelOf } from '../../scenarios/model-text.ts';

test('one seed, one log; another seed, another log', () => {
    const log = (seed: number) => JSON.stringify(simulate(LAMP, { seed }).log);
    expect(log(7)).toBe(log(7));
    expect(log(8)).not.toBe(log(7));
});

test('a log begins with its run, ends with it, and its sequence never goes back', () => {
    const { log, snapshot, makespanMs } = simulate(LAMP, { seed: 7 });
    expect(log.at(0)?.kind).toBe('runBegun');
    expect(log.at(-1)).toMatchObject({ kind: 'runEnded', run: { outcome: 'succeeded', endedAt: makespanMs } });
    expect(log.map((event) => event.sequence)).toEqual(log.map((event) => event.sequence).sort((a, b) => a - b));
    expect(snapshot.instances.map((instance) => instance.status)).toEqual(LAMP.instances.map(() => 'DEPLOYED_STARTED'));
    expect(snapshot).toMatchObject({ simulated: true, run: { order: 'deploy', outcome: 'succeeded' } });
});

test('an update tells whose exports it is about, other steps do not', () => {
    const steps = simulate(LAMP, { seed: 7 }).log.filter((event) => event.kind === 'stepBegun');
    const updates = steps.filter(({ phase }) => phase === 'update');
    expect(updates.length).toBeGreaterThan(0);
    for (const { exporter, because } of updates) expect(because).toContain(exporter);
    expect(steps.filter(({ phase, exporter }) => phase !== 'update' && exporter !== undefined)).toEqual([]);
});

test('the timeline gives back what was planned by time, then by order', () => {
    fc.assert(
        fc.property(fc.array(fc.nat(5)), (times) => {
            const timeline = createTimeline<number>();
            times.forEach((time, i) => plan(timeline, time, i));
            const taken = times.map(() => takeEarliest(timeline)?.item);
            const expected = times.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time || a.i - b.i);
            expect(taken).toEqual(expected.map((entry) => entry.i));
            expect(takeEarliest(timeline)).toBeUndefined();
        }),
    );
});

test('a thousand instances take no time worth mentioning, and go as they came', () => {
    const lines = ['VM is target gives ip', 'Store gives ip', 'Worker needs Store.ip', '/store Store'];
    for (let i = 0; i < 500; i++) lines.push(`/vm${i} VM`, `/vm${i}/worker Worker`);
    const undeploy = { afterQuiet: 0, happens: { kind: 'undeploy' as const, paths: [] } };
    const deploy = { at: 0, happens: { kind: 'deploy' as const, paths: [] } };
    const { facts, snapshot } = simulate(modelOf(lines.join('\n')), { seed: 1, scenario: [deploy, undeploy] });
    const outcomes = facts.flatMap((fact) => (fact.kind === 'runEnded' ? [fact.outcome] : []));
    expect(outcomes).toEqual(['succeeded', 'succeeded']);
    expect(new Set(snapshot.instances.map((instance) => instance.status))).toEqual(new Set(['NOT_DEPLOYED']));
});
