/** The side file of positions, and how it fits a model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
    driftOf,
    formatPositions,
    graphViewOf,
    NO_POSITIONS,
    parsePositions,
    PERSPECTIVES,
    pinsIn,
    withoutPins,
    withPin,
    type Positions,
} from '../../../language/index.ts';
import { GRAPH, INSTANCES, modelOf } from './sample.ts';

const model = modelOf(GRAPH, INSTANCES);
const view = graphViewOf(model, 'instances');

const pinned = (...ids: readonly (readonly [string, string | null])[]): Positions =>
    ids.reduce(
        (positions, [id, within]) => withPin(positions, 'instances', id, { x: 1, y: 2, in: within }),
        NO_POSITIONS,
    );

describe('the file', () => {
    test('has a line a node, sorted, in whole pixels', () => {
        const one = withPin(NO_POSITIONS, 'components', 'component:Tomcat', {
            x: 40.4,
            y: -7.6,
            in: 'component:Machine',
        });
        const positions = withPin(one, 'components', 'component:Apache', { x: 0, y: 12, in: null });
        expect(formatPositions(positions)).toBe(`{
  "formatVersion": 1,
  "components": {
    "component:Apache": { "x": 0, "y": 12, "in": null },
    "component:Tomcat": { "x": 40, "y": -8, "in": "component:Machine" }
  },
  "instances": {},
  "hosts": {}
}
`);
    });
    test('says the same when it is read and written again, whatever the names', () => {
        const pin = fc.record({
            x: fc.integer({ min: -9999, max: 9999 }),
            y: fc.nat(9999),
            in: fc.option(fc.string()),
        });
        const pins = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), pin);
        const any = fc.record({ components: pins, instances: pins, hosts: pins });
        fc.assert(
            fc.property(any, (positions) => {
                const text = formatPositions(positions);
                const read = parsePositions(text);
                expect(read).toEqual(positions);
                expect(formatPositions(read ?? NO_POSITIONS)).toBe(text);
            }),
        );
    });
    test('may lack perspectives, and have fields of others', () => {
        expect(parsePositions('{"formatVersion":1,"hosts":{"a":{"x":1,"y":2,"in":null,"z":3}},"x":0}')).toEqual({
            ...NO_POSITIONS,
            hosts: { a: { x: 1, y: 2, in: null } },
        });
    });
    test.each([
        '',
        '[]',
        'null',
        '{}',
        '{"formatVersion":2}',
        '{"formatVersion":1,"hosts":[]}',
        '{"formatVersion":1,"hosts":{"a":null}}',
        '{"formatVersion":1,"hosts":{"a":{"x":"1","y":2,"in":null}}}',
        '{"formatVersion":1,"hosts":{"a":{"x":1e9,"y":2,"in":null}}}',
        '{"formatVersion":1,"hosts":{"a":{"x":1,"y":2}}}',
        '<<<<<<< HEAD\n{"formatVersion":1}',
    ])('%j is none', (text) => {
        expect(parsePositions(text)).toBeUndefined();
    });
    test('more pins than people make are none', () => {
        const pins = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`n${i}`, { x: 1, y: 1, in: null }]));
        expect(parsePositions(JSON.stringify({ formatVersion: 1, hosts: pins }))).toBeUndefined();
    });
});

describe('pins', () => {
    const both = pinned(['instance:/store', null], ['instance:/store/db', 'instance:/store']);
    test('are taken away one by one, or all', () => {
        expect(Object.keys(withoutPins(both, 'instances', ['instance:/store']).instances)).toEqual([
            'instance:/store/db',
        ]);
        expect(withoutPins(both, 'instances', []).instances).toEqual({});
        expect(withoutPins(both, 'hosts', [])).toEqual(both);
    });
    test('count in their perspective, for nodes still in the container they were put into', () => {
        expect(Object.keys(pinsIn(view, both))).toEqual(['instance:/store', 'instance:/store/db']);
        expect(pinsIn(graphViewOf(model, 'hosts'), both)).toEqual({});
        expect(pinsIn(view, pinned(['instance:/store/db', 'instance:/front'], ['instance:/gone', null]))).toEqual({});
    });
});

describe('drift', () => {
    test('nothing pinned is no drift', () => {
        for (const perspective of PERSPECTIVES)
            expect(driftOf(graphViewOf(model, perspective), NO_POSITIONS)).toEqual({ gone: [], moved: [], added: [] });
    });
    test('tells what is gone, and what is in another container', () => {
        const positions = pinned(['instance:/gone', null], ['instance:/store/db', 'instance:/front']);
        expect(driftOf(view, positions)).toEqual({
            gone: ['instance:/gone'],
            moved: ['instance:/store/db'],
            added: [],
        });
    });
    test('tells what stands unpinned where most are pinned', () => {
        const three = pinned(['instance:/front', null], ['instance:/store', null], ['outside:Mail', null]);
        expect(driftOf(view, three).added).toEqual(['instance:/far']);
        expect(driftOf(view, pinned(['instance:/front', null])).added).toEqual([]);
    });
});
