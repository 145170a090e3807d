/**
 * Whole deployments and the facts they must lead to, as text beside this file.
 * `vitest run test/scenarios -u` writes the logs anew; read the difference before keeping it.
 */
import { expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import type { Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { nextEvents, startSimulation, type SimulationOptions } from '../../runner/simulation/simulate.ts';
import { logOf } from './golden.ts';
import { LAMP, PAIR } from './lamp.ts';
import { modelOf } from './model-text.ts';

interface Row {
    readonly model: ApplicationModel;
    readonly scenario: readonly ScenarioStep[];
    readonly faults?: NonNullable<SimulationOptions['faults']>;
    readonly settings?: NonNullable<SimulationOptions['settings']>;
}

const now = (happens: Happening): ScenarioStep => ({ at: 0, happens });
const at = (ms: number, happens: Happening): ScenarioStep => ({ at: ms, happens });
const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 1_000, happens });
const order = (kind: Exclude<CoreOrder['kind'], 'resume' | 'cancel' | 'settle'>, ...paths: string[]): CoreOrder => ({
    kind,
    paths,
});
const DEPLOYED = now(order('deploy'));

const FAILING = modelOf(`
    VM is target
    Part gives ip
    User needs Part.ip
    /vm VM
    /vm/part Part
    /vm/other Part
    /user User
`);

