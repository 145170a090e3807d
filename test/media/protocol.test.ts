import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
    FRESH_LOOK,
    parseFromPage,
    parseToPage,
    textOfToPage,
    type ChangesView,
    type FromPage,
    type PageLook,
    type PlanMark,
    type ToPage,
} from '../../media/protocol.ts';
import { packGraph } from '../../server/layout/packing.ts';
import { SHOP, SHOP_TYPES } from '../server/layout/sample-views.ts';
import { runState } from './run-state.ts';

const MODEL: Extract<ToPage, { readonly kind: 'model' }> = {
    kind: 'model',
    name: 'shop',
    graph: packGraph(SHOP, 'landscape'),
    findings: { 'instance:/edge': { errors: 1, warnings: 0 } },
    details: {
        'instance:/edge': {
            description: null,
            exports: [{ name: 'Edge.ip', value: null, isRandom: false }],
            moreExports: 0,
            imports: [{ name: 'Db.*', optional: true, external: false, from: ['/store/database'], moreFrom: 2 }],
            moreImports: 1,
        },
    },
    errorCount: 1,
    warningCount: 0,
    look: FRESH_LOOK,
    choices: { components: ['Db'], facets: ['Sold'], hosts: [{ id: 'instance:/vm', label: 'vm' }], nodeCount: 8 },
    drift: { gone: ['a'], moved: ['b'], added: [] },
    changes: null,
};

const CHANGES: ChangesView = {
    title: 'HEAD against the working tree',
    nodes: { a: { change: 'rewired', notes: ['imports Db.ip'] }, b: { change: 'removed', notes: [] } },
    edges: { 'import:a->b': 'added' },
};
const MARK: PlanMark = { action: 'recreate', firstWave: 1, lastWave: 3, isCritical: true, notes: ['wave 1: stop'] };
const LOOK: PageLook = {
    ...FRESH_LOOK,
    ...{ perspective: 'hosts', direction: 'down', layers: [], closed: ['a'], opened: ['b'], statuses: ['PROBLEM'] },
    focus: { node: 'a', distance: 2 },
    filter: { components: ['Db'], facets: [], hosts: ['instance:/vm'], only: ['c'] },
};
const CLOCK = { now: 12.5, isRunning: true } as const;

const TO_PAGE: readonly ToPage[] = [
    MODEL,
    { ...MODEL, graph: packGraph(SHOP_TYPES, 'landscape') },
    { ...MODEL, changes: CHANGES, look: LOOK },
    {
        kind: 'states',
        states: {
            a: runState('STARTING', {
                notes: ['why'],
                flags: 'instance;',
                isMoving: true,
                since: 3.5,
                wanted: 'started',
            }),
            b: runState('PROBLEM', { cause: 'exit code 3', isStale: true }),
        },
        run: 'Deploying',
        deployment: 'd',
        clock: CLOCK,
    },
    { kind: 'states', states: {}, run: '', deployment: null, clock: CLOCK },
    { kind: 'plan', plan: null },
    { kind: 'plan', plan: { title: 'Deploy', waveCount: 3, marks: { a: MARK } } },
    { kind: 'simulation', simulation: null },
    { kind: 'simulation', simulation: { status: 'paused', clockMs: 1.5, untilMs: 2, rate: 0, speed: 0.25 } },
    {
        kind: 'pulses',
        pulses: [
            { from: null, to: 'a' },
            { from: 'b', to: 'a' },
        ],
    },
    { kind: 'select', nodes: ['a'], reveal: true },
    { kind: 'select', nodes: [], reveal: false },
    { kind: 'empty', reason: 'failed', message: 'why' },
];

const FROM_PAGE: readonly FromPage[] = [
    { kind: 'ready', look: LOOK, orientation: 'portrait' },
    { kind: 'look', look: FRESH_LOOK },
    { kind: 'pin', node: 'a', x: 12, y: -4.5 },
    { kind: 'unpin', nodes: [] },
    { kind: 'unpin', nodes: ['a', 'b'] },
    { kind: 'show', what: 'changesSinceDeployment' },
    { kind: 'reveal', node: 'a', preserveFocus: true },
    { kind: 'showProblems' },
    { kind: 'simulation', control: 'faster' },
    { kind: 'export' },
];

test.each(TO_PAGE.map((message) => [message.kind, message] as const))(
    '%s reaches the page as it was sent',
    (_, message) => {
        expect(parseToPage(JSON.parse(JSON.stringify(message)))).toEqual(message);
    },
);

test.each(FROM_PAGE.map((message) => [message.kind, message] as const))(
    '%s reaches the host as it was sent',
    (_, message) => {
        expect(parseFromPage(JSON.parse(JSON.stringify(message)))).toEqual(message);
    },
);

test('fields nobody knows are dropped', () => {
    expect(parseFromPage({ kind: 'showProblems', more: 1 })).toEqual({ kind: 'showProblems' });
});

