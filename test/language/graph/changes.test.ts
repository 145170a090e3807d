/** Two models as one picture, with what became of each part. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
    changesBetween,
    changesSeenIn,
    graphViewOf,
    PERSPECTIVES,
    seenGraphOf,
    type ModelChanges,
    type Perspective,
} from '../../../language/index.ts';
import { anyLook, anyModel, GRAPH, INSTANCES, look, modelOf } from './sample.ts';

interface Edit {
    readonly graph?: (text: string) => string;
    readonly instances?: (text: string) => string;
}

const before = modelOf(GRAPH, INSTANCES);
const same = (text: string): string => text;

function edited({ graph = same, instances = same }: Edit, perspective: Perspective): ReturnType<typeof changesBetween> {
    return changesBetween(before, modelOf(graph(GRAPH), instances(INSTANCES)), perspective);
}

const told = ({ nodes }: ModelChanges): readonly string[] =>
    Object.entries(nodes).map(([id, { change, notes }]) => `${id} ${change}: ${notes.join('; ')}`);

const DB = '  instance of Db {\n    name: db;\n  }\n';
const STORE = `instance of Machine {\n  name: store;\n${DB}}\n`;

describe('nodes', () => {
    test.each<readonly [string, Edit, Perspective, readonly string[]]>([
        ['nothing differs', {}, 'components', []],
        ['a comment differs', { graph: (text) => `# one more\n${text}` }, 'components', []],
        [
            'a value',
            { graph: (text) => text.replace('port = 3306', 'port = 3307') },
            'components',
            ['component:Db changed: exports Db.port: 3306 → 3307'],
        ],
        [
            'a value that instances have from their component',
            { graph: (text) => text.replace('port = 3306', 'port = 3307') },
            'instances',
            ['instance:/store/db changed: exports Db.port: 3306 → 3307'],
        ],
        [
            'an installer and an export',
            {
                graph: (text) =>
                    text.replace(
                        'docker;\n  exports: ip, port = 3306',
                        'script;\n  exports: ip, port = 3306, user = me',
                    ),
            },
            'components',
            ['component:Db changed: installer: docker → script; + exports Db.user = me'],
        ],
        [
            'what an import needs',
            { graph: (text) => text.replace('Db.ip, Db.port, ', 'Db.ip, Db.port (optional), ') },
            'hosts',
            [
                'instance:/front/web changed: imports Db.port: — → optional; + /front/web imports Db.port (/store/db)',
                'instance:/store/db rewired: + /front/web imports Db.port (/store/db)',
            ],
        ],
        [
            'an instance is gone',
            { instances: (text) => text.replace(DB, '') },
            'instances',
            [
                'instance:/front/web rewired: − /front/web imports Db.ip, Db.port (/store/db)',
                'instance:/store/db removed: ',
            ],
        ],
        [
            'an instance was moved',
            { instances: (text) => text.replace(DB, '').replace('  name: front;\n', `  name: front;\n${DB}`) },
            'instances',
            [
                'instance:/front/db added: /store/db → /front/db',
                'instance:/front/web rewired: − /front/web imports Db.ip, Db.port (/store/db); + /front/web imports Db.ip, Db.port (/front/db)',
                'instance:/store/db removed: /store/db → /front/db',
            ],
        ],
        [
            'a component may be placed elsewhere',
            {
                graph: (text) =>
                    text
                        .replace('children: App, Db, Cache;', 'children: App, Cache;')
                        .replace('  extends: Base;', '  extends: Base;\n  children: Db;'),
            },
            'components',
            ['component:Db changed: Machine/Db → App/Db'],
        ],
        [
            'a facet',
            { graph: (text) => text.replace('  facets: Secured;\n', '') },
            'components',
            [
                'component:App changed: − facets Secured; − exports Web.url; − exports App.url; − App facets Secured',
                'facet:Secured rewired: − App facets Secured',
            ],
        ],
    ])('%s', (_, edit, perspective, expected) => {
        expect(told(edited(edit, perspective).changes)).toEqual(expected);
    });

    test('at most twenty differences are told, and how many more there are', () => {
        const many = Array.from({ length: 30 }, (_, i) => `v${i}`).join(', ');
        const { changes } = edited(
            { graph: (text) => text.replace('exports: ip, port = 3306', `exports: ip, port = 3306, ${many}`) },
            'components',
        );
        const notes = changes.nodes['component:Db']?.notes ?? [];
        expect([notes.length, notes.at(-1)]).toEqual([21, '… + 10']);
    });
});

describe('the picture', () => {
    test('what was removed stands where it stood, and cannot be opened', () => {
        const { view, changes } = edited({ instances: (text) => text.replace(STORE, '') }, 'instances');
        expect(view.nodes.map(({ id, parent, range }) => [id, parent, range === null])).toEqual([
            ['instance:/front', null, false],
            ['instance:/front/web', 'instance:/front', false],
            ['instance:/front/web/near', 'instance:/front/web', false],
            ['instance:/store', null, true],
            ['instance:/store/db', 'instance:/store', true],
            ['instance:/far', null, false],
            ['outside:Mail', null, true],
        ]);
        expect(changes.edges).toEqual({ 'import:instance:/front/web->instance:/store/db': 'removed' });
    });
    test('what stood in a machine that was renamed stands in that machine', () => {
        const { view } = edited({ instances: (text) => text.replace('name: store', 'name: shop') }, 'hosts');
        expect(view.nodes.filter(({ label }) => label === 'db').map(({ id, parent }) => [id, parent])).toEqual([
            ['instance:/store/db', 'instance:/store'],
            ['instance:/shop/db', 'instance:/shop'],
        ]);
    });
    test('relations of a closed container are marked when all that it stands for came or went', () => {
        const { view, changes } = edited(
            { instances: (text) => text.replace(STORE, '').replace('instance of Cache {\n  name: far;\n}\n', '') },
            'instances',
        );
        const seen = seenGraphOf(view, look({ closed: ['instance:/front'] })).view;
        expect(changesSeenIn(seen, view, changes).edges).toEqual({
            'import:instance:/front->instance:/store/db': 'removed',
            'import:instance:/front->instance:/far:optional': 'removed',
            'import:instance:/far->instance:/front:optional': 'removed',
        });
        const added = edited(
            { instances: (text) => text.replace(DB, DB + DB.replace('name: db', 'name: two')) },
            'instances',
        );
        const both = seenGraphOf(added.view, look({ closed: ['instance:/store'] })).view;
        expect(changesSeenIn(both, added.view, added.changes).edges).toEqual({});
    });
});

describe('laws', () => {
    const perspective = fc.constantFrom(...PERSPECTIVES);
    const options = { numRuns: 40 };

    test('equal models have no changes, and their picture is that of either', () => {
        fc.assert(
            fc.property(anyModel, perspective, (model, which) => {
                const { view, changes } = changesBetween(model, structuredClone(model), which);
                expect(changes).toEqual({ nodes: {}, edges: {} });
                expect(view).toEqual(graphViewOf(model, which));
            }),
            options,
        );
    });
    test('a picture of two has the nodes and relations of both, each once, and every end and container', () => {
        fc.assert(
            fc.property(anyModel, anyModel, perspective, (one, other, which) => {
                const { view, changes } = changesBetween(one, other, which);
                const [old, fresh] = [graphViewOf(one, which), graphViewOf(other, which)];
                const ids = view.nodes.map(({ id }) => id);
                expect(ids.toSorted()).toEqual([...new Set([...old.nodes, ...fresh.nodes].map(({ id }) => id))].sort());
                expect(view.edges.map(({ id }) => id).sort()).toEqual(
                    [...new Set([...old.edges, ...fresh.edges].map(({ id }) => id))].sort(),
                );
                expect(view.nodes.every(({ parent }) => parent === null || ids.includes(parent))).toBe(true);
                expect(view.edges.every(({ source, target }) => ids.includes(source) && ids.includes(target))).toBe(
                    true,
                );
                expect(Object.keys(changes.nodes).every((id) => ids.includes(id))).toBe(true);
            }),
            options,
        );
    });
    test('there and back, what was added is removed', () => {
        fc.assert(
            fc.property(anyModel, anyModel, perspective, (one, other, which) => {
                const swap = { added: 'removed', removed: 'added', changed: 'changed', rewired: 'rewired' } as const;
                const there = changesBetween(one, other, which).changes;
                const back = changesBetween(other, one, which).changes;
                const turned = Object.entries(back.nodes).map(([id, { change }]) => [id, swap[change]] as const);
                expect(new Map(turned)).toEqual(
                    new Map(Object.entries(there.nodes).map(([id, { change }]) => [id, change])),
                );
            }),
            options,
        );
    });
    test('changes that are seen are about what is seen', () => {
        const cases = fc
            .tuple(anyModel, anyModel, perspective)
            .map(([one, other, which]) => changesBetween(one, other, which))
            .chain((both) => fc.tuple(fc.constant(both), anyLook(both.view.nodes.map(({ id }) => id))));
        fc.assert(
            fc.property(cases, ([{ view, changes }, wish]) => {
                const seen = seenGraphOf(view, wish).view;
                const marks = changesSeenIn(seen, view, changes);
                const edges = new Set(seen.edges.map(({ id }) => id));
                const nodes = new Set(seen.nodes.flatMap(({ id, folded }) => [id, ...folded]));
                expect(Object.keys(marks.edges).every((id) => edges.has(id))).toBe(true);
                expect(Object.keys(marks.nodes).every((id) => nodes.has(id))).toBe(true);
            }),
            options,
        );
    });
});
