/** In which order things happen to whom: who stops before whom, what an update tells, and what a deployment comes back to. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdvance } from '../../runner/core/advance.ts';
import type { CoreEvent, ImportChange } from '../../runner/core/event.ts';
import { exportsOf, addressOf } from '../../runner/core/exports.ts';
import { nodeAt, type InstanceNode } from '../../runner/core/topology.ts';
import type { State } from '../../runner/core/state.ts';
import type { Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import {
    nextEvents,
    simulate,
    startSimulation,
    type Simulation,
    type SimulationOptions,
} from '../../runner/simulation/simulate.ts';
import { application, faults, happenings, type Case } from './applications.ts';
import { assertLaw } from './hunt.ts';

const history = application.chain((each) =>
    fc.record({ each: fc.constant(each), scenario: happenings(each), faults, seed: fc.nat(1_000) }),
);
const plain = fc.record({ each: application, seed: fc.nat(1_000), pick: fc.nat() });

const DEPLOYED: ScenarioStep = { at: 0, happens: { kind: 'deploy', paths: [] } };
const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 1_000, happens });

/** Plays a scenario to its end; `look` sees every fact with the state right after it. */
function played(
    { model, recipes }: Pick<Case, 'model' | 'recipes'>,
    options: Omit<SimulationOptions, 'recipes'>,
    look: (state: State, fact: CoreEvent) => void = () => undefined,
): Simulation {
    const advance = createAdvance();
    const simulation = startSimulation(model, {
        ...options,
        recipes,
        advance: (state, input, observe) =>
            advance(state, input, (fact, changed) => {
                look(state, fact);
                observe?.(fact, changed);
            }),
    });
    while (nextEvents(simulation) !== null);
    return simulation;
}

function importsMandatorily({ component }: InstanceNode, prefix: string): boolean {
    return component.imports.some(
        ({ name, optional, external }) => !optional && !external && name.startsWith(`${prefix}.`),
    );
}

/** Who must have stopped before the stop recipe of an instance runs, and has not; found without the engine's counters. */
function lateFor(state: State, node: InstanceNode): readonly string[] {
    const isAtWork = ({ index }: InstanceNode): boolean => /^(STARTING|STOPPING)$/.test(state.status[index] ?? '');
    return state.topology.nodes
        .filter((other) => {
            if (other.index === node.index || other.scoped) return false;
            if (other.path.startsWith(`${node.path}/`))
                return isAtWork(other) || state.status[other.index] === 'DEPLOYED_STARTED';
            return isAtWork(other) && node.prefixes.some((prefix) => importsMandatorily(other, prefix));
        })
        .map(({ path }) => path);
}

test('a stop recipe runs once all that depends on its instance, or is below it, has stopped', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            played(each, { seed, scenario, faults: given }, (state, fact) => {
                // When nothing else is under way, those that wait for one another in a ring have to begin somewhere.
                if (fact.kind !== 'stepBegun' || fact.phase !== 'stop' || state.tasks.size === 1) return;
                const node = nodeAt(state.topology, state.topology.indexOfPath.get(fact.path) ?? -1);
                expect(lateFor(state, node), fact.path).toEqual([]);
            });
        }),
        150,
    );
});

/** What each importer was told of each exporter, by path. */
type Told = Map<string, Map<string, ImportChange>>;

function checkNews(told: Told, state: State, fact: CoreEvent): void {
    if (fact.kind === 'stepBegun' && fact.phase === 'start') told.set(fact.path, new Map());
    if (fact.kind !== 'stepBegun' || fact.change === null) return;
    const { change, path } = fact;
    const exporter = state.topology.indexOfPath.get(change.exporterPath) ?? -1;
    const published = state.published.get(exporter);
    const shown = Object.entries(change.values).filter(([name, value]) => published?.[name] !== value);
    if (change.kind !== 'removed') expect(shown, `${path} is told what is not there (any more)`).toEqual([]);
    const before = told.get(path)?.get(change.exporterPath);
    if (before !== undefined && change.kind === before.kind)
        expect(change.kind === 'changed' && change.values, `${path} is told twice`).not.toEqual(before.values);
    told.get(path)?.set(change.exporterPath, change);
}

test('an update tells what is there at that moment, and nothing twice', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, seed }) => {
            const told: Told = new Map();
            played(each, { seed, scenario }, (state, fact) => checkNews(told, state, fact));
        }),
        150,
    );
});

