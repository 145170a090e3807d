/** Events as lines for people and as records for programs. */
import { expect, test } from 'vitest';
import { eventLine, eventRecord } from '../../cli/events.ts';
import type { InstanceSnapshot, RunnerEvent, RunSummary } from '../../runner/index.ts';

const look = { paint: (_: string, text: string) => text, isColoured: false };
const stamp = { sequence: 7, time: 3_500 };
const run: RunSummary = {
    id: 'run-1',
    order: 'deploy',
    paths: [],
    begunAt: 1_000,
    endedAt: null,
    outcome: null,
    cancelling: false,
};
const instance: InstanceSnapshot = {
    path: '/web',
    name: 'web',
    component: 'Web',
    parent: null,
    installer: 'script',
    status: 'DEPLOYED_STOPPED',
    desired: 'DEPLOYED_STARTED',
    leaving: false,
    step: null,
    failure: null,
    retryAt: null,
    retries: { used: 0, allowed: 0 },
    missing: [],
    exports: {},
    since: 0,
};
const changed = {
    kind: 'instanceChanged',
    instance,
    from: 'DEPLOYED_STOPPED',
    because: 'it failed',
    ...stamp,
} as const;
const step = { path: '/web', phase: 'start', attempt: 'a1' } as const;

const rows: readonly (readonly [RunnerEvent, string | null])[] = [
    [{ kind: 'runBegun', run, because: 'it is ordered', ...stamp }, 'deploy begins'],
    [{ kind: 'runCancelling', run, steps: [step], ...stamp }, 'deploy is being cancelled: ending /web start'],
    [{ kind: 'runCancelling', run, steps: [], ...stamp }, 'deploy is being cancelled'],
    [{ kind: 'runEnded', run: { ...run, outcome: 'failed' }, ...stamp }, 'deploy failed'],
    [{ ...changed, from: 'STARTING' }, '/web  DEPLOYED_STOPPED  it failed'],
    [changed, null],
    [
        { ...changed, instance: { ...instance, retryAt: 8_500, retries: { used: 1, allowed: 3 } } },
        '/web  try 2 of 4 in 5.0 s',
    ],
    [{ kind: 'stepBegun', ...step, because: 'x', ...stamp }, null],
    [
        { kind: 'stepBegun', ...step, phase: 'update', because: '/db was added', ...stamp },
        '/web  update  /db was added',
    ],
    [{ kind: 'stepEnded', ...step, outcome: 'succeeded', message: '', ...stamp }, null],
    [{ kind: 'stepEnded', ...step, outcome: 'failed', message: 'exit \u001B[2J3', ...stamp }, '/web  exit 3'],
    [{ kind: 'stepEnded', ...step, outcome: 'cancelled', message: '', ...stamp }, '/web  start cancelled'],
    [
        {
            kind: 'output',
            path: '/web',
            attempt: 'a1',
            stream: 'stdout',
            text: 'one\n\u001B[31mtwo\u001B[0m\n',
            ...stamp,
        },
        '/web | one\n         /web | two',
    ],
    [{ kind: 'instancesListed', instances: [instance], ...stamp }, 'another model was accepted'],
    [{ kind: 'instancesForgotten', paths: ['/old'], ...stamp }, '/old  removed'],
];

test.for(rows)('%j is the line %j', ([event, text]) => {
    expect(eventLine(event, 1_000, look)).toBe(text === null ? null : `   2.5s  ${text}`);
});

test('a record has of an instance what changes', () => {
    const { path, component, status, desired, missing, failure } = instance;
    const record = { path, component, status, desired, missing, failure };
    expect(eventRecord(changed)).toEqual({
        ...{ kind: 'instanceChanged', from: 'DEPLOYED_STOPPED', because: 'it failed', ...stamp },
        ...record,
    });
    expect(eventRecord({ kind: 'instancesListed', instances: [instance], ...stamp })).toMatchObject({
        instances: [record],
    });
});
