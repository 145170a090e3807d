import { expect, test } from 'vitest';
import {
    createLanguage,
    graphViewOf,
    nodeDetailsOf,
    PERSPECTIVES,
    type ApplicationModel,
} from '../../language/index.ts';
import { nodePlacesOf } from '../../server/features/node-places.ts';
import { memoryFiles } from '../support/memory-files.ts';

const DESCRIPTOR = 'application-name = a\ngraph-entry-point = a.graph\ninstance-entry-point = a.instances\n';

const GRAPH = `facet Web {
  exports: url;
}
# Answers visits.
App {
  installer: script;
  facets: Web;
  exports: ip, random[port] port, path = "/shop";
  imports: Db.ip, Db.port, Cache.ip (optional), external Mail.ip, external Log.ip (optional);
}
Machine {
  installer: target;
  exports: ip;
  children: Web, Db;
}
Db {
  installer: docker;
  exports: ip, port = 3306;
}
`;
const INSTANCES = `instance of Machine {
  name: app;
  count: 2;
  instance of App {
    name: web;
  }
}
instance of Machine {
  name: store;
  instance of Db {
    name: db;
  }
}
`;

const application = createLanguage().loadApplication(
    memoryFiles({
        '/a/descriptor/application.properties': DESCRIPTOR,
        '/a/graph/a.graph': GRAPH,
        '/a/instances/a.instances': INSTANCES,
    }),
    '/a',
);
const model: ApplicationModel = application.model;

test('what is imported from other applications is a node of its own in every picture', () => {
    for (const perspective of PERSPECTIVES) {
        const { nodes, edges } = graphViewOf(model, perspective);
        expect(nodes.filter(({ kind }) => kind === 'outside').map(({ id }) => id)).toEqual([
            'outside:Mail',
            'outside:Log',
        ]);
        const external = edges.filter((edge) => edge.external);
        expect(new Set(external.map(({ target, optional }) => `${target} ${String(optional)}`))).toEqual(
            new Set(['outside:Mail false', 'outside:Log true']),
        );
    }
});

test('copies say which one they are; what is in them is no copy', () => {
    const { nodes } = graphViewOf(model, 'instances');
    expect(nodes.flatMap(({ label, copy }) => (copy === null ? [] : [[label, copy.index, copy.count]]))).toEqual([
        ['app1', 1, 2],
        ['app2', 2, 2],
    ]);
});

test('instances know the installer of their component', () => {
    const { nodes } = graphViewOf(model, 'instances');
    expect(new Map(nodes.map(({ id, installer }) => [id, installer])).get('instance:/store/db')).toBe('docker');
    expect(nodes.find(({ kind }) => kind === 'outside')?.installer).toBe('');
});

test('details tell exports with values and imports with those who satisfy them', () => {
    const details = nodeDetailsOf(model, graphViewOf(model, 'instances'));
    const web = details['instance:/app1/web'];
    expect(web?.description).toBe('Answers visits.');
    expect(web?.exports).toContainEqual({ name: 'App.path', value: '/shop', isRandom: false });
    expect(web?.exports).toContainEqual({ name: 'App.port', value: null, isRandom: true });
    expect(web?.imports.map(({ name, from, external, optional }) => [name, from, external, optional])).toEqual([
        ['Db.ip', ['/store/db'], false, false],
        ['Db.port', ['/store/db'], false, false],
        ['Cache.ip', [], false, true],
        ['Mail.ip', [], true, false],
        ['Log.ip', [], true, true],
    ]);
});

test('long lists are cut, and say by how much', () => {
    const many = { ...model.instances[0]!, exports: Object.fromEntries(range(20).map((i) => [`Db.v${i}`, `${i}`])) };
    const others = range(9).map((i) => ({ ...many, path: `/db${i}` }));
    const larger = { ...model, instances: [...model.instances, ...others] };
    const details = nodeDetailsOf(larger, graphViewOf(larger, 'instances'));
    expect(details['instance:/db0']).toMatchObject({ moreExports: 8 });
    // Nine of these and the database itself, less the five that are named.
    expect(details['instance:/app1/web']?.imports[0]).toMatchObject({ name: 'Db.ip', moreFrom: 5 });
});

const range = (count: number) => Array.from({ length: count }, (_, i) => String(i));

test.each([
    ['components', 5, 'graph/a.graph', ['component:App']],
    ['components', 1, 'graph/a.graph', ['component:App', 'facet:Web']],
    ['components', 5, 'instances/a.instances', ['component:App']],
    ['components', 1, 'instances/a.instances', ['component:Machine']],
    ['instances', 5, 'graph/a.graph', ['instance:/app1/web', 'instance:/app2/web']],
    ['instances', 1, 'graph/a.graph', ['instance:/app1/web', 'instance:/app2/web']],
    ['instances', 5, 'instances/a.instances', ['instance:/app1/web', 'instance:/app2/web']],
    ['instances', 1, 'instances/a.instances', ['instance:/app1', 'instance:/app2']],
    ['instances', 10, 'instances/a.instances', ['instance:/store/db']],
    ['hosts', 1, 'graph/a.graph', ['instance:/app1/web', 'instance:/app2/web']],
    ['hosts', 10, 'instances/a.instances', ['instance:/store/db']],
] as const)('in the picture of the %s, line %i of %s is about %j', (perspective, line, file, nodes) => {
    const around = nodePlacesOf(application, perspective).filter(
        ({ range: block }) => block.file === file && block.line <= line && block.endLine >= line,
    );
    expect(around.at(-1)?.nodes).toEqual(nodes);
});
