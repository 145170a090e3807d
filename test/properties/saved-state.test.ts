/** A state that is saved and restored is the state: nothing that decides about the future is lost on the way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restoreState, savedStateOf, type SavedState } from '../../runner/core/saved-state.ts';
import { DEFAULT_SETTINGS, type State } from '../../runner/core/state.ts';
import { nextEvents, startSimulation } from '../../runner/simulation/simulate.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { application, faults, happenings } from './applications.ts';
import { assertLaw } from './hunt.ts';

const history = application.chain((each) =>
    fc.record({ each: fc.constant(each), scenario: happenings(each), faults, seed: fc.nat(1_000), events: fc.nat(80) }),
);

/** Everything in a state but the list of what is worth considering; groups by whom they belong to, as their numbers may differ. */
function contentOf(state: State): unknown {
    const { topology, agenda: _, feeders, busyImporters, ...rest } = state;
    const { nodes, indexOfPath, importersOfPrefix, exportersOfPrefix, model, recipes, localMachine } = topology;
    const lists = [importersOfPrefix, exportersOfPrefix].map((map) => [...map].filter(([, list]) => list.length > 0));
    return {
        ...rest,
        nodes: nodes.map(({ groups, ...node }) => ({
            ...node,
            groups: groups.map((group) => ({ ...topology.groups[group], index: 0 })),
            fed: groups.map((group) => [feeders[group], busyImporters[group]]),
        })),
        topology: { indexOfPath, model, recipes, localMachine, lists: lists.map((list) => Object.fromEntries(list)) },
    };
}

function throughText(state: State): State {
    // The text is that of a saved state.
    const saved = JSON.parse(JSON.stringify(savedStateOf(state))) as SavedState;
    const restored = restoreState(saved, state.settings);
    if (restored === null) throw new Error('the same version restores what it saved');
    return restored;
}

test('a state that was saved is restored with all that is known', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed, events }) => {
            const simulation = startSimulation(each.model, { seed, scenario, faults: given, recipes: each.recipes });
            for (let count = 0; count < events && nextEvents(simulation) !== null; count++);
            const { state } = simulation;
            expect(contentOf(throughText(state))).toEqual(contentOf(state));
        }),
        160,
    );
});

test('a state saved with other fields is not restored', () => {
    const { state } = startSimulation(modelOf('A\n/a A'), { seed: 1 });
    const saved = savedStateOf(state);
    const { since: _, ...fewer } = saved.fields;
    expect(restoreState({ ...saved, fields: fewer }, DEFAULT_SETTINGS)).toBeNull();
    expect(restoreState({ ...saved, fields: { ...saved.fields, other: { value: 1 } } }, DEFAULT_SETTINGS)).toBeNull();
    expect(restoreState(saved, DEFAULT_SETTINGS)).not.toBeNull();
});
