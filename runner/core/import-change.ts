/** What an importer has to be told about one of its exporters. */
import type { ImportChange } from './event.ts';
import { importedValues } from './exports.ts';
import type { State } from './state.ts';
import { nodeAt, prefixOf, type InstanceNode } from './topology.ts';

/** The net effect of what happened to an exporter since an importer was last told; null = none. */
export function changeOf(
    state: State,
    importer: InstanceNode,
    exporter: number,
    told: Readonly<Record<string, string>> | null,
): ImportChange | null {
    const { path } = nodeAt(state.topology, exporter);
    const shown = state.published.get(exporter);
    const prefix = importedPrefixOf(importer, shown ?? told ?? {});
    const before = told === null ? null : importedValues(importer, prefix, told);
    const after = shown === undefined ? null : importedValues(importer, prefix, shown);
    if (after === null) return before === null ? null : { kind: 'removed', exporterPath: path, prefix, values: before };
    if (before === null) return { kind: 'added', exporterPath: path, prefix, values: after };
    return isSame(before, after) ? null : { kind: 'changed', exporterPath: path, prefix, values: after };
}

/** An exporter can feed several prefixes of one importer; the first one imported names the change. */
function importedPrefixOf(importer: InstanceNode, values: Readonly<Record<string, string>>): string {
    const offered = new Set(Object.keys(values).map(prefixOf));
    const internal = importer.component.imports.filter((variable) => !variable.external);
    return internal.map((variable) => prefixOf(variable.name)).find((prefix) => offered.has(prefix)) ?? '';
}

function isSame(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean {
    const names = Object.keys(left);
    return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
