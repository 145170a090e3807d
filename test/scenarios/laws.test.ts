/** Each law has a scenario that holds with it and breaks without it: no law can be lost unnoticed. */
import { expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
import { createAdvance } from '../../runner/core/advance.ts';
import type { CoreEvent } from '../../runner/core/event.ts';
import { feederCount } from '../../runner/core/exports.ts';
import { LAWS, type Laws } from '../../runner/core/laws.ts';
import type { Fault, ScenarioStep } from '../../runner/simulation/scenario.ts';
import { simulate, type SimulationResult } from '../../runner/simulation/simulate.ts';
import { LAMP } from './lamp.ts';
import { modelOf } from './model-text.ts';

interface Row {
    readonly title: string;
    /** The table without the law: it allows everything, or does nothing. */
    readonly without: Partial<Laws>;
    readonly model: ApplicationModel;
    readonly scenario: readonly ScenarioStep[];
    readonly faults?: readonly Fault[];
    readonly holds: (result: SimulationResult) => boolean;
}

const DEPLOY: ScenarioStep = { at: 0, happens: { kind: 'deploy', paths: [] } };
const stop = (path: string): ScenarioStep => ({ afterQuiet: 1_000, happens: { kind: 'stop', paths: [path] } });
const PARTS = modelOf(`
    VM is target
    Part
    /vm VM
    /vm/one Part
    /vm/two Part
`);

const ROWS: Readonly<Record<keyof Laws, Row>> = {
    R1: {
        title: 'nothing is started before its parent and its imports',
        without: { R1: () => true },
        model: LAMP,
        scenario: [DEPLOY],
        holds: ({ facts }) =>
            isBefore(facts, enters('/back/store', 'DEPLOYED_STARTED'), begins('/middle/server', 'start')) &&
            isBefore(facts, enters('/middle/server', 'DEPLOYED_STARTED'), begins('/middle/server/app', 'start')) &&
            isBefore(facts, enters('/middle/server', 'DEPLOYED_STARTED'), begins('/front/balancer', 'start')),
    },
    R2: {
        title: 'exports are visible once started',
        without: { R2: () => null },
        model: LAMP,
        scenario: [DEPLOY],
        holds: isSuccess,
    },
    R3: {
        title: 'an instance does not feed itself',
        without: { R3: (state, _instance, group) => feederCount(state, group) },
        model: modelOf(`
            Seed as Peer gives ip
            Node as Peer gives ip needs Peer.ip
            /seed Seed
            /node Node
        `),
        scenario: [DEPLOY, stop('/seed')],
        holds: (result) => statusOf(result, '/node') === 'UNRESOLVED',
    },
    R4: {
        title: 'an import gained brings its importer up',
        without: { R4: () => false },
        model: LAMP,
        scenario: [DEPLOY],
        holds: (result) => statusOf(result, '/middle/server') === 'DEPLOYED_STARTED',
    },
    R5: {
        title: 'an import lost stops its importer first',
        without: { R5: () => false },
        model: LAMP,
        scenario: [DEPLOY, stop('/back/store')],
        holds: ({ facts }) => isBefore(facts, ends('/middle/server', 'stop'), begins('/back/store', 'stop')),
    },
    R6: {
        title: 'what waits for its parent starts with it',
        without: { R6: () => false },
        model: LAMP,
        scenario: [DEPLOY],
        holds: (result) => statusOf(result, '/middle/server/app') === 'DEPLOYED_STARTED',
    },
    R7: {
        title: 'a stop ordered by a user cancels waiting',
        without: { R7: () => false },
        model: LAMP,
        scenario: [{ at: 0, happens: { kind: 'deploy', paths: ['/middle'] } }, stop('/middle/server')],
        holds: (result) => statusOf(result, '/middle/server') === 'DEPLOYED_STOPPED',
    },
    R8: {
        title: 'one recipe at a time on a machine',
        without: { R8: () => true },
        model: PARTS,
        scenario: [DEPLOY],
        holds: ({ facts }) => highestLoad(facts) === 1,
    },
    R9: {
        title: 'a failed deployment leaves nothing deployed',
        without: { R9: () => 'PROBLEM' },
        model: PARTS,
        faults: [{ kind: 'fail', path: '/vm/one', phase: 'deploy' }],
        scenario: [DEPLOY],
        holds: (result) => statusOf(result, '/vm/one') === 'NOT_DEPLOYED',
    },
    R10: {
        title: 'what was on a machine goes with it',
        without: { R10: (_state, machine) => [machine] },
        model: PARTS,
        scenario: [DEPLOY, { afterQuiet: 1_000, happens: { kind: 'destroyMachine', path: '/vm' } }],
        holds: (result) => statusOf(result, '/vm/two') === 'NOT_DEPLOYED',
    },
};

test.for(Object.entries(ROWS))('%s holds in its scenario and only with it', ([, row]) => {
    const options = { seed: 3, scenario: row.scenario, faults: row.faults ?? [] };
    expect(row.holds(simulate(row.model, options)), row.title).toBe(true);
    const advance = createAdvance({ ...LAWS, ...row.without });
    expect(row.holds(simulate(row.model, { ...options, advance })), `without: ${row.title}`).toBe(false);
});

type Search = (fact: CoreEvent) => boolean;

function begins(path: string, phase: string): Search {
    return (fact) => fact.kind === 'stepBegun' && fact.path === path && fact.phase === phase;
}

function ends(path: string, phase: string): Search {
    return (fact) => fact.kind === 'stepEnded' && fact.path === path && fact.phase === phase;
}

function enters(path: string, status: string): Search {
    return (fact) => fact.changes.some((change) => change.path === path && change.status === status);
}

function isBefore(facts: readonly CoreEvent[], first: Search, second: Search): boolean {
    const [before, after] = [facts.findIndex(first), facts.findIndex(second)];
    return before !== -1 && after !== -1 && before < after;
}

function isSuccess({ facts }: SimulationResult): boolean {
    return facts.some((fact) => fact.kind === 'runEnded' && fact.outcome === 'succeeded');
}

function statusOf({ snapshot }: SimulationResult, path: string): string | undefined {
    return snapshot.instances.find((instance) => instance.path === path)?.status;
}

function highestLoad(facts: readonly CoreEvent[]): number {
    let load = 0;
    let highest = 0;
    for (const fact of facts) {
        if (fact.kind === 'stepBegun') load++;
        if (fact.kind === 'stepEnded') load--;
        highest = Math.max(highest, load);
    }
    return highest;
}
