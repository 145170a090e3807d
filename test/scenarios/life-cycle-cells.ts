/** What each order does to an instance in each status, found out by simulating it: the cells of the tables in docs/life-cycle.md. */
import type { CoreEvent } from '../../runner/core/event.ts';
import type { CoreOrder } from '../../runner/core/input.ts';
import type { InstanceStatus } from '../../runner/core/status.ts';
import type { Fault, Happening } from '../../runner/simulation/scenario.ts';
import { nextEvents, startSimulation, type Simulation } from '../../runner/simulation/simulate.ts';
import { modelOf } from './model-text.ts';

/** A status as it can be met, and how an application gets there. */
interface Situation {
    readonly title: string;
    /** Done one after the other, each when all before has come to rest. */
    readonly before: readonly Happening[];
    /** The order is given as soon as the instance has this status; null = once all is quiet. */
    readonly during: InstanceStatus | null;
    readonly faults?: readonly Fault[];
}

export interface Cell {
    readonly table: 'instances' | 'machines';
    readonly situation: string;
    readonly order: string;
    readonly effect: string;
}

/** A part in a host on a machine: the host needs the store, the part the cache, the machine the network. */
const MODEL = modelOf(`
    VM is target gives ip
    Net gives ip
    Box is target gives ip needs Net.ip
    Store gives ip
    Cache gives ip
    Host gives ip needs Store.ip
    Part gives ip needs Cache.ip
    /net Net
    /store Store
    /cache Cache
    /box Box
    /box/host Host
    /box/host/part Part
`);

const PART = '/box/host/part';
const BOX = '/box';

type PathOrder = 'deploy' | 'start' | 'stop' | 'undeploy' | 'retry';
const give = (kind: PathOrder, ...paths: readonly string[]): CoreOrder => ({ kind, paths });
const lose: Happening = { kind: 'loseMachine', path: BOX };
const DEPLOYED = [give('deploy')];

const INSTANCES: readonly Situation[] = [
    { title: 'NOT_DEPLOYED', before: [...DEPLOYED, give('undeploy', PART)], during: null },
    {
        title: 'NOT_DEPLOYED, and so is the parent',
        before: [...DEPLOYED, give('undeploy', '/box/host')],
        during: null,
    },
    { title: 'DEPLOYING', before: DEPLOYED, during: 'DEPLOYING' },
    { title: 'DEPLOYED_STOPPED', before: [...DEPLOYED, give('stop', PART)], during: null },
    { title: 'DEPLOYED_STOPPED, and so is the parent', before: [...DEPLOYED, give('stop', '/box/host')], during: null },
    { title: 'UNRESOLVED', before: [...DEPLOYED, give('stop', '/cache')], during: null },
    { title: 'WAITING_FOR_ANCESTOR', before: [...DEPLOYED, give('stop', '/store')], during: null },
    { title: 'STARTING', before: DEPLOYED, during: 'STARTING' },
    { title: 'DEPLOYED_STARTED', before: DEPLOYED, during: null },
    { title: 'STOPPING', before: [...DEPLOYED, give('stop', PART)], during: 'STOPPING' },
    { title: 'UNDEPLOYING', before: [...DEPLOYED, give('undeploy', PART)], during: 'UNDEPLOYING' },
    {
        title: 'NOT_DEPLOYED after a failed deploy',
        before: DEPLOYED,
        during: null,
        faults: [{ kind: 'fail', path: PART, phase: 'deploy', times: 1 }],
    },
    {
        title: 'DEPLOYED_STOPPED after a failed start',
        before: DEPLOYED,
        during: null,
        faults: [{ kind: 'fail', path: PART, phase: 'start', times: 1 }],
    },
    {
        title: 'PROBLEM: its start may have ended',
        before: DEPLOYED,
        during: null,
        faults: [{ kind: 'loseAnswer', path: PART, phase: 'start', times: 1 }],
    },
    { title: 'PROBLEM: its machine is lost', before: [...DEPLOYED, lose], during: null },
];

