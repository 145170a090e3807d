import { beforeEach, expect, test } from 'vitest';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import { createDeployments } from '../../client/deployments/deployments.ts';
import { createTargets } from '../../client/targets/targets.ts';
import { failureText } from '../../client/ui/failures.ts';
import { done, type Outcome } from '../../client/ui/outcome.ts';
import { targetSourceOf, type TargetSource } from '../../language/index.ts';
import { CONNECTING_COMMANDS } from '../support/acting-commands.ts';
import { playedAccess, playedEngine } from './support/engines.ts';
import { machinesModel, playedTargets, poolSource, showing } from './support/played-targets.ts';
import { instanceAt, snapshotOf, startedAt } from './support/snapshots.ts';
import { editor, Uri } from './support/vscode.ts';

const signal = new AbortController().signal;
const application = Uri.file('/apps/shop');
const PASSWORD = 'correct horse battery staple';

beforeEach(() => editor.reset());

/** The application `/apps/shop` with the machines `/left` and `/right`, and these targets around it. */
function scene(...around: readonly TargetSource[]) {
    const played = playedTargets();
    played.around = around;
    const engine = playedEngine(snapshotOf([startedAt('/left'), instanceAt('/right')]));
    const access = playedAccess(engine);
    const deployments = createDeployments({ access, report: () => undefined });
    const loaded = {
        kind: 'model',
        directory: '/apps/shop',
        directoryUri: 'file:///apps/shop',
        openUris: [],
        errorCount: 0,
        model: machinesModel('/left', '/right'),
        targets: [],
    };
    const stored = new Map<string, unknown>();
    // Only what the commands under test use is here.
    const language = {
        model: () => Promise.resolve(done(loaded)),
        applications: () => Promise.resolve(done([])),
    } as never;
    const listed = { directory: '/apps/shop', name: 'shop', findings: null, inWorkspace: true };
    const applications = { list: () => [listed] };
    const targets = createTargets({
        language,
        applications,
        deployments,
        access: played.access,
        secrets: played.secrets,
        now: () => 0,
    });
    const revealed: unknown[] = [];
    const reveal = (element: unknown) => Promise.resolve(void revealed.push(element));
    const ctx = {
        deployments,
        targets,
        language,
        targetsView: { reveal },
        view: { reveal, isVisible: () => true },
        runs: { visible: () => [] },
        targetAccess: played.access,
        secrets: played.secrets,
        graphs: { activeDirectory: () => undefined },
        output: { show: () => undefined },
        memory: {
            get: (key: string) => stored.get(key),
            update: (key: string, value: unknown) => Promise.resolve(stored.set(key, value)),
        },
    } as unknown as CommandContext;
    const run = async (name: string, argument?: unknown): Promise<Outcome<unknown> | undefined> =>
        allCommands(ctx)[name]?.(argument, signal);
    return { played, engine, access, deployments, targets, run, revealed, stored };
}

const host = (address: string) => {
    return { kind: 'host', directory: '/apps/shop', file: '/apps/targets/pool.properties', address };
};

/** Everything a person or a log could have read. */
const everythingShown = (): string =>
    JSON.stringify([editor.shown, editor.inputsShown, editor.opened, [...editor.written]]);

test('a target is offered beside what is associated, and the order goes onto it', async () => {
    const { engine, run } = scene(poolSource('pool', ['h1', 'h2']));
    editor.inputs = ['Whole application', 'pool'];
    expect(await run('deploy', application)).toMatchObject({ kind: 'done' });
    expect(editor.inputsShown[1]?.rows).toEqual([
        '$(device-desktop) This machine',
        '$(remote) pool',
        '$(edit) Under another name…',
    ]);
    expect(engine.orders).toMatchObject([
        {
            kind: 'deploy',
            targets: { associations: { '/left': 'pool', '/right': 'pool' }, choices: [{ place: '', target: 'pool' }] },
        },
    ]);
});

test('the last place comes first the next time, and deploying again goes there without a question', async () => {
    const { engine, run } = scene(poolSource('pool', ['h1', 'h2']));
    editor.inputs = ['Whole application', 'pool'];
    await run('deploy', application);
    editor.inputsShown = [];
    editor.inputs = ['Whole application', 'hide'];
    await run('deploy', application);
    expect(editor.inputsShown[1]?.rows[0]).toBe('$(remote) pool');
    await run('deployAgain');
    expect(engine.orders[1]).toMatchObject({ targets: { associations: { '/left': 'pool' } } });
});

