import { beforeEach, expect, test, vi } from 'vitest';
import { createTargets, type ApplicationTargetsView } from '../../client/targets/targets.ts';
import { createTargetsView } from '../../client/targets/targets-view.ts';
import type { TargetElement } from '../../client/targets/target-element.ts';
import { createEmitter } from '../../client/ui/emitter.ts';
import { done } from '../../client/ui/outcome.ts';
import { applicationWith, machinesModel, playedTargets, poolSource } from './support/played-targets.ts';
import { instanceAt, KEY, snapshotOf, viewOf } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

/** The part of a tree's provider that tests use. */
interface Provider {
    readonly getChildren: (element?: TargetElement) => readonly TargetElement[];
    readonly getParent: (element: TargetElement) => TargetElement | undefined;
    readonly getTreeItem: (element: TargetElement) => { readonly label: string; readonly description: string };
}

beforeEach(() => editor.reset());

const HOST = { address: 'h1', holder: null, isStranger: false, isLost: false, test: null };
const LISTED = { directory: '/apps/shop', name: 'shop', findings: null, inWorkspace: true };

function modelAnswer() {
    const place = { directory: '/apps/shop', directoryUri: 'file:///apps/shop' };
    return done({ kind: 'model', ...place, model: machinesModel('/left'), targets: [] });
}

test('rows keep their objects over refreshes, and know their parents', async () => {
    vi.useFakeTimers();
    const changes = createEmitter<void>();
    const silent = { onChange: createEmitter<void>().listen, onModelChanged: createEmitter<never>().listen };
    let hosts = [HOST];
    const list = (): readonly ApplicationTargetsView[] => {
        const source = poolSource('pool', ['h1']);
        return [applicationWith([{ source, hosts, fault: null, missingSecrets: [], secrets: [] }])];
    };
    const targets = { list, onChange: changes.listen, refreshHosts: () => Promise.resolve(), forget: () => undefined };
    const parts = { applications: silent, language: silent, deployments: silent, secrets: silent };
    const view = createTargetsView({ ...parts, targets, report: () => undefined } as never);
    changes.emit();
    await vi.advanceTimersByTimeAsync(1000);
    // Only one tree was made.
    const provider = editor.trees[0] as Provider;
    const [application] = provider.getChildren();
    const [pool] = provider.getChildren(application);
    const [host] = pool === undefined ? [] : provider.getChildren(pool);
    if (host === undefined) throw new Error('the host has a row');
    expect(provider.getTreeItem(host)).toMatchObject({ label: 'h1', description: 'free' });
    hosts = [{ ...HOST, isLost: true }];
    changes.emit();
    await vi.advanceTimersByTimeAsync(1000);
    expect(pool === undefined ? [] : provider.getChildren(pool)[0]).toBe(host);
    expect(provider.getTreeItem(host).description).toBe('does not answer · free');
    expect(provider.getParent(host)).toBe(pool);
    view.dispose();
    vi.useRealTimers();
});

test('a host whose machine does not answer says so, as the runner of the deployment finds it', async () => {
    const played = playedTargets();
    played.around = [poolSource('pool', ['h1', 'h2'])];
    played.holders = new Map([['h1', { path: '/left', deployment: KEY }]]);
    const failure = {
        kind: 'failed',
        phase: 'reachMachine',
        attempt: null,
        message: '',
        exitCode: null,
        lastLines: [],
    } as const;
    const lost = instanceAt('/left', { status: 'PROBLEM', failure, machine: { id: 'h1', address: 'h1' } });
    const { access, secrets } = played;
    const deployments = { find: () => viewOf(snapshotOf([lost])) };
    const language = { model: () => Promise.resolve(modelAnswer()) } as never;
    const targets = createTargets({
        language,
        applications: { list: () => [LISTED] },
        deployments,
        access,
        secrets,
        now: () => 0,
    });
    await targets.refresh();
    expect(targets.list()[0]?.targets[0]?.hosts.map(({ isLost }) => isLost)).toEqual([true, false]);
});

test('files are read again only after they changed, also when that was in the middle of reading them', async () => {
    const { access, secrets } = playedTargets();
    let askedCount = 0;
    let whileReading = (): void => undefined;
    const model = () => {
        askedCount += 1;
        whileReading();
        return Promise.resolve(modelAnswer());
    };
    const language = { model } as never;
    const deployments = { find: () => undefined };
    const targets = createTargets({
        language,
        applications: { list: () => [LISTED] },
        deployments,
        access,
        secrets,
        now: () => 0,
    });
    await targets.refreshHosts();
    await targets.refreshHosts();
    expect(askedCount).toBe(1);
    targets.forget('/apps/shop');
    whileReading = () => targets.forget('/apps/shop');
    await targets.refreshHosts();
    whileReading = () => undefined;
    await targets.refreshHosts();
    await targets.refreshHosts();
    expect(askedCount).toBe(3);
});
