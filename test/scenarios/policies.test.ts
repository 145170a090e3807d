/**
 * What the policies of components do: time-outs, retries, and the orders that meet a step while it waits to be tried again.
 * And what goes on after a cancel, or after somebody said how a step ended.
 */
import { expect, test } from 'vitest';
import type { ApplicationModel, RecipePhase, StepPolicies, StepPolicy } from '../../language/index.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import type { Happening, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { nextEvents, startSimulation, type SimulationOptions } from '../../runner/simulation/simulate.ts';
import { logOf } from './golden.ts';
import { modelOf } from './model-text.ts';

interface Row {
    readonly policies: Readonly<Record<string, Partial<Record<RecipePhase, Partial<StepPolicy>>>>>;
    readonly faults: NonNullable<SimulationOptions['faults']>;
    readonly scenario?: readonly ScenarioStep[];
    readonly model?: ApplicationModel;
}

const at = (ms: number, happens: Happening): ScenarioStep => ({ at: ms, happens });
const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 1_000, happens });
const DEPLOYED = at(0, { kind: 'deploy', paths: [] });
const undeploy: CoreOrder = { kind: 'undeploy', paths: [] };
const stop = (path: string): CoreOrder => ({ kind: 'stop', paths: [path] });

const MODEL = modelOf(`
    VM is target
    Part gives ip
    User needs Part.ip
    Watcher needs Part.*?
    /vm VM
    /vm/part Part
    /user User
    /watcher Watcher
`);

const WITH_CHILD = modelOf(`
    VM is target
    Part gives ip
    Child needs Part.ip
    /vm VM
    /vm/part Part
    /vm/part/child Child
`);

const SILENT: StepPolicy = { timeoutMs: null, retries: 0, retryDelayMs: 1_000, retryFactor: 2 };

function modelWith({ policies, model = MODEL }: Row): ApplicationModel {
    const policyOf = (name: string): StepPolicies | undefined => {
        const own = policies[name];
        if (own === undefined) return undefined;
        const phases = ['deploy', 'start', 'update', 'stop', 'undeploy'] as const;
        // The five phases are the keys of the record.
        return Object.fromEntries(phases.map((phase) => [phase, { ...SILENT, ...own[phase] }])) as StepPolicies;
    };
    const components = model.components.map((component) => {
        const own = policyOf(component.name);
        return own === undefined ? component : { ...component, policies: own };
    });
    return { ...model, components };
}

const fails = (path: string, phase: RecipePhase, times: number): NonNullable<SimulationOptions['faults']>[number] => ({
    kind: 'fail',
    path,
    phase,
    times,
});
const PART_START = { Part: { start: { retries: 3, retryDelayMs: 60_000 } } } as const;

