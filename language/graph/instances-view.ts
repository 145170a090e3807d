/** The instances as a picture, each inside the one it is declared in. */
import type { Copy, GraphEdge, GraphNode, GraphView } from '../graph-view.ts';
import type { ApplicationModel, ComponentModel, InstanceModel } from '../model/application-model.ts';
import { exportersOf, importEdgesOf, outsideNodes } from './imports.ts';
import { instanceId } from './parts.ts';

/** An instance imports from all the others that export the prefix. */
export function instancesView(model: ApplicationModel): GraphView {
    const components = new Map(model.components.map((component) => [component.name, component]));
    const used = new Set(model.instances.map(({ component }) => component));
    const nodes = [
        ...instanceNodes(model.instances, components),
        ...outsideNodes(model.components.filter(({ name }) => used.has(name))),
    ];
    return { perspective: 'instances', nodes, edges: importEdges(model.instances, components) };
}

type Components = ReadonlyMap<string, ComponentModel>;

function importEdges(instances: readonly InstanceModel[], components: Components): readonly GraphEdge[] {
    const exporters = exportersOf(instances, ({ path, exports }) => ({
        id: instanceId(path),
        variables: Object.keys(exports),
    }));
    const importers = instances.map(({ path, component }) => ({
        id: instanceId(path),
        imports: components.get(component)?.imports ?? [],
    }));
    return importEdgesOf(importers, exporters, false);
}

function instanceNodes(instances: readonly InstanceModel[], components: Components): readonly GraphNode[] {
    const paths = new Set(instances.map(({ path }) => path));
    const copies = copiesOf(instances);
    return instances.map((instance) => {
        const parent = parentPathOf(instance.path);
        const component = components.get(instance.component);
        return {
            id: instanceId(instance.path),
            kind: 'instance',
            label: instance.name,
            detail: instance.component,
            installer: component?.resolvedInstaller ?? '',
            copy: copies.get(instance.path) ?? null,
            component: instance.component,
            facets: component?.allFacets ?? [],
            folded: [],
            parent: paths.has(parent) ? instanceId(parent) : null,
            range: instance.range,
        };
    });
}

function parentPathOf(path: string): string {
    return path.slice(0, path.lastIndexOf('/'));
}

/** Siblings with one declaration are copies; by path. */
function copiesOf(instances: readonly InstanceModel[]): ReadonlyMap<string, Copy> {
    const declarationOf = ({ path, range: { file, line, column } }: InstanceModel): string =>
        JSON.stringify([parentPathOf(path), file, line, column]);
    const groups = [...Map.groupBy(instances, declarationOf).values()].filter((group) => group.length > 1);
    const entries = groups.flatMap((group) =>
        group.map(({ path }, i) => [path, { index: i + 1, count: group.length }] as const),
    );
    return new Map(entries);
}
