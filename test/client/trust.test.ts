import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { CANCELLED, done } from '../../client/ui/outcome.ts';
import { ACTING_COMMANDS, CONNECTING_COMMANDS } from '../support/acting-commands.ts';
import { playedTargets } from './support/played-targets.ts';
import { EXIT_3, instanceAt, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';
import { editor, Uri } from './support/vscode.ts';

const root = resolve(import.meta.dirname, '..', '..');
const signal = new AbortController().signal;

const stopped = instanceAt('/b', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STOPPED' });
const failing = instanceAt('/c', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
const unknown = instanceAt('/d', { status: 'PROBLEM', desired: 'DEPLOYED_STARTED' });
const instances = [startedAt('/a'), stopped, failing, unknown, instanceAt('/e')];

/** One deployment for each state in which some command has something to do. */
const VIEWS: readonly DeploymentView[] = [
    viewOf(snapshotOf(instances)),
    viewOf(snapshotOf(instances, runOf())),
    viewOf(snapshotOf(instances), {
        link: { kind: 'interrupted' },
        unknownSteps: [{ path: '/d', phase: 'start' }],
    }),
    viewOf(snapshotOf(instances), { link: { kind: 'otherVersion', message: 'version 9' } }),
];

/** Runs a command for a deployment and for each of its instances, and answers the orders that left the editor. */
async function ordersOf(name: string, view: DeploymentView): Promise<readonly unknown[]> {
    const orders: unknown[] = [];
    const order = (request: unknown) => Promise.resolve((orders.push(request), CANCELLED));
    const model = { name: 'shop', displayName: 'Shop', components: [], instances: [] };
    const loaded = {
        kind: 'model',
        directory: '/apps/shop',
        directoryUri: 'file:///apps/shop',
        openUris: [],
        model,
        targets: [],
    };
    // Only what these commands use is here.
    const played = playedTargets();
    const ctx = {
        targetAccess: played.access,
        secrets: played.secrets,
        deployments: { list: () => [view], find: () => view, order, takeOver: order },
        graphs: { activeDirectory: () => undefined },
        view: { reveal: () => Promise.resolve() },
        memory: { get: () => undefined, update: () => Promise.resolve() },
        language: {
            applications: () => Promise.resolve(done([])),
            model: () => Promise.resolve(done({ ...loaded, errorCount: 0 })),
        },
    } as unknown as CommandContext;
    const deployment = { kind: 'deployment', deployment: view.id };
    const below = instances.map(({ path }) => ({ kind: 'instance', deployment: view.id, path }));
    for (const argument of [undefined, Uri.file('/apps/shop'), deployment, ...below])
        await allCommands(ctx)[name]?.(argument, signal);
    return orders;
}

async function allOrdersOf(name: string): Promise<readonly unknown[]> {
    return (await Promise.all(VIEWS.map((view) => ordersOf(name, view)))).flat();
}

beforeEach(() => {
    editor.reset();
    editor.saysYes = true;
    editor.settings.set('deploy.confirm', false);
});

test.each(ACTING_COMMANDS)('%s orders nothing in an untrusted workspace, whoever calls it', async (name) => {
    editor.isTrusted = false;
    expect(await allOrdersOf(name)).toEqual([]);
});

test.each(ACTING_COMMANDS)('%s orders something in a trusted one, so that the test above can fail', async (name) => {
    expect((await allOrdersOf(name)).length).toBeGreaterThan(0);
});

test('every other command neither gives an order nor starts a process: its source does not reach for either', () => {
    const others = Object.keys(allCommands({} as CommandContext)).filter(
        (name) => !ACTING_COMMANDS.some((acting) => acting === name),
    );
    expect(others.length).toBeGreaterThan(8);
    const ordering = ['deploy-commands', 'run-commands', 'follow'];
    const reaching = readdirOf('client/commands', 'client/onboarding').filter(
        (file) =>
            !ordering.some((name) => file.endsWith(`/${name}.ts`)) &&
            /deployments\.(order|takeOver)\(|child_process/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(reaching).toEqual([]);
});

test('nothing but the commands that are held back connects to a host: no other source reaches for one', () => {
    const connecting = [
        'commands/host-commands',
        'commands/deploy-targets',
        'targets/targets',
        'targets/target-access',
    ];
    const reaching = readdirOf('client/*').filter((file) =>
        /\b(access|targetAccess)\.probe\(|probeAddress/.test(read(file)),
    );
    expect(
        reaching.map((file) => file.replace(/^client\/(.*)\.ts$/, '$1')).filter((file) => !connecting.includes(file)),
    ).toEqual([]);
    expect(reaching.length).toBeGreaterThan(2);
    for (const name of CONNECTING_COMMANDS) expect(Object.keys(allCommands({} as CommandContext))).toContain(name);
});

function read(file: string): string {
    return readFileSync(join(root, file), 'utf8');
}

function readdirOf(...folders: readonly string[]): readonly string[] {
    return folders.flatMap((folder) => globSync(`${folder}/*.ts`, { cwd: root }));
}
