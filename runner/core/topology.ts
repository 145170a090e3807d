/**
 * The shape of a deployment: instances, machines and who may feed whom, under dense integer indexes. It stays the same until another
 * model is accepted; then it holds instances as that model has them beside instances that still run as an earlier one had them, until
 * they are redefined one after the other.
 *
 * 1. Parents have smaller indexes than their children.
 * 2. A *machine slot* is the index of the scoped instance that makes the machine, or `localMachine` for what has none.
 * 3. An *import group* is what one component needs from one prefix. It is satisfied by an exporter that publishes every
 *    mandatory variable of the group with a value.
 */
import type { ApplicationModel, ComponentModel, InstanceModel } from '../../language/index.ts';

/** Component name to the name of the copy of its recipe; components without recipe are absent. */
export type Recipes = Readonly<Record<string, string>>;

/** What an instance is made from. */
export interface Definition {
    readonly instance: InstanceModel;
    readonly component: ComponentModel;
    /** Name of the copy of its component's recipe; null when that has none. */
    readonly recipe: string | null;
}

export interface Topology {
    /** The model and the recipes accepted last. */
    readonly model: ApplicationModel;
    readonly recipes: Recipes;
    readonly nodes: InstanceNode[];
    readonly indexOfPath: ReadonlyMap<string, number>;
    readonly groups: readonly ImportGroup[];
    /** Mandatory internal groups under a prefix. */
    readonly groupsOfPrefix: ReadonlyMap<string, readonly number[]>;
    /** Every instance that imports something internal under a prefix, mandatory or not. */
    readonly importersOfPrefix: Map<string, number[]>;
    /** Every instance that exports under a prefix once it is started. */
    readonly exportersOfPrefix: Map<string, number[]>;
    /** What each component, those of earlier models among them, imports and who does. */
    readonly wirings: ReadonlyMap<ComponentModel, ComponentWiring>;
    /** The slot of everything that lives under no scoped instance. */
    readonly localMachine: number;
}

