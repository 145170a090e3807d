/** What runs where. */
import { expect, test } from 'vitest';
import { graphViewOf, nodeDetailsOf, type GraphView } from '../../../language/index.ts';
import { GRAPH, INSTANCES, modelOf } from './sample.ts';

const model = modelOf(GRAPH, INSTANCES);
const places = ({ nodes }: GraphView): readonly string[] => nodes.map(({ id, parent }) => `${id} in ${parent ?? '-'}`);

test('all that runs on a host stands side by side in its box; what runs on none stands in no box', () => {
    expect(places(graphViewOf(model, 'hosts'))).toEqual([
        'instance:/front in -',
        'instance:/front/web in instance:/front',
        'instance:/front/web/near in instance:/front',
        'instance:/store in -',
        'instance:/store/db in instance:/store',
        'instance:/far in -',
        'outside:Mail in -',
    ]);
});

test('a host declared inside of a host is a box of its own', () => {
    const nested = modelOf(
        'M {\n  installer: target;\n  children: M, S;\n}\nS {\n  installer: script;\n  children: M;\n}\n',
        'instance of M {\n name: a;\n instance of S {\n  name: s;\n  instance of M {\n   name: b;\n   instance of S {\n    name: t;\n   }\n  }\n }\n}\n',
    );
    expect(places(graphViewOf(nested, 'hosts'))).toEqual([
        'instance:/a in -',
        'instance:/a/s in instance:/a',
        'instance:/a/s/b in -',
        'instance:/a/s/b/t in instance:/a/s/b',
    ]);
});

test('hosts and instances have the same ids, relations and details in both pictures', () => {
    const [hosts, instances] = [graphViewOf(model, 'hosts'), graphViewOf(model, 'instances')];
    expect(hosts.edges).toEqual(instances.edges);
    expect(hosts.nodes.map(({ id }) => id)).toEqual(instances.nodes.map(({ id }) => id));
    expect(nodeDetailsOf(model, hosts)).toEqual(nodeDetailsOf(model, instances));
});
