import { expect, test } from 'vitest';
import { describeFacts } from '../../../media/graph/hover-card.ts';
import { describeChanges } from '../../../media/graph/narrator.ts';
import { nodeContext } from '../../../media/graph/node-context.ts';
import { edgesOf } from '../../../media/graph/pulses.ts';
import { clockText } from '../../../media/graph/simulation-bar.ts';
import { ENGLISH, fill, parseTexts } from '../../../media/texts.ts';
import type { RunState } from '../../../media/protocol.ts';
import { packGraph } from '../../../server/layout/packing.ts';
import { SHOP } from '../../server/layout/sample-views.ts';
import { PLACED } from '../placed.ts';
import { runState } from '../run-state.ts';

const graph = packGraph(SHOP, 'landscape');
const state = (status: RunState['status'], text = ''): RunState => runState(status, { text });

test('values take their places in a text; a hole nothing is given for stays', () => {
    expect(fill('{1} of {0}, {2}', 3, 'one')).toBe('one of 3, {2}');
    expect(fill('$& {0}', '$1')).toBe('$& $1');
});

test('texts that are missing, no text, or not readable at all are English', () => {
    const texts = parseTexts(JSON.stringify({ 'legend.title': 'Légende', 'tool.fit': 7, other: 'x' }));
    expect(texts['legend.title']).toBe('Légende');
    expect(texts['tool.fit']).toBe(ENGLISH['tool.fit']);
    expect(Object.keys(texts)).toEqual(Object.keys(ENGLISH));
    for (const junk of [null, '', '{', '[]', 'null', '3']) expect(parseTexts(junk)).toEqual(ENGLISH);
});

test('screen readers hear what changed, and no more than three things', () => {
    const before = { 'instance:/edge': state('STARTING'), 'instance:/store': state('STARTING') };
    const after = { ...before, 'instance:/edge': state('DEPLOYED_STARTED'), 'instance:/gone': state('PROBLEM') };
    expect(describeChanges(graph.nodes, before, after, ENGLISH)).toBe('edge: started');
    expect(describeChanges(graph.nodes, after, after, ENGLISH)).toBe('');
    const all = Object.fromEntries(SHOP.nodes.map(({ id }) => [id, state('DEPLOYING')]));
    expect(describeChanges(graph.nodes, {}, all, ENGLISH)).toMatch(/^edge: deploying; .*; and 5 more changes$/);
});

test('a pulse travels along the imports it is about, from one exporter or from all', () => {
    const ids = (from: string | null) =>
        edgesOf(graph, [{ from, to: 'instance:/middle/server/admin' }]).map(({ target }) => target);
    expect(ids('instance:/store/database')).toEqual(['instance:/store/database']);
    expect(ids(null)).toHaveLength(2);
    expect(ids('instance:/nowhere')).toEqual([]);
});

test('what is folded away is told through the container that stands for it', () => {
    const targets = (from: string | null, to: string) => edgesOf(PLACED, [{ from, to }]).map(({ target }) => target);
    expect(targets('instance:/pool/3', 'instance:/vm/app')).toEqual(['instance:/pool']);
    expect(targets('instance:/pool/3', 'instance:/vm/web')).toEqual([]);
    expect(targets(null, 'instance:/pool/3')).toEqual([]);
});

test.each([
    [0, '0:00.0'],
    [62_549, '1:02.5'],
    [3_600_000, '60:00.0'],
])('%i virtual milliseconds are %s', (ms, text) => expect(clockText(ms)).toBe(text));

test('only an instance of a deployment hands over what its commands take', () => {
    const node = graph.nodes[0]!;
    const place = { application: 'file:///a', deployment: 'd' };
    const read = (found: string): unknown => JSON.parse(found);
    const flags = 'instance;stoppable;';
    expect(read(nodeContext(node, { ...state('DEPLOYED_STARTED'), flags }, place))).toMatchObject({
        ...{ kind: 'instance', deployment: 'd', path: '/edge', flags, webviewSection: 'node' },
    });
    for (const context of [
        nodeContext(node, undefined, place),
        nodeContext(node, state('STARTING'), { ...place, deployment: null }),
        nodeContext({ ...node, kind: 'component' }, state('STARTING'), place),
    ])
        expect(read(context)).not.toHaveProperty('path');
});

test('a node says in one text all that its card shows', () => {
    const facts = {
        node: graph.nodes[0]!,
        state: { ...state('PROBLEM'), notes: ['exit code 3'] },
        findings: ['1 error'],
        detail: {
            description: null,
            exports: [{ name: 'Edge.ip', value: null, isRandom: false }],
            moreExports: 0,
            imports: [{ name: 'Mail.ip', optional: true, external: true, from: [], moreFrom: 0 }],
            moreImports: 0,
        },
        plan: null,
        change: null,
        now: () => 0,
    };
    expect(describeFacts(facts, ENGLISH)).toBe(
        '1 error. exit code 3. Exports: Edge.ip = set when it runs. Imports: Mail.ip: from another application, optional',
    );
});
