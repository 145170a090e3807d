import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLookExchange } from '../../../media/graph/look-exchange.ts';
import {
    choiceCount,
    chosenOf,
    FILTER_PARTS,
    isImportsOnly,
    isWhole,
    OFFERED_LAYERS,
    withAllClosed,
    withAllOpened,
    withChoice,
    withDirection,
    withFocus,
    withFold,
    withImportsOnly,
    withLayer,
    withoutFilter,
    withPerspective,
} from '../../../media/graph/looks.ts';
import { widened } from '../../../media/graph/strips.ts';
import { FRESH_LOOK, parsePageLook, type PageLook } from '../../../media/protocol.ts';
import { PLACED } from '../placed.ts';

const focused: PageLook = withFocus(FRESH_LOOK, { node: 'component:A', distance: 2 });

test('another perspective leaves the neighbourhood, the same one keeps everything', () => {
    expect(withPerspective(focused, 'hosts')).toEqual({ ...FRESH_LOOK, perspective: 'hosts' });
    expect(withPerspective(focused, 'components')).toBe(focused);
});

test('layers come and go one by one, in their order', () => {
    const without = withLayer(withLayer(FRESH_LOOK, 'children', false), 'facets', true);
    expect(without.layers).toEqual(['imports', 'inheritance', 'facets']);
    expect(withLayer(without, 'children', true).layers).toEqual(OFFERED_LAYERS);
});

test('imports only is one step away, and so is what a fresh page shows', () => {
    const only = withImportsOnly(FRESH_LOOK);
    expect([only.layers, isImportsOnly(only), isImportsOnly(FRESH_LOOK)]).toEqual([['imports'], true, false]);
    expect(withImportsOnly(only).layers).toEqual(FRESH_LOOK.layers);
});

test('what is closed is not opened, and the other way round', () => {
    const closed = withFold(withFold(FRESH_LOOK, ['a', 'b'], true), ['b'], false);
    expect([closed.closed, closed.opened]).toEqual([['a'], ['b']]);
    const again = withFold(closed, ['b'], true);
    expect([again.closed, again.opened]).toEqual([['a', 'b'], []]);
});

test('all containers are closed, or opened with those that are folded away', () => {
    const containers = PLACED.nodes.filter(({ shape, folded }) => shape === 'container' || folded.length > 0);
    const folded = PLACED.nodes.flatMap((node) => node.folded);
    expect(folded.length).toBeGreaterThan(0);
    expect(withAllClosed(FRESH_LOOK, PLACED.nodes)).toMatchObject({
        closed: containers.map(({ id }) => id),
        opened: [],
    });
    const opened = withAllOpened(FRESH_LOOK, PLACED.nodes);
    expect(opened.closed).toEqual([]);
    expect(new Set(opened.opened)).toEqual(new Set([...containers.map(({ id }) => id), ...folded]));
    expect(isWhole(FRESH_LOOK, PLACED.nodes)).toBe(false);
    expect(
        isWhole(
            FRESH_LOOK,
            PLACED.nodes.map((node) => ({ ...node, folded: [] })),
        ),
    ).toBe(true);
});

test('entries of a filter are chosen, counted and taken away', () => {
    let look = FRESH_LOOK;
    for (const part of FILTER_PARTS) look = withChoice(look, part, part === 'states' ? 'PROBLEM' : 'x', true);
    expect([choiceCount(look), look.filter.hosts, look.statuses]).toEqual([4, ['x'], ['PROBLEM']]);
    expect(chosenOf(withChoice(look, 'facets', 'x', false), 'facets')).toEqual([]);
    expect(withoutFilter(look)).toEqual(FRESH_LOOK);
});

test.each([
    [1, -1, 1],
    [1, 1, 2],
    [3, 1, 3],
    [2, -1, 1],
] as const)('a neighbourhood of %i made wider by %i is %i', (distance, by, expected) => {
    const look = withFocus(FRESH_LOOK, { node: 'n', distance });
    expect(widened(look, by).focus).toEqual({ node: 'n', distance: expected });
    expect(widened(FRESH_LOOK, by)).toBe(FRESH_LOOK);
});

const names = fc.constantFrom('a', 'b', 'c');
const steps = fc.oneof(
    fc.record({ fold: names, closed: fc.boolean() }),
    fc.record({ layer: fc.constantFrom(...OFFERED_LAYERS), shown: fc.boolean() }),
    fc.record({ part: fc.constantFrom('components', 'facets', 'hosts'), entry: names, chosen: fc.boolean() }),
);

test('whatever is done to a look, the host can read it and nothing is both closed and open', () => {
    fc.assert(
        fc.property(fc.array(steps, { maxLength: 20 }), (done) => {
            let look: PageLook = FRESH_LOOK;
            for (const step of done) {
                if ('fold' in step) look = withFold(look, [step.fold], step.closed);
                else if ('layer' in step) look = withLayer(look, step.layer, step.shown);
                else look = withChoice(look, step.part as 'components', step.entry, step.chosen);
            }
            expect(parsePageLook(JSON.parse(JSON.stringify(look)))).toEqual(look);
            expect(look.closed.filter((id) => look.opened.includes(id))).toEqual([]);
            const { components, facets, hosts } = look.filter;
            for (const list of [look.closed, look.opened, components, facets, hosts])
                expect(new Set(list).size).toBe(list.length);
        }),
    );
});

const right = withDirection(FRESH_LOOK, 'right');
const down = withDirection(FRESH_LOOK, 'down');

test('the answer to an older wish takes no newer one back', () => {
    const told: PageLook[] = [];
    const exchange = createLookExchange(FRESH_LOOK, (look) => told.push(look));
    expect([exchange.wish(FRESH_LOOK), exchange.wish(right), exchange.wish(down)]).toEqual([false, true, true]);
    expect(told).toEqual([right, down]);
    for (const answer of [FRESH_LOOK, right, down, down]) expect(exchange.answered(answer)).toEqual(down);
    // Nothing is waited for: what comes is the host's own wish.
    expect(exchange.answered(FRESH_LOOK)).toEqual(FRESH_LOOK);
});

test('a look that nobody here has ever had is the wish of the host, who knows which nodes states mean', () => {
    const exchange = createLookExchange(FRESH_LOOK, () => {});
    exchange.wish(right);
    const hosts = { ...focused, filter: { ...FRESH_LOOK.filter, only: ['n'] } };
    expect(exchange.answered(hosts)).toEqual(focused);
    expect(exchange.answered({ ...hosts, filter: { ...FRESH_LOOK.filter, only: [] } })).toEqual(focused);
});
