/**
 * The semantics of graphs as the reference words them (language, sections 3.1 to 3.4), without a thought for speed: what the resolved model is
 * held against. Loops of extensions are not read.
 */
export interface PlainType {
    readonly kind: 'component' | 'facet';
    readonly name: string;
    readonly installer: string | null;
    /** One component, or facets. */
    readonly extends: readonly string[];
    readonly facets: readonly string[];
    readonly children: readonly string[];
    readonly exports: readonly { readonly name: string; readonly value: string | null }[];
    readonly imports: readonly { readonly name: string; readonly optional: boolean; readonly external: boolean }[];
}

export interface LiteralReading {
    readonly lineageOf: (component: string) => readonly string[];
    readonly facetsOf: (component: string) => readonly string[];
    readonly childrenOf: (component: string) => readonly string[];
    readonly variablesOf: (component: string) => ReadonlyMap<string, string | null>;
    readonly installerOf: (component: string) => string | null;
    readonly rootNames: readonly string[];
    /** Components with an import that nobody exports. */
    readonly unresolved: ReadonlySet<string>;
    /** Components with a mandatory import of what they export. */
    readonly selfImporting: ReadonlySet<string>;
}

type Variables = Map<string, string | null>;

/** Reads a graph in which every name is known and nothing extends itself. */
export function literalReading(types: readonly PlainType[]): LiteralReading {
    const named = new Map(types.map((type) => [type.name, type]));
    const componentNames = types.filter(({ kind }) => kind === 'component').map(({ name }) => name);
    const typeCalled = (name: string): PlainType => {
        const type = named.get(name);
        if (type === undefined) throw new Error(`No type is called ${name}`);
        return type;
    };
    const lineageOf = (name: string): readonly string[] => [name, ...typeCalled(name).extends.flatMap(lineageOf)];
    const withExtended = (names: readonly string[]): readonly string[] =>
        unique(names.flatMap((name) => lineageOf(name)));
    const facetsOf = (name: string): readonly string[] =>
        withExtended(lineageOf(name).flatMap((one) => typeCalled(one).facets));
    const standFor = (child: string): readonly string[] =>
        componentNames.filter((name) => [...lineageOf(name), ...facetsOf(name)].includes(child));
    const childrenOf = (name: string): readonly string[] =>
        unique([...lineageOf(name), ...facetsOf(name)].flatMap((one) => typeCalled(one).children).flatMap(standFor));
    const variablesOf = (name: string): Variables => variablesIn(typeCalled, name);
    const exported = new Set(componentNames.flatMap((name) => [...variablesOf(name).keys()]));
    const importsOf = (name: string): readonly PlainType['imports'][number][] => {
        const far = [...lineageOf(name)].reverse().flatMap((one) => typeCalled(one).imports);
        return [...new Map(far.map((item) => [item.name, item])).values()].filter((item) => !item.external);
    };
    const isExported = (wanted: string): boolean => {
        const prefix = wildcardOf(wanted);
        return prefix === null ? exported.has(wanted) : [...exported].some((one) => prefixOf(one) === prefix);
    };
    const isOwn = (name: string, wanted: string): boolean => {
        const prefix = wildcardOf(wanted);
        return prefix === null
            ? variablesOf(name).has(wanted)
            : [...lineageOf(name), ...facetsOf(name)].includes(prefix);
    };
    return {
        lineageOf,
        facetsOf,
        childrenOf,
        variablesOf,
        installerOf: (name) =>
            lineageOf(name)
                .map((one) => typeCalled(one).installer)
                .find((one) => one !== null) ?? null,
        rootNames: componentNames.filter((name) => !componentNames.some((other) => childrenOf(other).includes(name))),
        unresolved: new Set(componentNames.filter((name) => importsOf(name).some((item) => !isExported(item.name)))),
        selfImporting: new Set(
            componentNames.filter((name) => importsOf(name).some((item) => !item.optional && isOwn(name, item.name))),
        ),
    };
}

/** A value that the reference leaves open: several inherited variables of one simple name disagree. */
export const OPEN = 'left open';

/** The rule of section 3.3, step by step. */
function variablesIn(typeCalled: (name: string) => PlainType, name: string): Variables {
    const type = typeCalled(name);
    const result: Variables = new Map();
    const supers = type.kind === 'component' ? [...type.facets, ...type.extends] : type.extends;
    for (const other of supers) for (const [key, value] of variablesIn(typeCalled, other)) result.set(key, value);
    const inherited = [...result.keys()];
    for (const [written, value] of ownOf(type)) {
        const full = written.startsWith(`${name}.`) ? written : `${name}.${written}`;
        result.set(inherited.includes(written) ? written : full, value);
        const overridden = type.kind === 'facet' ? [] : inherited.filter((key) => simpleOf(key) === written);
        for (const key of overridden) result.set(key, value);
    }
    return type.kind === 'facet' ? result : new Map([...replicas(name, result), ...result]);
}

/** Every variable under the component's own prefix. */
function replicas(name: string, variables: Variables): Variables {
    const result: Variables = new Map();
    for (const [key, value] of variables) {
        const full = `${name}.${simpleOf(key)}`;
        result.set(full, result.has(full) && result.get(full) !== value ? OPEN : value);
    }
    return result;
}

function ownOf({ exports }: PlainType): readonly (readonly [string, string | null])[] {
    const last = new Map(exports.map(({ name, value }) => [name, value]));
    return [...last].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function unique(names: readonly string[]): readonly string[] {
    return [...new Set(names)];
}

function prefixOf(variable: string): string {
    return variable.slice(0, variable.indexOf('.'));
}

function simpleOf(variable: string): string {
    return variable.slice(variable.indexOf('.') + 1);
}

function wildcardOf(variable: string): string | null {
    return variable.endsWith('.*') ? variable.slice(0, -2) : null;
}
