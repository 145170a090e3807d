import { expect, test } from 'vitest';
import {
    askedLook,
    nodesIn,
    withAllClosed,
    withAllOpen,
    withEverything,
    withFocus,
    withPerspective,
} from '../../client/graph/looks.ts';
import { FRESH_LOOK, type RunState } from '../../media/protocol.ts';
import type { InstanceStatus } from '../../runner/protocol.ts';
import type { LaidOutGraph, PlacedNode } from '../../server/layout.ts';

const states = Object.fromEntries(
    Object.entries({
        'instance:/b': 'PROBLEM',
        'instance:/a': 'DEPLOYED_STARTED',
        'instance:/c': 'PROBLEM',
    } as const).map(([id, status]) => [id, stateOf(status)]),
);

function stateOf(status: InstanceStatus): RunState {
    const rest = { text: '', isProviding: false, notes: [], flags: '', wanted: '', cause: '' };
    return { status, ...rest, isMoving: false, since: null, isStale: false };
}

function nodeOf(id: string, shape: PlacedNode['shape'], folded: readonly string[]): PlacedNode {
    const caption = { text: id, width: 10 };
    return {
        ...{ id, shape, folded, kind: 'instance', label: id, detail: '', installer: '', copy: null, component: 'A' },
        ...{ facets: [], parent: null, range: null, depth: 0, isPinned: false, caption, detailCaption: caption },
        ...{ x: 0, y: 0, width: 10, height: 10 },
    };
}

const graph: LaidOutGraph = {
    ...{ perspective: 'instances', width: 10, height: 10, arrangement: 'layered', edges: [] },
    nodes: [
        nodeOf('open', 'container', []),
        nodeOf('shut', 'leaf', ['inner', 'innermost']),
        nodeOf('leaf', 'leaf', []),
    ],
};

test.for<[readonly string[], readonly string[] | null]>([
    [[], null],
    [['PROBLEM'], ['instance:/b', 'instance:/c']],
    [
        ['DEPLOYED_STARTED', 'PROBLEM'],
        ['instance:/a', 'instance:/b', 'instance:/c'],
    ],
    [['STOPPING'], []],
])('the states %j keep the nodes %j', ([statuses, expected]) => expect(nodesIn(statuses, states)).toEqual(expected));

test('where nothing was deployed there is no state to choose by', () => {
    expect(nodesIn(['PROBLEM'], {})).toBeNull();
});

test('the server is asked for nodes, not for states', () => {
    const look = { ...FRESH_LOOK, statuses: ['PROBLEM'], closed: ['x'] };
    const asked = askedLook(look, states);
    expect(asked.filter.only).toEqual(['instance:/b', 'instance:/c']);
    expect(asked.closed).toEqual(['x']);
    expect(asked).not.toHaveProperty('statuses');
    expect(asked).not.toHaveProperty('perspective');
});

test('turning to other nodes leaves behind what was about one of the former', () => {
    const filter = { components: ['A'], facets: [], hosts: ['instance:/vm'], only: null };
    const look = { ...FRESH_LOOK, focus: { node: 'component:A', distance: 2 }, filter };
    const turned = withPerspective(look, 'hosts');
    expect(turned).toMatchObject({ perspective: 'hosts', focus: null, filter: { components: ['A'], hosts: [] } });
    expect(withPerspective(look, 'components')).toBe(look);
});

test('all containers are closed, or opened with what is inside of those that were closed', () => {
    expect(withAllClosed({ ...FRESH_LOOK, opened: ['open'] }, graph)).toMatchObject({
        closed: ['open', 'shut'],
        opened: [],
    });
    expect(withAllOpen({ ...FRESH_LOOK, closed: ['shut'] }, graph)).toMatchObject({
        closed: [],
        opened: ['open', 'shut', 'inner', 'innermost'],
    });
});

test('a focus that is asked for again goes one relation further, on another node it begins anew', () => {
    const once = withFocus(FRESH_LOOK, 'a');
    expect(once.focus).toEqual({ node: 'a', distance: 1 });
    expect(withFocus(once, 'a').focus).toEqual({ node: 'a', distance: 2 });
    expect(withFocus(once, 'b').focus).toEqual({ node: 'b', distance: 1 });
});

test('everything is no neighbourhood and no filter, and folded as before', () => {
    const look = { ...withFocus(FRESH_LOOK, 'a'), statuses: ['PROBLEM'], closed: ['x'] };
    expect(withEverything(look)).toMatchObject({ focus: null, statuses: [], closed: ['x'], filter: FRESH_LOOK.filter });
});
