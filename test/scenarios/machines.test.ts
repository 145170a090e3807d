/** Machines that are lost, come back elsewhere, lie within one another or need something; and what is given up with them. */
import { expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
import { createAdvance } from '../../runner/core/advance.ts';
import type { CoreEvent } from '../../runner/core/event.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import { createState } from '../../runner/core/state.ts';
import { topologyOf } from '../../runner/core/topology.ts';
import type { Fault, Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { nextEvents, startSimulation, type Simulation } from '../../runner/simulation/simulate.ts';
import { logOf } from './golden.ts';
import { LAMP } from './lamp.ts';
import { modelOf } from './model-text.ts';

interface Row {
    readonly model: ApplicationModel;
    readonly scenario: readonly ScenarioStep[];
    readonly faults?: readonly Fault[];
    /** Statuses in the end by path; what is not named is not looked at. */
    readonly ends: Readonly<Record<string, string>>;
}

const at = (ms: number, happens: Happening): ScenarioStep => ({ at: ms, happens });
const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 1_000, happens });
const order = (kind: 'deploy' | 'start' | 'stop' | 'undeploy', ...paths: string[]): CoreOrder => ({ kind, paths });
const giveUp = (...paths: string[]): CoreOrder => ({ kind: 'undeploy', paths, force: true });
const DEPLOYED = at(0, order('deploy'));

const NESTED = modelOf(`
    VM is target gives ip
    Docker
    Box is target gives ip
    Web gives ip
    Client needs Web.ip
    /vm VM
    /vm/docker Docker
    /vm/docker/box Box
    /vm/docker/box/web Web
    /client Client
`);

const WITH_IMPORTS = modelOf(`
    VM is target gives ip
    Net gives zone=a
    Node is target gives ip needs Net.zone
    Part needs Node.ip
    /net Net
    /node Node
    /node/part Part
`);

const ROWS: Readonly<Record<string, Row>> = {
    'a machine at another address has its exports published anew, and each importer is told once': {
        model: LAMP,
        scenario: [DEPLOYED, then({ kind: 'readdressMachine', path: '/middle' })],
        ends: { '/middle/server': 'DEPLOYED_STARTED', '/front/balancer': 'DEPLOYED_STARTED' },
    },
    'a lost machine that comes back at another address is published with that': {
        model: LAMP,
        scenario: [
            DEPLOYED,
            then({ kind: 'loseMachine', path: '/middle' }),
            then({ kind: 'readdressMachine', path: '/middle' }),
            then({ kind: 'recoverMachine', path: '/middle' }),
        ],
        ends: { '/middle/server': 'DEPLOYED_STARTED', '/front/balancer': 'DEPLOYED_STARTED' },
    },
    'a machine with imports waits for them, and so does what is on it': {
        model: WITH_IMPORTS,
        scenario: [
            at(0, order('deploy', '/node')),
            then(order('deploy', '/net')),
            then(order('stop', '/net')),
            then(order('start', '/net')),
        ],
        ends: { '/node': 'DEPLOYED_STARTED', '/node/part': 'DEPLOYED_STARTED' },
    },
    'a machine within a machine is made in it and destroyed before it': {
        model: NESTED,
        scenario: [DEPLOYED, then(order('undeploy', '/vm'))],
        ends: { '/vm': 'NOT_DEPLOYED', '/vm/docker/box': 'NOT_DEPLOYED', '/client': 'UNRESOLVED' },
    },
    'what is left of a machine within one that is gone is destroyed': {
        model: NESTED,
        scenario: [DEPLOYED, then({ kind: 'destroyMachine', path: '/vm' })],
        ends: { '/vm': 'NOT_DEPLOYED', '/vm/docker/box': 'NOT_DEPLOYED' },
    },
    'a machine that is given up goes without any recipe, and those within it go first': {
        model: NESTED,
        scenario: [DEPLOYED, then(giveUp('/vm'))],
        ends: { '/vm': 'NOT_DEPLOYED', '/vm/docker/box/web': 'NOT_DEPLOYED', '/client': 'UNRESOLVED' },
    },
    'a machine that cannot be destroyed is given up': {
        model: NESTED,
        faults: [{ kind: 'fail', path: '/vm', phase: 'destroyMachine' }],
        scenario: [DEPLOYED, then(order('undeploy', '/vm')), then(giveUp('/vm'))],
        ends: { '/vm': 'NOT_DEPLOYED' },
    },
    'an instance whose undeployment always fails is got rid of by force': {
        model: LAMP,
        faults: [{ kind: 'fail', path: '/middle/server', phase: 'undeploy' }],
        scenario: [DEPLOYED, then(order('undeploy', '/middle/server')), then(giveUp('/middle/server'))],
        ends: { '/middle/server': 'NOT_DEPLOYED', '/middle/server/app': 'NOT_DEPLOYED', '/middle': 'DEPLOYED_STARTED' },
    },
    'what runs is killed when it is given up': {
        model: LAMP,
        faults: [{ kind: 'slow', factor: 1_000, path: '/back/store', phase: 'start' }],
        scenario: [DEPLOYED, at(60_000, giveUp('/back'))],
        ends: { '/back': 'NOT_DEPLOYED', '/back/store': 'NOT_DEPLOYED' },
    },
    'a stop takes back the undeployment of a machine that is not being destroyed yet': {
        model: LAMP,
        scenario: [DEPLOYED, then(order('undeploy', '/middle')), at(65_000, order('stop', '/middle'))],
        ends: { '/middle': 'DEPLOYED_STARTED', '/middle/server': 'DEPLOYED_STOPPED' },
    },
    'a stop of what leaves with its machine changes nothing': {
        model: LAMP,
        scenario: [DEPLOYED, then(order('undeploy', '/middle')), at(65_000, order('stop', '/middle/server'))],
        ends: { '/middle': 'NOT_DEPLOYED', '/middle/server': 'NOT_DEPLOYED' },
    },
    'a machine that is being destroyed is made again when it is deployed meanwhile': {
        model: LAMP,
        scenario: [DEPLOYED, then(order('undeploy')), at(85_000, order('deploy'))],
        ends: { '/middle/server': 'DEPLOYED_STARTED', '/front/balancer': 'DEPLOYED_STARTED' },
    },
};

