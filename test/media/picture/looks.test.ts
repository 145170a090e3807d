import { expect, test } from 'vitest';
import type { PlanAction, NodeChange, RunState } from '../../../media/protocol.ts';
import { EMPTY_OVERLAY, ENGLISH, type PictureOverlay, type SvgElement } from '../../../media/picture.ts';
import { ACTION_LOOKS, CHANGE_LOOKS, NODE_CHANGES, PLAN_ACTIONS } from '../../../media/picture/marks.ts';
import { nodeOverlaysOf } from '../../../media/picture/node-overlay.ts';
import { nodeElement, titleElement } from '../../../media/picture/nodes.ts';
import type { PillLook } from '../../../media/picture/pill.ts';
import { STATUS_LOOKS } from '../../../media/picture/status.ts';
import { pictureStyle } from '../../../media/picture/style.ts';
import type { PlacedNode } from '../../../server/layout.ts';
import { placedNode } from '../placed.ts';
import { runState } from '../run-state.ts';

const NODE = placedNode('instance:/web', 0, 0);

function drawn(overlay: Partial<PictureOverlay>, node: PlacedNode = NODE): SvgElement {
    return nodeElement(node, nodeOverlaysOf({ ...EMPTY_OVERLAY, ...overlay })(node), ENGLISH);
}

/** All elements of a tree. */
function all(tree: SvgElement): readonly SvgElement[] {
    return [tree, ...tree.children.flatMap(all)];
}

function textsOf(tree: SvgElement): readonly string[] {
    return all(tree).flatMap(({ tag, text }) => (tag === 'text' && text !== '' ? [text] : []));
}

function withClass(tree: SvgElement, name: string): readonly SvgElement[] {
    return all(tree).filter(({ attributes }) => attributes['class']?.split(' ').includes(name) === true);
}

const titleOf = (tree: SvgElement): string => all(tree).find(({ tag }) => tag === 'title')?.text ?? '';

test.each(Object.keys(STATUS_LOOKS) as RunState['status'][])('%s is told by colour, shape and word', (status) => {
    const node = drawn({ states: { [NODE.id]: runState(status) } });
    const [pill] = withClass(node, 'state');
    expect(pill?.attributes['class']).toBe(`pill state ${STATUS_LOOKS[status].tone}`);
    expect(all(pill ?? node).map(({ attributes }) => attributes['d'])).toContain(STATUS_LOOKS[status].icon);
    expect(textsOf(pill ?? node)).toEqual([ENGLISH[`status.${status}`]]);
    expect(titleOf(node)).toContain(ENGLISH[`status.${status}`]);
    expect(node.attributes['class']).toContain(` says-${STATUS_LOOKS[status].tone}`);
});

test.each(PLAN_ACTIONS)(
    'a plan that does %s is told by colour, shape and word, with its wave',
    (action: PlanAction) => {
        const mark = { action, firstWave: 3, lastWave: 3, isCritical: false, notes: ['start.sh'] };
        const node = drawn({ plan: { title: '', waveCount: 3, marks: { [NODE.id]: mark } } });
        const [pill] = withClass(node, 'plan-mark');
        expect(pill?.attributes['class']).toBe(`pill plan-mark ${ACTION_LOOKS[action].tone}`);
        expect(all(pill ?? node).map(({ attributes }) => attributes['d'])).toContain(ACTION_LOOKS[action].icon);
        expect(textsOf(pill ?? node)).toEqual([ENGLISH[`plan.${action}`], '3']);
        expect(titleOf(node)).toBe(`web, Server, ${action}, wave 3, start.sh`);
    },
);

test.each(NODE_CHANGES)('what was %s is told by colour, shape and word', (change: NodeChange) => {
    const node = drawn({ changes: { title: '', nodes: { [NODE.id]: { change, notes: ['port'] } }, edges: {} } });
    const [pill] = withClass(node, 'change-mark');
    expect(pill?.attributes['class']).toBe(`pill change-mark ${CHANGE_LOOKS[change].tone}`);
    expect(all(pill ?? node).map(({ attributes }) => attributes['d'])).toContain(CHANGE_LOOKS[change].icon);
    expect(textsOf(pill ?? node)).toEqual([ENGLISH[`change.${change}`]]);
    expect(node.attributes['class']).toContain(` ${change}`);
    expect(pictureStyle()).toContain(`.node.${change}{--rim:`);
});

