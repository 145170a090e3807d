/** Scripts of a target: run once for each machine, here and there, with what they need to know; failing ones fail the machine. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StepRequest } from '../../../runner/executor.ts';
import { withScripts } from '../../../runner/targets/machine-scripts.ts';
import { endMachine, makeMachine } from '../../../runner/targets/machines.ts';
import { createLocalTarget } from '../../../runner/targets/local-target.ts';
import { copyNameOf, readTarget, snapshotTargets } from '../../../runner/targets/snapshots.ts';
import type { TargetAdapter, TargetContext, TargetDefinition } from '../../../runner/targets/target.ts';
import { temporaryDirectory } from '../support/application.ts';

const never = new AbortController().signal;
const TAG = { deployment: 'd1', path: '/vm 1' };

let place: ReturnType<typeof temporaryDirectory>;
/** What was asked of the machine: `phase: files of the recipe`. */
let sent: string[];
let requests: StepRequest[];
beforeEach(() => {
    place = temporaryDirectory();
    sent = [];
    requests = [];
});
afterEach(() => place[Symbol.dispose]());

function script(name: string, text: string): void {
    const folder = join(place.path, 'pool');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o644);
}

function definition(): TargetDefinition {
    const properties = { id: 'pool', handler: 'embedded' };
    return {
        id: 'pool',
        handler: 'embedded',
        name: 'Pool',
        properties,
        directory: place.path,
        scripts: join(place.path, 'pool'),
    };
}

function open(): TargetAdapter {
    const context: TargetContext = {
        definition: definition(),
        secretOf: () => undefined,
        deployment: 'd1',
        application: 'shop',
        machineFolder: join(place.path, 'machines'),
        stateDirectory: place.path,
        stepDirectoryOf: (attempt) => join(place.path, 'steps', attempt),
        onMachineNews: () => undefined,
        awaitedOn: () => [],
        detached: never,
    };
    const adapter: TargetAdapter = {
        target: createLocalTarget(join(place.path, 'made')),
        steps: {
            runStep: (request) => {
                requests.push(request);
                const files =
                    request.recipeSnapshot === null ? [] : readdirSync(join(request.recipeSnapshot, 'scripts'));
                sent.push(`${request.phase}: ${files.sort().join(' ')}`);
                return Promise.resolve({ kind: 'succeeded', durationMs: 0, leftRunning: [] });
            },
            askStep: () => Promise.reject(new Error('nothing is asked about')),
            findPorts: () => Promise.resolve([]),
            removeInstance: ({ machine }) => {
                sent.push(`removed from ${machine.address}`);
                return Promise.resolve([]);
            },
            attend: () => undefined,
            ignore: () => undefined,
        },
        dispose: () => Promise.resolve(),
    };
    return withScripts(adapter, context);
}

test('those of this computer know the machine; they run once, also for the next process', async () => {
    const record = join(place.path, 'record');
    script(
        '1.dm.configure.script.sh',
        `#!/bin/sh\necho "$IP_ADDRESS|$APPLICATION_NAME|$SCOPED_INSTANCE_PATH|$DOMAIN" >>'${record}'\necho "$USER_DATA" >>'${record}'\ncat words >>'${record}'\n`,
    );
    script('words', 'beside it\n');
    for (const adapter of [open(), open()])
        expect(await makeMachine(adapter.target, TAG, never)).toMatchObject({ kind: 'up' });
    expect(readFileSync(record, 'utf8')).toBe(
        '127.0.0.1|shop|/vm 1|default\napplication.name = shop\nscoped.instance.path = /vm 1\ndomain = default\n\nbeside it\n',
    );
});

test('they run again for a machine that was made again', async () => {
    const record = join(place.path, 'record');
    script('dm.configure.script.sh', `#!/bin/sh\necho run >>'${record}'\n`);
    const { target } = open();
    await makeMachine(target, TAG, never);
    await endMachine(target, { tag: TAG, machineId: '' }, never);
    await makeMachine(target, TAG, never);
    expect(readFileSync(record, 'utf8')).toBe('run\nrun\n');
});

test('one that fails fails the machine with what it said, and is run again when that is tried again', async () => {
    script('dm.configure.script.sh', `#!/bin/sh\necho no balancer\n[ -e '${place.path}/ready' ] || exit 3\n`);
    const { target } = open();
    const refused = await makeMachine(target, TAG, never);
    if (refused.kind !== 'failed') throw new Error('it was made');
    expect(refused.reason).toMatch(/^dm.configure.script.sh of the target 'pool', for \/vm 1, .*3[^]*no balancer/);
    expect(sent).toEqual([]);
    writeFileSync(join(place.path, 'ready'), '');
    expect(await makeMachine(target, TAG, never)).toMatchObject({ kind: 'up' });
});

test('those of the machine are sent there with all that is not for this computer alone, in order', async () => {
    script('a.agent.script.sh', '#!/bin/sh\n');
    script('b.agent.script.py', '#!/usr/bin/env python3\n');
    script('local.agent.script.sh', 'never sent\n');
    script('data.txt', 'x\n');
    await makeMachine(open().target, TAG, never);
    expect(sent).toEqual([
        'initialize: b.agent.script.py data.txt deploy.sh',
        'deploy: b.agent.script.py data.txt deploy.sh',
        'removed from 127.0.0.1',
        'initialize: a.agent.script.sh data.txt deploy.py',
        'deploy: a.agent.script.sh data.txt deploy.py',
        'removed from 127.0.0.1',
    ]);
    expect(requests[1]?.environment).toMatchObject({ IP_ADDRESS: '127.0.0.1', SCOPED_INSTANCE_PATH: '/vm 1' });
    expect(new Set(requests.map(({ attempt }) => attempt)).size).toBe(4);
});

test('a cancel ends the script that runs', async () => {
    const record = join(place.path, 'record');
    script('dm.configure.script.sh', `#!/bin/sh\necho $$ >'${record}'\nexec sleep 60\n`);
    const cancel = new AbortController();
    const making = makeMachine(open().target, TAG, cancel.signal);
    await expect.poll(() => existsSync(record)).toBe(true);
    cancel.abort();
    expect(await making).toMatchObject({ kind: 'failed' });
    const pid = Number(readFileSync(record, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a copy of a target has its scripts, as they were; changed ones make another target', () => {
    script('dm.configure.script.sh', 'one\n');
    const copies = join(place.path, 'copies');
    const targets = { definitions: { pool: definition() }, associations: { '/vm 1': 'pool' } };
    const name = snapshotTargets(copies, targets)['/vm 1'] ?? '';
    expect(copyNameOf(definition())).toBe(name);
    script('dm.configure.script.sh', 'two\n');
    expect(copyNameOf(definition())).not.toBe(name);
    const kept = readTarget(copies, name);
    expect(readFileSync(join(kept?.scripts ?? '', 'dm.configure.script.sh'), 'utf8')).toBe('one\n');
    rmSync(join(place.path, 'pool'), { recursive: true });
    const bare = snapshotTargets(copies, targets)['/vm 1'] ?? '';
    expect(readTarget(copies, bare)).toEqual({ ...definition(), scripts: undefined });
});
