import { expect, test } from 'vitest';
import { overlayOf } from '../../client/graph/overlay.ts';
import { nodesAt, rangeOfNode } from '../../client/graph/places.ts';
import { pulsesOf } from '../../client/graph/pulses.ts';
import { parsePageState } from '../../media/graph/page-state.ts';
import { applicationOf } from '../../media/graph/page.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import type { LaidOutGraph, PlacedNode } from '../../server/layout.ts';
import type { NodePlace } from '../../server/protocol.ts';
import { EXIT_3, instanceAt, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

test('an instance has its own state, exactly', () => {
    const states = overlayOf(viewOf(snapshotOf([startedAt('/vm/web')])));
    expect(states['instance:/vm/web']).toEqual({
        status: 'DEPLOYED_STARTED',
        text: 'started',
        isProviding: true,
        notes: [],
        flags: 'instance;stoppable;undeployable;',
    });
});

test('what was cancelled is drawn as it stands: nothing went wrong there', () => {
    const failure = { ...EXIT_3, kind: 'cancelled' as const };
    const cancelled = instanceAt('/web', { status: 'DEPLOYED_STOPPED', failure });
    expect(overlayOf(viewOf(snapshotOf([cancelled])))['instance:/web']).toMatchObject({
        status: 'DEPLOYED_STOPPED',
        text: 'start cancelled',
    });
});

test('a failed instance is drawn as a problem, whatever status the failure left it in', () => {
    const failed = instanceAt('/web', { status: 'DEPLOYED_STOPPED', failure: EXIT_3 });
    expect(overlayOf(viewOf(snapshotOf([failed])))['instance:/web']).toMatchObject({
        status: 'PROBLEM',
        text: 'start failed',
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
        notes: ['It does not answer.', 'Machine: pool-1, at 10.0.0.11'],
    });
    expect(states['component:Machine']).toMatchObject({ status: 'PROBLEM', text: 'does not answer' });
    expect(states['instance:/vm/web']).toMatchObject({ status: 'PROBLEM', text: 'not known' });
    expect(states['component:Web']).toMatchObject({ status: 'PROBLEM', text: '1 of 2 not known' });
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

test('in the picture of the components, components tell each other', () => {
    expect(pulsesOf(updated, 'components', componentOf)).toEqual([{ from: 'component:Db', to: 'component:Web' }]);
});

test('what a page remembers names its application for good', () => {
    const state = parsePageState({ perspective: 'instances', viewports: { landscape: 'junk' } }, 'file:///a/shop');
    expect(state).toEqual({
        application: 'file:///a/shop',
        perspective: 'instances',
        viewports: { landscape: null, portrait: null },
    });
    expect(applicationOf(state)).toBe('file:///a/shop');
    expect([null, 'junk', {}, { application: 3 }, { application: '' }].map(applicationOf)).toEqual(
        Array.from({ length: 5 }, () => undefined),
    );
});
