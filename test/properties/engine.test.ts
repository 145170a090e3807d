import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdvance } from '../../runner/core/advance.ts';
import { DEFAULT_SETTINGS, type State } from '../../runner/core/state.ts';
import {
    nextEvents,
    replay,
    restartSimulation,
    simulate,
    startSimulation,
    type Simulation,
} from '../../runner/simulation/simulate.ts';
import { topologyOf } from '../../runner/core/topology.ts';
import { application, faults, happenings } from './applications.ts';
import { assertLaw } from './hunt.ts';
import { breachesOf, stepBreachesOf } from './invariants.ts';

const history = application.chain((each) =>
    fc.record({ each: fc.constant(each), scenario: happenings(each), faults, seed: fc.nat(1_000) }),
);

/** All of a state but the list of what is worth a look. */
function contentOf(state: State): unknown {
    return { ...state, agenda: null, topology: null, visible: [...state.visible].filter(([, set]) => set.size > 0) };
}

test('the laws hold after every fact, whatever users and the world do', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const advance = createAdvance();
            simulate(each.model, {
                seed,
                scenario,
                faults: given,
                advance: (state, input, observe) =>
                    advance(state, input, (fact, changed) => {
                        expect(breachesOf(state), JSON.stringify(fact)).toEqual([]);
                        observe?.(fact, changed);
                    }),
            });
        }),
        150,
    );
});

test('replaying the facts gives the live state, no step is begun twice, and everything comes to rest', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const simulation = startSimulation(each.model, { seed, scenario, faults: given });
            while (nextEvents(simulation) !== null);
            const again = replay(topologyOf(each.model), DEFAULT_SETTINGS, simulation.facts);
            expect(contentOf(again)).toEqual(contentOf(simulation.state));
            expect(stepBreachesOf(simulation.facts)).toEqual([]);
            expect([...simulation.state.tasks]).toEqual([]);
            expect(simulation.state.runs).toEqual([]);
        }),
        200,
    );
});

test('the same seed gives the same log', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const options = { seed, scenario, faults: given };
            expect(JSON.stringify(simulate(each.model, options))).toBe(JSON.stringify(simulate(each.model, options)));
        }),
        30,
    );
});

/** A fault-free deployment, cut after each of its facts and resumed in the world as it was at that moment. */
test('every prefix of the facts resumes to the state an uninterrupted run reaches', () => {
    const plain = fc.record({ each: application, seed: fc.nat(1_000) });
    assertLaw(
        fc.property(plain, fc.double({ min: 0, max: 1, noNaN: true }), ({ each, seed }, place) => {
            const whole = simulate(each.model, { seed });
            const cut = Math.max(1, Math.floor(place * whole.facts.length));
            const simulation = startSimulation(each.model, { seed });
            while (simulation.facts.length < cut && nextEvents(simulation) !== null);
            restartSimulation(simulation, simulation.facts.slice(0, cut));
            while (nextEvents(simulation) !== null);
            const unknown = [...simulation.state.unknowns.keys()];
            if (unknown.length > 0) retryUnknown(simulation);
            expect(statusesOf(simulation.state)).toEqual(whole.snapshot.instances.map((instance) => instance.status));
            expect(stepBreachesOf(simulation.facts)).toEqual([]);
        }),
        150,
    );
});

test('after any history an undeployment leaves nothing deployed, nothing running and no machine', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const undeploy = { afterQuiet: 0, happens: { kind: 'undeploy' as const, paths: [] } };
            const recover = each.machines.map((path) => ({
                afterQuiet: 0,
                happens: { kind: 'recoverMachine' as const, path },
            }));
            const lasting = given.filter((fault) => fault.kind !== 'fail' || fault.times !== undefined);
            const times = Array.from({ length: 20 }, () => undeploy);
            const simulation = startSimulation(each.model, {
                seed,
                scenario: [...scenario, ...recover, ...times],
                faults: lasting,
            });
            while (nextEvents(simulation) !== null);
            expect(statusesOf(simulation.state)).toEqual(each.paths.map(() => 'NOT_DEPLOYED'));
            expect(simulation.state.hasFiles.includes(true)).toBe(false);
            expect([...simulation.world.machines.keys()]).toEqual([]);
        }),
        150,
    );
});

test('a cancel leads to quiet, with every instance in a status that can last', () => {
    assertLaw(
        fc.property(history, fc.nat(120_000), ({ each, faults: given, seed }, time) => {
            const scenario = [
                { at: 0, happens: { kind: 'deploy' as const, paths: [] } },
                { at: time, happens: { kind: 'cancel' as const } },
            ];
            const { snapshot, facts } = simulate(each.model, { seed, scenario, faults: given });
            const passing = snapshot.instances.filter(({ status }) => /ING$/.test(status));
            expect(passing).toEqual([]);
            expect(facts.filter((fact) => fact.kind === 'runEnded')).toHaveLength(1);
            const cancelled = facts.findIndex((fact) => fact.kind === 'cancelRequested');
            const begun = facts
                .slice(cancelled === -1 ? facts.length : cancelled)
                .filter((fact) => fact.kind === 'stepBegun');
            expect(begun).toEqual([]);
        }),
        150,
    );
});

function retryUnknown(simulation: Simulation): void {
    simulation.scenario.push({ afterQuiet: 0, happens: { kind: 'resume', retryUnknown: true } });
    while (nextEvents(simulation) !== null);
}

function statusesOf(state: State): readonly string[] {
    return [...state.status];
}
