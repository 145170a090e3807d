import { expect, test } from 'vitest';
import { addressOf } from '../../client/deployments/address.ts';
import * as entries from '../../client/deployments/tree-entries.ts';
import { instanceTreeOf, runWords } from '../../client/deployments/tree-entries.ts';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { statusBarText } from '../../client/deployments/status-bar-text.ts';
import type { InstanceSnapshot, InstanceStatus } from '../../runner/protocol.ts';
import { lookOf } from '../../client/deployments/status-words.ts';
import { EXIT_3, instanceAt, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

const NOW = 60_000;
const deploymentEntry = (view: DeploymentView) => entries.deploymentEntry(view, NOW);
const instanceEntry = (view: DeploymentView, instance: InstanceSnapshot, childCount: number) =>
    entries.instanceEntry(view, instance, childCount, NOW);
const flagsOf = (entry: { readonly flags: string }) => entry.flags.split(';').filter((flag) => flag !== '');

test('instances nest as their paths do, and an orphan is a root', () => {
    const tree = instanceTreeOf([startedAt('/vm'), startedAt('/vm/web'), startedAt('/gone/db')]);
    expect(tree.get(null)?.map(({ path }) => path)).toEqual(['/vm', '/gone/db']);
    expect(tree.get('/vm')?.map(({ path }) => path)).toEqual(['/vm/web']);
});

test('a started instance says so in words, and holds the name Roboconf gives it for screen readers', () => {
    const entry = instanceEntry(viewOf(snapshotOf([])), startedAt('/vm/web'), 2);
    expect(entry).toMatchObject({ label: 'web', description: 'started', icon: 'pass-filled', fold: 'open' });
    expect(entry.ariaLabel).toBe('web, Web: started (DEPLOYED_STARTED)');
    expect(flagsOf(entry)).toEqual(['instance', 'stoppable', 'undeployable']);
});

test('an absent instance can be started and nothing else', () => {
    const entry = instanceEntry(viewOf(snapshotOf([])), instanceAt('/vm'), 0);
    expect(flagsOf(entry)).toEqual(['instance', 'startable']);
});

test('an instance that waits names what it waits for', () => {
    const waiting = instanceAt('/web', {
        status: 'UNRESOLVED',
        desired: 'DEPLOYED_STARTED',
        missing: ['Store', 'Log'],
    });
    const entry = instanceEntry(viewOf(snapshotOf([])), waiting, 0);
    expect(entry.description).toBe('waiting for Store, Log');
    expect(entry.tooltip().lines).toContain('Missing imports: Store, Log');
});

test('a failure shows as an error with its cause and last lines, and can be tried again', () => {
    const failed = instanceAt('/web', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
    const entry = instanceEntry(viewOf(snapshotOf([])), failed, 0);
    expect(entry).toMatchObject({ icon: 'error', description: 'start failed' });
    expect(entry.tooltip().lines.slice(-2)).toEqual(['start failed: start.sh ended with exit code 3.', 'Exit code: 3']);
    expect(entry.tooltip().output).toEqual(['bind: address in use']);
    expect(flagsOf(entry)).toEqual(['instance', 'retryable', 'failed', 'stoppable', 'undeployable']);
    expect(entry.tooltip().links).toEqual([
        { title: 'Open the start recipe', command: 'openRecipe' },
        { title: 'Show output', command: 'showOutput' },
        { title: 'Retry', command: 'retry' },
    ]);
});

test.each([
    ['cancelled', 'start cancelled'],
    ['timedOut', 'start timed out'],
    ['unknown', 'start ended unknown'],
] as const)('a step that %s is not called failed', (kind, words) => {
    const failure = { ...EXIT_3, kind };
    const instance = instanceAt('/web', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure });
    expect(instanceEntry(viewOf(snapshotOf([])), instance, 0).description).toBe(words);
});

test('an instance that tries again looks busy although it failed before', () => {
    const again = instanceAt('/web', { status: 'STARTING', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
    expect(instanceEntry(viewOf(snapshotOf([])), again, 0).icon).toBe('sync~spin');
});

test('an update of a started instance is told, a start of a starting one is not told twice', () => {
    const step = { phase: 'update', attempt: 'a', begunAt: 0 } as const;
    const updating = { ...startedAt('/web'), step };
    expect(instanceEntry(viewOf(snapshotOf([])), updating, 0).description).toBe('started · update');
    const starting = instanceAt('/web', { status: 'STARTING', step: { ...step, phase: 'start' } });
    expect(instanceEntry(viewOf(snapshotOf([])), starting, 0).description).toBe('starting');
});

test('a running deployment can be cancelled and nothing else is ordered from its row', () => {
    const view = viewOf(snapshotOf([startedAt('/a'), instanceAt('/b')], runOf()));
    const entry = deploymentEntry(view);
    expect(entry).toMatchObject({ description: 'deploying, 1 of 2 started · 1 min 0 s', icon: 'sync~spin' });
    expect(flagsOf(entry)).toEqual(['deployment', 'running']);
});

test('a deployment at rest says how far it came', () => {
    const ended = runOf({ endedAt: 5_000, outcome: 'failed' });
    expect(deploymentEntry(viewOf(snapshotOf([startedAt('/a')]))).description).toBe('started');
    expect(deploymentEntry(viewOf(snapshotOf([instanceAt('/a')]))).description).toBe('not deployed');
    expect(deploymentEntry(viewOf(snapshotOf([startedAt('/a'), instanceAt('/b')], ended))).description).toBe(
        '1 of 2 started · deploy failed · just now',
    );
});

test('only a deployment of which nothing is left can be removed, a simulation always', () => {
    const present = snapshotOf([startedAt('/a')]);
    expect(flagsOf(deploymentEntry(viewOf(present)))).not.toContain('removable');
    expect(flagsOf(deploymentEntry(viewOf(snapshotOf([instanceAt('/a')]))))).toContain('removable');
    expect(flagsOf(deploymentEntry(viewOf(present, { simulated: true })))).toContain('removable');
});

test('an interrupted deployment can be resumed, even when its journal says that a run is under way', () => {
    const view = viewOf(snapshotOf([startedAt('/a')], runOf()), { link: { kind: 'interrupted' } });
    const entry = deploymentEntry(view);
    expect(entry.description).toBe('interrupted');
    expect(flagsOf(entry)).toEqual(['deployment', 'resumable']);
    expect(runWords(view)).toBe('');
});

test('a damaged journal takes no order and says why', () => {
    const view = viewOf(snapshotOf([]), { link: { kind: 'damaged', message: 'Line 7 is damaged.' } });
    expect(deploymentEntry(view).tooltip().lines).toContain('Line 7 is damaged.');
    expect(flagsOf(deploymentEntry(view))).not.toContain('startable');
});

test('a simulation is named as one', () => {
    const view = viewOf(snapshotOf([startedAt('/a')], runOf()), { simulated: true });
    expect(deploymentEntry(view).description).toBe('simulation · deploying, started');
    expect(statusBarText([view])?.text).toBe('$(sync~spin) shop (simulation): deploying, started');
});

test('statuses at rest differ by shape, not by colour alone', () => {
    const atRest: readonly InstanceStatus[] = [
        'NOT_DEPLOYED',
        'DEPLOYED_STOPPED',
        'UNRESOLVED',
        'WAITING_FOR_ANCESTOR',
        'DEPLOYED_STARTED',
        'PROBLEM',
    ];
    expect(new Set(atRest.map((status) => lookOf(status).icon)).size).toBe(atRest.length);
});

test('the status bar is quiet when nothing runs, was interrupted or failed', () => {
    expect(statusBarText([viewOf(snapshotOf([startedAt('/a')]))])).toBeUndefined();
    const interrupted = viewOf(snapshotOf([]), { link: { kind: 'interrupted' } });
    expect(statusBarText([interrupted])).toMatchObject({
        text: '$(debug-pause) shop: interrupted',
        needsAttention: true,
    });
    expect(statusBarText([interrupted, interrupted])?.text).toBe('$(debug-pause) 2 deployments were interrupted');
});

test('the status bar names what failed, and what runs comes before it', () => {
    const failing = viewOf(snapshotOf([instanceAt('/a', { failure: EXIT_3 }), startedAt('/b')]));
    expect(statusBarText([failing])).toEqual({
        text: '$(error) shop: /a start failed',
        tooltip: 'shop: /a start failed',
        needsAttention: true,
        deployments: [failing.id],
    });
    const running = viewOf(snapshotOf([startedAt('/a')], runOf()));
    expect(statusBarText([failing, running])).toMatchObject({ needsAttention: false });
    expect(statusBarText([{ ...failing, simulated: true }])).toBeUndefined();
});

test('what somebody cancelled is no failure to be called for: it has a shape of its own', () => {
    const cancelled = instanceAt('/a', { failure: { ...EXIT_3, kind: 'cancelled' } });
    const view = viewOf(snapshotOf([cancelled]));
    expect(statusBarText([view])).toBeUndefined();
    expect(instanceEntry(view, cancelled, 0)).toMatchObject({ icon: 'circle-slash', colour: null });
});

test('a cancel says how many steps it waits for, and cannot be asked for twice', () => {
    const step = { phase: 'start', attempt: 'a', begunAt: 0 } as const;
    const busy = instanceAt('/a', { status: 'STARTING', desired: 'DEPLOYED_STARTED', step });
    const cancelling = (...instances: InstanceSnapshot[]) => viewOf(snapshotOf(instances, runOf({ cancelling: true })));
    expect(runWords(cancelling(busy, { ...busy, path: '/b' }))).toBe('cancelling… waiting for 2 steps');
    expect(runWords(cancelling(busy))).toBe('cancelling… waiting for a step');
    expect(runWords(cancelling(startedAt('/a')))).toBe('cancelling…');
    expect(flagsOf(deploymentEntry(cancelling(busy)))).toEqual(['deployment']);
});

test('a retry that is waited for counts the tries and the seconds', () => {
    const waiting = instanceAt('/a', {
        status: 'DEPLOYED_STOPPED',
        desired: 'DEPLOYED_STARTED',
        failure: EXIT_3,
        retryAt: NOW + 4_200,
        retries: { used: 1, allowed: 3 },
    });
    const view = viewOf(snapshotOf([]));
    expect(instanceEntry(view, waiting, 0)).toMatchObject({
        description: 'start failed · try 2 of 4 in 5 s',
        icon: 'history',
    });
    const step = { phase: 'start', attempt: 'a', begunAt: 0 } as const;
    const again = { ...waiting, status: 'STARTING', retryAt: null, step } as const;
    expect(instanceEntry(view, again, 0).description).toBe('starting · try 2 of 4');
});

test('what the model does not have any more says that it leaves', () => {
    const leaving = { ...startedAt('/a'), leaving: true };
    expect(instanceEntry(viewOf(snapshotOf([])), leaving, 0).description).toBe('started · being removed');
});

test('something that listens says where', () => {
    const listening = { ...startedAt('/a'), exports: { 'Web.ip': '127.0.0.1', 'Web.port': '40001' } };
    expect(instanceEntry(viewOf(snapshotOf([])), listening, 0).description).toBe('started · :40001');
    const remote = { ...listening, exports: { 'Web.ip': '10.0.0.7', 'Web.httpPort': '80' } };
    expect(instanceEntry(viewOf(snapshotOf([])), remote, 0).description).toBe('started · 10.0.0.7:80');
});

test.each([
    [{ 'Tomcat.ajpPort': '8009', 'Tomcat.httpPort': '8080', 'Tomcat.ip': '10.0.0.7' }, '10.0.0.7:8080'],
    [{ 'Store.adminPort': '9000', 'Store.port': '5432' }, '5432'],
    [{ 'Broker.adminPort': '9000', 'Broker.peerPort': '9001' }, '9000'],
    [{ 'Broker.adminPort': null, 'Broker.port': 'unix', 'Broker.peerPort': '9001' }, '9001'],
])('of the ports in %j the one a person would try is said: %s', (exports, address) => {
    expect(addressOf(exports)).toBe(address);
});

test('a step nobody can tell of is marked as done or failed by a person', () => {
    const failure = { ...EXIT_3, kind: 'unknown' } as const;
    const entry = instanceEntry(viewOf(snapshotOf([])), instanceAt('/a', { failure, desired: 'DEPLOYED_STARTED' }), 0);
    expect(flagsOf(entry)).toContain('unknown');
    const commands = entry.tooltip().links.map(({ command }) => command);
    expect(commands.slice(-2)).toEqual(['settleSucceeded', 'settleFailed']);
});

test('what another version runs takes no order, and can be taken over', () => {
    const view = viewOf(snapshotOf([startedAt('/a')]), { link: { kind: 'otherVersion', message: 'An older one.' } });
    const entry = deploymentEntry(view);
    expect(entry.description).toBe('run by another version');
    expect(flagsOf(entry)).toEqual(['deployment', 'takeable']);
    expect(entry.tooltip().lines).toContain('An older one.');
});

test('nothing turns when nobody drives the deployment', () => {
    const view = viewOf(snapshotOf([]), { link: { kind: 'interrupted' } });
    const entry = instanceEntry(view, instanceAt('/a', { status: 'STARTING' }), 0);
    expect(entry).toMatchObject({ icon: 'debug-pause', description: 'starting · interrupted' });
});

test('a machine that could not be made has no recipe to open', () => {
    const failure = { ...EXIT_3, phase: 'createMachine' } as const;
    const failed = instanceAt('/vm', { desired: 'DEPLOYED_STARTED', failure });
    const { links } = instanceEntry(viewOf(snapshotOf([])), failed, 0).tooltip();
    expect(links.map(({ command }) => command)).toEqual(['showOutput', 'retry']);
});

test('what was undeployed is deployed again or removed; a simulation of it is started', () => {
    const absent = snapshotOf([instanceAt('/a'), instanceAt('/b')]);
    expect(flagsOf(deploymentEntry(viewOf(absent)))).toEqual(['deployment', 'deployable', 'removable']);
    const simulated = flagsOf(deploymentEntry(viewOf(absent, { simulated: true })));
    expect(simulated).toEqual(['deployment', 'simulation', 'startable', 'removable']);
});

test('a failure of something that runs all the same says both', () => {
    const failure = { ...EXIT_3, phase: 'update' } as const;
    const entry = instanceEntry(viewOf(snapshotOf([])), { ...startedAt('/web'), failure }, 0);
    expect(entry.description).toBe('update failed · started');
});

test('a deployment with failures offers to retry, and to start only what was stopped besides', () => {
    const failed = instanceAt('/a', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STARTED', failure: EXIT_3 });
    const stopped = instanceAt('/b', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STOPPED' });
    const offers = (...instances: Parameters<typeof snapshotOf>[0]) =>
        flagsOf(deploymentEntry(viewOf(snapshotOf(instances))));
    expect(offers(failed)).toEqual(['deployment', 'redeployable', 'retryable', 'stoppable', 'undeployable']);
    expect(offers(failed, stopped)).toEqual([
        'deployment',
        'redeployable',
        'startable',
        'retryable',
        'stoppable',
        'undeployable',
    ]);
});
