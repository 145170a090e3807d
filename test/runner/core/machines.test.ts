/** Machines that outlive their instances are destroyed, whoever asked for them and whatever happens to the runner. */
import { expect, test } from 'vitest';
import { createAdvance } from '../../../runner/core/advance.ts';
import type { Input } from '../../../runner/core/input.ts';
import { LAWS } from '../../../runner/core/laws.ts';
import { createState } from '../../../runner/core/state.ts';
import { topologyOf } from '../../../runner/core/topology.ts';
import { simulate } from '../../../runner/simulation/simulate.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const MODEL = modelOf('VM is target gives ip\nPart needs VM.ip\n/vm VM\n/part Part');

test('a machine that comes up for nobody is destroyed, and asked for again after a restart', () => {
    const state = createState(topologyOf(MODEL));
    const advance = createAdvance();
    const give = (input: Input) => {
        const { events, effects } = advance(state, input);
        return { facts: events.map((event) => event.kind), effects };
    };
    const destroy = { kind: 'destroyMachine', path: '/vm', machineId: 'm1', target: null };
    const up = { kind: 'machineUp', time: 1, path: '/vm', machineId: 'm1', address: '10.0.0.1' } as const;
    expect(give(up)).toEqual({ facts: ['machineUnclaimed'], effects: [destroy] });
    expect(give({ ...up, time: 2 })).toEqual({ facts: [], effects: [] });
    expect(give({ kind: 'restarted', time: 3 })).toEqual({ facts: ['runnerRestarted'], effects: [destroy] });
    expect(give({ kind: 'machineDown', time: 4, path: '/vm' })).toEqual({ facts: ['orphanDestroyed'], effects: [] });
    expect(give({ kind: 'machineDown', time: 5, path: '/vm' })).toEqual({ facts: [], effects: [] });
});

test('an environment is made once for each step, and only for worlds that run recipes', () => {
    let made = 0;
    const counting = createAdvance(LAWS, () => {
        made++;
        return {};
    });
    const { facts } = simulate(MODEL, { seed: 1, advance: counting });
    expect(made).toBe(facts.filter((fact) => fact.kind === 'stepBegun').length);
    expect(made).toBeGreaterThan(0);
});
