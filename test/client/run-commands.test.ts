import { beforeEach, expect, test } from 'vitest';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import { deploymentNameFault } from '../../client/commands/deployment-name.ts';
import { parseTarget } from '../../client/commands/target.ts';
import type { LoadedApplication } from '../../client/commands/choose.ts';
import { createDeployments } from '../../client/deployments/deployments.ts';
import { deploymentId } from '../../client/deployments/deployment-view.ts';
import { done } from '../../client/ui/outcome.ts';
import type { OrderAnswer } from '../../runner/protocol.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { playedTargets } from './support/played-targets.ts';
import { EXIT_3, instanceAt, KEY, runOf, snapshotOf, startedAt } from './support/snapshots.ts';
import { editor, Uri } from './support/vscode.ts';

const signal = new AbortController().signal;
/** No target makes anything elsewhere. */
const HERE = { definitions: {}, associations: {}, choices: [] };
const model = { name: 'shop', displayName: 'Shop', components: [], instances: [] };

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
        targets: [],
    };
    const applications = [
        { directory: '/apps/shop', uri: 'file:///apps/shop', name: 'shop', findings: null },
        { directory: '/apps/blog', uri: 'file:///apps/blog', name: 'blog', findings: null },
    ];
    const asked: string[] = [];
    const seenRuns: string[] = [];
    const stored = new Map<string, unknown>();
    // Only what the commands under test use is here.
    const played = playedTargets();
    const ctx = {
        deployments,
        targetAccess: played.access,
        secrets: played.secrets,
        graphs: { activeDirectory: () => undefined },
        view: { reveal: () => Promise.resolve(), isVisible: () => true },
        runs: { visible: () => seenRuns },
        histories: { all: () => new Map() },
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
    return { engine, access, deployments, run, asked, stored, seenRuns };
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
    expect(editor.executed).toContain('workbench.panel.markers.view.focus');
    expect(access.opened).toEqual([]);
});

test('deploying asks first, and no is no', async () => {
    const { access, run } = scene();
    expect(await run('deploy', application)).toEqual({ kind: 'cancelled' });
    expect(editor.inputsShown[0]?.title).toBe('Deploy Shop');
    expect(access.opened).toEqual([]);
});

test('what and where are asked, and the order is given with the model', async () => {
    editor.inputs = ['Whole application', 'This machine'];
    const { engine, run } = scene();
    expect(await run('deploy', application)).toMatchObject({ kind: 'done' });
    expect(engine.orders).toEqual([{ kind: 'deploy', model, paths: [], targets: HERE }]);
    expect(editor.inputsShown).toHaveLength(2);
});

test('instances can be checked, one can go back, and the choice comes first the next time', async () => {
    const instances = [
        { path: '/a', component: 'Web' },
        { path: '/b', component: 'Web' },
    ];
    editor.inputs = ['Choose', ['/b'], 'back', 'Choose', ['/a', '/b'], 'This machine'];
    const { engine, run } = scene({ model: { ...model, instances } as never });
    await run('deploy', application);
    expect(engine.orders).toMatchObject([{ kind: 'deploy', paths: ['/a', '/b'] }]);
    editor.inputsShown = [];
    editor.inputs = ['As last time', 'This machine'];
    await run('deploy', application);
    expect(editor.inputsShown[0]?.rows[0]).toContain('As last time');
    expect(engine.orders[1]).toMatchObject({ paths: ['/a', '/b'] });
});

test('a deployment can have another name', async () => {
    const { access, run } = scene();
    const named: string[] = [];
    const { open } = access;
    access.open = (key, mode, until) => {
        named.push(key.deployment);
        return open(key, mode, until);
    };
    editor.inputs = ['Whole application', 'another name', 'staging'];
    await run('deploy', application);
    expect(named).toEqual(['staging']);
});

