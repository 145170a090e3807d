/** From handlers to adapters: machines in memory say what recipes would be run; handlers nobody drives are refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MachinePlace, StepOutput, StepRequest } from '../../../runner/executor.ts';
import { openTarget } from '../../../runner/targets/adapters.ts';
import { createInMemoryTarget } from '../../../runner/targets/in-memory-target.ts';
import { makeMachine } from '../../../runner/targets/machines.ts';
import type { TargetAdapter, TargetContext } from '../../../runner/targets/target.ts';
import { temporaryDirectory } from '../support/application.ts';

const never = new AbortController().signal;
const TAG = { deployment: 'd1', path: '/vm' };
const MACHINE: MachinePlace = { path: '/vm', id: 'in-memory:/vm', address: '127.0.0.1', target: 't' };

let place: ReturnType<typeof temporaryDirectory>;
beforeEach(() => void (place = temporaryDirectory()));
afterEach(() => place[Symbol.dispose]());

function contextOf(handler: string, more: Readonly<Record<string, string>> = {}): TargetContext {
    const properties = { id: 't', handler, ...more };
    return {
        definition: { id: 't', handler, name: 'T', directory: place.path, properties },
        secretOf: () => undefined,
        deployment: 'd1',
        application: 'app',
        machineFolder: join(place.path, 'machines'),
        stateDirectory: place.path,
        stepDirectoryOf: (attempt) => join(place.path, 'steps', attempt),
        onMachineNews: () => undefined,
        awaitedOn: () => [],
        detached: never,
    };
}

async function open(context: TargetContext): Promise<TargetAdapter> {
    const adapter = await openTarget(context);
    if ('kind' in adapter) throw new Error(adapter.reason);
    return adapter;
}

test('a machine in memory has the address its target says', async () => {
    const { target } = await open(contextOf('in-memory', { 'in-memory.ip-address-of-the-agent': ' 10.1.2.3 ' }));
    expect(await makeMachine(target, TAG, never)).toEqual({
        kind: 'up',
        machineId: 'in-memory:/vm',
        address: '10.1.2.3',
    });
    const plain = await open(contextOf('in-memory'));
    expect(await makeMachine(plain.target, TAG, never)).toMatchObject({ address: '127.0.0.1' });
});

test('making one takes as long as its target says, unless it is cancelled', async () => {
    const slept: number[] = [];
    const clock = { sleep: (ms: number) => Promise.resolve(void slept.push(ms)) };
    const target = createInMemoryTarget({ 'in-memory.delay': '250' }, clock);
    await makeMachine(target, TAG, never);
    expect(slept).toEqual([250]);
    expect(await createInMemoryTarget({}, clock).create(TAG, AbortSignal.abort())).toMatchObject({ kind: 'failed' });
});

test('its steps say what they would do, and keep that as their output', async () => {
    const { steps } = await open(contextOf('in-memory'));
    const request: StepRequest = {
        attempt: 'run-1-1',
        instancePath: '/vm/app',
        machine: MACHINE,
        component: 'App',
        installer: 'script',
        phase: 'start',
        instanceDirectory: '/x',
        recipeSnapshot: null,
        formerSnapshots: null,
        environment: {},
        timeoutMs: 1,
    };
    const outputs: StepOutput[] = [];
    const text = '[roboconf] start /vm/app: its machine is in memory, no recipe is run\n';
    expect(await steps.runStep(request, (output) => void outputs.push(output), never)).toMatchObject({
        kind: 'succeeded',
    });
    expect(outputs).toEqual([{ attempt: 'run-1-1', stream: 'stdout', text }]);
    expect(readFileSync(join(place.path, 'steps', 'run-1-1', 'stdout'), 'utf8')).toBe(text);
    expect(await steps.askStep(request, () => undefined, never)).toMatchObject({ kind: 'succeeded' });
});

test('its ports are any that are not taken', async () => {
    const { steps } = await open(contextOf('in-memory'));
    const wanted = { instancePath: '/vm/app', machine: MACHINE, count: 3, taken: [10_000, 10_002] };
    expect(await steps.findPorts(wanted, never)).toEqual([10_001, 10_003, 10_004]);
});

test.each(['docker', 'iaas-ec2', 'nobody'])('the handler %s is refused with its name', async (handler) => {
    expect(await openTarget(contextOf(handler))).toEqual({
        kind: 'failed',
        reason: `the handler '${handler}' of the target 't' is not one this runner can drive`,
    });
});

test.each(['in-memory', 'embedded'])('%s cannot be opened while a value is missing', async (handler) => {
    const opened = await openTarget(contextOf(handler, { 'embedded.ip': '${env:NO_SUCH_VARIABLE}' }));
    expect(opened).toMatchObject({
        kind: 'failed',
        reason: "the target 't' needs the variable NO_SUCH_VARIABLE of the environment",
    });
});