const MACHINES: readonly Situation[] = [
    { title: 'NOT_DEPLOYED', before: [...DEPLOYED, give('undeploy', BOX)], during: null },
    { title: 'DEPLOYING', before: DEPLOYED, during: 'DEPLOYING' },
    { title: 'UNRESOLVED', before: [...DEPLOYED, give('stop', '/net')], during: null },
    { title: 'DEPLOYED_STARTED', before: DEPLOYED, during: null },
    { title: 'STOPPING', before: [...DEPLOYED, give('undeploy', BOX)], during: 'STOPPING' },
    { title: 'UNDEPLOYING', before: [...DEPLOYED, give('undeploy', BOX)], during: 'UNDEPLOYING' },
    { title: 'PROBLEM: it is lost', before: [...DEPLOYED, lose], during: null },
    {
        title: 'PROBLEM: it could not be destroyed',
        before: [...DEPLOYED, give('undeploy', BOX)],
        during: null,
        faults: [{ kind: 'fail', path: BOX, phase: 'destroyMachine', times: 1 }],
    },
    {
        title: 'NOT_DEPLOYED: it was destroyed from outside',
        before: [...DEPLOYED, { kind: 'destroyMachine', path: BOX }],
        during: null,
    },
];

const ORDERS: Readonly<Record<string, (path: string) => CoreOrder>> = {
    deploy: (path) => give('deploy', path),
    start: (path) => give('start', path),
    stop: (path) => give('stop', path),
    undeploy: (path) => give('undeploy', path),
    'undeploy --force': (path) => ({ kind: 'undeploy', paths: [path], force: true }),
    retry: (path) => give('retry', path),
    cancel: () => ({ kind: 'cancel' }),
};

export const ORDER_NAMES: readonly string[] = Object.keys(ORDERS);

/** All cells of a table, by situation, then by order. */
export function cellsOf(table: Cell['table']): readonly Cell[] {
    const [path, situations] = table === 'instances' ? [PART, INSTANCES] : [BOX, MACHINES];
    return situations.flatMap((situation) =>
        Object.entries(ORDERS).map(([order, make]) => ({
            table,
            situation: situation.title,
            order,
            effect: effectOf(situation, path, make(path)),
        })),
    );
}

function effectOf(situation: Situation, path: string, order: CoreOrder): string {
    const simulation = startSimulation(MODEL, { seed: 11, scenario: [], faults: situation.faults ?? [] });
    reach(simulation, situation, path);
    const known = simulation.facts.length;
    const before = statusIn(simulation, path);
    simulation.scenario.push({ at: simulation.now, happens: order });
    while (nextEvents(simulation) !== null);
    const facts = simulation.facts.slice(known);
    const [refused] = facts.flatMap((fact) => (fact.kind === 'orderRefused' ? [fact.code] : []));
    const works = facts.flatMap((fact) => ('path' in fact && fact.path === path ? worksOf(fact) : []));
    if (refused !== undefined) return `refused: ${refused}`;
    const status = statusIn(simulation, path);
    if (works.length > 0) return `${works.join(', ')} → ${status}`;
    return status === before ? 'stays' : `→ ${status}`;
}

function reach(simulation: Simulation, { before, during }: Situation, path: string): void {
    for (const [i, happens] of before.entries()) {
        simulation.scenario.push({ at: simulation.now + 1, happens });
        const isThere = (): boolean => i === before.length - 1 && statusIn(simulation, path) === during;
        while (!isThere() && nextEvents(simulation) !== null);
    }
}

function statusIn({ state }: Simulation, path: string): InstanceStatus {
    const index = state.topology.indexOfPath.get(path) ?? -1;
    const status = state.status[index];
    if (status === undefined) throw new Error(`there is no ${path}`);
    return status;
}

const WORDS: Partial<Record<CoreEvent['kind'], string>> = {
    machineRequested: 'made',
    machineDestructionBegun: 'destroyed',
    removalBegun: 'removed',
    machineCreationFailed: 'not made',
};

function worksOf(fact: CoreEvent): readonly string[] {
    if (fact.kind === 'stepBegun') return [fact.phase];
    if (fact.kind === 'stepEnded') return fact.result.kind === 'succeeded' ? [] : [fact.result.kind];
    const word = WORDS[fact.kind];
    return word === undefined ? [] : [word];
}
