/** What an importer has to be told about one of its exporters. */
import type { ImportChange, PublishedValues } from './event.ts';
import { importedValues } from './exports.ts';
import type { State } from './state.ts';
import { nodeAt, prefixOf, type InstanceNode } from './topology.ts';

/** The net effect of what happened to an exporter since an importer was last told; null = none. */
export function changeOf(
    state: State,
    importer: InstanceNode,
    exporter: number,
    told: PublishedValues | null,
): ImportChange | null {
    const { path: exporterPath } = nodeAt(state.topology, exporter);
    const shown = isOffered(state, importer, exporter) ? state.published.get(exporter) : undefined;
    const before = told === null ? null : offerOf(importer, told);
    const after = shown === undefined ? null : offerOf(importer, shown);
    if (after === null) return before === null ? null : { kind: 'removed', exporterPath, ...before };
    if (before === null) return { kind: 'added', exporterPath, ...after };
    return isSame(before.values, after.values) ? null : { kind: 'changed', exporterPath, ...after };
}

/** An exporter that was replaced by another component may feed nothing any more that the importer wants. */
function isOffered(state: State, importer: InstanceNode, exporter: number): boolean {
    return internalImportsOf(importer).some((prefix) => state.visible.get(prefix)?.has(exporter));
}

/** An exporter can feed several prefixes of one importer; the first one imported under which it has values names the change. */
function offerOf(importer: InstanceNode, published: PublishedValues): Pick<ImportChange, 'prefix' | 'values'> {
    const offered = new Set(Object.keys(published).map(prefixOf));
    const prefix = internalImportsOf(importer).find((each) => offered.has(each)) ?? '';
    return { prefix, values: importedValues(importer, prefix, published) };
}

function internalImportsOf(importer: InstanceNode): readonly string[] {
    return importer.component.imports.filter((variable) => !variable.external).map(({ name }) => prefixOf(name));
}

function isSame(left: PublishedValues, right: PublishedValues): boolean {
    const names = Object.keys(left);
    return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
