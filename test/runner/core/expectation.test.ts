/** What is expected of work, and that it decides about nothing but the order in which that is begun. */
import { expect, test } from 'vitest';
import { expectationFrom, expectedMs, USUAL_DURATIONS, type Expectation } from '../../../runner/core/expectation.ts';
import type { CoreEvent } from '../../../runner/core/event.ts';
import { simulate } from '../../../runner/simulation/simulate.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const NOTHING: Expectation = { general: USUAL_DURATIONS, components: {} };
const PARTS = modelOf(`
    VM is target
    Slow
    Quick
    /vm VM
    /vm/quick Quick
    /vm/slow Slow
`);

const firstStepOf = (facts: readonly CoreEvent[]): string | undefined =>
    facts.flatMap((fact) => (fact.kind === 'stepBegun' ? [fact.path] : []))[0];

test('what a component is told to take wins over what is usual', () => {
    const told: Expectation = { general: USUAL_DURATIONS, components: { Slow: { start: 90_000 } } };
    expect([expectedMs(told, 'Slow', 'start'), expectedMs(told, 'Slow', 'stop')]).toEqual([90_000, 3_000]);
    expect(expectedMs(told, 'constructor', 'start')).toBe(5_000);
});

test('what steps took is expected of the next ones of their component', () => {
    const componentCosts = { Slow: { start: 100_000 } };
    const { facts } = simulate(PARTS, { seed: 1, componentCosts });
    const after = expectationFrom(NOTHING, PARTS, facts);
    expect(expectedMs(after, 'Slow', 'start')).toBeGreaterThan(79_000);
    expect(expectedMs(after, 'Quick', 'start')).toBeLessThan(7_000);
    expect(after.components['VM']).toBeUndefined();
});

test('a failed step, and one that somebody said had ended well, teach nothing', () => {
    const faults = [{ kind: 'fail', path: '/vm/slow', phase: 'start' } as const];
    const { facts } = simulate(PARTS, { seed: 1, faults });
    expect(expectationFrom(NOTHING, PARTS, facts).components['Slow']?.start).toBeUndefined();
});

test('the step on whose end the most work waits is the first', () => {
    const slow = { general: USUAL_DURATIONS, components: { Slow: { start: 60_000 } } };
    const quick = { general: USUAL_DURATIONS, components: { Quick: { start: 60_000 } } };
    const first = (expected: Expectation) => firstStepOf(simulate(PARTS, { seed: 1, settings: { expected } }).facts);
    expect([first(slow), first(quick)]).toEqual(['/vm/slow', '/vm/quick']);
});

test('what is expected changes the order of work and not where it leads', () => {
    const slow = { general: USUAL_DURATIONS, components: { Slow: { start: 60_000 } } };
    const ends = [NOTHING, slow].map(
        (expected) => simulate(PARTS, { seed: 1, settings: { expected } }).snapshot.instances,
    );
    expect(ends[0]?.map(({ status }) => status)).toEqual(ends[1]?.map(({ status }) => status));
});
