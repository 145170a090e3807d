/** Another model over what is deployed: golden logs, and that each ends where a fresh deployment of that model would. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import type { Happening, Scenario, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { simulate, type SimulationOptions } from '../../runner/simulation/simulate.ts';
import { logOf } from './golden.ts';
import { modelOf } from './model-text.ts';

const COMPONENTS = `
    VM is target gives ip zone=a
    Store gives ip port=3306
    Worker gives ip port=80 needs Store.ip Store.port
    Balancer gives ip needs Worker.ip Worker.port
    Monitor needs Store.*? Worker.*?
`;

const CLUSTER = modelOf(`${COMPONENTS}
    /data VM
    /data/store Store
    /web-1 VM
    /web-1/worker Worker
    /web-2 VM
    /web-2/worker Worker
    /front VM
    /front/balancer Balancer
    /watch VM
    /watch/monitor Monitor
`);

/** The cluster with lines added, taken away (those that begin with one of `without`) or put in the place of others. */
function clusterWith(
    instances: readonly string[],
    without: readonly string[] = [],
    components = COMPONENTS,
): ApplicationModel {
    const lines = CLUSTER.instances
        .map(({ path, component }) => `${path} ${component}`)
        .filter((line) => !without.some((start) => line.startsWith(start)));
    return modelOf([components, ...lines, ...instances].join('\n'));
}

interface Row {
    readonly scenario: Scenario;
    readonly faults?: NonNullable<SimulationOptions['faults']>;
    readonly recipes?: Readonly<Record<string, string>>;
    readonly seed?: number;
}

const at = (ms: number, happens: Happening): ScenarioStep => ({ at: ms, happens });
const then = (happens: Happening): ScenarioStep => ({ afterQuiet: 1_000, happens });
const order = (kind: Exclude<CoreOrder['kind'], 'resume' | 'cancel' | 'settle'>, ...paths: string[]): CoreOrder => ({
    kind,
    paths,
});
const change = (
    model: ApplicationModel,
    recipes: Readonly<Record<string, string>> = {},
    ...paths: string[]
): Happening => ({
    kind: 'change',
    model,
    recipes,
    paths,
});
const DEPLOYED = at(0, order('deploy'));

const MONITOR_WITH = (imports: string) =>
    COMPONENTS.replace('Monitor needs Store.*? Worker.*?', `Monitor needs ${imports}`);
const PORT_8080 = clusterWith(['/web-2/worker Worker port=8080'], ['/web-2/worker']);
const WITHOUT_WEB_2 = clusterWith([], ['/web-2']);
const STORE_ON_WEB_2 = clusterWith(['/web-2/worker Store'], ['/web-2/worker']);
const BALANCER_ON_WEB_2 = clusterWith(['/web-2/worker Balancer'], ['/web-2/worker']);
const STORE_MOVED = clusterWith(['/vault VM', '/vault/store Store'], ['/data/store']);
const CACHE_ON_WEB_2 = clusterWith(['/web-2/worker Cache'], ['/web-2/worker'], `${COMPONENTS}Cache gives ip`);
const SLOW_UPDATES = [{ kind: 'slow', path: '/watch/monitor', phase: 'update', factor: 20 }] as const;
/** With this seed, of three steps that fail by chance the second one does. */
const SECOND_FAILS = 9;
const CRASH: Happening = { kind: 'crash' };

