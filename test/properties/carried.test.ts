/** A model that only adds an instance changes nothing of what is known of the others, wherever their indexes go. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adoptModel } from '../../runner/core/adopt.ts';
import type { State } from '../../runner/core/state.ts';
import { nextEvents, startSimulation } from '../../runner/simulation/simulate.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { application, faults, happenings } from './applications.ts';
import { assertLaw } from './hunt.ts';

const history = application.chain((each) =>
    fc.record({ each: fc.constant(each), scenario: happenings(each), faults, seed: fc.nat(1_000), events: fc.nat(80) }),
);

/** All that is kept of the instances, by path; counters follow from it. */
function knownOf(state: State): unknown {
    const pathOf = (instance: number): string => state.topology.nodes[instance]?.path ?? '';
    const byPath = (map: ReadonlyMap<number, unknown>): unknown =>
        Object.fromEntries([...map].filter(([i]) => pathOf(i) !== '').map(([i, value]) => [pathOf(i), value]));
    const lists = [
        state.desired,
        state.status,
        state.since,
        state.held,
        state.orderedBy,
        state.initialized,
        state.hasFiles,
    ];
    const rows = state.topology.nodes.map(({ index, path }) => [path, lists.map((list) => list[index])] as const);
    const maps = [state.failures, state.tasks, state.unknowns, state.retries, state.machines, state.beforeLoss];
    const others = [state.lostTasks, state.ports, state.published, state.outdated];
    const updates = [...state.updates].map(([importer, told]) => [pathOf(importer), byPath(told)]);
    const restless = [...state.restless].map(pathOf);
    return { rows: Object.fromEntries(rows), maps: [...maps, ...others].map(byPath), updates, restless };
}

test('what is known of an instance stays known under another model', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed, events }) => {
            const simulation = startSimulation(each.model, { seed, scenario, faults: given, recipes: each.recipes });
            for (let count = 0; count < events && nextEvents(simulation) !== null; count++);
            const { state } = simulation;
            if (state.successions.size > 0) return;
            const { model, recipes } = state.topology;
            const [added] = modelOf('VM is target\n/added VM').instances;
            if (added === undefined) throw new Error('the text has an instance');
            const before = knownOf(state);
            adoptModel(state, {
                time: 0,
                run: '',
                because: '',
                changes: [],
                kind: 'modelChanged',
                model: { ...model, instances: [added, ...model.instances] },
                recipes,
                transitions: [{ path: '/added', kind: 'added' }],
            });
            const after = knownOf(state);
            expect(after).toMatchObject(before as object);
            expect(state.topology.nodes[0]?.path).toBe('/added');
        }),
        150,
    );
});