export interface InstanceNode extends Definition {
    readonly index: number;
    readonly path: string;
    readonly name: string;
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

export interface ComponentWiring {
    readonly groups: readonly number[];
    /** Internal prefixes it imports, mandatory or not. */
    readonly imported: readonly string[];
    /** Its instances, ascending. */
    readonly importers: number[];
}

/** Derives the indexes. A model with errors is taken as far as it makes sense: an instance of an unknown component is left out with its sub-tree. */
export function topologyOf(model: ApplicationModel, recipes: Recipes = {}): Topology {
    return topologyFrom(model, recipes, definitionsOf(model, recipes));
}

/** What the instances of a model are made from, parents first; instances whose component is unknown are not in it. */
export function definitionsOf(model: ApplicationModel, recipes: Recipes): readonly Definition[] {
    const components = new Map(model.components.map((component) => [component.name, component]));
    return model.instances.flatMap((instance) => {
        const component = components.get(instance.component);
        if (component === undefined) return [];
        return [{ instance, component, recipe: recipeOf(recipes, component.name) }];
    });
}

/** Whether a component of this installer stands for machines. */
export function isMachine(component: ComponentModel): boolean {
    return component.resolvedInstaller?.toLowerCase() === 'target';
}

/**
 * The same from definitions, parents first, that need not all be of this model. One whose parent is missing, or whose path was there
 * before, is left out.
 */
export function topologyFrom(model: ApplicationModel, recipes: Recipes, definitions: readonly Definition[]): Topology {
    const groups: ImportGroup[] = [];
    const components = new Set([...model.components, ...definitions.map((definition) => definition.component)]);
    const wirings = new Map(Array.from(components, (component) => [component, wiringOf(component, groups)]));
    const nodes: InstanceNode[] = [];
    const indexOfPath = new Map<string, number>();
    const childrenOf: number[][] = [];
    for (const definition of definitions) {
        const { path } = definition.instance;
        const parent = parentOf(path, indexOfPath);
        if (parent === undefined || indexOfPath.has(path)) continue;
        const node = nodeOf({ definition, parent }, nodes, wirings.get(definition.component));
        childrenOf.push(node.children);
        childrenOf[parent]?.push(node.index);
        indexOfPath.set(path, node.index);
        nodes.push(node);
    }
    const localMachine = nodes.length;
    return {
        model,
        recipes,
        nodes: nodes.map((node) => (node.machine === -1 ? { ...node, machine: localMachine } : node)),
        indexOfPath,
        groups,
        groupsOfPrefix: internalGroupsByPrefix(groups),
        importersOfPrefix: importersByPrefix([...wirings.values()]),
        exportersOfPrefix: exportersByPrefix(nodes),
        wirings,
        localMachine,
    };
}

/**
 * Gives an instance another definition, of a component of the topology's model, in place. It must publish nothing, and neither start nor
 * stop: counters of those would be wrong. Machines stay what they are.
 */
export function replaceNode(topology: Topology, index: number, definition: Definition): void {
    const before = nodeAt(topology, index);
    const { instance, component, recipe } = definition;
    const [former, wiring] = [topology.wirings.get(before.component), topology.wirings.get(component)];
    if (former === undefined || wiring === undefined) throw new Error(`${component.name} is of another model`);
    const prefixes = prefixesOf(instance);
    topology.nodes[index] = { ...before, instance, component, recipe, prefixes, groups: wiring.groups };
    withdraw(former.importers, index);
    insert(wiring.importers, index);
    former.imported.forEach((prefix) => withdraw(topology.importersOfPrefix.get(prefix) ?? [], index));
    wiring.imported.forEach((prefix) => insert(listIn(topology.importersOfPrefix, prefix), index));
    before.prefixes.forEach((prefix) => withdraw(topology.exportersOfPrefix.get(prefix) ?? [], index));
    prefixes.forEach((prefix) => insert(listIn(topology.exportersOfPrefix, prefix), index));
}

function withdraw(list: number[], value: number): void {
    const place = list.indexOf(value);
    if (place !== -1) list.splice(place, 1);
}

/** Keeps the list ascending. */
function insert(list: number[], value: number): void {
    const place = list.findIndex((other) => other > value);
    list.splice(place === -1 ? list.length : place, 0, value);
}

function listIn(map: Map<string, number[]>, key: string): number[] {
    const list = map.get(key) ?? [];
    map.set(key, list);
    return list;
}

function recipeOf(recipes: Recipes, component: string): string | null {
    return Object.hasOwn(recipes, component) ? (recipes[component] ?? null) : null;
}

interface Placed {
    readonly definition: Definition;
    readonly parent: number;
}

/** Undefined when the parent is not known; -1 for a root. */
function parentOf(path: string, indexOfPath: ReadonlyMap<string, number>): number | undefined {
    const parentPath = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return parentPath === '' ? -1 : indexOfPath.get(parentPath);
}

function nodeOf(
    { definition, parent }: Placed,
    nodes: readonly InstanceNode[],
    wiring: ComponentWiring | undefined,
): InstanceNode & { readonly children: number[] } {
    const index = nodes.length;
    const { instance, component, recipe } = definition;
    const scoped = isMachine(component);
    wiring?.importers.push(index);
    return {
        index,
        path: instance.path,
        name: instance.name,
        component,
        instance,
        recipe,
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

function importersByPrefix(wirings: readonly ComponentWiring[]): Map<string, number[]> {
    const found = new Map<string, number[]>();
    for (const wiring of wirings) {
        for (const prefix of wiring.imported) {
            for (const importer of wiring.importers) append(found, prefix, importer);
        }
    }
    for (const importers of found.values()) importers.sort((left, right) => left - right);
    return found;
}

function exportersByPrefix(nodes: readonly InstanceNode[]): Map<string, number[]> {
    const found = new Map<string, number[]>();
    for (const node of nodes) node.prefixes.forEach((prefix) => append(found, prefix, node.index));
    return found;
}

function append(map: Map<string, number[]>, key: string, value: number): void {
    listIn(map, key).push(value);
}
