import { expect, test } from 'vitest';
import { EMPTY_OVERLAY, type PictureOverlay } from '../../../media/picture.ts';
import { isSameOverlay, nodeOverlaysOf, toneOf } from '../../../media/picture/node-overlay.ts';
import { placedNode } from '../placed.ts';
import { runState } from '../run-state.ts';

const NODE = placedNode('a', 0, 0);
const PILE = placedNode('pile', 0, 0, { folded: ['pile/1', 'pile/2'] });
const over = (fields: Partial<PictureOverlay>, node = NODE) => nodeOverlaysOf({ ...EMPTY_OVERLAY, ...fields })(node);
const mark = { action: 'start', firstWave: 1, lastWave: 1, isCritical: false, notes: [] } as const;
const planOf = (...ids: readonly string[]) => ({
    title: '',
    waveCount: 1,
    marks: Object.fromEntries(ids.map((id) => [id, mark])),
});
const changesOf = (...ids: readonly string[]) => ({
    title: '',
    nodes: Object.fromEntries(ids.map((id) => [id, { change: 'changed' as const, notes: [] }])),
    edges: {},
});

test.each<readonly [string, Partial<PictureOverlay>, boolean]>([
    ['nothing is shown', {}, false],
    ['a search found it', { found: ['a'] }, false],
    ['a search found others', { found: ['b'] }, true],
    ['a search found nothing', { found: [] }, true],
    ['a plan touches it', { plan: planOf('a') }, false],
    ['a plan touches others', { plan: planOf('b') }, true],
    ['a plan does nothing', { plan: planOf() }, false],
    ['it differs', { changes: changesOf('a') }, false],
    ['others differ', { changes: changesOf('b') }, true],
    ['nothing differs', { changes: changesOf() }, false],
    ['it differs, and a plan touches others', { changes: changesOf('a'), plan: planOf('b') }, false],
])('when %s, a node stands aside: %s', (_name, fields, isAside) => {
    expect(over(fields).isAside).toBe(isAside);
});

test('what is folded inside of a container counts for it', () => {
    expect(over({ found: ['pile/2'] }, PILE)).toMatchObject({ isFound: true, isAside: false });
    expect(over({ plan: planOf('pile/1') }, PILE)).toMatchObject({ isAside: false, plan: null });
    expect(
        over({ findings: { 'pile/1': { errors: 1, warnings: 2 }, pile: { errors: 1, warnings: 0 } } }, PILE).findings,
    ).toEqual({
        errors: 2,
        warnings: 2,
    });
});

test('what is counted inside is what is shown: a plan before a comparison before run states', () => {
    const states = { 'pile/1': runState('PROBLEM'), 'pile/2': runState('DEPLOYED_STARTED') };
    const inside = (fields: Partial<PictureOverlay>) => over({ states, ...fields }, PILE).inside;
    expect(inside({})).toEqual([
        { kind: 'status', name: 'PROBLEM', count: 1 },
        { kind: 'status', name: 'DEPLOYED_STARTED', count: 1 },
    ]);
    expect(inside({ changes: changesOf('pile/1', 'pile/2') })).toEqual([{ kind: 'change', name: 'changed', count: 2 }]);
    expect(inside({ changes: changesOf('pile/1'), plan: planOf('pile/2') })).toEqual([
        { kind: 'action', name: 'start', count: 1 },
    ]);
});

test.each<readonly [string, Partial<PictureOverlay>, string | null]>([
    ['nothing', {}, null],
    ['a state', { states: { pile: runState('DEPLOYED_STARTED') } }, 'good'],
    ['trouble inside', { states: { pile: runState('DEPLOYED_STARTED'), 'pile/1': runState('PROBLEM') } }, 'bad'],
    ['what a plan does', { states: { pile: runState('PROBLEM') }, plan: planOf('pile') }, 'busy'],
    ['what a plan does inside', { plan: planOf('pile/1') }, 'busy'],
    ['that it differs', { changes: changesOf('pile') }, 'waiting'],
    ['errors', { findings: { pile: { errors: 1, warnings: 0 } } }, 'bad'],
])('the one colour of a node tells of %s', (_name, fields, tone) => {
    expect(toneOf(over(fields, PILE))).toBe(tone);
});

test('two overlays are the same when they say the same, whoever read them', () => {
    const states = () => ({ a: runState('STARTING', { notes: ['x'], since: 3 }) });
    expect(isSameOverlay(over({ states: states() }), over({ states: states() }))).toBe(true);
    for (const other of [
        {},
        { states: { a: { ...states().a, notes: ['y'] } } },
        { states: { a: { ...states().a, since: 4 } } },
        { states: states(), selected: ['a'] },
        { states: states(), plan: planOf('a') },
    ])
        expect(isSameOverlay(over({ states: states() }), over(other))).toBe(false);
});

test('an overlay has nothing for nodes named like members of objects', () => {
    const node = placedNode('constructor', 0, 0, { folded: ['toString'] });
    expect(over({ plan: planOf('b'), changes: changesOf('b') }, node)).toMatchObject({
        state: null,
        plan: null,
        change: null,
        inside: [],
    });
});
