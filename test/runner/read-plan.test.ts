import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
import type { DeploymentPlan } from '../../runner/plan.ts';
import { readDeployedModel, readPlan, type PlannableOrder } from '../../runner/read-plan.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { recordingExecutor, drive } from './support/driven.ts';

const BEFORE = modelOf('VM is target\nStore gives port=1\nWeb needs Store.port\n/vm VM\n/vm/store Store\n/vm/web Web');
const AFTER = modelOf(
    'VM is target\nStore gives port=2\nWeb needs Store.port\n/vm VM\n/vm/store Store\n/vm/web-2 Web\n/new VM',
);

const root = realpathSync(mkdtempSync(join(tmpdir(), 'plan-')));
const key = { directory: root, deployment: 'shop' };
const state = join(root, 'state');

afterEach(() => rmSync(state, { recursive: true, force: true }));

async function deploy(model: ApplicationModel): Promise<void> {
    const runner = await drive(root, [], { executorFor: () => ({ ...recordingExecutor([]), runStep: slowStep }) });
    const signal = new AbortController().signal;
    await runner.order({ kind: 'deploy', model, paths: [] }, signal);
    await runner.whenQuiet(signal);
    await runner.dispose();
}

function slowStep() {
    return Promise.resolve({ kind: 'succeeded', durationMs: 40, leftRunning: [] } as const);
}

function plan(order: PlannableOrder): DeploymentPlan {
    const answer = readPlan(key, order, state);
    if (answer.kind !== 'planned') throw new Error(answer.message);
    return answer.plan;
}

const deployOf = (model: ApplicationModel): PlannableOrder => ({ kind: 'deploy', model, paths: [] });

const actions = ({ instances }: DeploymentPlan): Readonly<Record<string, string>> =>
    Object.fromEntries(instances.map(({ path, action }) => [path, action]));

test('where nothing is deployed a deploy is planned from nothing, and nothing else can be', () => {
    expect(plan(deployOf(BEFORE))).toMatchObject({ isDeployed: false, waveCount: 7, estimatedMs: null });
    expect(readPlan(key, { kind: 'stop', paths: [] }, state)).toMatchObject({ kind: 'refused' });
    expect(readDeployedModel(root, 'shop', state)).toBeNull();
});

test('what is as it should be has an empty plan', async () => {
    await deploy(BEFORE);
    expect(plan(deployOf(BEFORE))).toMatchObject({ isDeployed: true, waveCount: 0, steps: [], instances: [] });
    expect(readDeployedModel(root, 'shop', state)).toEqual(BEFORE);
});

test('another model is planned as its difference to what runs', async () => {
    await deploy(BEFORE);
    const made = plan(deployOf(AFTER));
    expect(actions(made)).toEqual({
        '/vm/store': 'restart',
        '/vm/web': 'delete',
        '/vm/web-2': 'create',
        '/new': 'create',
    });
    expect(readDeployedModel(root, 'shop', state)).toEqual(BEFORE);
});

test('stopping and undeploying go against the imports, dependants first', async () => {
    await deploy(BEFORE);
    const stopped = plan({ kind: 'stop', paths: ['/vm/store'] });
    expect(stopped.steps.map(({ path, phase }) => `${phase} ${path}`)).toEqual(['stop /vm/web', 'stop /vm/store']);
    const gone = plan({ kind: 'undeploy', paths: [] });
    expect(actions(gone)).toEqual({ '/vm': 'delete', '/vm/store': 'delete', '/vm/web': 'delete' });
    expect(gone.steps.at(-1)).toMatchObject({ phase: 'destroyMachine', path: '/vm', wave: gone.waveCount });
});

test('steps that were run before are estimated by what they took', async () => {
    await deploy(BEFORE);
    const made = plan(deployOf(AFTER));
    const estimates = new Map(
        made.steps.map(({ component, phase, estimateMs }) => [`${phase} ${component}`, estimateMs]),
    );
    expect(estimates.get('start Store')).toBe(40);
    expect(estimates.get('deploy Web')).toBe(40);
    expect(estimates.get('stop Store')).toBeNull();
    expect(made.estimatedMs).toBeGreaterThan(40);
    expect(made.guessedCount).toBeGreaterThan(0);
});

test('planning leaves what is recorded as it is', async () => {
    await deploy(BEFORE);
    const before = plan(deployOf(AFTER));
    expect(plan(deployOf(AFTER))).toEqual(before);
    expect(plan(deployOf(BEFORE)).steps).toEqual([]);
});
