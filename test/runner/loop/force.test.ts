/** What is given up goes: running recipes are killed, none is run, and a machine that cannot be destroyed does not stay in the way. */
import { expect, test } from 'vitest';
import type { Executor, StepOutcome, StepRequest } from '../../../runner/executor.ts';
import { parseOrder } from '../../../runner/process/parse-order.ts';
import { modelOf } from '../../scenarios/model-text.ts';
import { temporaryDirectory } from '../support/application.ts';
import { drive, recordingExecutor } from '../support/driven.ts';

const signal = AbortSignal.timeout(20_000);
const MODEL = modelOf('VM is target gives ip\nPart\n/vm VM\n/vm/part Part');

/** Starts never end by themselves, and machines cannot be destroyed. */
function stubbornExecutor(steps: StepRequest[]): Executor {
    const plain = recordingExecutor(steps);
    const killed: StepOutcome = { kind: 'cancelled', lastLines: [], killed: [] };
    return {
        ...plain,
        runStep: (request, onOutput, cancel) => {
            if (request.phase !== 'start') return plain.runStep(request, onOutput, cancel);
            steps.push(request);
            return new Promise((resolve) => cancel.addEventListener('abort', () => resolve(killed)));
        },
        destroyMachine: () => Promise.resolve({ kind: 'failed', reason: 'it does not answer' }),
    };
}

test('an undeployment by force kills what runs and gives up the machine', async () => {
    using place = temporaryDirectory();
    const steps: StepRequest[] = [];
    const runner = await drive(place.path, steps, { executorFor: () => stubbornExecutor(steps) });
    await runner.order({ kind: 'deploy', model: MODEL, paths: [] }, signal);
    const started = Promise.withResolvers<void>();
    runner.onEvent((event) => {
        if (event.kind === 'stepBegun' && event.phase === 'start') started.resolve();
    });
    const { instances } = await runner.snapshot(signal);
    if (!instances.some(({ status }) => status === 'STARTING')) await started.promise;
    const order = parseOrder({ kind: 'undeploy', paths: ['/vm'], force: true });
    if (order === undefined) throw new Error('it is an order');
    expect(await runner.order(order, signal)).toMatchObject({ kind: 'accepted' });
    expect((await runner.whenQuiet(signal))?.outcome).toBe('succeeded');
    const after = await runner.snapshot(signal);
    expect(after.instances.map(({ path, status }) => [path, status])).toEqual([
        ['/vm', 'NOT_DEPLOYED'],
        ['/vm/part', 'NOT_DEPLOYED'],
    ]);
    expect(steps.map(({ phase }) => phase)).toEqual(['initialize', 'deploy', 'start']);
    await runner.dispose();
});

test('force is asked for by name alone', () => {
    expect(parseOrder({ kind: 'undeploy', paths: [] })).toEqual({ kind: 'undeploy', paths: [] });
    expect(parseOrder({ kind: 'undeploy', paths: [], force: 'yes' })).toEqual({ kind: 'undeploy', paths: [] });
    expect(parseOrder({ kind: 'stop', paths: [], force: true })).toEqual({ kind: 'stop', paths: [] });
});
