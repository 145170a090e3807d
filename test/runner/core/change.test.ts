/** What is accepted of another model and what is wanted of whom afterwards. */
import { expect, test } from 'vitest';
import type { CoreOrder } from '../../../runner/core/input.ts';
import type { Scenario } from '../../../runner/simulation/scenario.ts';
import {
    nextEvents,
    restartSimulation,
    startSimulation,
    type Simulation,
} from '../../../runner/simulation/simulate.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const COMPONENTS = 'VM is target gives ip\nWeb gives port=80';
const ONE = modelOf(`${COMPONENTS}\n/vm VM\n/vm/a Web\n/vm/b Web`);
const TWO = modelOf(`${COMPONENTS}\n/vm VM\n/vm/a Web port=81\n/vm/b Web\n/vm/b/c Web\n/new VM\n/new/d Web`);

const deploy: CoreOrder = { kind: 'deploy', paths: [] };

function after(scenario: Scenario): Simulation {
    const simulation = startSimulation(ONE, { seed: 1, scenario });
    while (nextEvents(simulation) !== null);
    return simulation;
}

function wantedOf({ state }: Simulation): Readonly<Record<string, string>> {
    return Object.fromEntries(state.topology.nodes.map(({ path, index }) => [path, state.desired[index] ?? '']));
}

const refusalOf = ({ facts }: Simulation): unknown => facts.findLast((fact) => fact.kind === 'orderRefused');

const changeTo = (...paths: string[]): Scenario[number] => ({
    afterQuiet: 0,
    happens: { kind: 'change', model: TWO, recipes: {}, paths },
});
const order = (happens: CoreOrder): Scenario[number] => ({ afterQuiet: 0, happens });

test('what is added is wanted, and nothing else is wanted otherwise than before', () => {
    const simulation = after([order(deploy), order({ kind: 'stop', paths: ['/vm/a'] }), changeTo()]);
    expect(wantedOf(simulation)).toEqual({
        '/vm': 'DEPLOYED_STARTED',
        '/vm/a': 'DEPLOYED_STOPPED',
        '/vm/b': 'DEPLOYED_STARTED',
        '/vm/b/c': 'DEPLOYED_STARTED',
        '/new': 'DEPLOYED_STARTED',
        '/new/d': 'DEPLOYED_STARTED',
    });
});

test('of what is added only what is named is wanted; what is named is started', () => {
    const simulation = after([order(deploy), order({ kind: 'stop', paths: ['/vm/a'] }), changeTo('/vm/a', '/new')]);
    expect(wantedOf(simulation)).toEqual({
        '/vm': 'DEPLOYED_STARTED',
        '/vm/a': 'DEPLOYED_STARTED',
        '/vm/b': 'DEPLOYED_STARTED',
        '/vm/b/c': 'NOT_DEPLOYED',
        '/new': 'DEPLOYED_STARTED',
        '/new/d': 'DEPLOYED_STARTED',
    });
});

test.for<readonly [string, string, string]>([
    ['/nowhere', 'unknownInstance', 'There is no instance /nowhere.'],
    ['/new/d', 'notDeployed', 'The parent of /new/d is not deployed: deploy /new first.'],
    ['/vm/b/c', 'parentStopped', 'The parent of /vm/b/c is stopped: start /vm/b first.'],
])('%s cannot be named: %s', ([path, code, message]) => {
    const simulation = after([order(deploy), order({ kind: 'stop', paths: ['/vm/b'] }), changeTo(path)]);
    expect(refusalOf(simulation)).toMatchObject({ order: 'deploy', code, message });
    expect(simulation.state.topology.model).toBe(ONE);
});

test('while a cancel is under way nothing is accepted', () => {
    const cancel = { at: 33_000, happens: { kind: 'cancel' } } as const;
    const simulation = after([order(deploy), cancel, { at: 33_050, happens: changeTo().happens }]);
    expect(refusalOf(simulation)).toMatchObject({ code: 'alreadyRunning' });
});

test('a runner that died there in the middle of a run adds what is new when it goes on', () => {
    const simulation = after([order(deploy), { at: 1_000, happens: changeTo().happens }]);
    const cut = simulation.facts.findIndex((fact) => fact.kind === 'modelChanged') + 1;
    restartSimulation(simulation, simulation.facts.slice(0, cut));
    while (nextEvents(simulation) !== null);
    expect(new Set(Object.values(wantedOf(simulation)))).toEqual(new Set(['DEPLOYED_STARTED']));
    expect(new Set(simulation.state.status)).toEqual(new Set(['DEPLOYED_STARTED']));
});

test('a runner that died between the record of a model and its run begins nothing, and adds what is new when it is asked again', () => {
    const simulation = after([order(deploy), order({ kind: 'stop', paths: ['/vm/a'] }), changeTo()]);
    const cut = simulation.facts.findIndex((fact) => fact.kind === 'modelChanged') + 1;
    restartSimulation(simulation, simulation.facts.slice(0, cut));
    while (nextEvents(simulation) !== null);
    expect(
        simulation.facts.slice(cut).filter((fact) => fact.kind === 'stepBegun' || fact.kind === 'machineRequested'),
    ).toEqual([]);
    expect(wantedOf(simulation)['/new/d']).toBe('NOT_DEPLOYED');

    simulation.scenario.push(order(deploy));
    while (nextEvents(simulation) !== null);
    expect(wantedOf(simulation)).toMatchObject({ '/vm/a': 'DEPLOYED_STOPPED', '/new/d': 'DEPLOYED_STARTED' });
    expect([...simulation.state.successions]).toEqual([]);
});

test('a port that is not random any more is given back, one that stays random is kept', () => {
    const random = modelOf('Web gives random:port random:admin\n/web Web');
    const fixed = modelOf('Web gives port=80 random:admin\n/web Web');
    const scenario = [
        order(deploy),
        { afterQuiet: 0, happens: { kind: 'change', model: fixed, recipes: {}, paths: [] } } as const,
    ];
    const simulation = startSimulation(random, { seed: 1, scenario });
    while (nextEvents(simulation) !== null);
    expect(simulation.state.ports.get(0)).toEqual({ admin: 10_001 });
    expect(simulation.state.published.get(0)).toEqual({ 'Web.port': '80', 'Web.admin': '10001' });
});