function played({ model, scenario, faults = [] }: Row): Simulation {
    const simulation = startSimulation(model, { seed: 5, scenario, faults });
    while (nextEvents(simulation) !== null);
    return simulation;
}

test.for(Object.entries(ROWS))('%s', async ([name, row]) => {
    const { facts, state, world } = played(row);
    await expect(logOf(facts)).toMatchFileSnapshot(`golden/${name.replaceAll(/[^a-z]+/gi, '-')}.log`);
    const statuses = Object.keys(row.ends).map((path) => [
        path,
        state.status[state.topology.indexOfPath.get(path) ?? -1],
    ]);
    expect(Object.fromEntries(statuses)).toEqual(row.ends);
    const up = state.topology.nodes.filter(({ index, scoped }) => scoped && state.status[index] !== 'NOT_DEPLOYED');
    const kept = name.includes('cannot be destroyed') ? [] : [...world.machines.keys()].sort();
    if (!name.includes('cannot be destroyed')) expect(kept).toEqual(up.map(({ path }) => path).sort());
});

const isUpdateOf = (path: string) => (fact: CoreEvent) =>
    fact.kind === 'stepBegun' && fact.phase === 'update' && fact.path === path;

test('whoever imports from a machine at another address gets exactly one update with the address', () => {
    const row = ROWS['a machine at another address has its exports published anew, and each importer is told once'];
    if (row === undefined) throw new Error('the row is there');
    const { facts } = played(row);
    const from = facts.findIndex(({ kind }) => kind === 'machineReaddressed');
    const moved = facts[from];
    const updates = facts.slice(from).filter(isUpdateOf('/front/balancer'));
    expect(updates).toHaveLength(1);
    expect(updates[0]).toMatchObject({
        change: { kind: 'changed', values: { 'Server.ip': moved?.kind === 'machineReaddressed' && moved.address } },
    });
    expect(facts.slice(from).filter(({ kind }) => kind === 'stepBegun')).toHaveLength(1);
});

test('a lost machine that is kept away by something else is told with that, and comes back as it was', () => {
    const state = createState(topologyOf(modelOf('VM is target gives ip\n/vm VM')));
    const advance = createAdvance();
    advance(state, { kind: 'order', time: 0, run: 'r1', order: order('deploy') });
    const up = { kind: 'machineUp', path: '/vm', machineId: 'm', address: '10.0.0.1' } as const;
    advance(state, { ...up, time: 1 });
    const lost = { kind: 'machineLost', path: '/vm' } as const;
    advance(state, { ...lost, time: 2, reason: 'silence' });
    expect(advance(state, { ...lost, time: 3, reason: 'silence' }).events).toEqual([]);
    expect(advance(state, { ...lost, time: 4, reason: 'another key' }).events).toMatchObject([
        { kind: 'machineLost', failure: { message: 'The machine does not answer: another key' } },
    ]);
    expect(state.status).toEqual(['PROBLEM']);
    advance(state, { ...up, time: 5 });
    expect(state.status).toEqual(['DEPLOYED_STARTED']);
});

test('what another machine says of itself is no news of the one that is there', () => {
    const state = createState(topologyOf(modelOf('VM is target gives ip\n/vm VM')));
    const advance = createAdvance();
    advance(state, { kind: 'order', time: 0, run: 'r1', order: order('deploy') });
    const up = { kind: 'machineUp', path: '/vm', address: '10.0.0.1' } as const;
    advance(state, { ...up, time: 1, machineId: 'first' });
    advance(state, { kind: 'machineLost', time: 2, path: '/vm', reason: 'silence' });
    expect(advance(state, { ...up, time: 3, machineId: 'second' }).events).toEqual([]);
    expect(state.status).toEqual(['PROBLEM']);
    advance(state, { ...up, time: 4, machineId: 'first' });
    expect(state.status).toEqual(['DEPLOYED_STARTED']);
});