const ROWS: Readonly<Record<string, Row>> = {
    'a deploy is tried again where it is': {
        policies: { Part: { deploy: { retries: 2, retryDelayMs: 5_000 } } },
        faults: [fails('/vm/part', 'deploy', 2)],
    },
    'retries that are used up are a failure': {
        policies: { Part: { deploy: { retries: 1 } } },
        faults: [fails('/vm/part', 'deploy', 9)],
    },
    'a step that takes too long is killed and tried again': {
        policies: { Part: { start: { retries: 1, timeoutMs: 9_000 } } },
        faults: [{ kind: 'slow', factor: 10, path: '/vm/part', phase: 'start', times: 1 }],
    },
    'an update is told again with what changed meanwhile': {
        policies: { Watcher: { update: { retries: 2, retryDelayMs: 20_000 } } },
        faults: [fails('/watcher', 'update', 1)],
        scenario: [DEPLOYED, at(60_000, stop('/vm/part'))],
    },
    'an update of an instance that stops is not tried again': {
        policies: { Watcher: { update: { retries: 2, retryDelayMs: 600_000 } } },
        faults: [fails('/watcher', 'update', 9)],
        scenario: [DEPLOYED, at(60_000, stop('/watcher'))],
    },
    'a child whose component leaves its stop to the parent runs no recipe while that stops': {
        model: WITH_CHILD,
        policies: { Child: { stop: { cascade: false } } },
        faults: [],
        scenario: [
            DEPLOYED,
            then(stop('/vm/part')),
            then({ kind: 'start', paths: ['/vm/part'] }),
            then(stop('/vm/part/child')),
            then(undeploy),
        ],
    },
    'a child whose component leaves all to the parent goes without a recipe': {
        model: WITH_CHILD,
        policies: { Child: { stop: { cascade: false }, undeploy: { cascade: false } } },
        faults: [],
        scenario: [DEPLOYED, then(undeploy)],
    },
    'a stop is tried again before anything goes on': {
        policies: { User: { stop: { retries: 1, retryDelayMs: 7_000 } } },
        faults: [fails('/user', 'stop', 1)],
        scenario: [DEPLOYED, then(stop('/vm/part'))],
    },
    'an undeploy is tried again': {
        policies: { Part: { undeploy: { retries: 1 } } },
        faults: [fails('/vm/part', 'undeploy', 1)],
        scenario: [DEPLOYED, then(undeploy)],
    },
    'a cancel ends the wait for a retry, and resume tries again': {
        policies: PART_START,
        faults: [fails('/vm/part', 'start', 1)],
        scenario: [DEPLOYED, at(80_000, { kind: 'cancel' }), then({ kind: 'resume', retryUnknown: false })],
    },
    'retry does not wait for the next try': {
        policies: PART_START,
        faults: [fails('/vm/part', 'start', 2)],
        scenario: [DEPLOYED, at(80_000, { kind: 'retry', paths: ['/vm/part'] })],
    },
    'undeploy does not wait for the next try': {
        policies: { Part: { deploy: { retries: 3, retryDelayMs: 600_000 } } },
        faults: [fails('/vm/part', 'deploy', 9)],
        scenario: [DEPLOYED, at(80_000, undeploy)],
    },
    'a runner that dies while a retry is waited for goes on waiting': {
        policies: PART_START,
        faults: [fails('/vm/part', 'start', 1)],
        scenario: [DEPLOYED, at(80_000, { kind: 'crash' })],
    },
    'an undeployment that was cancelled is resumed to its end': {
        policies: {},
        faults: [],
        scenario: [
            DEPLOYED,
            at(100_000, undeploy),
            at(101_000, { kind: 'cancel' }),
            then({ kind: 'resume', retryUnknown: false }),
        ],
    },
    'a start that was cancelled is resumed to its end': {
        policies: {},
        faults: [],
        scenario: [DEPLOYED, at(48_000, { kind: 'cancel' }), then({ kind: 'resume', retryUnknown: false })],
    },
    'somebody says that steps in doubt ended well': {
        policies: {},
        faults: [{ kind: 'loseAnswer', phase: 'start', times: 1 }],
        scenario: [
            DEPLOYED,
            then({ kind: 'settle', paths: [], succeeded: true }),
            then({ kind: 'settle', paths: ['/user'], succeeded: true }),
            then({ kind: 'settle', paths: [], succeeded: true }),
        ],
    },
    'somebody says that a step in doubt failed': {
        policies: PART_START,
        faults: [{ kind: 'loseAnswer', path: '/vm/part', phase: 'start', times: 1 }],
        scenario: [
            DEPLOYED,
            then({ kind: 'settle', paths: ['/vm'], succeeded: false }),
            then({ kind: 'retry', paths: ['/vm/part'] }),
        ],
    },
};

test.for(Object.entries(ROWS))('%s', async ([name, row]) => {
    const { faults, scenario = [DEPLOYED] } = row;
    const simulation = startSimulation(modelWith(row), { seed: 7, faults, scenario });
    while (nextEvents(simulation) !== null);
    await expect(logOf(simulation.facts)).toMatchFileSnapshot(`golden/${name.replaceAll(/[^a-z]+/gi, '-')}.log`);
    expect(simulation.state.timerCount).toBe(0);
    expect(simulation.state.runs).toEqual([]);
});
