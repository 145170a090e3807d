/**
 * The unchanging shape of one deployment: instances, machines and who may feed whom, under dense integer indexes.
 *
 * 1. Parents have smaller indexes than their children.
 * 2. A *machine slot* is the index of the scoped instance that makes the machine, or `localMachine` for what has none.
 * 3. An *import group* is what one component needs from one prefix. It is satisfied by an exporter that publishes every
 *    mandatory variable of the group with a value.
 */
import type { ApplicationModel, ComponentModel, InstanceModel } from '../../language/index.ts';

export interface Topology {
    readonly model: ApplicationModel;
    readonly nodes: readonly InstanceNode[];
    readonly indexOfPath: ReadonlyMap<string, number>;
    readonly groups: readonly ImportGroup[];
    /** Mandatory internal groups under a prefix. */
    readonly groupsOfPrefix: ReadonlyMap<string, readonly number[]>;
    /** Every instance that imports something internal under a prefix, mandatory or not. */
    readonly importersOfPrefix: ReadonlyMap<string, readonly number[]>;
    /** Every instance that exports under a prefix once it is started. */
    readonly exportersOfPrefix: ReadonlyMap<string, readonly number[]>;
    /** The slot of everything that lives under no scoped instance. */
    readonly localMachine: number;
}

export interface InstanceNode {
    readonly index: number;
    readonly path: string;
    readonly name: string;
    readonly component: ComponentModel;
    readonly instance: InstanceModel;
    /** -1 for a root. */
    readonly parent: number;
    readonly children: readonly number[];
    /** Machine slot: the nearest scoped ancestor or itself. */
    readonly machine: number;
    /** True when it stands for a machine: its resolved installer is `target`. */
    readonly scoped: boolean;
    /** Prefixes under which it exports. */
    readonly prefixes: readonly string[];
    /** Mandatory groups of its component. */
    readonly groups: readonly number[];
}

export interface ImportGroup {
    readonly index: number;
    readonly component: string;
    readonly prefix: string;
    /** Mandatory variables by full name; empty for a wildcard. */
    readonly variables: readonly string[];
    /** External groups are fed by other applications only. */
    readonly external: boolean;
    /** Instances of the component. */
    readonly importers: readonly number[];
}

interface ComponentWiring {
    readonly groups: readonly number[];
    /** Internal prefixes it imports, mandatory or not. */
    readonly imported: readonly string[];
    readonly importers: number[];
}

/** Derives the indexes. A model with errors is taken as far as it makes sense: an instance of an unknown component is left out with its sub-tree. */
export function topologyOf(model: ApplicationModel): Topology {
    const components = new Map(model.components.map((component) => [component.name, component]));
    const groups: ImportGroup[] = [];
    const wirings = new Map(model.components.map((component) => [component.name, wiringOf(component, groups)]));
    const nodes: InstanceNode[] = [];
    const indexOfPath = new Map<string, number>();
    const childrenOf: number[][] = [];
    for (const instance of model.instances) {
        const component = components.get(instance.component);
        const parent = parentOf(instance.path, indexOfPath);
        if (component === undefined || parent === undefined || indexOfPath.has(instance.path)) continue;
        const node = nodeOf({ instance, component, parent }, nodes, wirings.get(component.name));
        childrenOf.push(node.children);
        childrenOf[parent]?.push(node.index);
        indexOfPath.set(node.path, node.index);
        nodes.push(node);
    }
    const localMachine = nodes.length;
    return {
        model,
        nodes: nodes.map((node) => (node.machine === -1 ? { ...node, machine: localMachine } : node)),
        indexOfPath,
        groups,
        groupsOfPrefix: internalGroupsByPrefix(groups),
        importersOfPrefix: importersByPrefix([...wirings.values()]),
        exportersOfPrefix: exportersByPrefix(nodes),
        localMachine,
    };
}

interface Placed {
    readonly instance: InstanceModel;
    readonly component: ComponentModel;
    readonly parent: number;
}