test.each([
    ['actions', ACTION_LOOKS],
    ['differences', CHANGE_LOOKS],
] as const)('no two %s share a shape or a colour', (_name, table) => {
    const looks: readonly PillLook[] = Object.values(table);
    expect(new Set(looks.map(({ icon }) => icon)).size).toBe(looks.length);
    expect(new Set(looks.map(({ tone }) => tone)).size).toBe(looks.length);
    for (const { tone } of looks) {
        expect(pictureStyle()).toContain(`.${tone}{--tone:`);
        expect(pictureStyle()).toContain(`.says-${tone}{--said:`);
    }
});

test('a step of several waves names the first and the last, and the critical path is told', () => {
    const mark = { action: 'recreate', firstWave: 2, lastWave: 12, isCritical: true, notes: [] } as const;
    const node = drawn({ plan: { title: '', waveCount: 12, marks: { [NODE.id]: mark } } });
    expect(textsOf(node)).toContain('2–12');
    expect(node.attributes['class']).toContain('planned critical');
    expect(titleOf(node)).toContain('recreate, waves 2 to 12, on the critical path');
});

test('what is asked for stands after what is observed, as far as there is room', () => {
    const words = (text: string, width: number): string =>
        textsOf(
            withClass(
                drawn({ states: { [NODE.id]: runState('PROBLEM', { text, wanted: 'started' }) } }, { ...NODE, width }),
                'state',
            )[0] ?? NEVER,
        )[0] ?? '';
    expect(words('start failed', 240)).toBe('start failed → started');
    expect(words('update timed out', 176)).toBe('update timed out →');
    expect(words('update ended unknown', 184)).toBe('update ended unknown');
    expect(words('update ended unknown', 120)).toMatch(/^update.*…$/);
});

const NEVER = drawn({});

test('a step under way has a border that moves and says since when; one nobody tells about does not', () => {
    const moving = drawn({ states: { [NODE.id]: runState('STARTING', { isMoving: true, since: 77 }) } });
    expect(withClass(moving, 'flow')).toHaveLength(1);
    expect(withClass(moving, 'age')[0]?.attributes['data-since']).toBe('77');
    expect(withClass(moving, 'age')[0]?.text).toBe('');
    const stale = drawn({ states: { [NODE.id]: runState('STARTING', { isMoving: true, since: 77, isStale: true }) } });
    expect([...withClass(stale, 'flow'), ...withClass(stale, 'age')]).toEqual([]);
    expect(withClass(stale, 'hatching')).toHaveLength(1);
    expect(titleOf(stale)).toContain('as last known');
    const atRest = drawn({ states: { [NODE.id]: runState('DEPLOYED_STARTED', { since: 77 }) } });
    expect([...withClass(atRest, 'flow'), ...withClass(atRest, 'age')]).toEqual([]);
});

test('an age is left out where it has no room, and where something else is told', () => {
    const state = (text: string) => ({
        states: { [NODE.id]: runState('STARTING', { isMoving: true, since: 77, text }) },
    });
    expect(withClass(drawn(state('starting')), 'age')).toHaveLength(1);
    expect(withClass(drawn(state('starting · try 2 of 4')), 'age')).toHaveLength(0);
    const mark = { action: 'recreate', firstWave: 10, lastWave: 12, isCritical: false, notes: [] } as const;
    const plan = { title: '', waveCount: 12, marks: { [NODE.id]: mark } };
    expect(withClass(drawn({ ...state('starting'), plan }), 'age')).toHaveLength(0);
});

