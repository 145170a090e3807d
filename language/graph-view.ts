/** GraphView: the model as nodes and edges, without coordinates. What every picture of a model is made from. */
import type {
    ApplicationModel,
    ComponentModel,
    ImportedVariable,
    InstanceModel,
    SourceRange,
} from './model/application-model.ts';

export interface GraphNode {
    /** Stable while the name stays: `component:Tomcat`, `facet:War`, `instance:/vm/tomcat`, `outside:Db`. */
    readonly id: string;
    /** `outside`: what another application exports under a prefix that is imported here. */
    readonly kind: 'component' | 'facet' | 'instance' | 'outside';
    readonly label: string;
    /** Second line: the installer of a component, the component of an instance; empty when there is none. */
    readonly detail: string;
    /** The installer that handles it, its own or inherited; empty when there is none or it is no part of the application. */
    readonly installer: string;
    /** Which of the instances it is that one declaration with `count` makes; null when it is the only one. */
    readonly copy: Copy | null;
    /** The node it is drawn inside of; null at the top. */
    readonly parent: string | null;
    readonly range: SourceRange | null;
}

/** `index` counts from 1. */
export interface Copy {
    readonly index: number;
    readonly count: number;
}

export interface GraphEdge {
    readonly id: string;
    readonly kind: 'import' | 'extends' | 'facet' | 'child';
    /** Importer (or the type that extends / has the facet). */
    readonly source: string;
    readonly target: string;
    /** Imported variables, one per entry; empty for the other kinds. */
    readonly variables: readonly string[];
    readonly optional: boolean;
    readonly external: boolean;
}

export interface GraphView {
    readonly perspective: Perspective;
    readonly nodes: readonly GraphNode[];
    readonly edges: readonly GraphEdge[];
}

/** What the nodes are: the types of the graph files, or the instances. */
export type Perspective = 'components' | 'instances';

/** The picture of a model. Nodes and edges come in the order of the model; ids are stable while names stay. Safe on models with faults. */
export function graphViewOf(model: ApplicationModel, perspective: Perspective): GraphView {
    switch (perspective) {
        case 'components':
            return componentsView(model);
        case 'instances':
            return instancesView(model);
        default:
            return perspective satisfies never;
    }
}

function componentId(name: string): string {
    return `component:${name}`;
}

function facetId(name: string): string {
    return `facet:${name}`;
}

function instanceId(path: string): string {
    return `instance:${path}`;
}

function outsideId(prefix: string): string {
    return `outside:${prefix}`;
}

function edge(kind: GraphEdge['kind'], source: string, target: string, facts: Partial<GraphEdge> = {}): GraphEdge {
    const { variables = [], optional = false, external = false } = facts;
    const id = `${kind}:${source}->${target}${optional ? ':optional' : ''}`;
    return { id, kind, source, target, variables, optional, external };
}

/**
 * A component stands inside the only one that may contain it, else `child` edges lead to it.
 * A facet is a node only when no component has it: the others show through what their components export and contain.
 */
function componentsView(model: ApplicationModel): GraphView {
    const parents = containersOf(model.components);
    const worn = new Set(model.components.flatMap((component) => component.allFacets));
    const orphans = model.facets.filter((facet) => !worn.has(facet.name));
    const known = new Set(model.components.map((component) => component.name));
    const shownFacets = new Set(orphans.map((facet) => facet.name));
    const nodes: GraphNode[] = [
        ...model.components.map((component): GraphNode => {
            const parent = parents.get(component.name);
            return {
                id: componentId(component.name),
                kind: 'component',
                label: component.name,
                detail: component.resolvedInstaller ?? '',
                installer: component.resolvedInstaller ?? '',
                copy: null,
                parent: parent === undefined ? null : componentId(parent),
                range: component.range,
            };
        }),
        ...orphans.map((facet): GraphNode => ({
            id: facetId(facet.name),
            kind: 'facet',
            label: facet.name,
            detail: '',
            installer: '',
            copy: null,
            parent: null,
            range: facet.range,
        })),
        ...outsideNodes(model.components),
    ];
    const edges = [
        ...model.components.flatMap((component) => childEdges(component, parents)),
        ...model.components.flatMap((component) => extendsEdge(component, known)),
        ...orphans.flatMap((facet) =>
            facet.extends
                .filter((name) => shownFacets.has(name))
                .map((name) => edge('extends', facetId(facet.name), facetId(name))),
        ),
        ...orphans.flatMap((facet) =>
            facet.children
                .filter((name) => known.has(name))
                .map((name) => edge('child', facetId(facet.name), componentId(name))),
        ),
        ...importEdges(model.components),
    ];
    return { perspective: 'components', nodes, edges };
}

/** The container of every component that has exactly one, unless the way up leads back to the component. */
function containersOf(components: readonly ComponentModel[]): ReadonlyMap<string, string> {
    const only = new Map<string, string>();
    for (const { name, resolvedAncestors } of components) {
        const [first] = resolvedAncestors;
        if (first !== undefined && resolvedAncestors.length === 1) only.set(name, first);
    }
    for (const name of [...only.keys()]) if (leadsBack(name, only)) only.delete(name);
    return only;
}

function leadsBack(start: string, parents: ReadonlyMap<string, string>): boolean {
    const seen = new Set<string>();
    for (let name = parents.get(start); name !== undefined && !seen.has(name); name = parents.get(name)) {
        if (name === start) return true;
        seen.add(name);
    }
    return false;
}

function childEdges(component: ComponentModel, parents: ReadonlyMap<string, string>): readonly GraphEdge[] {
    return component.resolvedChildren
        .filter((child) => parents.get(child) !== component.name)
        .map((child) => edge('child', componentId(component.name), componentId(child)));
}

