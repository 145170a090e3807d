/** Models for tests of pictures: read from texts, and made at random. */
import fc from 'fast-check';
import { createLanguage, type ApplicationModel, type GraphLook, LAYERS, WHOLE_LOOK } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR = 'application-name = a\ngraph-entry-point = a.graph\ninstance-entry-point = a.instances\n';

/** One for all: to make the parser takes longer than to use it. */
const language = createLanguage();

/** The model of a graph file and a file of instances, whatever is wrong with them. */
export function modelOf(graph: string, instances: string): ApplicationModel {
    const files = {
        '/a/descriptor/application.properties': DESCRIPTOR,
        '/a/graph/a.graph': graph,
        '/a/instances/a.instances': instances,
    };
    return language.loadApplication(memoryFiles(files), '/a').model;
}

export const GRAPH = `facet Web {
  exports: url;
}
facet Secured {
  extends: Web;
}
facet Unused {
  children: Db;
}
Base {
  installer: script;
}
App {
  extends: Base;
  facets: Secured;
  exports: ip, port = 80;
  imports: Db.ip, Db.port, Cache.ip (optional), external Mail.ip;
}
Machine {
  installer: target;
  exports: ip;
  children: App, Db, Cache;
}
Db {
  installer: docker;
  exports: ip, port = 3306;
}
Cache {
  installer: docker;
  exports: ip;
  imports: Cache.ip (optional);
}
`;

export const INSTANCES = `instance of Machine {
  name: front;
  instance of App {
    name: web;
    instance of Cache {
      name: near;
    }
  }
}
instance of Machine {
  name: store;
  instance of Db {
    name: db;
  }
}
instance of Cache {
  name: far;
}
`;

const names = ['A', 'B', 'C', 'D', 'E'] as const;
const name = fc.constantFrom(...names);
const names_ = fc.uniqueArray(name, { maxLength: 3 });

const componentText = fc
    .record({
        installer: fc.constantFrom('target', 'script'),
        exported: fc.uniqueArray(fc.constantFrom('x', 'y = 1', 'z = 2'), { maxLength: 3 }),
        imports: names_,
        optional: fc.boolean(),
        children: names_,
        parent: fc.option(name),
        facet: fc.option(fc.constantFrom('F', 'G')),
    })
    .map(({ installer, exported, imports, optional, children, parent, facet }) =>
        [
            `installer: ${installer};`,
            ...(parent === null ? [] : [`extends: ${parent};`]),
            ...(facet === null ? [] : [`facets: ${facet};`]),
            ...(children.length === 0 ? [] : [`children: ${children.join(', ')};`]),
            ...(exported.length === 0 ? [] : [`exports: ${exported.join(', ')};`]),
            ...(imports.length === 0
                ? []
                : [`imports: ${imports.map((each) => `${each}.x${optional ? ' (optional)' : ''}`).join(', ')};`]),
        ].join('\n'),
    );

const graphText = fc
    .tuple(fc.array(componentText, { minLength: 1, maxLength: 5 }), fc.boolean())
    .map(
        ([components, hasFacets]) =>
            (hasFacets ? 'facet F {\n}\nfacet G {\nextends: F;\nchildren: A;\n}\n' : '') +
            components.map((text, i) => `${names[i] ?? 'A'} {\n${text}\n}\n`).join(''),
    );

function instancesText(depth: number): fc.Arbitrary<string> {
    const inside = depth === 0 ? fc.constant('') : instancesText(depth - 1);
    const instance = fc
        .tuple(name, fc.constantFrom('n', 'm', 'o', 'p'), fc.constantFrom('', 'count: 3;\n'), inside)
        .map(([component, called, count, body]) => `instance of ${component} {\nname: ${called};\n${count}${body}}\n`);
    return fc.array(instance, { maxLength: 3 }).map((texts) => texts.join(''));
}

/** Models of a few components and instances, most of them with faults. */
export const anyModel: fc.Arbitrary<ApplicationModel> = fc
    .tuple(graphText, instancesText(2))
    .map(([graph, instances]) => modelOf(graph, instances));

/** Looks at a view with these ids: ids that it does not have among them. */
export function anyLook(ids: readonly string[]): fc.Arbitrary<GraphLook> {
    const id = fc.constantFrom('instance:/nowhere', ...ids);
    const some = fc.uniqueArray(id, { maxLength: 4 });
    return fc.record({
        layers: fc.subarray([...LAYERS]),
        closed: some,
        opened: some,
        focus: fc.option(fc.record({ node: id, distance: fc.integer({ min: 1, max: 3 }) })),
        filter: fc.record({
            components: fc.oneof(fc.constant([]), names_),
            facets: fc.oneof(fc.constant([]), fc.constant(['F'])),
            hosts: fc.oneof(fc.constant([]), some),
            only: fc.option(fc.uniqueArray(id)),
        }),
    });
}

/** The whole look, but for some of its fields. */
export function look(fields: Partial<GraphLook> & { readonly only?: readonly string[] }): GraphLook {
    const { only, ...others } = fields;
    const filter = only === undefined ? WHOLE_LOOK.filter : { ...WHOLE_LOOK.filter, only };
    return { ...WHOLE_LOOK, filter, ...others };
}
