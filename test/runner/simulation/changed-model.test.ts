/** Another model over a simulation, as an editor applies it, and what followers of its events are told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveState } from '../../../client/deployments/live-state.ts';
import type { DeploymentSnapshot } from '../../../runner/protocol.ts';
import { nextEvents, snapshotOfSimulation, startSimulation } from '../../../runner/simulation/simulate.ts';
import { application, faults, happenings } from '../../properties/applications.ts';
import { assertLaw } from '../../properties/hunt.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const PAIR = modelOf('Store gives port=1\nWeb needs Store.port\n/store Store\n/web Web');
const THREE = modelOf('Store gives port=2\nWeb needs Store.port\n/store Store\n/web-2 Web');

test('a simulation goes on with another model', () => {
    const simulation = startSimulation(PAIR, { seed: 1 });
    while (nextEvents(simulation) !== null);
    simulation.scenario.push({ afterQuiet: 0, happens: { kind: 'change', model: THREE, recipes: {}, paths: [] } });
    while (nextEvents(simulation) !== null);
    const { instances } = snapshotOfSimulation(simulation);
    expect(instances.map(({ path, status, exports }) => [path, status, exports])).toEqual([
        ['/store', 'DEPLOYED_STARTED', { 'Store.port': '2' }],
        ['/web-2', 'DEPLOYED_STARTED', {}],
    ]);
});

/** What a follower must know without asking. */
function seen({ instances, run }: DeploymentSnapshot): unknown {
    const lines = instances.map(({ path, status, component, leaving, step }) => ({
        path,
        status,
        component,
        leaving,
        step,
    }));
    return { run: run?.id, lines };
}

const history = application.chain((each) =>
    fc.record({ each: fc.constant(each), scenario: happenings(each), faults, seed: fc.nat(1_000) }),
);

test('who follows the events knows the instances, whatever models come and go', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const simulation = startSimulation(each.model, { seed, scenario, faults: given, recipes: each.recipes });
            const follower = createLiveState(snapshotOfSimulation(simulation));
            for (let events = nextEvents(simulation); events !== null; events = nextEvents(simulation)) {
                events.forEach(follower.apply);
            }
            expect(seen(follower.snapshot())).toEqual(seen(snapshotOfSimulation(simulation)));
        }),
        100,
    );
});