test.each([
    ['', true],
    ['-x', true],
    ['a/b', true],
    ['a\nb', true],
    ['x'.repeat(101), true],
    ['été 2', false],
])('a name of a deployment is checked: %j', (name, isFaulty) => {
    expect(deploymentNameFault(name) !== undefined).toBe(isFaulty);
});

test('deploying again repeats the last choice without a question', async () => {
    editor.inputs = ['Whole application', 'This machine'];
    const { engine, run } = scene();
    await run('deploy', application);
    await run('deployAgain');
    expect(engine.orders).toHaveLength(2);
    expect(engine.orders[1]).toEqual(engine.orders[0]);
    expect(editor.inputsShown).toHaveLength(2);
});

test('a changed model is shown as a difference; applying it orders exactly what was shown', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.answer = 'Apply';
    const { engine, run } = scene();
    const changes = [{ path: '/a', kind: 'restarted', reasons: ['port was 80 and is 81'] }] as const;
    const answers: OrderAnswer[] = [
        { kind: 'changed', difference: { fingerprint: 'f1', changes, others: [] } },
        { kind: 'accepted', run: 'r1' },
    ];
    engine.order = (order) => {
        engine.orders.push(order);
        return Promise.resolve(answers.shift() ?? engine.answer);
    };
    expect(await run('deploy', application)).toMatchObject({ kind: 'done' });
    expect(engine.orders).toEqual([
        { kind: 'deploy', model, paths: [], targets: HERE },
        { kind: 'deploy', model, paths: [], targets: HERE, accept: 'f1' },
    ]);
    expect(editor.shown[0]).toMatchObject({
        message: 'shop was changed since it was deployed.',
        items: [
            { modal: true, detail: '1 restarted. Everything else goes on as it is.' },
            ...['Apply', 'Review Changes…', 'Show Plan'],
        ],
    });
});

test('a difference that is not wanted changes nothing', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    engine.answer = { kind: 'changed', difference: { fingerprint: 'f1', changes: [], others: [] } };
    expect(await run('deploy', application)).toEqual({ kind: 'cancelled' });
    expect(engine.orders).toHaveLength(1);
});

test('the review lists every change with its reasons, and is applied from there', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.answer = 'Review Changes…';
    editor.inputs = ['Apply these changes'];
    const { engine, run } = scene();
    const changes = [
        { path: '/c', kind: 'added', reasons: [] },
        { path: '/a', kind: 'removed', reasons: [] },
    ] as const;
    const answers: OrderAnswer[] = [
        { kind: 'changed', difference: { fingerprint: 'f1', changes, others: ['the component Log is not used'] } },
        { kind: 'accepted', run: 'r1' },
    ];
    engine.order = (order) => {
        engine.orders.push(order);
        return Promise.resolve(answers.shift() ?? engine.answer);
    };
    await run('deploy', application);
    expect(editor.inputsShown[0]?.rows).toEqual([
        '$(check) Apply these changes',
        '$(diff-added) /c',
        '$(diff-removed) /a',
        '$(info) the component Log is not used',
    ]);
    expect(engine.orders).toHaveLength(2);
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
        failure: { kind: 'runFailed', path: '/a', causes: ['/a: start.sh ended with exit code 3.'] },
    });
});

test('a failure that is seen on the page of its run is not told again', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run, seenRuns } = scene();
    seenRuns.push(deployed.deployment);
    engine.snapshotNow = snapshotOf([instanceAt('/a', { failure: EXIT_3 })], runOf({ endedAt: 1, outcome: 'failed' }));
    engine.lastRun = runOf({ endedAt: 1, outcome: 'failed' });
    expect(await run('deploy', application)).toEqual({ kind: 'done', value: undefined });
});