test.each([
    ['the name of the deployment', ['shop'], 1],
    ['another name', ['shopp'], 0],
    ['nothing', [], 0],
])(
    'onto machines of production a deploy goes when %s is typed, with or without other questions',
    async (_name, typed, orderCount) => {
        for (const isAsked of [true, false]) {
            editor.reset();
            editor.settings.set('deploy.confirm', isAsked);
            editor.settings.set('targets', { shop: { '/left': 'pool' } });
            editor.inputs = isAsked ? ['Whole application', 'pool'] : [];
            editor.typed = [...typed];
            const source = poolSource('pool', ['h1', 'h2']);
            const marked = { ...source, properties: { ...source.properties, 'roboconf.production': 'true' } };
            const { engine, run } = scene(marked);
            await run('deploy', application);
            expect(engine.orders).toHaveLength(orderCount);
        }
    },
);

test('what is on machines of production is undeployed when its name is typed', async () => {
    const { played, engine, run } = scene(poolSource('pool', ['h1', 'h2']));
    editor.inputs = ['Whole application', 'pool'];
    await run('deploy', application);
    engine.snapshotNow = { ...engine.snapshotNow };
    const definition = { id: 'pool', handler: 'embedded', name: 'pool', properties: { 'roboconf.production': 'true' } };
    played.recorded = [{ ...definition, directory: '/apps' }];
    editor.saysYes = true;
    await run('undeploy', 'deployment:shop@/apps/shop');
    expect(engine.orders).toHaveLength(1);
    editor.typed = ['shop'];
    await run('undeploy', 'deployment:shop@/apps/shop');
    expect(engine.orders.at(-1)).toMatchObject({ kind: 'undeploy' });
});

test('a place that is chosen for a part is the place of its machine alone', async () => {
    const { engine, run } = scene(poolSource('pool', ['h1', 'h2']));
    editor.inputs = ['Choose', ['/left'], 'pool'];
    await run('deploy', application);
    expect(engine.orders).toMatchObject([{ paths: ['/left'], targets: { associations: { '/left': 'pool' } } }]);
});

test('what the settings associate is what happens without a question', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.settings.set('targets', { shop: { '/left': 'pool' } });
    const { engine, run } = scene(poolSource('pool', ['h1']));
    await run('deploy', application);
    expect(engine.orders).toMatchObject([{ targets: { associations: { '/left': 'pool' } } }]);
});

test('what the last deploy chose holds, but for what the settings say of the same place', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, run, played } = scene(poolSource('pool', ['h1']), poolSource('other', ['h2']));
    played.chosen = [
        { place: '/left', target: 'pool' },
        { place: '/right', target: 'pool' },
    ];
    await run('deploy', application);
    editor.settings.set('targets', { shop: { '/right': 'other' } });
    await run('deploy', application);
    expect(engine.orders).toMatchObject([
        { targets: { associations: { '/left': 'pool', '/right': 'pool' } } },
        { targets: { associations: { '/left': 'pool', '/right': 'other' } } },
    ]);
});

test('a choice of a target that is not there is told, and nothing is ordered', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.settings.set('targets', { shop: { '*': 'gone' } });
    const { engine, run } = scene(poolSource('pool', ['h1']));
    const outcome = await run('deploy', application);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'targetFault' } });
    expect(JSON.stringify(outcome)).toContain("There is no target 'gone'");
    expect(engine.orders).toEqual([]);
});

test('before anything begins, keys that nobody knows are shown, and those that were shown are kept', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.settings.set('targets', { shop: { '*': 'pool' } });
    const { engine, run, played } = scene(poolSource('pool', ['h1', 'h2']));
    for (const address of ['h1', 'h2']) {
        played.strangers.add(address);
        played.outcomes.set(address, showing(address, `key-of-${address}`));
    }
    expect(await run('deploy', application)).toEqual({ kind: 'cancelled' });
    expect(played.approved).toEqual([]);
    expect(engine.orders).toEqual([]);
    editor.answer = 'Approve All';
    await run('deploy', application);
    expect(played.approved).toEqual(['h1 key-of-h1', 'h2 key-of-h2']);
    const [shown] = editor.shown;
    expect(shown?.message).toBe('Are these the keys of these 2 hosts?');
    expect(JSON.stringify(shown?.items)).toContain('root@h2: ED25519 SHA256:of-key-of-h2');
    expect(engine.orders).toHaveLength(1);
});

