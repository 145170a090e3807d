import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
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
import type { Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { groupAt, nodeAt, topologyOf, type ImportGroup } from '../../runner/core/topology.ts';
import { deploymentSnapshotOf } from '../../runner/projection.ts';
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
                recipes: each.recipes,
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
            const simulation = startSimulation(each.model, { seed, scenario, faults: given, recipes: each.recipes });
            while (nextEvents(simulation) !== null);
            const again = replay(topologyOf(each.model, each.recipes), DEFAULT_SETTINGS, simulation.facts);
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
            const options = { seed, scenario, faults: given, recipes: each.recipes };
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

/** The same with another model accepted on the way. Who died between its record and its run is asked to deploy again. */
test('every prefix of the facts of a change resumes to the state an uninterrupted one reaches', () => {
    const plain = fc.record({ each: application, seed: fc.nat(1_000), at: fc.nat(150_000) });
    assertLaw(
        fc.property(plain, fc.double({ min: 0, max: 1, noNaN: true }), ({ each, seed, at }, place) => {
            const { model, recipes } = each.variants[0] ?? each;
            const changed: ScenarioStep = { at, happens: { kind: 'change', model, recipes, paths: [] } };
            const scenario = [{ at: 0, happens: { kind: 'deploy' as const, paths: [] } }, changed];
            const options = { seed, scenario, recipes: each.recipes };
            const whole = simulate(each.model, options);
            const cut = Math.max(1, Math.floor(place * whole.facts.length));
            const simulation = startSimulation(each.model, options);
            while (simulation.facts.length < cut && nextEvents(simulation) !== null);
            restartSimulation(simulation, simulation.facts.slice(0, cut));
            while (nextEvents(simulation) !== null);
            if (simulation.state.unknowns.size > 0) retryUnknown(simulation);
            simulation.scenario.push({ afterQuiet: 0, happens: { kind: 'change', model, recipes, paths: [] } });
            while (nextEvents(simulation) !== null);
            const paths = whole.snapshot.instances.map(({ path }) => path);
            const fresh = simulate(model, { seed, recipes }).snapshot.instances;
            const after = deploymentSnapshotOf(simulation.state, NO_KEY, true).instances;
            expect(after.map(({ path }) => path)).toEqual(paths);
            const started = fresh.filter(({ status }) => status === 'DEPLOYED_STARTED').map(({ path }) => path);
            expect(after.filter(({ path, status }) => started.includes(path) && status !== 'DEPLOYED_STARTED')).toEqual(
                [],
            );
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
                recipes: each.recipes,
            });
            while (nextEvents(simulation) !== null);
            expect(statusesOf(simulation.state).filter((status) => status !== 'NOT_DEPLOYED')).toEqual([]);
            expect(simulation.state.hasFiles.includes(true)).toBe(false);
            expect([...simulation.world.machines.keys()]).toEqual([]);
        }),
        150,
    );
});

/** As it is left by whatever happened, with all machines back: changed into a variant, and tried again until nothing is left to do. */
test('after any history a changed model ends where a fresh deployment of it would', () => {
    assertLaw(
        fc.property(history, fc.nat(), ({ each, scenario, faults: given, seed }, pick) => {
            const { model, recipes } = each.variants[pick % each.variants.length] ?? each;
            const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 0, happens });
            const again = [
                then({ kind: 'resume', retryUnknown: true }),
                then({ kind: 'change', model, recipes, paths: [] }),
                then({ kind: 'deploy', paths: [] }),
            ];
            const simulation = startSimulation(each.model, {
                seed,
                scenario: [
                    ...scenario,
                    ...each.machines.map((path) => then({ kind: 'recoverMachine', path })),
                    ...Array.from({ length: 12 }, () => again).flat(),
                ],
                faults: given,
                recipes: each.recipes,
            });
            while (nextEvents(simulation) !== null);
            const { state } = simulation;
            const fresh = startSimulation(model, { seed, recipes });
            while (nextEvents(fresh) !== null);
            expect(shapeOf(state)).toEqual(shapeOf(fresh.state));
            expect([...state.successions, ...state.outdated, ...state.failures]).toEqual([]);
            expect(namesOf(state)).toEqual(expect.objectContaining(namesOf(fresh.state)));
            const machines = model.instances.filter(({ component }) => component === 'VM').map(({ path }) => path);
            expect([...simulation.world.machines.keys()].sort()).toEqual(machines.sort());
        }),
        150,
    );
});

