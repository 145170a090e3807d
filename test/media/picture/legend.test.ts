import { expect, test } from 'vitest';
import { EMPTY_OVERLAY, ENGLISH, type PictureOverlay } from '../../../media/picture.ts';
import { legendEntriesOf, legendOf, looksOf } from '../../../media/picture/legend.ts';
import type { LaidOutGraph } from '../../../server/layout.ts';
import { PLACED } from '../placed.ts';
import { runState } from '../run-state.ts';

const textsOf = (overlay: Partial<PictureOverlay>, graph: LaidOutGraph = PLACED): readonly string[] =>
    legendEntriesOf(graph, { ...EMPTY_OVERLAY, ...overlay }, ENGLISH).map(({ text }) => text);
const LINES = ['imports', 'imports, optional', 'imports from another application'];
const NODES = ['collapsed, with how many inside', 'pinned by hand'];
const BARE = { ...PLACED, nodes: PLACED.nodes.slice(0, 2), edges: [] };

test('the legend tells of what the picture has, each look once, in one order', () => {
    expect(looksOf([...PLACED.edges, ...PLACED.edges])).toEqual(['mandatory', 'optional', 'external']);
    expect(textsOf({})).toEqual([...LINES, ...NODES]);
    expect(textsOf({}, BARE)).toEqual([]);
});

test('it tells of the states there are, also inside of folded containers', () => {
    const states = { 'instance:/vm': runState('DEPLOYED_STARTED'), 'instance:/pool/2': runState('PROBLEM') };
    expect(textsOf({ states })).toEqual([...LINES, 'started', 'problem', ...NODES]);
    expect(textsOf({ states: { gone: runState('STARTING') } }, BARE)).toEqual([]);
    const stale = { 'instance:/vm': runState('DEPLOYED_STARTED', { isStale: true }) };
    expect(textsOf({ states: stale }, BARE)).toEqual(['started', 'as last known']);
});

test('it tells of what a plan does and how models differ', () => {
    const mark = { firstWave: 1, lastWave: 1, isCritical: false, notes: [] } as const;
    const marks = { b: { ...mark, action: 'delete' }, a: { ...mark, action: 'create' } } as const;
    const plan = { title: '', waveCount: 1, marks };
    expect(textsOf({ plan }, BARE)).toEqual(['create', 'delete', 'number of the wave']);
    const critical = { ...plan, marks: { a: { ...marks.a, isCritical: true } } };
    expect(textsOf({ plan: critical }, BARE)).toEqual(['create', 'number of the wave', 'critical path']);
    const changes = {
        title: '',
        nodes: { a: { change: 'rewired' as const, notes: [] } },
        edges: { e: 'removed' as const },
    };
    expect(textsOf({ changes }, BARE)).toEqual(['removed', 'rewired']);
});

test('it keeps to its room', () => {
    const entries = legendEntriesOf(PLACED, EMPTY_OVERLAY, ENGLISH);
    const [narrow, broad] = [legendOf(entries, 360), legendOf(entries, 2000)];
    expect(narrow.width).toBeLessThanOrEqual(400);
    expect(narrow.height).toBeGreaterThan(broad.height);
    expect(legendOf([], 360)).toEqual({ rows: [], width: 0, height: 0 });
});
