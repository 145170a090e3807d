import { beforeEach, expect, test } from 'vitest';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import { parseTarget } from '../../client/commands/target.ts';
import type { LoadedApplication } from '../../client/commands/choose.ts';
import { createDeployments } from '../../client/deployments/deployments.ts';
import { deploymentId } from '../../client/deployments/deployment-view.ts';
import { done } from '../../client/ui/outcome.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { EXIT_3, instanceAt, KEY, runOf, snapshotOf, startedAt } from './support/snapshots.ts';
import { editor, Uri } from './support/vscode.ts';

const signal = new AbortController().signal;
const model = { name: 'shop', displayName: 'Shop', instances: [] };

beforeEach(() => editor.reset());

function scene(answer: Partial<LoadedApplication> = {}) {
    const engine = playedEngine(snapshotOf([startedAt('/a'), instanceAt('/b')]));
    const access = playedAccess(engine);
    const deployments = createDeployments({ access, report: () => undefined });
    const loaded = {
        kind: 'model',
        directory: '/apps/shop',
        directoryUri: 'file:///apps/shop',
        openUris: [],
        errorCount: 0,
        model,
    };
    const applications = [
        { directory: '/apps/shop', uri: 'file:///apps/shop', name: 'shop', findings: null },
        { directory: '/apps/blog', uri: 'file:///apps/blog', name: 'blog', findings: null },
    ];
    const asked: string[] = [];
    const stored = new Map<string, unknown>();
    // Only what the commands under test use is here.
    const ctx = {
        deployments,
        graphs: { activeDirectory: () => undefined },
        view: { reveal: () => Promise.resolve() },
        output: { show: () => undefined },
        memory: {
            get: (key: string) => stored.get(key),
            update: (key: string, value: unknown) => Promise.resolve(stored.set(key, value)),
        },
        language: {
            applications: () => Promise.resolve(done(applications)),
            model: (uri: Uri) => {
                asked.push(uri.toString());
                return Promise.resolve(done({ ...loaded, ...answer }));
            },
        },
    } as unknown as CommandContext;
    const run = (name: string, argument?: unknown) => allCommands(ctx)[name]?.(argument, signal);
    return { engine, access, deployments, run, asked, stored };
}

const application = Uri.file('/apps/shop');
const deployed = { kind: 'deployment', deployment: deploymentId(KEY) };

test('deploying in an untrusted workspace is refused by the handler, whatever the menus show', async () => {
    editor.isTrusted = false;
    const { access, run } = scene();
    expect(await run('deploy', application)).toMatchObject({ kind: 'failed', failure: { kind: 'notTrusted' } });
    expect(access.opened).toEqual([]);
});

test('a model with errors is not deployed, and Problems opens', async () => {
    const { access, run } = scene({ errorCount: 2 });
    expect(await run('deploy', application)).toMatchObject({
        kind: 'failed',
        failure: { kind: 'modelHasErrors', errorCount: 2 },
    });
    expect(editor.executed).toContain('workbench.actions.view.problems');
    expect(access.opened).toEqual([]);
});

test('deploying asks first, and no is no', async () => {
    const { access, run } = scene();
    expect(await run('deploy', application)).toEqual({ kind: 'cancelled' });
    expect(editor.shown[0]?.message).toBe('Deploy shop?');
    expect(access.opened).toEqual([]);
});

test('after a yes the order is given with the model', async () => {
    editor.answer = 'Deploy';
    const { engine, run } = scene();
    expect(await run('deploy', application)).toMatchObject({ kind: 'done' });
    expect(engine.orders).toEqual([{ kind: 'deploy', model, paths: [] }]);
});

test('the setting turns the question off', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    expect(editor.shown).toEqual([]);
    expect(engine.orders).toHaveLength(1);
});

test('with several applications one is picked, and offered first the next time', async () => {
    editor.settings.set('deploy.confirm', false);
    const { asked, run, stored } = scene();
    editor.answer = { id: 'file:///apps/blog' };
    await run('deploy');
    expect(asked[0]).toBe('file:///apps/blog');
    expect(stored.get('roboconf.choice.application')).toEqual(['file:///apps/blog']);
    await run('deploy');
    expect(editor.shown[1]?.items).toMatchObject([{ label: 'blog' }, { label: 'shop' }]);
});