const ROWS: Readonly<Record<string, Row>> = {
    'start order follows parents and imports': { model: LAMP, scenario: [DEPLOYED] },
    'stop takes dependants first and they come back': {
        model: LAMP,
        scenario: [DEPLOYED, then(order('stop', '/back/store')), then(order('start', '/back/store'))],
    },
    'children stop with their own recipes': {
        model: LAMP,
        scenario: [DEPLOYED, then(order('stop', '/middle/server')), then(order('start', '/middle/server'))],
    },
    'a user stop cancels waiting': {
        model: LAMP,
        scenario: [
            now(order('deploy', '/front', '/middle')),
            then(order('stop', '/middle/server')),
            then(order('deploy', '/back')),
        ],
    },
    'updates tell each change once': {
        model: PAIR,
        scenario: [DEPLOYED, then(order('stop', '/s2')), then(order('start', '/s2'))],
    },
    'changes that cancel out while an update waits are dropped': {
        model: modelOf(`
            Server gives name
            Watcher needs Server.*?
            VM is target
            /a VM
            /a/s1 Server name=one
            /b VM
            /b/watcher Watcher
            /c VM
            /c/s2 Server name=two
        `),
        faults: [{ kind: 'slow', factor: 30, phase: 'update' }],
        scenario: [
            DEPLOYED,
            then(order('stop', '/a/s1')),
            at(165_000, order('stop', '/c/s2')),
            at(175_000, order('start', '/c/s2')),
        ],
    },
    'a failed deploy is given up, the rest goes on': {
        model: FAILING,
        faults: [{ kind: 'fail', path: '/vm/part', phase: 'deploy', times: 1 }],
        scenario: [DEPLOYED, then(order('retry', '/vm/part'))],
    },
    'a failed start leaves the status before it': {
        model: FAILING,
        faults: [{ kind: 'fail', path: '/user', phase: 'start', times: 1 }],
        scenario: [DEPLOYED, then(order('start', '/user'))],
    },
    'a failed stop is noted and ignored': {
        model: FAILING,
        faults: [{ kind: 'fail', path: '/user', phase: 'stop' }],
        scenario: [DEPLOYED, then(order('stop', '/vm'))],
    },
    'a failed update leaves its instance started': {
        model: PAIR,
        faults: [{ kind: 'fail', path: '/watcher', phase: 'update', times: 1 }],
        scenario: [DEPLOYED],
    },
    'a failed undeploy leaves the instance stopped until its machine goes': {
        model: FAILING,
        faults: [{ kind: 'fail', path: '/vm/part', phase: 'undeploy' }],
        scenario: [DEPLOYED, then(order('undeploy', '/vm/part')), then(order('undeploy'))],
    },
    'a failed step is retried as the policy says': {
        model: FAILING,
        settings: { retry: { retries: 2, delayMs: 1_000, factor: 3 } },
        faults: [{ kind: 'fail', path: '/vm/part', phase: 'start', times: 2 }],
        scenario: [DEPLOYED],
    },
    'a machine that cannot be made': {
        model: FAILING,
        faults: [{ kind: 'fail', path: '/vm', phase: 'createMachine', times: 1 }],
        scenario: [DEPLOYED, then(order('deploy'))],
    },
    'undeploying a machine runs the recipes first': {
        model: LAMP,
        scenario: [DEPLOYED, then(order('undeploy', '/middle'))],
    },
    'a machine destroyed from outside': {
        model: LAMP,
        scenario: [DEPLOYED, then({ kind: 'destroyMachine', path: '/back' }), then(order('deploy', '/back'))],
    },
    'a lost machine is withdrawn and comes back': {
        model: LAMP,
        scenario: [
            DEPLOYED,
            then({ kind: 'loseMachine', path: '/back' }),
            then({ kind: 'recoverMachine', path: '/back' }),
        ],
    },
    'a lost machine is given up': {
        model: LAMP,
        scenario: [DEPLOYED, then({ kind: 'loseMachine', path: '/back' }), then(order('undeploy', '/back'))],
    },
    'a cancel and what resumes after it': {
        model: LAMP,
        scenario: [DEPLOYED, at(45_000, { kind: 'cancel' }), then({ kind: 'resume', retryUnknown: false })],
    },
    'the runner dies and goes on': { model: LAMP, scenario: [DEPLOYED, at(45_000, { kind: 'crash' })] },
    'a step nobody can tell about is asked about': {
        model: FAILING,
        faults: [{ kind: 'loseAnswer', path: '/vm/part', phase: 'start', times: 1 }],
        scenario: [
            DEPLOYED,
            then({ kind: 'resume', retryUnknown: false }),
            then({ kind: 'answer', path: '/vm/part', succeeded: true }),
        ],
    },
    'random ports differ on one machine': {
        model: modelOf(`
            VM is target
            Server gives random:port random:admin
            Client needs Server.port
            /vm VM
            /vm/s1 Server
            /vm/s2 Server port=9000
            /vm/client Client
        `),
        scenario: [DEPLOYED],
    },
    'a machine given up while it was being made on a lost one leaves nothing': {
        model: modelOf(`
            VM is target
            /host VM
            /host/guest VM
        `),
        scenario: [
            DEPLOYED,
            at(49_999, { kind: 'loseMachine', path: '/host' }),
            at(50_000, { kind: 'cancel' }),
            then({ kind: 'recoverMachine', path: '/host' }),
            then(order('undeploy')),
        ],
    },
    'a runner that dies while it destroys what was left of a machine goes on with that': {
        model: modelOf(`
            VM is target
            /host VM
            /host/guest VM
        `),
        scenario: [
            DEPLOYED,
            at(100_000, { kind: 'destroyMachine', path: '/host' }),
            at(102_000, { kind: 'crash' }),
            then(order('undeploy')),
        ],
    },
    'what is left of a machine and cannot be destroyed is a problem until it can': {
        model: modelOf(`
            VM is target
            /host VM
            /host/guest VM
        `),
        faults: [{ kind: 'fail', path: '/host/guest', phase: 'destroyMachine', times: 1 }],
        scenario: [DEPLOYED, then({ kind: 'destroyMachine', path: '/host' }), then(order('undeploy'))],
    },
    'what a failed deployment left on a lost machine is removed when that is back': {
        model: modelOf(`
            VM is target
            Part
            /vm VM
            /vm/part Part
            /other Part
        `),
        faults: [{ kind: 'fail', path: '/vm/part', phase: 'deploy' }],
        scenario: [
            DEPLOYED,
            then({ kind: 'loseMachine', path: '/vm' }),
            then(order('undeploy', '/vm/part')),
            then({ kind: 'recoverMachine', path: '/vm' }),
        ],
    },
    'an update that fails after its instance was told to stop does not bring it back': {
        model: modelOf(`
            Server gives name
            Watcher needs Server.*?
            VM is target
            /s Server
            /vm VM
            /vm/watcher Watcher
        `),
        faults: [
            { kind: 'slow', factor: 30, phase: 'update' },
            { kind: 'fail', phase: 'update' },
        ],
        scenario: [DEPLOYED, then(order('stop', '/s')), at(100_000, order('undeploy', '/vm'))],
    },
    'sub-trees are ordered alone': {
        model: LAMP,
        scenario: [
            now(order('deploy', '/back')),
            then(order('deploy', '/middle/server')),
            then(order('start', '/front')),
            then(order('deploy', '/nowhere')),
            then(order('stop', '/back')),
        ],
    },
    'mutual imports end with their ring named': {
        model: modelOf(`
            Egg gives ip needs Hen.ip
            Hen gives ip needs Egg.ip
            /egg Egg
            /hen Hen
        `),
        scenario: [DEPLOYED],
    },
    'an external import stays missing': {
        model: modelOf(`
            Client needs external:Shop.ip
            /client Client
        `),
        scenario: [DEPLOYED],
    },
    'machines work in parallel up to the limit': {
        model: modelOf(`
            VM is target
            Part
            /a VM
            /a/one Part
            /a/two Part
            /b VM
            /b/one Part
            /c VM
            /c/one Part
        `),
        settings: { concurrency: 2 },
        scenario: [DEPLOYED],
    },
};

test.for(Object.entries(ROWS))('%s', async ([name, row]) => {
    const simulation = startSimulation(row.model, { seed: 7, ...row });
    while (nextEvents(simulation) !== null);
    await expect(logOf(simulation.facts)).toMatchFileSnapshot(`golden/${name.replaceAll(/[^a-z]+/gi, '-')}.log`);
    const isAllAbsent = simulation.state.status.every((status) => status === 'NOT_DEPLOYED');
    if (isAllAbsent) expect([...simulation.world.machines.keys()]).toEqual([]);
});
