import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFromPage, parseToPage, type FromPage, type ToPage } from '../../media/protocol.ts';
import { packGraph } from '../../server/layout/packing.ts';
import { SHOP, SHOP_TYPES } from '../server/layout/sample-views.ts';

const MODEL: ToPage = {
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
};

const TO_PAGE: readonly ToPage[] = [
    MODEL,
    { ...MODEL, graph: packGraph(SHOP_TYPES, 'landscape') },
    {
        kind: 'states',
        states: { a: { status: 'STARTING', text: '', isProviding: false, notes: ['why'], flags: 'instance;' } },
        run: 'Deploying',
        deployment: 'd',
    },
    { kind: 'states', states: {}, run: '', deployment: null },
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
    { kind: 'ready', perspective: 'components', orientation: 'portrait' },
    { kind: 'perspective', perspective: 'instances' },
    { kind: 'reveal', node: 'a', preserveFocus: true },
    { kind: 'showProblems' },
    { kind: 'simulation', control: 'faster' },
    { kind: 'exportSvg' },
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
    ['too many nodes', { ...MODEL, graph: { ...graph, nodes: Array.from({ length: 20_001 }, () => graph.nodes[0]) } }],
    ['a name that is no text', { ...MODEL, name: 1 }],
    ['a name of megabytes', { ...MODEL, name: 'x'.repeat(2_000_000) }],
    ['a negative count', { ...MODEL, errorCount: -1 }],
    [
        'an unknown status',
        {
            kind: 'states',
            states: { a: { status: 'FINE', text: '', isProviding: true, notes: [], flags: '' } },
            run: '',
            deployment: null,
        },
    ],
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
    ['a perspective of its own', { kind: 'ready', perspective: 'all' }],
    ['a reveal without a node', { kind: 'reveal', preserveFocus: true }],
    ['an unknown control', { kind: 'simulation', control: 'rewind' }],
    ['a node that is no text', { kind: 'reveal', node: {}, preserveFocus: true }],
])('%s is refused by the host', (_, message) => {
    expect(parseFromPage(message)).toBe(undefined);
});

test('no value at all makes the parsers throw', () => {
    const value = fc.oneof(
        fc.anything(),
        fc.record({ kind: fc.constantFrom('model', 'states', 'select', 'reveal'), graph: fc.anything() }),
    );
    fc.assert(
        fc.property(value, (message) => {
            parseToPage(message);
            parseFromPage(message);
        }),
    );
});