test('a key that changed ends a deploy before it begins, without a button that approves it', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.settings.set('targets', { shop: { '*': 'pool' } });
    editor.saysYes = true;
    const { engine, run, played } = scene(poolSource('pool', ['h1', 'h2']));
    played.strangers.add('h1');
    played.outcomes.set('h1', showing('h1', 'other', true));
    const outcome = await run('deploy', application);
    expect(outcome).toMatchObject({
        kind: 'failed',
        failure: { kind: 'hostsRefused', file: '/apps/targets/pool.properties' },
    });
    expect(engine.orders).toEqual([]);
    expect(played.approved).toEqual([]);
    const text = outcome?.kind === 'failed' ? failureText(outcome.failure) : undefined;
    expect(text?.message).toContain('line 3 of /home/me/.ssh/known_hosts');
    expect(text?.remedies).toEqual(['openKnownHosts', 'showTargets']);
});

test('a variable that is missing is told before anything begins', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.settings.set('targets', { shop: { '*': 'pool' } });
    const { engine, run } = scene(poolSource('pool', ['h1'], { 'ssh.agent': '${env:AGENT}' }));
    const outcome = await run('deploy', application);
    const text = outcome?.kind === 'failed' ? failureText(outcome.failure) : undefined;
    expect(text?.message).toBe('Nothing was deployed onto pool: it needs ${env:AGENT}.');
    expect(engine.orders).toEqual([]);
});

test('secrets are asked for once, kept by the system, handed to the runner before the order, and shown nowhere', async () => {
    editor.settings.set('deploy.confirm', false);
    editor.settings.set('targets', { shop: { '*': 'pool' } });
    const { engine, run, played, stored } = scene(poolSource('pool', ['h1', 'h2'], { 'ssh.password': '${secret:pw}' }));
    expect(await run('deploy', application)).toEqual({ kind: 'cancelled' });
    editor.typed = [PASSWORD];
    const outcome = await run('deploy', application);
    expect(engine.given).toEqual([{ pw: PASSWORD }]);
    await run('deployAgain');
    expect(engine.given).toHaveLength(2);
    expect(editor.shown.filter(({ items }) => JSON.stringify(items).includes('"password":true'))).toHaveLength(2);
    expect([...played.stored.values()]).toEqual([PASSWORD]);
    const told = [
        everythingShown(),
        JSON.stringify([...stored]),
        JSON.stringify(engine.orders),
        JSON.stringify(outcome),
    ];
    expect(told.join('\n')).not.toContain(PASSWORD);
});

test('what is in doubt on a host, and what is undeployed there, is named with its address', async () => {
    const { engine, access, deployments, run } = scene();
    const machine = { id: 'h1', address: '192.0.2.11' };
    const vm = { ...startedAt('/left'), machine };
    const failure = {
        kind: 'unknown',
        phase: 'start',
        attempt: 'a',
        message: '',
        exitCode: null,
        lastLines: [],
    } as const;
    const snapshot = snapshotOf([vm, instanceAt('/left/web', { failure })]);
    access.listings = [{ key: engine.key, alive: false, resumable: false, run: null, statuses: {}, damage: null }];
    access.statusAnswer = { kind: 'known', snapshot, alive: false, resumable: false };
    await deployments.rescan({ concerns: () => true, mayConnect: true }, signal);
    await run('settleSucceeded');
    await run('undeploy');
    expect(editor.shown[0]?.message).toBe('Did this end well: /left/web start on 192.0.2.11?');
    expect(JSON.stringify(editor.shown[1]?.items)).toContain('These machines go back to their targets: 192.0.2.11.');
});

