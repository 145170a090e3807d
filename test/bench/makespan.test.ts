/** The bound that makespans are measured against, and that the engine's order of work comes near it. */
import { expect, test } from 'vitest';
import { USUAL_DURATIONS } from '../../runner/core/expectation.ts';
import { makespanOf, skewedApplication, type SkewedApplication } from './makespan.ts';
import { modelOf } from '../scenarios/model-text.ts';

const ONE_HOST: SkewedApplication = {
    model: modelOf('VM is target gives ip\nA gives ip\nB gives ip needs A.ip\n/vm VM\n/vm/a A\n/vm/b B'),
    costs: { VM: { createMachine: 1_000 }, A: { deploy: 2_000, start: 500 }, B: { deploy: 3_000, start: 700 } },
};

test('one machine does one thing after the other, and nothing is shorter', () => {
    const { makespanMs, boundMs, binding } = makespanOf(ONE_HOST, {});
    expect([makespanMs, binding]).toEqual([boundMs, 'host']);
});

test('no schedule is shorter than its bound, and few are much longer', () => {
    const ratios = Array.from({ length: 12 }, (_, i) => {
        const { makespanMs, boundMs } = makespanOf(skewedApplication(i + 1), {});
        return makespanMs / boundMs;
    }).sort((left, right) => left - right);
    expect(ratios[0]).toBeGreaterThanOrEqual(1);
    expect(ratios.at(-1)).toBeLessThan(1.05);
});

test('what is known of the work makes deployments shorter', () => {
    const sumOf = (expected?: { readonly general: typeof USUAL_DURATIONS; readonly components: object }): number =>
        [17, 92, 119].reduce((sum, seed) => {
            const settings = expected === undefined ? {} : { settings: { expected: { ...expected, components: {} } } };
            const { makespanMs, boundMs } = makespanOf(skewedApplication(seed), settings);
            return sum + makespanMs / boundMs;
        }, 0);
    expect(sumOf()).toBeLessThan(sumOf({ general: USUAL_DURATIONS, components: {} }));
});