const graph = packGraph(SHOP, 'landscape');
const statesOf = (states: unknown) => ({ kind: 'states', states, run: '', deployment: null, clock: CLOCK });
const planOf = (marks: unknown) => ({ kind: 'plan', plan: { title: '', waveCount: 1, marks } });
test.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['a text', 'model'],
    ['a list', [MODEL]],
    ['an unknown kind', { kind: 'other' }],
    ['a model without a graph', { ...MODEL, graph: null }],
    ['a node without a place', { ...MODEL, graph: { ...graph, nodes: [{ ...graph.nodes[0], x: null }] } }],
    ['a node at infinity', { ...MODEL, graph: { ...graph, nodes: [{ ...graph.nodes[0], x: Infinity }] } }],
    [
        'an edge with one point',
        { ...MODEL, graph: { ...graph, edges: [{ ...graph.edges[0], points: [{ x: 0, y: 0 }] }] } },
    ],
    ['too many nodes', { ...MODEL, graph: { ...graph, nodes: Array.from({ length: 200_001 }, () => graph.nodes[0]) } }],
    ['a picture less than nothing wide', { ...MODEL, graph: { ...graph, width: -1 } }],
    ['a name that is no text', { ...MODEL, name: 1 }],
    ['a name of megabytes', { ...MODEL, name: 'x'.repeat(2_000_000) }],
    ['a negative count', { ...MODEL, errorCount: -1 }],
    ['an unknown status', statesOf({ a: { ...runState('PROBLEM'), status: 'FINE' } })],
    ['a state since no moment', statesOf({ a: { ...runState('PROBLEM'), since: NaN } })],
    ['a state that does not say whether it is told', statesOf({ a: { ...runState('PROBLEM'), isStale: undefined } })],
    ['states without a clock', { ...statesOf({}), clock: undefined }],
    ['a plan of something else', planOf({ a: { ...MARK, action: 'explode' } })],
    ['a wave that cannot be counted', planOf({ a: { ...MARK, firstWave: -1 } })],
    [
        'a difference of a kind of its own',
        { ...MODEL, changes: { ...CHANGES, nodes: { a: { change: 'odd', notes: [] } } } },
    ],
    ['a line that changed', { ...MODEL, changes: { ...CHANGES, edges: { a: 'changed' } } }],
    ['a model without a look', { ...MODEL, look: { ...LOOK, layers: ['all'] } }],
    ['choices that cannot be counted', { ...MODEL, choices: { ...MODEL.choices, nodeCount: 1.5 } }],
    ['positions of something else', { ...MODEL, drift: { gone: [1], moved: [], added: [] } }],
    ['a selection without reveal', { kind: 'select', nodes: ['a'] }],
    ['a detail without imports', { ...MODEL, details: { a: { description: null, exports: [] } } }],
    [
        'a speed of its own',
        { kind: 'simulation', simulation: { status: 'paused', clockMs: 0, untilMs: 0, rate: 0, speed: 3 } },
    ],
    [
        'a clock that goes backwards',
        { kind: 'simulation', simulation: { status: 'paused', clockMs: -1, untilMs: 0, rate: 0, speed: 1 } },
    ],
    ['a pulse to nowhere', { kind: 'pulses', pulses: [{ from: 'a', to: null }] }],
    ['an unknown reason', { kind: 'empty', reason: 'because', message: '' }],
])('%s is refused by the page', (_, message) => {
    expect(parseToPage(message)).toBe(undefined);
});

test.each<readonly [string, unknown]>([
    ['nothing', null],
    ['an unknown kind', { kind: 'run' }],
    ['a perspective of its own', { kind: 'look', look: { ...LOOK, perspective: 'all' } }],
    ['a direction of its own', { kind: 'look', look: { ...LOOK, direction: 'up' } }],
    ['a focus on nothing near', { kind: 'look', look: { ...LOOK, focus: { node: 'a', distance: 0 } } }],
    ['a state of its own', { kind: 'look', look: { ...LOOK, statuses: ['FINE'] } }],
    ['a look without an orientation', { kind: 'ready', look: LOOK }],
    ['a pin at infinity', { kind: 'pin', node: 'a', x: Infinity, y: 0 }],
    ['an overlay of its own', { kind: 'show', what: 'everything' }],
    ['a reveal without a node', { kind: 'reveal', preserveFocus: true }],
    ['an unknown control', { kind: 'simulation', control: 'rewind' }],
    ['a node that is no text', { kind: 'reveal', node: {}, preserveFocus: true }],
])('%s is refused by the host', (_, message) => {
    expect(parseFromPage(message)).toBe(undefined);
});

test('a message for the page may come as its text', () => {
    const message: ToPage = { kind: 'select', nodes: ['é "quoted"'], reveal: true };
    expect(parseToPage(textOfToPage(message))).toEqual(message);
    for (const text of ['', 'select', '{"kind":', '{"kind":"none"}', '7']) expect(parseToPage(text)).toBe(undefined);
});

test('no value at all makes the parsers throw', () => {
    const value = fc.oneof(
        fc.anything(),
        fc.record({
            kind: fc.constantFrom('model', 'states', 'plan', 'look', 'pin', 'select', 'reveal'),
            graph: fc.anything(),
        }),
    );
    fc.assert(
        fc.property(value, (message) => {
            parseToPage(message);
            parseFromPage(message);
        }),
    );
});
