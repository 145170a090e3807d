import { expect, test } from 'vitest';
import { indexOf, nodeAt, subTreeOf, topologyOf } from '../../../runner/core/topology.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const TOPOLOGY = topologyOf(
    modelOf(`
        VM is Target gives ip
        Part as Facet gives ip needs Part.ip? Store.ip Store.port external:Shop.*
        Store gives ip port=1
        /vm VM
        /vm/part Part
        /vm/part/inner VM
        /vm/part/inner/store Store
        /store Store
        /lost/child Store
        /odd Nothing
    `),
);
const node = (path: string) => nodeAt(TOPOLOGY, indexOf(TOPOLOGY, path));

test('what has no parent or no component is left out', () => {
    expect(TOPOLOGY.nodes.map((each) => each.path)).toEqual([
        '/vm',
        '/vm/part',
        '/vm/part/inner',
        '/vm/part/inner/store',
        '/store',
    ]);
});

test.for([
    ['/vm', '/vm'],
    ['/vm/part', '/vm'],
    ['/vm/part/inner', '/vm/part/inner'],
    ['/vm/part/inner/store', '/vm/part/inner'],
] as const)('%s lives on the machine of %s', ([path, machine]) => {
    expect(node(path).machine).toBe(indexOf(TOPOLOGY, machine));
});

test('what is under no scoped instance lives on the local machine', () => {
    expect(node('/store').machine).toBe(TOPOLOGY.localMachine);
});

test('mandatory imports are grouped by prefix, external ones apart', () => {
    const groups = node('/vm/part').groups.map((index) => TOPOLOGY.groups[index]);
    expect(groups).toMatchObject([
        { prefix: 'Store', variables: ['Store.ip', 'Store.port'], external: false },
        { prefix: 'Shop', variables: [], external: true },
    ]);
});

test('importers and exporters are known by prefix, optional imports included', () => {
    const part = indexOf(TOPOLOGY, '/vm/part');
    expect(TOPOLOGY.importersOfPrefix.get('Part')).toEqual([part]);
    expect(TOPOLOGY.importersOfPrefix.has('Shop')).toBe(false);
    expect(TOPOLOGY.exportersOfPrefix.get('Facet')).toEqual([part]);
});

test('a sub-tree lists parents before their children', () => {
    expect(subTreeOf(TOPOLOGY, 1).map((index) => nodeAt(TOPOLOGY, index).path)).toEqual([
        '/vm/part',
        '/vm/part/inner',
        '/vm/part/inner/store',
    ]);
});
