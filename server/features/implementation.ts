/** `textDocument/implementation`: from a component to its instances, from a facet to its components, from a variable to who exports it. */
import type { LocationLink } from 'vscode-languageserver/node';
import type { Application, Declaration } from '../../language/index.ts';
import type { Locations } from '../workspace/locations.ts';
import { linkTo } from './definition.ts';
import { lookupOf } from './name-lookup.ts';
import { type NavigationQuestion, symbolAt } from './symbol.ts';
import { heirsOf } from './type-relations.ts';

/** Links to what makes the thing at a position real; components that extend it count with their instances. */
export async function implementationsAt(
    question: NavigationQuestion,
    locations: Locations,
): Promise<readonly LocationLink[]> {
    const symbol = await symbolAt(question);
    if (symbol === undefined) return [];
    const { application } = question.view.analysis;
    const found = symbol.declared.flatMap(({ declaration }) => implementationsOf(application, declaration));
    const { directory } = application;
    return [...new Set(found)].map((declaration) => linkTo(symbol.place, { directory, declaration }, locations));
}

function implementationsOf(application: Application, declaration: Declaration): readonly Declaration[] {
    const { kind, name } = declaration;
    switch (kind) {
        case 'component':
            return [
                ...componentsCalled(application, heirsOf(application.model, name)),
                ...instancesOf(application, name),
            ];
        case 'facet':
            return componentsCalled(application, heirsOf(application.model, name));
        case 'variable':
            return componentsCalled(application, exportersOf(application, name));
        case 'instance':
        case 'file':
        case 'command':
        case 'definition':
        case 'rule':
        case 'event':
        case 'target':
        case 'value':
        case 'external':
            return [];
        default:
            return kind satisfies never;
    }
}

function componentsCalled(application: Application, names: readonly string[]): readonly Declaration[] {
    const declared = names.flatMap((name) => lookupOf(application).called('component', name));
    return declared.filter(({ kind }) => kind === 'component');
}

/** Written instances; those that `count` makes share one block. */
function instancesOf(application: Application, component: string): readonly Declaration[] {
    const { model } = application;
    const components = new Set([component, ...heirsOf(model, component)]);
    const places = model.instances.filter((instance) => components.has(instance.component)).map(({ range }) => range);
    const declared = places.flatMap((range) => lookupOf(application).exactly(range));
    return declared.flatMap((place) => (place.kind === 'declaration' ? [place.declaration] : []));
}

/** Components that have a variable under this full name. */
function exportersOf({ model }: Application, variable: string): readonly string[] {
    return model.components.filter(({ exports }) => Object.hasOwn(exports, variable)).map(({ name }) => name);
}
