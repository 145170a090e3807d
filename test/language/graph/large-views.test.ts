/** Pictures of models of a size nobody draws by hand. Work that grows with the square of the size would make these tests time out. */
import { expect, test } from 'vitest';
import {
    changesBetween,
    graphViewOf,
    seenGraphOf,
    WHOLE_LOOK,
    type ApplicationModel,
} from '../../../language/index.ts';
import { look, modelOf } from './sample.ts';

const GRAPH = `M {
  installer: target;
  children: S, D;
}
S {
  installer: script;
  imports: D.ip;
}
D {
  installer: script;
  exports: ip;
}
`;

/** So many machines with two services and a database each: every service imports from every database. */
function large(machines: number): ApplicationModel {
    const inside = ['S', 'S', 'D'].map((type, i) => `  instance of ${type} {\n    name: ${type}${i};\n  }\n`).join('');
    return modelOf(GRAPH, `instance of M {\n  name: m;\n  count: ${machines};\n${inside}}\n`);
}

const huge = large(2_500);

test('up to 50,000 imports, every one is an edge', () => {
    const { edges } = graphViewOf(large(150), 'instances');
    expect(edges).toHaveLength(300 * 150);
    expect(edges.every(({ count }) => count === 1)).toBe(true);
});

test('of more, every importer is shown with some of its exporters, and no import goes uncounted', () => {
    const { edges, nodes } = graphViewOf(huge, 'hosts');
    expect(nodes).toHaveLength(10_000);
    expect(edges.length).toBeLessThanOrEqual(50_000);
    expect(new Set(edges.map(({ source }) => source)).size).toBe(5_000);
    expect(edges.reduce((sum, { count }) => sum + count, 0)).toBe(5_000 * 2_500);
});

test('10,000 instances are folded to their machines, and open one by one', () => {
    const view = graphViewOf(huge, 'instances');
    const seen = seenGraphOf(view, WHOLE_LOOK);
    expect(seen.view.nodes).toHaveLength(2_500);
    expect(seen.choices).toMatchObject({ components: ['D', 'M', 'S'], nodeCount: 10_000 });
    expect(seenGraphOf(view, look({ opened: ['instance:/m0007'] })).view.nodes).toHaveLength(2_503);
    const focus = { node: 'instance:/m0007', distance: 1 };
    expect(seenGraphOf(view, look({ focus })).view.nodes.some(({ id }) => id === 'instance:/m0007/D2')).toBe(true);
});

test('two models of 10,000 instances are compared', () => {
    const less = { ...huge, instances: huge.instances.slice(0, -4) };
    const { changes, view } = changesBetween(huge, less, 'instances');
    expect(view.nodes).toHaveLength(10_000);
    expect(Object.values(changes.nodes).filter(({ change }) => change === 'removed')).toHaveLength(4);
});
