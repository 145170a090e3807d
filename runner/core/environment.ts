/** The variables a recipe gets (reference: script recipes). `ROBOCONF_FILES_DIR` and `ROBOCONF_NODE` are added by executors. */
import type { ImportChange, PublishedValues } from './event.ts';
import { addressOf, cleaned, exportersFor, importedFrom, namesOf, valuesOf } from './exports.ts';
import type { State } from './state.ts';
import type { Phase } from './status.ts';
import { localNameOf, nodeAt, prefixOf, type InstanceNode } from './topology.ts';

export type EnvironmentOf = (
    state: State,
    instance: number,
    phase: Phase,
    change: ImportChange | null,
) => Readonly<Record<string, string>>;

/**
 * Variables for one step of an instance; `change` only counts for an `update`. Names hold nothing but letters, digits and `_`
 * (`D_0_my_port` for `my-port`); what has no value is left out. Where names meet, the contract's own win over imports,
 * these over own exports, these over those of ancestors.
 */
export function environmentOf(
    state: State,
    instance: number,
    phase: Phase,
    change: ImportChange | null = null,
): Readonly<Record<string, string>> {
    const node = nodeAt(state.topology, instance);
    return {
        ...ancestorVariables(state, node),
        ...ownVariables(state, node),
        ...importVariables(state, node),
        ...namesOf(node),
        ...(phase === 'update' && change !== null ? changeVariables(change) : {}),
    };
}

/** The component's own prefix is the one that says what a local name means; raw overrides add to it. */
function ownVariables(state: State, node: InstanceNode): Record<string, string> {
    const values = Object.entries(valuesOf(state, node.index, addressOf(state, node.index)));
    const isOwn = (name: string) => prefixOf(name) === node.component.name;
    const ordered = [...values.filter(([name]) => !isOwn(name)), ...values.filter(([name]) => isOwn(name))];
    return Object.fromEntries(ordered.map(([name, value]) => [cleaned(localNameOf(name)), value]));
}

/** Of two ancestors of one component the nearer one wins. */
function ancestorVariables(state: State, node: InstanceNode): Record<string, string> {
    if (node.parent === -1) return {};
    const parent = nodeAt(state.topology, node.parent);
    const own = Object.entries(ownVariables(state, parent));
    const prefix = `ANCESTOR_${cleaned(parent.component.name)}`;
    return {
        ...ancestorVariables(state, parent),
        ...Object.fromEntries(own.map(([name, value]) => [`${prefix}_${name}`, value])),
    };
}

function importVariables(state: State, node: InstanceNode): Record<string, string> {
    const variables: Record<string, string> = {};
    for (const prefix of importedPrefixes(node)) {
        const exporters = prefix.external ? [] : exportersFor(state, node.index, prefix.name);
        const name = cleaned(prefix.name);
        const imported = importedFrom(node, prefix.name);
        variables[`${name}_size`] = String(exporters.length);
        exporters.forEach((exporter, i) => {
            variables[`${name}_${i}_name`] = nodeAt(state.topology, exporter).path;
            const values = imported(state.published.get(exporter) ?? {});
            Object.assign(variables, named(`${name}_${i}`, values));
        });
    }
    return variables;
}

function importedPrefixes(node: InstanceNode): readonly { readonly name: string; readonly external: boolean }[] {
    const found = new Map<string, boolean>();
    for (const variable of node.component.imports) {
        const name = prefixOf(variable.name);
        found.set(name, (found.get(name) ?? true) && variable.external);
    }
    return Array.from(found, ([name, external]) => ({ name, external }));
}

function changeVariables(change: ImportChange): Record<string, string> {
    return {
        ...named('ROBOCONF_IMPORT_CHANGED', change.values),
        ROBOCONF_UPDATE_STATUS: change.kind === 'removed' ? 'DEPLOYED_STOPPED' : 'DEPLOYED_STARTED',
        ROBOCONF_UPDATE_KIND: change.kind,
        ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH: change.exporterPath,
        ROBOCONF_IMPORT_CHANGED_COMPONENT: change.prefix,
    };
}

function named(prefix: string, values: PublishedValues): Record<string, string> {
    return Object.fromEntries(
        Object.entries(values).map(([name, value]) => [`${prefix}_${cleaned(localNameOf(name))}`, value]),
    );
}