const ROWS: Readonly<Record<string, Row>> = {
    'an added worker is deployed and its balancer told': {
        scenario: [DEPLOYED, then(change(clusterWith(['/web-3 VM', '/web-3/worker Worker'])))],
    },
    'a removed worker is undeployed and its balancer told': { scenario: [DEPLOYED, then(change(WITHOUT_WEB_2))] },
    'removing the last workers stops who needs them first': {
        scenario: [DEPLOYED, then(change(clusterWith([], ['/web-'])))],
    },
    'a removed store leaves its importers unresolved': {
        scenario: [DEPLOYED, then(change(clusterWith([], ['/data/store'])))],
    },
    'a worker with another port is restarted and its importers told': { scenario: [DEPLOYED, then(change(PORT_8080))] },
    'a store with another port restarts its dependants': {
        scenario: [DEPLOYED, then(change(clusterWith(['/data/store Store port=3307'], ['/data/store'])))],
    },
    'an instance that imports something else is restarted': {
        scenario: [DEPLOYED, then(change(clusterWith([], [], MONITOR_WITH('Balancer.ip'))))],
    },
    'another recipe is deployed over what is there': {
        recipes: { Worker: 'first' },
        scenario: [DEPLOYED, then(change(CLUSTER, { Worker: 'second' }))],
    },
    'another recipe that fails to be deployed leaves its instance deployed and is tried again': {
        seed: SECOND_FAILS,
        faults: [{ kind: 'fail', path: '/watch/monitor', phase: 'deploy', chance: 0.5 }],
        scenario: [
            DEPLOYED,
            then(change(CLUSTER, { Monitor: 'new' })),
            then(order('retry')),
            then(order('undeploy', '/watch')),
        ],
    },
    'another recipe that fails to be deployed is tried again although others were forgotten meanwhile': {
        seed: SECOND_FAILS,
        faults: [{ kind: 'fail', path: '/watch/monitor', phase: 'deploy', chance: 0.5 }],
        scenario: [
            DEPLOYED,
            then(change(clusterWith([], ['/web-1/worker']), { Monitor: 'new' })),
            then(order('retry')),
        ],
    },
    'what is being replaced is changed once more and comes back started': {
        scenario: [DEPLOYED, then(change(STORE_ON_WEB_2)), at(58_000, change(BALANCER_ON_WEB_2))],
    },
    'what is being replaced is stopped, changed once more and comes back stopped': {
        scenario: [
            DEPLOYED,
            then(change(STORE_ON_WEB_2)),
            at(57_000, order('stop', '/web-2/worker')),
            at(58_000, change(BALANCER_ON_WEB_2)),
        ],
    },
    'what gives something else by the time a slow importer could be told is removed for it': {
        faults: SLOW_UPDATES,
        scenario: [DEPLOYED, then(order('stop', '/web-1/worker')), at(180_000, change(CACHE_ON_WEB_2))],
    },
    'what a slow importer is being told of is not forgotten': {
        faults: SLOW_UPDATES,
        scenario: [DEPLOYED, then(change(clusterWith([], ['/web-2/worker'])))],
    },
    'what a slow importer was not told of yet is not forgotten': {
        faults: SLOW_UPDATES,
        scenario: [
            DEPLOYED,
            then(order('stop', '/web-1/worker')),
            at(180_000, change(clusterWith([], ['/web-2/worker']))),
        ],
    },
    'what cannot be told to a lost machine is not forgotten, nor what it lives on': {
        scenario: [
            DEPLOYED,
            then({ kind: 'loseMachine', path: '/watch' }),
            then(change(clusterWith([], ['/web-2', '/data/store']))),
            then({ kind: 'recoverMachine', path: '/watch' }),
        ],
    },
    'another recipe while its instance is stopped': {
        scenario: [DEPLOYED, then(order('stop', '/watch/monitor')), then(change(CLUSTER, { Monitor: 'new' }))],
    },
    'a cancel while another recipe is deployed': {
        scenario: [
            DEPLOYED,
            then(change(CLUSTER, { Monitor: 'new' })),
            at(65_000, { kind: 'cancel' }),
            then({ kind: 'resume', retryUnknown: false }),
        ],
    },
    'a component that wants a random port is deployed over': {
        scenario: [DEPLOYED, then(change(clusterWith([], [], COMPONENTS.replace('port=80', 'random:port'))))],
    },
    'another component takes the place of the one before': {
        scenario: [DEPLOYED, then(change(STORE_ON_WEB_2))],
    },
    'a machine that becomes a part is replaced with all on it': {
        scenario: [DEPLOYED, then(change(clusterWith(['/watch Store', '/watch/monitor Monitor'], ['/watch'])))],
    },
    'a parent is removed with its children while others are added': {
        scenario: [DEPLOYED, then(change(clusterWith(['/web-3 VM', '/web-3/worker Worker'], ['/web-1', '/web-2'])))],
    },
    'what was never deployed is forgotten at once': {
        scenario: [at(0, order('deploy', '/data', '/web-1', '/front')), then(change(WITHOUT_WEB_2))],
    },
    'a machine with another value is shown anew and what is on it restarts': {
        scenario: [DEPLOYED, then(change(clusterWith(['/web-2 VM zone=b', '/web-2/worker Worker'], ['/web-2'])))],
    },
    'only what is named of what was added is deployed': {
        scenario: [
            DEPLOYED,
            then(change(clusterWith(['/web-3 VM', '/web-3/worker Worker', '/web-4 VM']), {}, '/web-4')),
            then(order('deploy', '/web-3')),
        ],
    },
    'what was stopped stays stopped': {
        scenario: [DEPLOYED, then(order('stop', '/web-2/worker')), then(change(PORT_8080))],
    },
    'a change while something waits for its imports': {
        scenario: [
            DEPLOYED,
            then(order('stop', '/data/store')),
            then(
                change(
                    clusterWith(
                        ['/web-2/worker Worker port=8080', '/web-3 VM', '/web-3/worker Worker'],
                        ['/web-2/worker'],
                    ),
                ),
            ),
            then(order('start', '/data/store')),
        ],
    },
    'a change in the middle of a deployment': {
        scenario: [DEPLOYED, at(45_000, change(clusterWith(['/web-3 VM', '/web-3/worker Worker'], ['/web-2'])))],
    },
    'a removal that fails is tried again by another deploy': {
        faults: [{ kind: 'fail', path: '/web-2/worker', phase: 'undeploy', times: 1 }],
        scenario: [
            DEPLOYED,
            then(change(clusterWith([], ['/web-2/worker']))),
            then(order('start', '/web-2/worker')),
            then(order('deploy')),
        ],
    },
    'what is being removed comes back': {
        scenario: [DEPLOYED, then(change(WITHOUT_WEB_2)), at(58_000, change(CLUSTER))],
    },
    'a machine of which a part is removed is lost meanwhile': {
        scenario: [
            DEPLOYED,
            then({ kind: 'loseMachine', path: '/web-2' }),
            then(change(clusterWith([], ['/web-2/worker']))),
            then({ kind: 'recoverMachine', path: '/web-2' }),
        ],
    },
    'a step in doubt must be settled before its instance is changed': {
        faults: [{ kind: 'loseAnswer', path: '/web-2/worker', phase: 'start', times: 1 }],
        scenario: [
            DEPLOYED,
            then(change(PORT_8080)),
            then({ kind: 'settle', paths: [], succeeded: true }),
            then(change(PORT_8080)),
        ],
    },
    'an instance that moved under another parent is deployed once the one before is gone': {
        scenario: [DEPLOYED, then(change(STORE_MOVED))],
    },
    'what moves back while it moves stays where it was': {
        scenario: [DEPLOYED, then(change(STORE_MOVED)), at(75_000, change(CLUSTER))],
    },
    'an instance waits for the place it takes until a failed undeployment was tried again': {
        faults: [{ kind: 'fail', path: '/data/store', phase: 'undeploy', times: 1 }],
        scenario: [DEPLOYED, then(change(STORE_MOVED)), then(order('retry'))],
    },
    'a runner that dies in the middle of a change goes on with it': {
        scenario: [DEPLOYED, then(change(WITHOUT_WEB_2)), at(60_000, CRASH)],
    },
    'a change that is cancelled goes on when it is resumed': {
        scenario: [
            DEPLOYED,
            then(change(PORT_8080)),
            at(58_000, { kind: 'cancel' }),
            then({ kind: 'resume', retryUnknown: false }),
        ],
    },
};

test.for(Object.entries(ROWS))('%s', async ([name, row]) => {
    const { scenario, faults, recipes, seed = 1 } = row;
    const options = { seed, scenario, ...(faults && { faults }), ...(recipes && { recipes }) };
    const { facts } = simulate(CLUSTER, options);
    const from = facts.findIndex((fact) => fact.kind === 'modelChanged' || fact.kind === 'orderRefused');
    const file = resolve(import.meta.dirname, 'golden', `${name.replaceAll(/[^a-z]+/gi, '-')}.log`);
    await expect(logOf(facts.slice(from))).toMatchFileSnapshot(file);
});