/** The topology without the order in which import groups came to be, and without those that no instance has any more. */
function shapeOf({ topology }: State): unknown {
    const isUsed = ({ importers }: ImportGroup): boolean => importers.length > 0;
    const byPrefix = (lists: ReadonlyMap<string, readonly number[]>): unknown =>
        Object.fromEntries([...lists].filter(([, list]) => list.length > 0));
    const plain = (index: number): ImportGroup => ({ ...groupAt(topology, index), index: 0 });
    return {
        nodes: topology.nodes.map((node) => ({ ...node, groups: node.groups.map(plain) })),
        groups: topology.groups.filter(isUsed).length,
        importers: byPrefix(topology.importersOfPrefix),
        exporters: byPrefix(topology.exportersOfPrefix),
    };
}

/** The published name of each started instance. Rings that feed one another once they run are more than a fresh deployment starts. */
function namesOf(state: State): Readonly<Record<string, string>> {
    return Object.fromEntries(
        [...state.published].map(([index, values]) => {
            const { path, component } = nodeAt(state.topology, index);
            return [path, values[`${component.name}.name`] ?? ''];
        }),
    );
}

test('a change touches nothing but what it names, what is below that, and who imports from either', () => {
    const plain = fc.record({ each: application, seed: fc.nat(1_000) });
    assertLaw(
        fc.property(plain, ({ each, seed }) => {
            const { model, recipes } = each.variants[0] ?? each;
            const change: ScenarioStep = { afterQuiet: 0, happens: { kind: 'change', model, recipes, paths: [] } };
            const scenario = [{ at: 0, happens: { kind: 'deploy' as const, paths: [] } }, change];
            const { facts } = simulate(each.model, { seed, scenario, recipes: each.recipes });
            const from = facts.findIndex((fact) => fact.kind === 'modelChanged');
            const later = facts.slice(from).flatMap((fact) => ('path' in fact ? [fact.path] : []));
            const accepted = facts[from];
            const named = accepted?.kind === 'modelChanged' ? accepted.transitions.map(({ path }) => path) : [];
            const reached = reachedFrom(new Set(named), [...each.model.instances, ...model.instances], {
                components: [...each.model.components, ...model.components],
            });
            expect(later.filter((path) => !reached.has(path))).toEqual([]);
        }),
        150,
    );
});

/** Paths of the instances below, and of those that import from any of them, again and again. */
function reachedFrom(
    named: ReadonlySet<string>,
    instances: ApplicationModel['instances'],
    { components }: Pick<ApplicationModel, 'components'>,
): ReadonlySet<string> {
    const reached = new Set(named);
    const prefixOf = (name: string): string => name.split('.')[0] ?? '';
    for (let before = -1; before !== reached.size;) {
        before = reached.size;
        const offered = new Set(
            instances
                .filter(({ path }) => reached.has(path))
                .flatMap(({ exports }) => Object.keys(exports).map(prefixOf)),
        );
        for (const { path, component } of instances) {
            const isBelow = [...reached].some((other) => path.startsWith(`${other}/`));
            const imports = components.filter(({ name }) => name === component).flatMap((each) => each.imports);
            if (isBelow || imports.some(({ name }) => offered.has(prefixOf(name)))) reached.add(path);
        }
    }
    return reached;
}

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

const NO_KEY = { directory: '', deployment: '' };

function retryUnknown(simulation: Simulation): void {
    simulation.scenario.push({ afterQuiet: 0, happens: { kind: 'resume', retryUnknown: true } });
    while (nextEvents(simulation) !== null);
}

function statusesOf(state: State): readonly string[] {
    return [...state.status];
}
