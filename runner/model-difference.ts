/** Differences between two models that are those of no single instance, as clauses for people. */
import type { ApplicationModel, ComponentModel } from '../language/index.ts';
import type { Recipes } from './core/topology.ts';

/** A model with the recipes its components have, by content. */
export interface Asked {
    readonly model: ApplicationModel;
    readonly recipes: Recipes;
}

const MOST_LINES = 20;

/**
 * One clause a difference, at most 20 and a count of the rest. What differs in a component is told with its instances where it changes
 * them: those are in `changed`.
 */
export function otherDifferences(before: Asked, after: Asked, changed: ReadonlySet<string>): readonly string[] {
    const lines = [
        ...nameDifferences(before.model, after.model),
        ...componentDifferences(before, after, changed),
        ...listDifferences('facet', byName(before.model.facets), byName(after.model.facets)),
    ];
    if (lines.length <= MOST_LINES) return lines;
    return [...lines.slice(0, MOST_LINES), `there are ${lines.length - MOST_LINES} more differences`];
}

/** What of a model means something, for telling it from another. */
export function meaningOf(model: ApplicationModel): unknown {
    const { name, externalExportsPrefix, externalExports, components, facets, instances } = model;
    return withoutPlaces({ name, externalExportsPrefix, externalExports, components, facets, instances });
}

function nameDifferences(before: ApplicationModel, after: ApplicationModel): readonly string[] {
    const isOther = (key: 'externalExportsPrefix' | 'externalExports'): boolean => !isSame(before[key], after[key]);
    return [
        ...(before.name === after.name
            ? []
            : [`the application was called ${before.name} and is called ${after.name}`]),
        ...(isOther('externalExportsPrefix') || isOther('externalExports')
            ? ['what the application exports to others was changed']
            : []),
    ];
}

function componentDifferences(before: Asked, after: Asked, changed: ReadonlySet<string>): readonly string[] {
    const told = new Set(
        [...before.model.instances, ...after.model.instances]
            .filter(({ path }) => changed.has(path))
            .map(({ component }) => component),
    );
    const isUntold = ({ name }: ComponentModel): boolean => !told.has(name);
    const [former, asked] = [before.model.components.filter(isUntold), after.model.components.filter(isUntold)];
    const recipes = asked
        .filter(({ name }) => former.some((each) => each.name === name) && before.recipes[name] !== after.recipes[name])
        .map(({ name }) => `the recipe of ${name}, of which there is no instance, was changed`);
    return [...listDifferences('component', byName(former), byName(asked)), ...recipes];
}

type Thing = Readonly<Record<string, unknown>>;

function byName(list: readonly (object & { readonly name: string })[]): ReadonlyMap<string, Thing> {
    return new Map(list.map((element) => [element.name, Object.fromEntries(Object.entries(element))]));
}

function listDifferences(
    kind: string,
    before: ReadonlyMap<string, Thing>,
    after: ReadonlyMap<string, Thing>,
): readonly string[] {
    const gone = [...before.keys()].filter((name) => !after.has(name));
    const added = [...after.keys()].filter((name) => !before.has(name));
    const others = [...after].flatMap(([name, thing]) => {
        const fields = differingFields(before.get(name), thing);
        return fields.length === 0 ? [] : [`the ${kind} ${name} was changed (${fields.join(', ')})`];
    });
    return [
        ...gone.map((name) => `the ${kind} ${name} is not there any more`),
        ...added.map((name) => `the ${kind} ${name} was added`),
        ...others,
    ];
}

const PLACES: ReadonlySet<string> = new Set(['range', 'description']);

/** Fields under the words a model has for them; the others are called as they are. */
const FIELD_WORDS: ReadonlyMap<string, string> = new Map([
    ['resolvedInstaller', 'installer'],
    ['allFacets', 'facets'],
    ['resolvedChildren', 'children'],
    ['resolvedAncestors', 'ancestors'],
    ['ownExports', 'exports'],
    ['randomPorts', 'exports'],
    ['ownImports', 'imports'],
    ['recipeDirectory', 'recipe folder'],
    ['policies', 'time-outs and retries'],
]);

function differingFields(before: Thing | undefined, after: Thing): readonly string[] {
    if (before === undefined) return [];
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    const differing = [...names].filter((name) => !PLACES.has(name) && !isSame(before[name], after[name]));
    return [...new Set(differing.map((name) => FIELD_WORDS.get(name) ?? name))];
}

function isSame(left: unknown, right: unknown): boolean {
    return JSON.stringify(left) === JSON.stringify(right);
}

function withoutPlaces(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutPlaces);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !PLACES.has(name));
    return Object.fromEntries(kept.map(([name, part]) => [name, withoutPlaces(part)]));
}