function extendsEdge(component: ComponentModel, known: ReadonlySet<string>): readonly GraphEdge[] {
    const parent = component.extends;
    return parent === null || !known.has(parent)
        ? []
        : [edge('extends', componentId(component.name), componentId(parent))];
}

/** Who exports something under a prefix: names of components, or paths of instances. */
type Exporters = ReadonlyMap<string, readonly string[]>;

function exportersOf<T>(
    items: readonly T[],
    nameOf: (item: T) => string,
    variablesOf: (item: T) => Iterable<string>,
): Exporters {
    const exporters = new Map<string, string[]>();
    for (const item of items) {
        const prefixes = new Set(
            [...variablesOf(item)].filter((name) => name.includes('.')).map((name) => name.slice(0, name.indexOf('.'))),
        );
        for (const prefix of prefixes) {
            const known = exporters.get(prefix);
            if (known === undefined) exporters.set(prefix, [nameOf(item)]);
            else known.push(nameOf(item));
        }
    }
    return exporters;
}

/** One entry per prefix and kind of import: the variables an importer takes from whoever exports the prefix. */
function groupedImports(imports: readonly ImportedVariable[]): readonly ImportGroup[] {
    const groups = new Map<string, ImportGroup & { readonly variables: string[] }>();
    for (const { name, optional, external } of imports) {
        if (!name.includes('.')) continue;
        const prefix = prefixOf(name);
        const key = `${prefix} ${String(optional)} ${String(external)}`;
        const group = groups.get(key) ?? { prefix, optional, external, variables: [] };
        group.variables.push(name);
        groups.set(key, group);
    }
    return [...groups.values()];
}

interface ImportGroup {
    readonly prefix: string;
    readonly optional: boolean;
    readonly external: boolean;
    readonly variables: readonly string[];
}

function prefixOf(name: string): string {
    return name.slice(0, name.indexOf('.'));
}

/** What is imported from other applications, a node a prefix. */
function outsideNodes(importers: readonly Pick<ComponentModel, 'imports'>[]): readonly GraphNode[] {
    const prefixes = importers.flatMap(({ imports }) =>
        groupedImports(imports)
            .filter(({ external }) => external)
            .map(({ prefix }) => prefix),
    );
    return [...new Set(prefixes)].map((prefix) => ({
        id: outsideId(prefix),
        kind: 'outside',
        label: prefix,
        detail: '',
        installer: '',
        copy: null,
        parent: null,
        range: null,
    }));
}

/** The edges of one importer. `exportersOfPrefix` gives the ids of those inside the application that export a prefix. */
function importEdgesOf(
    source: string,
    imports: readonly ImportedVariable[],
    exportersOfPrefix: (prefix: string) => readonly string[],
): readonly GraphEdge[] {
    return groupedImports(imports).flatMap(({ prefix, ...facts }) => {
        const targets = facts.external ? [outsideId(prefix)] : exportersOfPrefix(prefix);
        return targets.map((target) => edge('import', source, target, facts));
    });
}

/** Edges with the same ends are one edge, which lists all variables. */
function merged(edges: readonly GraphEdge[]): readonly GraphEdge[] {
    const byId = new Map<string, GraphEdge>();
    for (const item of edges) {
        const known = byId.get(item.id);
        byId.set(
            item.id,
            known === undefined ? item : { ...known, variables: [...new Set([...known.variables, ...item.variables])] },
        );
    }
    return [...byId.values()];
}

function importEdges(components: readonly ComponentModel[]): readonly GraphEdge[] {
    const exporters = exportersOf(
        components,
        ({ name }) => name,
        ({ exports }) => Object.keys(exports),
    );
    return merged(
        components.flatMap((component) =>
            importEdgesOf(componentId(component.name), component.imports, (prefix) =>
                (exporters.get(prefix) ?? []).map(componentId),
            ),
        ),
    );
}

function parentPathOf(path: string): string {
    return path.slice(0, path.lastIndexOf('/'));
}

/** An instance imports from all the others that export the prefix. */
function instancesView(model: ApplicationModel): GraphView {
    const components = new Map(model.components.map((component) => [component.name, component]));
    const exporters = exportersOf(
        model.instances,
        ({ path }) => path,
        ({ exports }) => Object.keys(exports),
    );
    const used = new Set(model.instances.map(({ component }) => component));
    const nodes = [
        ...instanceNodes(model.instances, components),
        ...outsideNodes(model.components.filter(({ name }) => used.has(name))),
    ];
    const edges = model.instances.flatMap(({ path, component }) =>
        importEdgesOf(instanceId(path), components.get(component)?.imports ?? [], (prefix) =>
            (exporters.get(prefix) ?? []).filter((exporter) => exporter !== path).map(instanceId),
        ),
    );
    return { perspective: 'instances', nodes, edges: merged(edges) };
}

function instanceNodes(
    instances: readonly InstanceModel[],
    components: ReadonlyMap<string, ComponentModel>,
): readonly GraphNode[] {
    const paths = new Set(instances.map(({ path }) => path));
    const copies = copiesOf(instances);
    return instances.map((instance) => {
        const parent = parentPathOf(instance.path);
        return {
            id: instanceId(instance.path),
            kind: 'instance',
            label: instance.name,
            detail: instance.component,
            installer: components.get(instance.component)?.resolvedInstaller ?? '',
            copy: copies.get(instance.path) ?? null,
            parent: paths.has(parent) ? instanceId(parent) : null,
            range: instance.range,
        };
    });
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
