/** `textDocument/typeDefinition`: from an instance to its component, from a variable to the type that exports it. */
import type { LocationLink } from 'vscode-languageserver/node';
import type { Application, Declaration } from '../../language/index.ts';
import type { Locations } from '../workspace/locations.ts';
import type { Analysis } from '../workspace/units.ts';
import { linkTo } from './definition.ts';
import { lookupOf } from './name-lookup.ts';
import { type NavigationQuestion, type PlacedDeclaration, symbolAt } from './symbol.ts';

/** Links to what says of which kind the thing at a position is. What another application exports leads to the variable behind it. */
export async function typeDefinitionAt(
    question: NavigationQuestion,
    locations: Locations,
): Promise<readonly LocationLink[]> {
    const symbol = await symbolAt(question);
    if (symbol === undefined) return [];
    const isExternal = symbol.declared.some(({ declaration }) => declaration.kind === 'external');
    const analyses = isExternal ? await question.analyses() : [];
    const types = symbol.declared.flatMap((placed) => typesOf(question, placed, analyses));
    return types.map((target) => linkTo(symbol.place, target, locations));
}

function typesOf(
    { view }: NavigationQuestion,
    { directory, declaration }: PlacedDeclaration,
    analyses: readonly Analysis[],
): readonly PlacedDeclaration[] {
    const placed = (one: Declaration): PlacedDeclaration => ({ directory, declaration: one });
    switch (declaration.kind) {
        case 'component':
        case 'facet':
            return [placed(declaration)];
        case 'variable':
            return typesCalled(view.application, declaration.name.replace(/\..*$/, '')).map(placed);
        case 'instance':
            return componentsOf(view.application, declaration).map(placed);
        case 'external':
            return variablesBehind(declaration.name, analyses);
        case 'file':
        case 'command':
        case 'definition':
        case 'rule':
        case 'event':
        case 'target':
        case 'value':
            return [];
        default:
            return declaration.kind satisfies never;
    }
}

function typesCalled(application: Application, name: string): readonly Declaration[] {
    return lookupOf(application).called('component', name);
}

/** The component an instance's block names in its first line. */
export function componentsOf(application: Application, { block }: Declaration): readonly Declaration[] {
    const header = lookupOf(application)
        .onLine(block.file, block.line)
        .filter(({ range }) => range.column >= block.column);
    return header
        .flatMap((place) => (place.kind === 'reference' ? place.reference.targets : []))
        .filter(({ kind }) => kind === 'component');
}

function variablesBehind(outside: string, analyses: readonly Analysis[]): readonly PlacedDeclaration[] {
    return analyses.flatMap(({ application }) => {
        const { externalExportsPrefix, externalExports } = application.model;
        return Object.entries(externalExports)
            .filter(([, name]) => `${externalExportsPrefix ?? ''}.${name}` === outside)
            .flatMap(([variable]) => lookupOf(application).called('variable', variable))
            .map((declaration) => ({ directory: application.directory, declaration }));
    });
}