test('each change of an exporter leads to at most one update of each importer', () => {
    assertLaw(
        fc.property(plain, ({ each, seed, pick }) => {
            const path = each.paths[pick % each.paths.length] ?? '';
            const scenario = [DEPLOYED, then({ kind: 'stop', paths: [path] }), then({ kind: 'start', paths: [path] })];
            const { facts } = played(each, { seed, scenario });
            const stopped = facts.findIndex((fact) => fact.kind === 'runBegun' && fact.order.kind === 'stop');
            const changes = new Map<string, number>();
            const count = (key: string, by: number): number => {
                const sum = (changes.get(key) ?? 0) + by;
                changes.set(key, sum);
                return sum;
            };
            for (const fact of facts.slice(stopped === -1 ? facts.length : stopped)) {
                for (const change of fact.changes) count(change.path, 1);
                if (fact.kind !== 'stepBegun' || fact.change === null) continue;
                const used = count(`${fact.path} of ${fact.change.exporterPath}`, 1);
                expect(used, fact.path).toBeLessThanOrEqual(changes.get(fact.change.exporterPath) ?? 0);
            }
        }),
        100,
    );
});

test('what is deployed as wanted has nothing to do when it is deployed again', () => {
    assertLaw(
        fc.property(plain, ({ each, seed }) => {
            const scenario = [DEPLOYED, then({ kind: 'deploy', paths: [] })];
            const { facts } = simulate(each.model, { seed, scenario, recipes: each.recipes });
            const again = facts.findLastIndex(({ kind }) => kind === 'runBegun');
            expect(facts.slice(again).map(({ kind }) => kind)).toEqual(['runBegun', 'runEnded']);
        }),
        150,
    );
});

test('a machine that is lost and comes back, wherever, ends as if nothing had happened', () => {
    assertLaw(
        fc.property(plain, fc.boolean(), fc.nat(120_000), ({ each, seed, pick }, isMoved, time) => {
            const path = each.machines[pick % Math.max(1, each.machines.length)];
            if (path === undefined) return;
            const untouched = played(each, { seed, scenario: [DEPLOYED] });
            const moved: readonly ScenarioStep[] = isMoved ? [then({ kind: 'readdressMachine', path })] : [];
            const { state, facts } = played(each, {
                seed,
                scenario: [
                    DEPLOYED,
                    { at: time, happens: { kind: 'loseMachine', path } },
                    ...moved,
                    then({ kind: 'recoverMachine', path }),
                ],
            });
            expect([...state.beforeLoss, ...state.lostTasks]).toEqual([]);
            expect(state.status).toEqual(untouched.state.status);
            expect(new Set(facts.flatMap((fact) => (fact.kind === 'stepBegun' ? [fact.attempt] : []))).size).toBe(
                facts.filter(({ kind }) => kind === 'stepBegun').length,
            );
        }),
        150,
    );
});

test('what is published is what the instances have at the address of their machine, wherever that moved', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const moves = each.machines.map((path) => then({ kind: 'readdressMachine', path }));
            const { state } = played(each, { seed, scenario: [...scenario, ...moves], faults: given });
            for (const [index, values] of state.published)
                expect(values).toEqual(exportsOf(state, index, addressOf(state, index)));
        }),
        100,
    );
});

test('no machine outlives the one it is in', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, seed }) => {
            const { world, state } = played(each, {
                seed,
                scenario: [...scenario, then({ kind: 'resume', retryUnknown: true })],
            });
            const scoped = state.topology.nodes.filter((node) => node.scoped).map(({ path }) => path);
            const left = [...world.machines.keys()].filter((path) =>
                scoped.some((above) => path.startsWith(`${above}/`) && !world.machines.has(above)),
            );
            if (world.lost.size === 0) expect(left).toEqual([]);
        }),
        150,
    );
});

test('what is given up goes without a recipe', () => {
    assertLaw(
        fc.property(history, ({ each, scenario, faults: given, seed }) => {
            const recover = each.machines.map((path) => then({ kind: 'recoverMachine', path }));
            const giveUp: Happening = { kind: 'undeploy', paths: [], force: true };
            const { state, facts, world } = played(each, {
                seed,
                scenario: [...scenario, ...recover, then(giveUp)],
                faults: given,
            });
            const from = facts.findLastIndex(({ kind }) => kind === 'runBegun');
            const order = facts[from];
            if (order?.kind !== 'runBegun' || order.order.kind !== 'undeploy' || order.order.force !== true) return;
            expect(facts.slice(from).filter(({ kind }) => kind === 'stepBegun')).toEqual([]);
            expect(state.status.filter((status) => status !== 'NOT_DEPLOYED')).toEqual([]);
            expect(state.hasFiles.includes(true)).toBe(false);
            expect([...world.machines.keys()]).toEqual([]);
        }),
        100,
    );
});
