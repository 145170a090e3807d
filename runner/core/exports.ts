/** What an instance publishes and what the `$(ROBOCONF_…)` names stand for. */
import type { PublishedValues } from './event.ts';
import { at, type State } from './state.ts';
import { localNameOf, nodeAt, type ImportGroup, type InstanceNode } from './topology.ts';

/**
 * The values an instance publishes when started, by full name: random ports as assigned, `ip` (any case) from the machine's
 * address unless the model gives it a value, names expanded. Variables without a value are left out.
 */
export function exportsOf(state: State, index: number, address: string | null): PublishedValues {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(valuesOf(state, index, address))) {
        if (name.includes('.')) values[name] = value;
    }
    return values;
}

/** The same, with the raw variables that have no prefix: only the instance's own recipes see those. */
export function valuesOf(state: State, index: number, address: string | null): PublishedValues {
    const node = nodeAt(state.topology, index);
    const ports = state.ports.get(index) ?? {};
    const values: Record<string, string> = {};
    for (const [name, written] of Object.entries(node.instance.exports)) {
        const local = localNameOf(name);
        const port = ports[local];
        const value = port !== undefined ? String(port) : (written ?? (local.toLowerCase() === 'ip' ? address : null));
        if (value !== null) values[name] = expanded(value, node);
    }
    for (const [name, port] of Object.entries(portsByFullName(node, ports))) values[name] ??= port;
    return values;
}

/** The address of an instance's machine, null while there is none. */
export function addressOf(state: State, index: number): string | null {
    return state.machines.get(nodeAt(state.topology, index).machine)?.address ?? null;
}

/** Local names of the random ports the model gives no value to, in a stable order. */
export function randomPortsOf(node: InstanceNode): readonly string[] {
    const names = node.component.randomPorts.filter((name) => (node.instance.exports[name] ?? null) === null);
    return [...new Set(names.map(localNameOf))];
}

/** Ports of other instances of one machine. */
export function takenPortsOf(state: State, machine: number): readonly number[] {
    const taken: number[] = [];
    for (const [index, ports] of state.ports) {
        if (shareAddress(state, nodeAt(state.topology, index).machine, machine)) taken.push(...Object.values(ports));
    }
    return taken.sort((left, right) => left - right);
}

/** Machines that are really one computer have one set of ports. */
function shareAddress(state: State, left: number, right: number): boolean {
    return left === right || state.machines.get(left)?.address === state.machines.get(right)?.address;
}

/** Whether what an exporter publishes is all that a group needs of its prefix. */
export function satisfies(published: PublishedValues, group: ImportGroup): boolean {
    return !group.external && group.variables.every((name) => published[name] !== undefined);
}

/** The five names that values may refer to and that recipes get. */
export function namesOf(node: InstanceNode): Readonly<Record<string, string>> {
    const segments = node.path.split('/').slice(1);
    return {
        ROBOCONF_INSTANCE_NAME: node.name,
        ROBOCONF_INSTANCE_PATH: node.path,
        ROBOCONF_COMPONENT_NAME: node.component.name,
        ROBOCONF_CLEAN_INSTANCE_PATH: cleaned(segments.join('/')),
        ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH: cleaned(segments.toReversed().join('/')),
    };
}

/** Text fit for the name of a variable: everything but ASCII letters, digits and `_` becomes `_`. */
export function cleaned(text: string): string {
    return text.replace(/[^A-Za-z0-9_]/g, '_');
}

/** Visible exporters under a prefix as an importer sees them: itself left out, by path. */
export function exportersFor(state: State, importer: number, prefix: string): readonly number[] {
    const exporters = [...(state.visible.get(prefix) ?? [])].filter((exporter) => exporter !== importer);
    const pathOf = (exporter: number) => nodeAt(state.topology, exporter).path;
    return exporters.sort((left, right) => (pathOf(left) < pathOf(right) ? -1 : 1));
}

/** What an importer gets of an exporter's values under a prefix: the imported names, or all for a wildcard. */
export function importedValues(node: InstanceNode, prefix: string, published: PublishedValues): PublishedValues {
    return importedFrom(node, prefix)(published);
}

/** The same for many exporters. */
export function importedFrom(node: InstanceNode, prefix: string): (published: PublishedValues) => PublishedValues {
    const wanted = new Set(
        node.component.imports.filter((variable) => !variable.external).map((variable) => variable.name),
    );
    const isWanted = (name: string) => wanted.has(name) || wanted.has(`${prefix}.*`);
    const isInPrefix = (name: string) => name.startsWith(`${prefix}.`) && isWanted(name);
    return (published) => Object.fromEntries(Object.entries(published).filter(([name]) => isInPrefix(name)));
}

/** Exporters that feed a group at this moment, `importer` itself included when it does. */
export function feederCount(state: State, group: number): number {
    return at(state.feeders, group);
}

function portsByFullName(node: InstanceNode, ports: Readonly<Record<string, number>>): PublishedValues {
    const values: Record<string, string> = {};
    for (const name of node.component.randomPorts) {
        const port = ports[localNameOf(name)];
        if (port !== undefined) values[name] = String(port);
    }
    return values;
}

function expanded(value: string, node: InstanceNode): string {
    if (!value.includes('$(')) return value;
    const names = namesOf(node);
    return value.replace(/\$\((ROBOCONF_[A-Z_]+)\)/g, (whole, name: string) => names[name] ?? whole);
}