test('a machine that does not answer is waited for, or given up by the button that says what that means', async () => {
    const { engine, access, deployments, run } = scene();
    const machine = { id: 'h1', address: '192.0.2.11' };
    const failure = { ...UNREACHABLE, message: 'The machine does not answer: silence' };
    const vm = { ...startedAt('/left'), machine, failure, status: 'PROBLEM' as const };
    access.listings = [{ key: engine.key, alive: false, resumable: false, run: null, statuses: {}, damage: null }];
    access.statusAnswer = { kind: 'known', snapshot: snapshotOf([vm]), alive: false, resumable: false };
    await deployments.rescan({ concerns: () => true, mayConnect: true }, signal);
    const lost = { kind: 'instance', deployment: deployments.list()[0]?.id ?? '', path: '/left' };
    expect(await run('undeploy', lost)).toEqual({ kind: 'cancelled' });
    editor.answer = 'Give Up Machine';
    await run('undeploy', lost);
    editor.answer = 'Undeploy';
    await run('undeploy', lost);
    expect(engine.orders).toEqual([
        { kind: 'undeploy', paths: ['/left'], force: true },
        { kind: 'undeploy', paths: ['/left'] },
    ]);
    expect(JSON.stringify(editor.shown[0]?.items)).toContain('nothing on it is stopped or removed');
});

const UNREACHABLE = {
    kind: 'failed',
    phase: 'reachMachine',
    attempt: null,
    exitCode: null,
    lastLines: [],
} as const;

test('undeploying with a runner that has to be started gives it the secrets of the machines that are there', async () => {
    editor.settings.set('deploy.confirm', false);
    const { engine, access, deployments, run, played } = scene();
    const { properties } = poolSource('pool', ['h1'], { 'ssh.password': '${secret:pw}' });
    played.recorded = [{ id: 'pool', handler: 'embedded', name: 'pool', properties, directory: '/apps/targets' }];
    access.listings = [{ key: engine.key, alive: false, resumable: false, run: null, statuses: {}, damage: null }];
    access.statusAnswer = { kind: 'known', snapshot: engine.snapshotNow, alive: false, resumable: false };
    await deployments.rescan({ concerns: () => true, mayConnect: true }, signal);
    editor.typed = [PASSWORD];
    await run('undeploy');
    expect(engine.given).toEqual([{ pw: PASSWORD }]);
    expect(engine.orders).toMatchObject([{ kind: 'undeploy' }]);
});

test('a test of one host connects to it alone, and says what came of it', async () => {
    const { run, played, targets } = scene(poolSource('pool', ['h1', 'h2']));
    expect(await run('testTarget', host('h2'))).toMatchObject({ kind: 'done' });
    expect(played.probed).toEqual(['h2']);
    const [, second] = targets.list()[0]?.targets[0]?.hosts ?? [];
    expect(second?.test).toMatchObject({ kind: 'tested', outcome: { kind: 'answers' } });
});

test('a test of a target names the first host that cannot be used, and how many more there are', async () => {
    const { run, played } = scene(poolSource('pool', ['h1', 'h2', 'h3']));
    for (const address of ['h1', 'h3']) {
        played.outcomes.set(address, showing(address, 'k'));
        played.strangers.add(address);
    }
    const outcome = await run('testTarget', { ...host('h1'), kind: 'target' });
    const text = outcome?.kind === 'failed' ? failureText(outcome.failure) : undefined;
    expect(text?.message).toBe(
        'root@h1: Its host key is not known. And one more machine of pool: see the Targets view.',
    );
    expect(text?.remedies[0]).toBe('approveHostKey');
});

test('approving shows the key that the host shows, keeps exactly that one, and connects', async () => {
    const { run, played } = scene(poolSource('pool', ['h1']));
    played.outcomes.set('h1', showing('h1', 'AAAA'));
    played.strangers.add('h1');
    editor.answer = 'Approve';
    expect(await run('approveHostKey', host('h1'))).toMatchObject({ kind: 'done' });
    expect(played.approved).toEqual(['h1 AAAA']);
    expect(played.probed).toEqual(['h1', 'h1']);
    expect(editor.shown[0]?.message).toBe('Is this the key of root@h1?');
});

test('what a test said of a key is forgotten once the key is approved elsewhere', async () => {
    const { run, played, targets } = scene(poolSource('pool', ['h1']));
    played.outcomes.set('h1', showing('h1', 'AAAA'));
    played.strangers.add('h1');
    await run('testTarget', host('h1'));
    const testOf = () => targets.list()[0]?.targets[0]?.hosts[0]?.test;
    expect(testOf()).toMatchObject({ outcome: { code: 'hostKeyUnknown' } });
    played.strangers.delete('h1');
    await targets.refreshHosts();
    expect(testOf()).toBeNull();
});

