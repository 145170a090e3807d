/** Entries of call and type hierarchies: they come back from the client, and lead to the newest analysis. */
import type { CallHierarchyItem, TypeHierarchyItem } from 'vscode-languageserver/node';
import type { Application, Declaration } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';
import { lookupOf } from './name-lookup.ts';
import { SYMBOL_KINDS } from './workspace-symbols.ts';

/** The application an entry belongs to, from its newest texts. */
export type ApplicationOf = (uri: string) => Application | undefined;

/** What both hierarchies show of a component, a facet or a variable. */
export function hierarchyItem(
    { directory, name: application }: Application,
    declaration: Declaration,
    locations: Locations,
): CallHierarchyItem & TypeHierarchyItem {
    const { kind, name, range, block } = declaration;
    return {
        name,
        kind: SYMBOL_KINDS[kind],
        detail: `${kind} · ${application}`,
        uri: locations.uriOf(pathIn(directory, range.file)),
        range: toLspRange(block),
        selectionRange: toLspRange(range),
    };
}

/** The declaration of an entry; undefined when it has gone. */
export function declarationOf(
    { uri, name, kind }: CallHierarchyItem | TypeHierarchyItem,
    applicationOf: ApplicationOf,
): { readonly application: Application; readonly declaration: Declaration } | undefined {
    const application = applicationOf(uri);
    if (application === undefined) return undefined;
    const lookup = lookupOf(application);
    const called = [...lookup.called('component', name), ...lookup.called('variable', name)];
    const declaration = called.find((one) => SYMBOL_KINDS[one.kind] === kind);
    return declaration === undefined ? undefined : { application, declaration };
}
