import { expect, test } from 'vitest';
import type { DeploymentView } from '../../client/deployments/deployment-view.ts';
import { overlayOf as overlayAt } from '../../client/graph/overlay.ts';
import { nodesAt, rangeOfNode } from '../../client/graph/places.ts';
import { pulsesOf } from '../../client/graph/pulses.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import type { LaidOutGraph, PlacedNode } from '../../server/layout.ts';
import type { NodePlace } from '../../server/protocol.ts';
import { EXIT_3, instanceAt, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

const NOON = new Date(2026, 0, 5, 12).getTime();
const overlayOf = (view: DeploymentView) => overlayAt(view, NOON);

test('an instance has its own state, exactly', () => {
    const states = overlayOf(viewOf(snapshotOf([startedAt('/vm/web')])));
    expect(states['instance:/vm/web']).toEqual({
        status: 'DEPLOYED_STARTED',
        text: 'started',
        isProviding: true,
        notes: [],
        flags: 'instance;stoppable;undeployable;',
        wanted: '',
        isMoving: false,
        since: 0,
        cause: '',
        isStale: false,
    });
});

test('what was last told on another day is told with the day', () => {
    const snapshot = snapshotOf([{ ...startedAt('/a'), since: NOON - 40 * 3_600_000 }]);
    const states = overlayOf(viewOf(snapshot, { link: { kind: 'idle' } }));
    expect(states['instance:/a']?.text).toMatch(/^started as of .*3/);
    expect(states['instance:/a']?.text).not.toContain(':');
});

const STEP = { phase: 'update', attempt: 'a1', begunAt: 70 } as const;

test.each([
    ['started as asked', startedAt('/a'), ''],
    ['to be started', instanceAt('/a', { desired: 'DEPLOYED_STARTED' }), 'started'],
    ['starting', instanceAt('/a', { status: 'STARTING', desired: 'DEPLOYED_STARTED' }), ''],
    ['waiting', instanceAt('/a', { status: 'UNRESOLVED', desired: 'DEPLOYED_STARTED' }), ''],
    [
        'deploying, then to be started',
        instanceAt('/a', { status: 'DEPLOYING', desired: 'DEPLOYED_STARTED' }),
        'started',
    ],
    ['starting, then to be stopped', instanceAt('/a', { status: 'STARTING', desired: 'DEPLOYED_STOPPED' }), 'stopped'],
    ['to be removed', instanceAt('/a', { status: 'DEPLOYED_STARTED', desired: 'NOT_DEPLOYED' }), 'not deployed'],
    ['failed', instanceAt('/a', { status: 'PROBLEM', desired: 'DEPLOYED_STARTED', failure: EXIT_3 }), 'started'],
])('what is asked for is told where nothing under way leads there: %s', (_name, instance, wanted) => {
    const states = overlayOf(viewOf(snapshotOf([instance])));
    expect(states['instance:/a']?.wanted).toBe(wanted);
    expect(states['component:Web']?.wanted).toBe(wanted);
});

test('a component of which not all are asked for the same has no one word for it', () => {
    const failed = (path: string, desired: 'DEPLOYED_STARTED' | 'NOT_DEPLOYED') =>
        instanceAt(path, { status: 'PROBLEM', desired, failure: EXIT_3 });
    const snapshot = snapshotOf([failed('/a', 'DEPLOYED_STARTED'), failed('/b', 'NOT_DEPLOYED')]);
    expect(overlayOf(viewOf(snapshot))['component:Web']?.wanted).toBe('');
});

test.each([
    ['a status that passes', { status: 'STOPPING', since: 40 }, true, 40],
    ['a step that changes no status', { status: 'DEPLOYED_STARTED', since: 40, step: STEP }, true, 70],
    ['rest', { status: 'DEPLOYED_STARTED', since: 40 }, false, 40],
] as const)('what is under way, and since when: %s', (_name, fields, isMoving, since) => {
    const snapshot = snapshotOf([instanceAt('/a', fields)]);
    expect(overlayOf(viewOf(snapshot))['instance:/a']).toMatchObject({ isMoving, since });
    expect(overlayOf(viewOf(snapshot))['component:Web']).toMatchObject({ isMoving, since });
    expect(overlayOf(viewOf(snapshot, { link: { kind: 'idle' } }))['instance:/a']?.isMoving).toBe(false);
});

test('a component has been as it is since the first of those that are', () => {
    const starting = (path: string, since: number) => instanceAt(path, { status: 'STARTING', since });
    const states = overlayOf(viewOf(snapshotOf([starting('/a', 40), starting('/b', 30), startedAt('/c')])));
    expect(states['component:Web']).toMatchObject({ status: 'STARTING', since: 30 });
});

test.each([
    ['idle', 'started as of ', true],
    ['interrupted', 'started as of ', true],
    ['live', 'started', false],
] as const)('while the link is %s, what is deployed is told as %s…', (kind, words, isStale) => {
    const last = new Date(2026, 0, 5, 9, 7).getTime();
    const snapshot = snapshotOf([{ ...startedAt('/a'), since: last }, instanceAt('/b')], null);
    const states = overlayOf(viewOf(snapshot, { link: { kind } }));
    expect(states['instance:/a']).toMatchObject({ isStale, text: isStale ? `${words}09:07` : words });
    expect(states['instance:/a']?.notes).toEqual(
        isStale ? ['As it was at 09:07: no runner has watched it since.'] : [],
    );
    expect(states['component:Web']).toMatchObject({ text: '1 of 2 not deployed', isStale: false });
    expect(states['instance:/b']).toMatchObject({ isStale: false, text: 'not deployed', notes: [] });
});

test('what was cancelled is drawn as it stands: nothing went wrong there', () => {
    const failure = { ...EXIT_3, kind: 'cancelled' as const };
    const cancelled = instanceAt('/web', { status: 'DEPLOYED_STOPPED', failure });
    expect(overlayOf(viewOf(snapshotOf([cancelled])))['instance:/web']).toMatchObject({
        status: 'DEPLOYED_STOPPED',
        text: 'start cancelled',
        cause: '',
    });
});

test('a failed instance is drawn as a problem, whatever status the failure left it in', () => {
    const failed = instanceAt('/web', { status: 'DEPLOYED_STOPPED', failure: EXIT_3 });
    expect(overlayOf(viewOf(snapshotOf([failed])))['instance:/web']).toMatchObject({
        status: 'PROBLEM',
        text: 'start failed',
        cause: 'start.sh ended with exit code 3.',
        notes: ['start.sh ended with exit code 3.'],
    });
});

test('what is on a machine that does not answer is not known, and its other instances are', () => {
    const machine = { id: 'pool-1', address: '10.0.0.11' };
    const failure = { ...EXIT_3, phase: 'reachMachine' as const, message: 'It does not answer.' };
    const lost = instanceAt('/vm', { component: 'Machine', status: 'PROBLEM', machine, failure });
    const states = overlayOf(
        viewOf(snapshotOf([lost, instanceAt('/vm/web', { status: 'PROBLEM' }), startedAt('/web')])),
    );
    expect(states['instance:/vm']).toMatchObject({
        text: 'does not answer',
        isStale: true,
        notes: ['It does not answer.', 'Machine: pool-1, at 10.0.0.11'],
    });
    expect(states['component:Machine']).toMatchObject({ status: 'PROBLEM', text: 'does not answer' });
    expect(states['instance:/vm/web']).toMatchObject({ status: 'PROBLEM', text: 'not known', isStale: true });
    expect(states['component:Web']).toMatchObject({ status: 'PROBLEM', text: '1 of 2 not known' });
});

test('a component tells of no more failures than can be read', () => {
    const failed = Array.from({ length: 500 }, (_, i) => instanceAt(`/web-${String(i)}`, { failure: EXIT_3 }));
    const notes = overlayOf(viewOf(snapshotOf(failed)))['component:Web']?.notes ?? [];
    expect([notes.length, notes[0], notes.at(-1)]).toEqual([
        13,
        '/web-0: start.sh ended with exit code 3.',
        'and 488 more',
    ]);
});

test.each([
    ['all started', [startedAt('/a'), startedAt('/b')], 'DEPLOYED_STARTED', '2 started'],
    ['the only one started', [startedAt('/a')], 'DEPLOYED_STARTED', 'started'],
    ['one not yet', [startedAt('/a'), instanceAt('/b')], 'NOT_DEPLOYED', '1 of 2 not deployed'],
    ['one starting', [startedAt('/a'), instanceAt('/b', { status: 'STARTING' })], 'STARTING', '1 of 2 starting'],
    [
        'one waiting',
        [startedAt('/a'), instanceAt('/b', { status: 'UNRESOLVED' })],
        'UNRESOLVED',
        '1 of 2 waiting for imports',
    ],
    ['one failed', [startedAt('/a'), instanceAt('/b', { failure: EXIT_3 })], 'PROBLEM', '1 of 2 start failed'],
] as const)('a component shows what most needs a look: %s', (_name, instances, status, text) => {
    expect(overlayOf(viewOf(snapshotOf(instances)))['component:Web']).toMatchObject({ status, text, flags: '' });
});

const placed = (id: string, line: number, endLine: number, file = 'graph/a.graph'): PlacedNode => {
    const range = { file, line, column: 1, endLine, endColumn: 2 };
    const drawing = { x: 0, y: 0, width: 1, height: 1, depth: 0, shape: 'leaf' } as const;
    const caption = { text: id, width: 1 };
    return {
        id,
        kind: 'instance',
        label: id,
        detail: '',
        installer: '',
        copy: null,
        component: '',
        facets: [],
        folded: [],
        isPinned: false,
        parent: null,
        range,
        ...drawing,
        caption,
        detailCaption: caption,
    };
};
const graph: LaidOutGraph = {
    perspective: 'instances',
    arrangement: 'layered',
    width: 1,
    height: 1,
    nodes: [placed('outer', 3, 9), placed('inner', 5, 7), placed('copy', 5, 7), placed('other', 1, 2, 'b.graph')],
    edges: [],
};

test('what nobody goes on with is not shown as going on', () => {
    const snapshot = snapshotOf([instanceAt('/a', { status: 'STARTING' })]);
    const states = overlayOf(viewOf(snapshot, { link: { kind: 'interrupted' } }));
    expect(states['instance:/a']?.text).toBe('starting · interrupted');
    expect(states['component:Web']?.text).toBe('interrupted');
});

const block = (line: number, endLine: number, ...nodes: readonly string[]): NodePlace => ({
    range: { file: 'graph/a.graph', line, column: 1, endLine, endColumn: 2 },
    nodes,
});
const places = [block(3, 9, 'outer'), block(5, 7, 'copy-1', 'copy-2'), block(11, 11, 'last')];

test.each([
    [1, []],
    [3, ['outer']],
    [6, ['copy-1', 'copy-2']],
    [8, ['outer']],
    [10, []],
    [11, ['last']],
    [20, []],
])('the cursor on line %i is on %j', (line, nodes) => {
    expect(nodesAt(places, { file: 'graph/a.graph', line, column: 1 })).toEqual(nodes);
    expect(nodesAt(places, { file: 'graph/b.graph', line, column: 1 })).toEqual([]);
});

test('a node leads to its declaration, an unknown one nowhere', () => {
    expect(rangeOfNode(graph, 'other')?.file).toBe('b.graph');
    expect(rangeOfNode(graph, 'nobody')).toBeNull();
});

const STAMP = { sequence: 1, time: 1 };
const updated: RunnerEvent = {
    ...{ kind: 'stepBegun', path: '/web', phase: 'update', attempt: 'a1', because: 'x', exporter: '/db' },
    ...STAMP,
};
const started: RunnerEvent = { kind: 'stepBegun', path: '/web', phase: 'start', attempt: 'a1', because: 'x', ...STAMP };
const freed: RunnerEvent = {
    ...{ kind: 'instanceChanged', instance: instanceAt('/web', { status: 'STARTING' }), from: 'UNRESOLVED' },
    ...{ because: 'x', ...STAMP },
};
const componentOf = (path: string) => (path === '/web' ? 'Web' : 'Db');

test.each([
    ['an update is told by its exporter', updated, [{ from: 'instance:/db', to: 'instance:/web' }]],
    ['a start by nobody', started, []],
    ['what waited for its imports is told by all it depends on', freed, [{ from: null, to: 'instance:/web' }]],
] as const)('%s', (_name, event, pulses) => {
    expect(pulsesOf(event, 'instances', componentOf)).toEqual(pulses);
});

test('in the picture of the hosts, instances tell each other', () => {
    expect(pulsesOf(updated, 'hosts', componentOf)).toEqual([{ from: 'instance:/db', to: 'instance:/web' }]);
});

test('in the picture of the components, components tell each other', () => {
    expect(pulsesOf(updated, 'components', componentOf)).toEqual([{ from: 'component:Db', to: 'component:Web' }]);
});