test('a failure shows its cause in place of the second line, cut to the card, and in full in the tooltip', () => {
    const cause = 'start.sh ended with exit code 3, because the port 8080 is taken.';
    const state = runState('PROBLEM', { text: 'start failed', cause });
    const [line] = withClass(drawn({ states: { [NODE.id]: state } }), 'cause');
    expect(line?.text).toMatch(/^start\.sh ended.*…$/);
    expect(titleOf(drawn({ states: { [NODE.id]: state } }))).toContain(`why: ${cause}`);
    expect(titleOf(drawn({ states: { [NODE.id]: { ...state, notes: [cause] } } })).split(cause)).toHaveLength(2);
    const box = { ...NODE, shape: 'container', width: 500 } as const;
    const title = titleElement(box, nodeOverlaysOf({ ...EMPTY_OVERLAY, states: { [NODE.id]: state } })(box), ENGLISH);
    expect(textsOf(title ?? NEVER)[1]).toMatch(/^start\.sh ended with exit code 3/);
});

test('a folded container counts what is inside, the most urgent first, and all of it in the tooltip', () => {
    const folded = Array.from({ length: 30 }, (_, i) => `instance:/pool/${String(i)}`);
    const pool = placedNode('instance:/pool', 0, 0, { width: 240, height: 80, folded });
    const statuses = ['PROBLEM', 'STARTING', 'UNRESOLVED', 'DEPLOYED_STARTED', 'NOT_DEPLOYED'] as const;
    const states = Object.fromEntries(folded.map((id, i) => [id, runState(statuses[i % 5] ?? 'PROBLEM')]));
    const node = drawn({ states }, pool);
    expect(textsOf(withClass(node, 'inside')[0] ?? node)).toEqual(['30 inside', '6', '6', '6', '+12']);
    expect(withClass(node, 'tally').map(({ attributes }) => attributes['class'])).toEqual([
        'tally bad',
        'tally busy',
        'tally waiting',
        'tally',
    ]);
    expect(titleOf(node)).toContain(
        '30 inside, 6 problem, 6 starting, 6 waiting for imports, 6 started, 6 not deployed',
    );
    expect(withClass(node, 'pile')).toHaveLength(2);
    expect(textsOf(withClass(drawn({}, { ...pool, folded: ['a'] }), 'inside')[0] ?? node)).toEqual(['1 inside']);
});

test('a pinned node has a pin, what a search found a ring, and the tooltip says so', () => {
    expect(withClass(drawn({}, { ...NODE, isPinned: true }), 'pin')).toHaveLength(1);
    expect(titleOf(drawn({}, { ...NODE, isPinned: true }))).toContain('pinned by hand');
    expect(withClass(drawn({ found: [NODE.id] }), 'ring')).toHaveLength(1);
    expect(withClass(drawn({ found: [] }), 'ring')).toHaveLength(0);
});

test.each([
    ['a name from right to left', 'خادم'],
    ['a name that turns the direction', 'a\u202Eb'],
])('%s has no say in what stands beside it', (_name, label) => {
    expect(titleOf(drawn({}, placedNode('x', 0, 0, { label })))).toBe(`\u2068${label}\u2069, Server`);
});

test('labels never leave their node, whatever they say', () => {
    const rightOf = (pill: SvgElement): readonly [number, number] => {
        const x = Number(/translate\((\S+)/.exec(pill.attributes['transform'] ?? '')?.[1]);
        return [x, x + Number(pill.children[0]?.attributes['width'])];
    };
    const mark = { action: 'recreate', firstWave: 100, lastWave: 200, isCritical: false, notes: [] } as const;
    for (const text of ['', 'W'.repeat(200), '👩🏽‍💻'.repeat(50), 'خادم الويب'.repeat(20)]) {
        const state = runState('PROBLEM', { text, wanted: text, cause: text });
        const node = drawn({
            states: { [NODE.id]: state },
            plan: { title: '', waveCount: 9, marks: { [NODE.id]: mark } },
        });
        const pills = withClass(node, 'pill').map(rightOf);
        expect(pills).toHaveLength(2);
        expect(pills[0]?.[1]).toBeLessThanOrEqual(pills[1]?.[0] ?? 0);
        for (const [left, right] of pills) expect(left >= 0 && right <= NODE.width).toBe(true);
    }
});
