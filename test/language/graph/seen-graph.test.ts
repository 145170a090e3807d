/** How a view looks with layers, filters, a focus and folds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
    graphViewOf,
    type GraphEdge,
    type GraphLook,
    type GraphView,
    LAYERS,
    PERSPECTIVES,
    seenGraphOf,
    WHOLE_LOOK,
} from '../../../language/index.ts';
import { anyLook, anyModel, GRAPH, INSTANCES, look, modelOf } from './sample.ts';

const model = modelOf(GRAPH, INSTANCES);
const components = graphViewOf(model, 'components');
const instances = graphViewOf(model, 'instances');
const hosts = graphViewOf(model, 'hosts');

const labels = (view: GraphView): readonly string[] => view.nodes.map(({ id }) => id.slice(id.indexOf(':') + 1));
const seen = (view: GraphView, wish: GraphLook): GraphView => seenGraphOf(view, wish).view;
const filtered = (view: GraphView, filter: Partial<GraphLook['filter']>): readonly string[] =>
    labels(seen(view, look({ filter: { ...WHOLE_LOOK.filter, ...filter } })));

describe('layers', () => {
    test('a fresh look has no facets but those that no component has', () => {
        const { nodes, edges } = seen(components, WHOLE_LOOK);
        expect(nodes.filter(({ kind }) => kind === 'facet').map(({ label }) => label)).toEqual(['Unused']);
        expect(new Set(edges.map(({ kind }) => kind))).toEqual(new Set(['import', 'extends', 'child']));
    });
    test('the layer of facets shows all of them, with who has them', () => {
        const { nodes, edges } = seen(components, look({ layers: LAYERS }));
        expect(nodes.filter(({ kind }) => kind === 'facet').map(({ label }) => label)).toEqual([
            'Web',
            'Secured',
            'Unused',
        ]);
        expect(edges.filter(({ kind }) => kind === 'facet').map(({ id }) => id)).toEqual([
            'facet:component:App->facet:Secured',
        ]);
        expect(edges.map(({ id }) => id)).toContain('extends:facet:Secured->facet:Web');
    });
    test('imports alone leave inheritance out', () => {
        const { edges } = seen(components, look({ layers: ['imports'] }));
        expect(new Set(edges.map(({ kind }) => kind))).toEqual(new Set(['import']));
    });
    test('what other applications export goes with the imports', () => {
        expect(labels(seen(instances, WHOLE_LOOK))).toContain('Mail');
        expect(labels(seen(instances, look({ layers: ['children'] })))).not.toContain('Mail');
    });
});

describe('filters', () => {
    test('keep components, with their containers and the other applications they import from', () => {
        expect(filtered(instances, { components: ['App'] })).toEqual(['/front', '/front/web', 'Mail']);
    });
    test('keep what has a facet, inherited or not', () => {
        expect(filtered(components, { facets: ['Web'] })).toEqual(['App', 'Machine', 'Mail']);
    });
    test('keep what is on hosts', () => {
        expect(filtered(instances, { hosts: ['instance:/store'] })).toEqual(['/store', '/store/db']);
        expect(filtered(hosts, { hosts: ['instance:/store'] })).toEqual(['/store', '/store/db']);
    });
    test('keep what all of them keep', () => {
        expect(filtered(instances, { components: ['Cache'], hosts: ['instance:/front'] })).toEqual([
            '/front',
            '/front/web',
            '/front/web/near',
        ]);
        expect(filtered(instances, { components: ['Db'], hosts: ['instance:/front'] })).toEqual([]);
    });
    test('an empty choice of nodes keeps none, no choice keeps all', () => {
        expect(filtered(instances, { only: [] })).toEqual([]);
        expect(filtered(instances, { only: ['instance:/store/db'] })).toEqual(['/store', '/store/db']);
    });
    test.each([{ components: ['Gone'] }, { facets: ['Gone'] }, { hosts: ['instance:/gone'] }])(
        'names that are not there do not count: %j',
        (filter) => {
            expect(filtered(instances, filter)).toEqual(labels(seen(instances, WHOLE_LOOK)));
        },
    );
    test('choose from the names of the whole view', () => {
        expect(seenGraphOf(instances, look({ only: [] })).choices).toEqual({
            components: ['App', 'Cache', 'Db', 'Machine'],
            facets: ['Secured', 'Web'],
            hosts: [
                { id: 'instance:/front', label: 'front' },
                { id: 'instance:/store', label: 'store' },
            ],
            nodeCount: 7,
        });
        expect(seenGraphOf(components, WHOLE_LOOK).choices.hosts).toEqual([]);
    });
    test('hosts of one name are told apart by their paths', () => {
        const nested = modelOf(
            'M {\n  installer: target;\n}\n',
            'instance of M {\n  name: a;\n  instance of M {\n    name: b;\n  }\n}\ninstance of M {\n  name: b;\n}\n',
        );
        expect(seenGraphOf(graphViewOf(nested, 'hosts'), WHOLE_LOOK).choices.hosts.map(({ label }) => label)).toEqual([
            'a',
            '/a/b',
            '/b',
        ]);
    });
});

describe('a focus', () => {
    const around = (view: GraphView, node: string, distance: number): readonly string[] =>
        labels(seen(view, look({ focus: { node, distance } })));
    test('keeps who is related, whichever way, with the containers', () => {
        expect(around(instances, 'instance:/store/db', 1)).toEqual(['/front', '/front/web', '/store', '/store/db']);
    });
    test('reaches further with more distance', () => {
        expect(around(instances, 'instance:/store/db', 2)).toEqual([
            ...['/front', '/front/web', '/front/web/near', '/store', '/store/db', '/far', 'Mail'],
        ]);
    });
    test('on a container counts for what is inside of it', () => {
        expect(around(instances, 'instance:/store', 1)).toEqual(['/front', '/front/web', '/store', '/store/db']);
    });
    test('on a node that is gone keeps all', () => {
        expect(around(instances, 'instance:/gone', 1)).toEqual(labels(instances));
    });
});

describe('folding', () => {
    test('a closed container names what is inside of it and has its relations', () => {
        const { nodes, edges } = seen(instances, look({ closed: ['instance:/front'] }));
        expect(nodes.map(({ id }) => id)).toEqual([
            ...['instance:/front', 'instance:/store', 'instance:/store/db', 'instance:/far', 'outside:Mail'],
        ]);
        expect(nodes[0]?.folded).toEqual(['instance:/front/web', 'instance:/front/web/near']);
        expect(edges.map(({ id, count, variables }) => [id, count, variables.join()])).toEqual([
            ['import:instance:/front->instance:/store/db', 1, 'Db.ip,Db.port'],
            ['import:instance:/front->instance:/far:optional', 2, 'Cache.ip'],
            ['import:instance:/front->outside:Mail', 1, 'Mail.ip'],
            ['import:instance:/far->instance:/front:optional', 1, 'Cache.ip'],
        ]);
    });
    test('what is folded twice belongs to the outer container', () => {
        const { nodes } = seen(instances, look({ closed: ['instance:/front', 'instance:/front/web'] }));
        expect(nodes.find(({ id }) => id === 'instance:/front')?.folded).toHaveLength(2);
        expect(nodes.some(({ id }) => id === 'instance:/front/web')).toBe(false);
    });
    test('a component that imports from itself still does when nothing of it is folded', () => {
        const { edges } = seen(components, look({ closed: ['component:Machine'] }));
        expect(edges.map(({ id }) => id)).not.toContain('import:component:Machine->component:Machine:optional');
        expect(seen(components, WHOLE_LOOK).edges.map(({ id }) => id)).toContain(
            'import:component:Cache->component:Cache:optional',
        );
    });

    /** So many machines with so many instances each. */
    const machines = (count: number, each: number): GraphView =>
        graphViewOf(
            modelOf(
                'M {\n  installer: target;\n  children: S;\n}\nS {\n  installer: script;\n}\n',
                `instance of M {\n  name: m;\n  count: ${count};\n  instance of S {\n    name: s;\n    count: ${each};\n  }\n}\n`,
            ),
            'instances',
        );
    const foldedIn = (view: GraphView): readonly string[] =>
        seen(view, WHOLE_LOOK)
            .nodes.filter(({ folded }) => folded.length > 0)
            .map(({ id }) => id);

    test('up to 300 nodes are all shown', () => {
        expect(foldedIn(machines(100, 2))).toEqual([]);
    });
    test('of more, containers that are alike are opened together or not at all', () => {
        const view = seen(machines(100, 4), WHOLE_LOOK);
        expect(view.nodes.map(({ folded }) => folded.length)).toEqual(Array.from({ length: 100 }, () => 4));
    });
    test('one more node opens and folds few containers', () => {
        const [before, after] = [foldedIn(machines(100, 4)), foldedIn(machines(101, 4))];
        const differing = [
            ...before.filter((id) => !after.includes(id)),
            ...after.filter((id) => !before.includes(id)),
        ];
        expect(differing.length).toBeLessThanOrEqual(2);
    });
    test('a huge container does not fold small ones', () => {
        const text = (name: string, count: number): string =>
            `instance of M {\n  name: ${name};\n  instance of S {\n    name: s;\n    count: ${count};\n  }\n}\n`;
        const view = graphViewOf(
            modelOf(
                'M {\n  installer: target;\n  children: S;\n}\nS {\n  installer: script;\n}\n',
                text('large', 290) + text('small', 20),
            ),
            'instances',
        );
        expect(foldedIn(view)).toEqual(['instance:/large']);
    });
    test('to open a container folds no other', () => {
        const view = machines(100, 4);
        const [first = ''] = foldedIn(view);
        const opened = seen(view, look({ opened: [first] })).nodes.filter(({ folded }) => folded.length > 0);
        expect(opened.map(({ id }) => id)).toEqual(foldedIn(view).slice(1));
    });
    test('a focus that leaves little folds nothing', () => {
        const view = seen(machines(100, 4), look({ focus: { node: 'instance:/m100', distance: 1 } }));
        expect(view.nodes.map(({ folded }) => folded.length)).toEqual([0, 0, 0, 0, 0]);
    });
});

