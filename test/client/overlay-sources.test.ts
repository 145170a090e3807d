import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { Uri } from 'vscode';
import { createOverlaySources, type OverlaySources } from '../../client/graph/overlay-sources.ts';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { done, failed } from '../../client/ui/outcome.ts';
import type { ApplicationModel } from '../../language/index.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { drive } from '../runner/support/driven.ts';
import { editor } from './support/vscode.ts';

const DEPLOYED = modelOf('Store gives port=1\nWeb needs Store.port\n/store Store\n/web Web');
const EDITED = modelOf('Store gives port=2\nWeb needs Store.port\n/store Store\n/web Web');
const DEPLOY = { kind: 'deploy', paths: [] } as const;

const root = realpathSync(mkdtempSync(join(tmpdir(), 'sources-')));
const directory = Uri.file(root) as never;
const signal = new AbortController().signal;
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
    editor.reset();
    rmSync(join(root, 'state'), { recursive: true, force: true });
});

async function deploy(): Promise<void> {
    const runner = await drive(root, [], {});
    await runner.order({ kind: 'deploy', model: DEPLOYED, paths: [] }, signal);
    await runner.whenQuiet(signal);
    await runner.dispose();
}

/** The application as it stands, and what is known of deployments. */
function sourcesWith(model: ApplicationModel, errorCount = 0, views: readonly DeploymentView[] = []): OverlaySources {
    const answer = { kind: 'model', model, errorCount };
    return createOverlaySources({
        // Only what is read of the answer is in it.
        language: { model: () => Promise.resolve(done(answer as never)) },
        deployments: { list: () => views },
        committed: {
            read: () => Promise.resolve(done({ commit: 'abc1234', texts: { 'graph/main.graph': 'A { }' } })),
            dispose: () => undefined,
        },
        stateDirectory: () => join(root, 'state'),
    });
}

function viewNamed(deployment: string, changedAt: number, simulated = false): DeploymentView {
    const key = { directory: root, deployment };
    const snapshot = { key, simulated, run: null, instances: [], sequence: 0 };
    const id = `deployment:${deployment}`;
    return { id, key, simulated, link: { kind: 'idle' }, snapshot, unknownSteps: [], changedAt };
}

test('where nothing is deployed everything is created, and there is nothing to be held against', async () => {
    const sources = sourcesWith(EDITED);
    const plan = await sources.plan(directory, DEPLOY, signal);
    expect(plan).toMatchObject({
        value: { title: 'Deploy the whole application', marks: { 'instance:/web': { action: 'create' } } },
    });
    expect(await sources.before(directory, 'changesSinceDeployment', signal)).toEqual(
        failed({ kind: 'nothingDeployed' }),
    );
});

test('an edited model is planned over the deployment that changed last, simulations left aside', async () => {
    await deploy();
    const views = [viewNamed('other', 1), viewNamed('shop', 2), viewNamed('shop', 3, true)];
    const sources = sourcesWith(EDITED, 0, views);
    const plan = await sources.plan(directory, DEPLOY, signal);
    expect(plan).toMatchObject({ value: { marks: { 'instance:/store': { action: 'restart' } } } });
    const stop = await sources.plan(directory, { kind: 'stop', paths: ['/store'] }, signal);
    expect(stop).toMatchObject({
        value: { title: 'Stop /store', marks: { 'instance:/web': { action: 'stop', firstWave: 1 } } },
    });
    expect(await sources.before(directory, 'changesSinceDeployment', signal)).toEqual(
        done({ kind: 'model', label: 'Changes since shop was deployed', model: DEPLOYED }),
    );
});

test('a model with errors has no plan of a deploy, but what runs can still be stopped', async () => {
    await deploy();
    const sources = sourcesWith(EDITED, 2, [viewNamed('shop', 1)]);
    expect(await sources.plan(directory, DEPLOY, signal)).toEqual(
        failed({ kind: 'modelHasErrors', name: 'test', deed: 'planned', errorCount: 2 }),
    );
    expect(await sources.plan(directory, { kind: 'stop', paths: [] }, signal)).toMatchObject({ kind: 'done' });
});

test('an order that would be refused is told with the reason', async () => {
    const refused = await sourcesWith(EDITED).plan(directory, { kind: 'stop', paths: [] }, signal);
    expect(refused).toMatchObject({ kind: 'failed', failure: { kind: 'notPlanned', deployment: 'test' } });
});

test('the last commit comes as the texts of the application', async () => {
    expect(await sourcesWith(EDITED).before(directory, 'changesSinceCommit', signal)).toEqual(
        done({
            kind: 'texts',
            label: 'Changes since the commit abc1234',
            texts: { 'graph/main.graph': 'A { }' },
        }),
    );
});
