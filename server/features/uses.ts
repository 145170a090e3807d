/** Who uses what in an application: providers of variables, importers and instances of components. Made once for each analysis. */
import type { Application, ComponentModel, InstanceModel } from '../../language/index.ts';

export interface Uses {
    /** Components whose instances export a variable (`Database.port`) or any variable of a type (`Database.*`); sorted by name. */
    readonly providersOf: (variable: string) => readonly ComponentModel[];
    /** Components that write an import of a type themselves. */
    readonly importersOf: (type: string) => readonly ComponentModel[];
    readonly instancesOf: (component: string) => readonly InstanceModel[];
    /** Instances by the place of their name: those of one block, which are several when it is counted. */
    readonly instancesAt: (place: {
        readonly file: string;
        readonly line: number;
        readonly column: number;
    }) => readonly InstanceModel[];
}

const KNOWN = new WeakMap<Application, Uses>();

/** The uses in an application. */
export function usesIn(application: Application): Uses {
    const known = KNOWN.get(application);
    if (known !== undefined) return known;
    const uses = createUses(application);
    KNOWN.set(application, uses);
    return uses;
}

function createUses({ model: { components, instances } }: Application): Uses {
    const sorted = components.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const providers = grouped(sorted, ({ exports }) => exportedNames(Object.keys(exports)));
    const importers = grouped(sorted, ({ ownImports }) =>
        ownImports.filter(({ external }) => !external).map(({ name }) => prefixOf(name)),
    );
    const byComponent = Map.groupBy(instances, ({ component }) => component);
    const byPlace = Map.groupBy(instances, ({ range }) => placeKey(range));
    return {
        providersOf: (variable) => providers.get(variable) ?? [],
        importersOf: (type) => importers.get(type) ?? [],
        instancesOf: (component) => byComponent.get(component) ?? [],
        instancesAt: (place) => byPlace.get(placeKey(place)) ?? [],
    };
}

function grouped(
    components: readonly ComponentModel[],
    keysOf: (component: ComponentModel) => readonly string[],
): ReadonlyMap<string, readonly ComponentModel[]> {
    const groups = new Map<string, ComponentModel[]>();
    for (const component of components) {
        for (const key of new Set(keysOf(component))) {
            const group = groups.get(key);
            if (group === undefined) groups.set(key, [component]);
            else group.push(component);
        }
    }
    return groups;
}

function exportedNames(names: readonly string[]): readonly string[] {
    return [...names, ...names.map((name) => `${prefixOf(name)}.*`)];
}

function prefixOf(name: string): string {
    return name.slice(0, Math.max(0, name.indexOf('.')));
}

function placeKey({
    file,
    line,
    column,
}: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}): string {
    return `${line}:${column}:${file}`;
}