describe('laws', () => {
    const cases = fc
        .tuple(anyModel, fc.constantFrom(...PERSPECTIVES))
        .map(([any, perspective]) => graphViewOf(any, perspective))
        .chain((view) => fc.tuple(fc.constant(view), anyLook(view.nodes.map(({ id }) => id))));

    test('a look never makes ids up; ends and containers are there; ids stay unique', () => {
        fc.assert(
            fc.property(cases, ([view, wish]) => {
                const { nodes, edges } = seen(view, wish);
                const ids = new Set(nodes.map(({ id }) => id));
                const folded = nodes.flatMap((node) => node.folded);
                const known = new Set(view.nodes.map(({ id }) => id));
                expect(ids.size).toBe(nodes.length);
                expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
                expect([...ids, ...folded].every((id) => known.has(id))).toBe(true);
                expect(new Set([...ids, ...folded]).size).toBe(nodes.length + folded.length);
                expect(nodes.every(({ parent }) => parent === null || ids.has(parent))).toBe(true);
                expect(edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true);
            }),
            { numRuns: 60 },
        );
    });
    test('folding loses no node and, between different nodes, no relation', () => {
        fc.assert(
            fc.property(cases, ([view, wish]) => {
                const open = seen(view, { ...wish, closed: [] });
                const shut = seen(view, wish);
                expect(new Set(shut.nodes.flatMap(({ id, folded }) => [id, ...folded]))).toEqual(
                    new Set(open.nodes.map(({ id }) => id)),
                );
                const shownAs = new Map(
                    shut.nodes.flatMap(({ id, folded }) => [id, ...folded].map((one) => [one, id])),
                );
                const isShown = ({ source, target }: GraphEdge): boolean =>
                    source === target ? shownAs.get(source) === source : shownAs.get(source) !== shownAs.get(target);
                const sum = (edges: readonly GraphEdge[]): number =>
                    edges.reduce((total, { count }) => total + count, 0);
                expect(sum(shut.edges)).toBe(sum(open.edges.filter(isShown)));
            }),
            { numRuns: 60 },
        );
    });
    test('to close and to open again changes nothing', () => {
        fc.assert(
            fc.property(cases, ([view, wish]) => {
                const before = seen(view, { ...wish, closed: [], opened: [] });
                expect(seen(view, { ...wish, closed: [], opened: wish.closed })).toEqual(before);
            }),
            { numRuns: 60 },
        );
    });
});