test('options are turned on in the first question, and remembered', async () => {
    editor.inputs = ['Apply changes without review', 'Whole application', 'This machine'];
    const { engine, run } = scene();
    const difference = { fingerprint: 'f1', changes: [], others: [] };
    const answers: OrderAnswer[] = [
        { kind: 'changed', difference },
        { kind: 'accepted', run: 'r1' },
    ];
    engine.order = (order) => {
        engine.orders.push(order);
        return Promise.resolve(answers.shift() ?? engine.answer);
    };
    expect(await run('deploy', application)).toMatchObject({ kind: 'done' });
    expect(engine.orders.map((order) => ('accept' in order ? order.accept : null))).toEqual([null, 'f1']);
    expect(editor.shown).toEqual([]);
    editor.inputs = ['Apply changes without review', 'hide'];
    const before = editor.inputsShown.length;
    await run('deploy', application);
    const rows = editor.inputsShown.slice(before).map((input) => input.rows.at(-1));
    expect(rows).toEqual([
        '$(check) Apply changes without review',
        '$(circle-large-outline) Apply changes without review',
    ]);
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
        { kind: 'deploy', model, paths: ['/b'], targets: HERE },
    ]);
});

test('what stands on the instance that is started counts: a part that failed is tried again, an absent one deployed', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    const started = startedAt('/vm');
    const failing = instanceAt('/vm/web', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
    for (const part of [failing, instanceAt('/vm/web')]) {
        engine.snapshotNow = snapshotOf([started, part]);
        engine.say({ kind: 'instancesListed', instances: [started, part], time: 0, sequence: 2 });
        await run('start', { ...deployed, kind: 'instance', path: '/vm' });
    }
    expect(engine.orders.slice(1)).toEqual([
        { kind: 'retry', paths: ['/vm'] },
        { kind: 'deploy', model, paths: ['/vm'], targets: HERE },
    ]);
});

test('orders on a real deployment need trust too', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    editor.isTrusted = false;
    for (const name of ['stop', 'start', 'undeploy', 'resume', 'deployAgain']) {
        expect(await run(name, deployed), name).toMatchObject({ kind: 'failed', failure: { kind: 'notTrusted' } });
    }
    expect(engine.orders).toHaveLength(1);
});

test('unknown ends of steps are asked about, and run again only when wanted', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    const lost = instanceAt('/a', { failure: { ...EXIT_3, kind: 'unknown' } });
    engine.say({ kind: 'instanceChanged', instance: lost, from: 'STARTING', because: '', sequence: 2, time: 0 });
    engine.lastRun = runOf({ endedAt: 1, outcome: 'failed' });
    await run('resume', deployed);
    expect(editor.shown[0]?.message).toContain('/a start');
    expect(engine.orders.slice(1)).toEqual([{ kind: 'resume', retryUnknown: false }]);
});

test('a person says how a step ended of which nobody could tell', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run } = scene();
    await run('deploy', application);
    const lost = instanceAt('/a', { failure: { ...EXIT_3, kind: 'unknown' } });
    engine.say({ kind: 'instanceChanged', instance: lost, from: 'STARTING', because: '', sequence: 2, time: 0 });
    await run('settleFailed', { ...deployed, kind: 'instance', path: '/a' });
    await run('settleSucceeded', deployed);
    expect(engine.orders.slice(1)).toEqual([
        { kind: 'settle', paths: ['/a'], succeeded: false },
        { kind: 'settle', paths: ['/a'], succeeded: true },
    ]);
    expect(await run('settleSucceeded', { ...deployed, kind: 'instance', path: '/b' })).toMatchObject({
        failure: { kind: 'nothingToDo' },
    });
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

test('no order reaches a real deployment from an untrusted workspace', async () => {
    const { access, deployments, engine, run } = scene();
    access.listings = [{ key: KEY, alive: true, resumable: false, run: null, statuses: {}, damage: null }];
    await deployments.rescan({ concerns: () => true, mayConnect: true }, signal);
    editor.isTrusted = false;
    editor.answer = 'Undeploy';
    for (const command of ['deploy', 'start', 'retry', 'stop', 'undeploy', 'cancel', 'resume']) {
        expect(await run(command, deployed), command).toMatchObject({ failure: { kind: 'notTrusted' } });
    }
    expect(engine.orders).toEqual([]);
});
