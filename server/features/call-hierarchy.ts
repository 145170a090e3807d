/** `textDocument/prepareCallHierarchy` and what follows: an import is a call, from the component that imports to what exports. */
import type {
    CallHierarchyIncomingCall,
    CallHierarchyItem,
    CallHierarchyOutgoingCall,
    Range,
} from 'vscode-languageserver/node';
import type { Application, Declaration, Reference } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import type { Locations } from '../workspace/locations.ts';
import { type ApplicationOf, declarationOf, hierarchyItem } from './hierarchy-item.ts';
import { lookupOf } from './name-lookup.ts';
import { createBlockFinder } from './places.ts';
import { type NavigationQuestion, symbolAt } from './symbol.ts';

/** The component, facet or exported variable at a position. */
export async function prepareCalls(
    question: NavigationQuestion,
    locations: Locations,
): Promise<readonly CallHierarchyItem[]> {
    const { application } = question.view;
    const declared = (await symbolAt(question))?.declared ?? [];
    const shown = declared.filter(({ declaration: { kind } }) => ['component', 'facet', 'variable'].includes(kind));
    return shown.map(({ declaration }) => hierarchyItem(application, declaration, locations));
}

/** Who imports: the variable, or anything that the type exports, be it under the prefix of a facet. */
export function incomingCalls(
    item: CallHierarchyItem,
    applicationOf: ApplicationOf,
    locations: Locations,
): readonly CallHierarchyIncomingCall[] {
    const found = declarationOf(item, applicationOf);
    if (found === undefined) return [];
    const { application, declaration } = found;
    const imports = importsOf(application, usesOf(application, declaration));
    return byType(imports, ({ importer }) => importer).map(([importer, fromRanges]) => ({
        from: hierarchyItem(application, importer, locations),
        fromRanges,
    }));
}

/** What a component imports: types whose variables it names. */
export function outgoingCalls(
    item: CallHierarchyItem,
    applicationOf: ApplicationOf,
    locations: Locations,
): readonly CallHierarchyOutgoingCall[] {
    const found = declarationOf(item, applicationOf);
    if (found === undefined || found.declaration.kind !== 'component') return [];
    const { application, declaration } = found;
    const inside = application.references.filter(({ range }) => isInside(range, declaration.block));
    const imports = importsOf(application, inside).filter(({ reference }) => isTypeUse(reference));
    return byType(imports, ({ reference }) => reference.targets[0]).map(([type, fromRanges]) => ({
        to: hierarchyItem(application, type, locations),
        fromRanges,
    }));
}

interface Import {
    readonly importer: Declaration;
    readonly reference: Reference;
}

/** Uses of a variable, or of the prefixes under which a type exports. */
function usesOf(application: Application, declaration: Declaration): readonly Reference[] {
    const lookup = lookupOf(application);
    const { components, facets } = application.model;
    if (declaration.kind === 'variable') {
        const [owner = ''] = declaration.name.split('.');
        const wildcards = lookup.called('component', owner).flatMap((type) => lookup.usesOf(type));
        return [...lookup.usesOf(declaration), ...wildcards.filter((use) => isWildcard(application, use))];
    }
    const type = [...components, ...facets].find(({ name }) => name === declaration.name);
    const names = Object.keys(type?.exports ?? {}).map((name) => name.slice(0, name.indexOf('.')));
    const prefixes = new Set([declaration.name, ...names]);
    return [...prefixes].flatMap((name) => lookup.called('component', name)).flatMap((one) => lookup.usesOf(one));
}

/** Those of the references that are imports: their component says that it imports what they name. */
function importsOf(application: Application, references: readonly Reference[]): readonly Import[] {
    const blockOf = createBlockFinder(application);
    const components = new Map(application.model.components.map((component) => [component.name, component]));
    return references.flatMap((reference) => {
        const importer = blockOf(reference.range);
        const names = components.get(importer?.name ?? '')?.ownImports ?? [];
        const isImported = names.some(
            ({ name, external }) => !external && name === importedName(application, reference),
        );
        return isImported && importer?.kind === 'component' ? [{ importer, reference }] : [];
    });
}

/** The whole imported name that a reference is a part of; undefined for the name of a type that stands alone. */
function importedName(application: Application, reference: Reference): string | undefined {
    return isTypeUse(reference) ? variableBehind(application, reference)?.name : reference.name;
}

/** `Web` in `Web.*`. */
function isWildcard(application: Application, reference: Reference): boolean {
    return variableBehind(application, reference)?.name === `${reference.name}.*`;
}

function variableBehind(application: Application, { range }: Reference): Reference | undefined {
    const places = lookupOf(application).onLine(range.file, range.endLine);
    const behind = places.find(
        (place) =>
            place.kind === 'reference' &&
            place.range.line === range.endLine &&
            place.range.column === range.endColumn + 1,
    );
    return behind?.kind === 'reference' ? behind.reference : undefined;
}

function isTypeUse({ targets }: Reference): boolean {
    return targets.some(({ kind }) => kind === 'component' || kind === 'facet');
}

function isInside(range: Reference['range'], block: Reference['range']): boolean {
    return range.file === block.file && range.line >= block.line && range.endLine <= block.endLine;
}

function byType(
    imports: readonly Import[],
    typeOf: (one: Import) => Declaration | undefined,
): readonly (readonly [Declaration, Range[]])[] {
    const ranges = new Map<Declaration, Range[]>();
    for (const one of imports) {
        const type = typeOf(one);
        if (type === undefined) continue;
        const known = ranges.get(type) ?? [];
        ranges.set(type, known);
        known.push(toLspRange(one.reference.range));
    }
    return [...ranges];
}
