/** Whatever a target says, the secrets it was given are not in it. */
import { expect, test } from 'vitest';
import type { MachinePlace, StepOutcome, StepOutput, StepRequest } from '../../../runner/executor.ts';
import { newsWithoutSecrets, withoutSecrets } from '../../../runner/targets/redaction.ts';
import { createSecrets } from '../../../runner/targets/secrets.ts';
import type { TargetAdapter, TargetFailure } from '../../../runner/targets/target.ts';

const SECRET = 'open sesame';
const never = new AbortController().signal;
const MACHINE: MachinePlace = { path: '/vm', id: 'm', address: '10.0.0.1', target: 'pool' };
const REQUEST: StepRequest = {
    attempt: 'a',
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

function redactor(): (text: string) => string {
    const secrets = createSecrets({});
    secrets.give({ DOOR: SECRET });
    secrets.secretOf('DOOR');
    return secrets.redact;
}

/** Says the secret wherever it can. */
function tellTale(outcome: StepOutcome): TargetAdapter {
    const failure = (): Promise<TargetFailure> => Promise.resolve({ kind: 'failed', reason: `no: ${SECRET}` });
    const run = (_: StepRequest, onOutput: (output: StepOutput) => void): Promise<StepOutcome> => {
        onOutput({ attempt: 'a', stream: 'stderr', text: `said ${SECRET}\n` });
        return Promise.resolve(outcome);
    };
    return {
        target: {
            create: failure,
            configure: failure,
            destroy: failure,
            list: failure,
            isRunning: () => Promise.resolve('unknown'),
        },
        steps: {
            runStep: run,
            askStep: run,
            findPorts: () => Promise.resolve([]),
            removeInstance: () => Promise.resolve([]),
            attend: () => undefined,
            ignore: () => undefined,
        },
        dispose: () => Promise.resolve(),
    };
}

const LINES = { lastLines: ['a', SECRET], killed: [] };
const OUTCOMES: readonly StepOutcome[] = [
    { kind: 'failed', durationMs: 1, exitCode: 1, signal: null, reason: SECRET, ...LINES },
    { kind: 'timedOut', timeoutMs: 1, ...LINES },
    { kind: 'cancelled', ...LINES },
    { kind: 'unknown', reason: `lost ${SECRET}` },
    { kind: 'succeeded', durationMs: 1, leftRunning: [] },
];

test.each(OUTCOMES)('an outcome $kind', async (outcome) => {
    const { steps } = withoutSecrets(tellTale(outcome), redactor());
    const outputs: StepOutput[] = [];
    const ran = await steps.runStep(REQUEST, (output) => void outputs.push(output), never);
    const asked = await steps.askStep(REQUEST, (output) => void outputs.push(output), never);
    expect([ran.kind, asked.kind]).toEqual([outcome.kind, outcome.kind]);
    expect(outputs.map(({ text }) => text)).toEqual(['said [secret]\n', 'said [secret]\n']);
    expect(JSON.stringify([ran, asked])).not.toContain(SECRET);
});

test('every failure of a target, and news of a machine', async () => {
    const redact = redactor();
    const { target } = withoutSecrets(tellTale({ kind: 'unknown', reason: '' }), redact);
    const tag = { deployment: 'd', path: '/vm' };
    const machine = { tag, machineId: 'm' };
    const failure = { kind: 'failed', reason: 'no: [secret]' };
    expect(await target.create(tag, never)).toEqual(failure);
    expect(await target.configure(machine, never)).toEqual(failure);
    expect(await target.destroy(machine, never)).toEqual(failure);
    expect(await target.list('d', never)).toEqual(failure);
    expect(newsWithoutSecrets({ kind: 'lost', path: '/vm', reason: `silent ${SECRET}` }, redact)).toEqual({
        kind: 'lost',
        path: '/vm',
        reason: 'silent [secret]',
    });
});
