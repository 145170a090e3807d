/** `textDocument/prepareTypeHierarchy` and what follows: extended types and facets above, heirs and wearers below. */
import type { TypeHierarchyItem } from 'vscode-languageserver/node';
import type { Application, Declaration } from '../../language/index.ts';
import type { Locations } from '../workspace/locations.ts';
import { type ApplicationOf, declarationOf, hierarchyItem } from './hierarchy-item.ts';
import { lookupOf } from './name-lookup.ts';
import { type NavigationQuestion, symbolAt } from './symbol.ts';
import { componentsOf } from './type-definition.ts';
import { childrenOf, parentsOf } from './type-relations.ts';

/** The component or facet at a position; for an instance its component. */
export async function prepareTypes(
    question: NavigationQuestion,
    locations: Locations,
): Promise<readonly TypeHierarchyItem[]> {
    const { application } = question.view;
    const declared = (await symbolAt(question))?.declared.map(({ declaration }) => declaration) ?? [];
    const types = declared.flatMap((declaration) =>
        declaration.kind === 'instance' ? componentsOf(application, declaration) : [declaration],
    );
    return types.filter(isType).map((type) => hierarchyItem(application, type, locations));
}

/** What a type inherits from directly. */
export function supertypesOf(
    item: TypeHierarchyItem,
    applicationOf: ApplicationOf,
    locations: Locations,
): readonly TypeHierarchyItem[] {
    return related(item, applicationOf, locations, parentsOf);
}

/** What inherits from a type directly. */
export function subtypesOf(
    item: TypeHierarchyItem,
    applicationOf: ApplicationOf,
    locations: Locations,
): readonly TypeHierarchyItem[] {
    return related(item, applicationOf, locations, childrenOf);
}

function related(
    item: TypeHierarchyItem,
    applicationOf: ApplicationOf,
    locations: Locations,
    namesOf: (model: Application['model'], name: string) => readonly string[],
): readonly TypeHierarchyItem[] {
    const found = declarationOf(item, applicationOf);
    if (found === undefined) return [];
    const { application, declaration } = found;
    const names = namesOf(application.model, declaration.name);
    const types = names.flatMap((name) => lookupOf(application).called('component', name).slice(0, 1));
    return types.map((type) => hierarchyItem(application, type, locations));
}

function isType({ kind }: Declaration): boolean {
    return kind === 'component' || kind === 'facet';
}
