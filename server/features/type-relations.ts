/** How the types of a model are related: who inherits from whom. */
import type { ApplicationModel } from '../../language/index.ts';

/** Names of the types a type inherits from directly, as written: what it extends, then its facets. */
export function parentsOf(model: ApplicationModel, name: string): readonly string[] {
    const component = model.components.find((one) => one.name === name);
    if (component !== undefined)
        return [...(component.extends === null ? [] : [component.extends]), ...component.facets];
    return model.facets.find((one) => one.name === name)?.extends ?? [];
}

/** Names of the types that inherit from a type directly: facets, then components. */
export function childrenOf({ facets, components }: ApplicationModel, name: string): readonly string[] {
    const extending = facets.filter((facet) => facet.extends.includes(name));
    const inheriting = components.filter((one) => one.extends === name || one.facets.includes(name));
    return [...extending, ...inheriting].map((type) => type.name).filter((other) => other !== name);
}

/** Names of the components that inherit from a type, directly or not. */
export function heirsOf(model: ApplicationModel, name: string): readonly string[] {
    const extending = Map.groupBy(model.components, (component) => component.extends);
    const reached = new Set<string>([name]);
    for (const { name: component, allFacets } of model.components) if (allFacets.includes(name)) reached.add(component);
    for (const next of reached) for (const heir of extending.get(next) ?? []) reached.add(heir.name);
    reached.delete(name);
    return [...reached];
}
