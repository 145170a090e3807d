import { expect, test } from 'vitest';
import { overlayOf } from '../../client/graph/overlay.ts';
import { nodeAt, rangeOfNode } from '../../client/graph/places.ts';
import { panelTitle, parsePanelTitles } from '../../client/graph/panel-titles.ts';
import type { LaidOutGraph, PlacedNode } from '../../server/layout.ts';
import { EXIT_3, instanceAt, snapshotOf, startedAt } from './support/snapshots.ts';

test('an instance has its own state, exactly', () => {
    const states = overlayOf(snapshotOf([startedAt('/vm/web')]), true);
    expect(states['instance:/vm/web']).toEqual({ status: 'DEPLOYED_STARTED', text: 'started' });
});

test('a failed instance is drawn as a problem, whatever status the failure left it in', () => {
    const failed = instanceAt('/web', { status: 'DEPLOYED_STOPPED', failure: EXIT_3 });
    expect(overlayOf(snapshotOf([failed]), true)['instance:/web']).toEqual({
        status: 'PROBLEM',
        text: 'start failed',
    });
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
    expect(overlayOf(snapshotOf(instances), true)['component:Web']).toEqual({ status, text });
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
    const states = overlayOf(snapshotOf([instanceAt('/a', { status: 'STARTING' })]), false);
    expect(states['instance:/a']?.text).toBe('starting · interrupted');
    expect(states['component:Web']?.text).toBe('interrupted');
});

test.each([
    [1, null],
    [3, 'outer'],
    [6, 'inner'],
    [8, 'outer'],
    [20, 'inner'],
])('the cursor on line %i is on %s', (line, node) => {
    expect(nodeAt(graph, { file: 'graph/a.graph', line, column: 1 })).toBe(node);
});

test('a node leads to its declaration, an unknown one nowhere', () => {
    expect(rangeOfNode(graph, 'other')?.file).toBe('b.graph');
    expect(rangeOfNode(graph, 'nobody')).toBeNull();
});

test('a panel title names one application for good', () => {
    const first = panelTitle('shop', 'file:///a/shop', {});
    expect(first).toBe('Graph: shop');
    const titles = { [first]: 'file:///a/shop' };
    expect(panelTitle('shop', 'file:///a/shop', titles)).toBe(first);
    expect(panelTitle('shop', 'file:///b/my%20shop', titles)).toBe('Graph: shop (/b/my shop)');
});

test('stored titles that are none are left out', () => {
    expect(parsePanelTitles({ good: 'file:///a', bad: 3 })).toEqual({ good: 'file:///a' });
    expect(parsePanelTitles('junk')).toEqual({});
});
