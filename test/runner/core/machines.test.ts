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

test('what ran on a machine that was switched off is started again when it is back, and told as gone until then', () => {
    const model = modelOf(
        'VM is target gives ip\nStore gives ip\nPart needs Store.ip\n/vm VM\n/vm/store Store\n/part Part',
    );
    const state = createState(topologyOf(model));
    const advance = createAdvance();
    const give = (input: Input) => advance(state, input);
    const answerAll = (effects: ReturnType<typeof give>['effects']): void => {
        for (const effect of effects) {
            if (effect.kind === 'createMachine')
                answerAll(
                    give({ kind: 'machineUp', time: 1, path: effect.path, machineId: 'm', address: '10.0.0.1' })
                        .effects,
                );
            if (effect.kind === 'runStep') {
                const { attempt, path } = effect;
                const result = { kind: 'succeeded', durationMs: 1 } as const;
                answerAll(give({ kind: 'stepEnded', time: 1, attempt, path, result }).effects);
            }
        }
    };
    const statuses = () => state.status.map((status, i) => `${state.topology.nodes[i]?.path} ${status}`);
    answerAll(give({ kind: 'order', time: 1, run: 'r', order: { kind: 'deploy', paths: [] } }).effects);
    const up = ['/vm DEPLOYED_STARTED', '/vm/store DEPLOYED_STARTED', '/part DEPLOYED_STARTED'];
    expect(statuses()).toEqual(up);
    answerAll(give({ kind: 'machineLost', time: 2, path: '/vm', reason: 'silence' }).effects);
    const back = { kind: 'machineUp', time: 3, path: '/vm', machineId: 'm', address: '10.0.0.1' } as const;
    const { events, effects } = give({ ...back, isRebooted: true });
    const [recovered] = events;
    expect(recovered?.changes).toEqual([
        { path: '/vm', status: 'DEPLOYED_STARTED', exports: { 'VM.ip': '10.0.0.1' } },
        { path: '/vm/store', status: 'DEPLOYED_STOPPED', exports: null },
    ]);
    expect(
        effects.map((effect) => (effect.kind === 'runStep' ? `${effect.path} ${effect.phase}` : effect.kind)),
    ).toEqual(['/vm/store start']);
    answerAll(effects);
    expect(statuses()).toEqual(up);
});