test('a failed run is told with the cause of each instance', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    engine.snapshotNow = snapshotOf([instanceAt('/a', { failure: EXIT_3 })], runOf({ endedAt: 1, outcome: 'failed' }));
    engine.lastRun = runOf({ endedAt: 1, outcome: 'failed' });
    expect(await run('deploy', application)).toMatchObject({
        kind: 'failed',
        failure: { kind: 'runFailed', causes: ['/a: start.sh ended with exit code 3.'] },
    });
});

test('a runner that is lost in the middle is told with the way to go on', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    engine.lastRun = runOf();
    expect(await run('deploy', application)).toMatchObject({ kind: 'failed', failure: { kind: 'runnerLost' } });
});

test('stopping an instance orders exactly that', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    await run('stop', { ...deployed, kind: 'instance', path: '/a' });
    expect(engine.orders[1]).toEqual({ kind: 'stop', paths: ['/a'] });
});

test('starting what is deployed starts it, starting what is absent deploys it', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    await run('start', { ...deployed, kind: 'instance', path: '/a' });
    await run('start', { ...deployed, kind: 'instance', path: '/b' });
    expect(engine.orders.slice(1)).toEqual([
        { kind: 'start', paths: ['/a'] },
        { kind: 'deploy', model, paths: ['/b'] },
    ]);
});

test('orders on a real deployment need trust too', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    editor.isTrusted = false;
    for (const name of ['stop', 'start', 'undeploy', 'resume']) {
        expect(await run(name, deployed), name).toMatchObject({ kind: 'failed', failure: { kind: 'notTrusted' } });
    }
    expect(engine.orders).toHaveLength(1);
});

test('unknown ends of steps are asked about, and run again only when wanted', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    const step = { path: '/a', phase: 'start', attempt: 'x', message: '', sequence: 2, time: 0 } as const;
    engine.say({ kind: 'stepEnded', outcome: 'unknown', ...step });
    engine.lastRun = runOf({ endedAt: 1, outcome: 'failed' });
    await run('resume', deployed);
    expect(editor.shown[0]?.message).toContain('start of /a');
    expect(engine.orders.slice(1)).toEqual([{ kind: 'resume', retryUnknown: false }]);
});

test('without a deployment there is nothing to stop', async () => {
    const { run } = scene();
    expect(await run('stop')).toMatchObject({ kind: 'failed', failure: { kind: 'nothingToDo', deed: 'stop' } });
});

test.each([
    [undefined, 'none'],
    [{ kind: 'instance', deployment: 'd' }, 'none'],
    [{ kind: 'instance', deployment: 'd', path: 3 }, 'none'],
    [{ kind: 'deployment', deployment: 'd' }, 'element'],
    ['d', 'element'],
    [application, 'file'],
])('a command reads what it is given: %o', (argument, kind) => {
    expect(parseTarget(argument).kind).toBe(kind);
});

test('starting what failed is trying it again; what was stopped besides is started with it', async () => {
    const { access, deployments, engine, run } = scene();
    const failed = instanceAt('/a', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
    engine.snapshotNow = snapshotOf([failed]);
    access.listings = [{ key: KEY, alive: true, resumable: false, run: null, statuses: {}, damage: null }];
    await deployments.rescan({ concerns: () => true, mayConnect: true }, signal);
    await run('start', { kind: 'instance', deployment: deploymentId(KEY), path: '/a' });
    await run('retry', deployed);
    expect(engine.orders).toEqual([
        { kind: 'retry', paths: ['/a'] },
        { kind: 'retry', paths: [] },
    ]);
});

test('no order that runs recipes is given from an untrusted workspace', async () => {
    const { access, deployments, engine, run } = scene();
    access.listings = [{ key: KEY, alive: true, resumable: false, run: null, statuses: {}, damage: null }];
    await deployments.rescan({ concerns: () => true, mayConnect: true }, signal);
    editor.isTrusted = false;
    editor.answer = 'Undeploy';
    for (const command of ['deploy', 'start', 'retry', 'stop', 'undeploy', 'resume']) {
        expect(await run(command, deployed), command).toMatchObject({ failure: { kind: 'notTrusted' } });
    }
    expect(engine.orders).toEqual([]);
});