/** Undefined when the parent is not known; -1 for a root. */
function parentOf(path: string, indexOfPath: ReadonlyMap<string, number>): number | undefined {
    const parentPath = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return parentPath === '' ? -1 : indexOfPath.get(parentPath);
}

function nodeOf(
    { instance, component, parent }: Placed,
    nodes: readonly InstanceNode[],
    wiring: ComponentWiring | undefined,
): InstanceNode & { readonly children: number[] } {
    const index = nodes.length;
    const scoped = component.resolvedInstaller?.toLowerCase() === 'target';
    wiring?.importers.push(index);
    return {
        index,
        path: instance.path,
        name: instance.name,
        component,
        instance,
        parent,
        children: [],
        machine: scoped ? index : (nodes[parent]?.machine ?? -1),
        scoped,
        prefixes: prefixesOf(instance),
        groups: wiring?.groups ?? [],
    };
}

/** The instance at `index`; an index out of range is a bug. */
export function nodeAt(topology: Topology, index: number): InstanceNode {
    const node = topology.nodes[index];
    if (node === undefined) throw new Error(`no instance has the index ${index}`);
    return node;
}

/** The group at `index`; an index out of range is a bug. */
export function groupAt(topology: Topology, index: number): ImportGroup {
    const group = topology.groups[index];
    if (group === undefined) throw new Error(`no import group has the index ${index}`);
    return group;
}

/** The instance with this path; an unknown path is a bug (orders check theirs first). */
export function indexOf(topology: Topology, path: string): number {
    const index = topology.indexOfPath.get(path);
    if (index === undefined) throw new Error(`no instance has the path ${path}`);
    return index;
}

/** An instance and all below it, parents first. */
export function subTreeOf(topology: Topology, root: number): readonly number[] {
    const found = [root];
    for (const index of found) found.push(...nodeAt(topology, index).children);
    return found;
}

/** The text before the first dot of a full variable name. */
export function prefixOf(variable: string): string {
    const dot = variable.indexOf('.');
    return dot === -1 ? '' : variable.slice(0, dot);
}

/** The text after the first dot of a full variable name, or the whole of a raw one. */
export function localNameOf(variable: string): string {
    return variable.slice(variable.indexOf('.') + 1);
}

function prefixesOf(instance: InstanceModel): readonly string[] {
    const prefixes = new Set(Object.keys(instance.exports).map(prefixOf));
    prefixes.delete('');
    return [...prefixes];
}

function wiringOf(component: ComponentModel, groups: ImportGroup[]): ComponentWiring {
    const importers: number[] = [];
    const mandatory = new Map<string, ImportGroup>();
    const imported = new Set<string>();
    for (const variable of component.imports) {
        const prefix = prefixOf(variable.name);
        if (!variable.external) imported.add(prefix);
        if (variable.optional) continue;
        const key = `${variable.external ? 'external ' : ''}${prefix}`;
        const known = mandatory.get(key);
        const added = localNameOf(variable.name) === '*' ? [] : [variable.name];
        mandatory.set(key, {
            index: known?.index ?? groups.length + mandatory.size,
            component: component.name,
            prefix,
            variables: [...(known?.variables ?? []), ...added],
            external: variable.external,
            importers,
        });
    }
    groups.push(...mandatory.values());
    return { groups: [...mandatory.values()].map((group) => group.index), imported: [...imported], importers };
}

function internalGroupsByPrefix(groups: readonly ImportGroup[]): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    for (const group of groups) {
        if (!group.external) append(found, group.prefix, group.index);
    }
    return found;
}

function importersByPrefix(wirings: readonly ComponentWiring[]): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    for (const wiring of wirings) {
        for (const prefix of wiring.imported) {
            for (const importer of wiring.importers) append(found, prefix, importer);
        }
    }
    for (const importers of found.values()) importers.sort((left, right) => left - right);
    return found;
}

function exportersByPrefix(nodes: readonly InstanceNode[]): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    for (const node of nodes) node.prefixes.forEach((prefix) => append(found, prefix, node.index));
    return found;
}

function append(map: Map<string, number[]>, key: string, value: number): void {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
}