test('a key that changed is never approved, whatever is answered', async () => {
    const { run, played } = scene(poolSource('pool', ['h1']));
    played.outcomes.set('h1', showing('h1', 'AAAA', true));
    editor.saysYes = true;
    expect(await run('approveHostKey', host('h1'))).toMatchObject({
        kind: 'failed',
        failure: { kind: 'hostsRefused', hosts: [{ code: 'hostKeyChanged' }] },
    });
    expect(played.approved).toEqual([]);
    expect(editor.shown).toEqual([]);
});

test('in a workspace that is not trusted the view says what files say, and nothing is connected to', async () => {
    editor.isTrusted = false;
    editor.saysYes = true;
    const { run, played, targets } = scene(poolSource('pool', ['h1', 'h2'], { 'ssh.password': '${secret:pw}' }));
    played.strangers.add('h1');
    for (const name of CONNECTING_COMMANDS)
        expect(await run(name, host('h1'))).toMatchObject({ failure: { kind: 'notTrustedToConnect' } });
    await targets.refresh();
    expect(targets.list()[0]?.targets[0]?.hosts.map(({ address, isStranger }) => [address, isStranger])).toEqual([
        ['h1', false],
        ['h2', false],
    ]);
    expect(played.probed).toEqual([]);
});

test('usage leads to the machine that has a host', async () => {
    const { run, played, revealed } = scene(poolSource('pool', ['h1', 'h2']));
    expect(await run('showTargetUsage', host('h2'))).toMatchObject({ failure: { kind: 'targetUnused' } });
    played.holders = new Map([['h2', { path: '/left', deployment: { directory: '/apps/shop', deployment: 'shop' } }]]);
    const again = scene(poolSource('pool', ['h1', 'h2']));
    again.played.holders = played.holders;
    await again.run('showTargetUsage', host('h2'));
    expect(again.revealed).toEqual([{ kind: 'instance', deployment: 'deployment:shop@/apps/shop', path: '/left' }]);
    expect(revealed).toEqual([]);
});

test('a target is used for the whole application, and the same choice again takes that back', async () => {
    const { run } = scene(poolSource('pool', ['h1']));
    const target = { ...host('h1'), kind: 'target' };
    editor.saysYes = true;
    await run('useTarget', target);
    expect(editor.settings.get('targets')).toEqual({ shop: { '*': 'pool' } });
    await run('useTarget', target);
    expect(editor.settings.get('targets')).toBeUndefined();
});

test('a secret is set hidden and forgotten again', async () => {
    const { run, played } = scene(poolSource('pool', ['h1'], { 'ssh.password': '${secret:pw}' }));
    const target = { ...host('h1'), kind: 'target' };
    expect(await run('forgetSecret', target)).toMatchObject({ failure: { kind: 'nothingToDo' } });
    editor.typed = [PASSWORD];
    await run('setSecret', target);
    expect([...played.stored.values()]).toEqual([PASSWORD]);
    expect(everythingShown()).not.toContain(PASSWORD);
    await run('forgetSecret', target);
    expect(played.stored.size).toBe(0);
});

test('a new target of SSH hosts is written as it was answered, opened, and its password goes into the store', async () => {
    const { run, played } = scene(poolSource('taken', ['h9']));
    editor.inputs = ['Machines over SSH', 'mine', 'h1, h2', 'deploy', 'A password'];
    editor.typed = [PASSWORD];
    expect(await run('newTarget')).toMatchObject({ kind: 'done' });
    const [path, text = ''] = [...editor.written][0] ?? [];
    expect(path).toBe('/apps/shop/targets/mine.properties');
    expect(targetSourceOf(text, '/t')).toMatchObject({
        id: 'mine',
        properties: {
            'embedded.ip': 'h1, h2',
            'scp.user': 'deploy',
            'embedded.sudo': 'true',
            'ssh.password': '${secret:mine-password}',
        },
    });
    expect(editor.opened).toEqual(['/apps/shop/targets/mine.properties']);
    expect([...played.stored.values()]).toEqual([PASSWORD]);
    expect(everythingShown()).not.toContain(PASSWORD);
});
