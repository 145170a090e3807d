/** What types export once inheritance, facets and replication are applied (reference: language, section 3.3). */
import type { ExportDeclaration, TypeDeclaration } from './declarations.ts';
import type { TypeGraph } from './type-graph.ts';

/** The value a variable has in the graph. */
export interface ResolvedVariable {
    readonly value: string | null;
    /** The kind of a random value; null for ordinary variables. */
    readonly random: string | null;
}

/** Full variable name to its value. */
export type ResolvedVariables = ReadonlyMap<string, ResolvedVariable>;

/** A place where two spellings or two origins give one variable different values. */
export interface ExportAmbiguity {
    readonly type: string;
    /** The variable whose value had to be chosen. */
    readonly variable: string;
    /** The full or written names that disagree, the chosen one first. */
    readonly candidates: readonly string[];
    /** `inherited`: from facets and extended components; `own`: two spellings in the component itself. */
    readonly kind: 'inherited' | 'own';
}

export interface Exports {
    readonly ofComponent: (name: string) => ResolvedVariables;
    readonly ofFacet: (name: string) => ResolvedVariables;
    readonly ambiguities: readonly ExportAmbiguity[];
    /** Components that inherit so many variables that MAX_VARIABLES would be passed: they export their own ones only. */
    readonly tooMany: ReadonlySet<string>;
}

/**
 * So many variables a graph may export, replicas included. A long chain of extensions exports a number that grows with the square of its length,
 * under as many names: beyond the limit nothing is inherited.
 */
export const MAX_VARIABLES = 300_000;

const NOTHING: ResolvedVariables = new Map();

/** Exports of every type of a graph. */
export function exportsOf(graph: TypeGraph): Exports {
    const facets = new Map<string, ResolvedVariables>();
    const looped = new Set(graph.facetLoops.flat());
    for (const name of graph.facetsSuperFirst)
        facets.set(name, looped.has(name) ? NOTHING : facetExports(graph, name, facets));
    const components = new Map<string, ResolvedVariables>();
    const ambiguities: ExportAmbiguity[] = [];
    const tooMany = new Set<string>();
    let total = 0;
    for (const name of graph.componentsSuperFirst) {
        const scope: ComponentScope = { graph, name, facets, components, ambiguities };
        const isAffordable = total + inheritedCount(scope) <= MAX_VARIABLES;
        if (!isAffordable) tooMany.add(name);
        const variables = isAffordable ? componentExports(scope) : ownExports(scope);
        total += variables.size;
        components.set(name, variables);
    }
    return {
        ofComponent: (name) => components.get(name) ?? NOTHING,
        ofFacet: (name) => facets.get(name) ?? NOTHING,
        ambiguities,
        tooMany,
    };
}

/** The part of a full name before the first dot; empty when there is no dot. */
export function prefixOf(variable: string): string {
    const dot = variable.indexOf('.');
    return dot < 0 ? '' : variable.slice(0, dot);
}

/** The part of a name after the first dot; the whole name when there is no dot. */
export function simpleNameOf(variable: string): string {
    return variable.slice(variable.indexOf('.') + 1);
}

/** `ip`, with or without prefix, in any case: its value is set when the instance runs, so it is never missing. */
export function isIp(variable: string): boolean {
    return /^([^.]*\.)?ip$/i.test(variable);
}

/** The variables a type declares, by name as written; the last declaration of a name counts, names in alphabetical order. */
export function ownVariables(type: TypeDeclaration | undefined): ReadonlyMap<string, ResolvedVariable> {
    const byName = new Map<string, ExportDeclaration>();
    for (const variable of type?.exports ?? []) if (variable.name.text !== '') byName.set(variable.name.text, variable);
    const names = [...byName.keys()].sort(byCodeUnit);
    return new Map(names.map((name) => [name, variableOf(byName.get(name))]));
}

/** The order the original uses for names: by UTF-16 code unit. */
export function byCodeUnit(a: string, b: string): number {
    if (a === b) return 0;
    return a < b ? -1 : 1;
}

function variableOf(declaration: ExportDeclaration | undefined): ResolvedVariable {
    return { value: declaration?.value ?? null, random: declaration?.random?.text ?? null };
}

function facetExports(
    graph: TypeGraph,
    name: string,
    known: ReadonlyMap<string, ResolvedVariables>,
): ResolvedVariables {
    const result = new Map<string, ResolvedVariable>();
    for (const parent of graph.superFacetsOf(name)) addAll(result, known.get(parent));
    for (const [written, variable] of ownVariables(graph.facets.get(name))) {
        result.set(result.has(written) ? written : prefixed(name, written), variable);
    }
    return result;
}

interface ComponentScope {
    readonly graph: TypeGraph;
    readonly name: string;
    readonly facets: ReadonlyMap<string, ResolvedVariables>;
    readonly components: ReadonlyMap<string, ResolvedVariables>;
    readonly ambiguities: ExportAmbiguity[];
}

/** How many variables a component takes over, before they are replicated. */
function inheritedCount({ graph, name, facets, components }: ComponentScope): number {
    const parent = graph.superOf(name);
    const ofParent = parent === null ? 0 : (components.get(parent)?.size ?? 0);
    const ofLoop = aroundLoop(graph, name).reduce(
        (sum, other) => sum + (graph.components.get(other)?.exports.length ?? 0),
        ofParent,
    );
    const worn = graph.components.get(name)?.facets ?? [];
    return worn.reduce((sum, facet) => sum + (facets.get(facet.text)?.size ?? 0), ofLoop);
}

/** The other components of a loop of extensions, nearest first; nothing for a component that is in none. */
function aroundLoop(graph: TypeGraph, name: string): readonly string[] {
    return graph.superOf(name) === null ? graph.lineageOf(name).slice(1) : [];
}

function ownExports({ graph, name }: Pick<ComponentScope, 'graph' | 'name'>): ResolvedVariables {
    const own = ownVariables(graph.components.get(name));
    return new Map([...own].map(([written, variable]) => [prefixed(name, written), variable]));
}

function componentExports(scope: ComponentScope): ResolvedVariables {
    const { graph, name } = scope;
    const parent = graph.superOf(name);
    const inherited = new Map<string, ResolvedVariable>();
    for (const facet of graph.components.get(name)?.facets ?? []) addAll(inherited, scope.facets.get(facet.text));
    for (const other of aroundLoop(graph, name).toReversed()) {
        for (const facet of graph.components.get(other)?.facets ?? []) addAll(inherited, scope.facets.get(facet.text));
        addAll(inherited, ownExports({ graph, name: other }));
    }
    // What the nearest extended component exports already holds, overridden, all that the farther ones export.
    if (parent !== null) addAll(inherited, scope.components.get(parent));
    const result = new Map(inherited);
    const own = overridden(scope, inherited);
    addAll(result, own);
    const ofParent = parent === null ? NOTHING : (scope.components.get(parent) ?? NOTHING);
    return replicated(scope, result, { own, ofParent });
}

/** The own variables under their full names, with the inherited variables they override. */
function overridden(scope: ComponentScope, inherited: ResolvedVariables): ReadonlyMap<string, ResolvedVariable> {
    const result = new Map<string, ResolvedVariable>();
    const writtenAs = new Map<string, string>();
    const bySimpleName = namesBySimpleName(inherited.keys());
    const own = ownVariables(scope.graph.components.get(scope.name));
    for (const [written, variable] of own) {
        const full = inherited.has(written) ? written : prefixed(scope.name, written);
        for (const key of new Set([full, ...(bySimpleName.get(written) ?? [])])) {
            const earlier = writtenAs.get(key);
            if (earlier !== undefined && !isSame(own.get(earlier), variable)) {
                scope.ambiguities.push({
                    type: scope.name,
                    variable: key,
                    candidates: [written, earlier],
                    kind: 'own',
                });
            }
            result.set(key, variable);
            writtenAs.set(key, written);
        }
    }
    return result;
}

/** Where the variables of a component come from. */
interface Origins {
    /** What the component's text sets, under whatever prefix. */
    readonly own: ResolvedVariables;
    readonly ofParent: ResolvedVariables;
}

/**
 * Adds every inherited variable under the component's own prefix: what its text sets before what the extended component exports, and that before
 * the facets', the first facet's before the next.
 */
function replicated(
    scope: ComponentScope,
    result: Map<string, ResolvedVariable>,
    { own, ofParent }: Origins,
): ResolvedVariables {
    const parent = scope.graph.superOf(scope.name);
    for (const [simpleName, names] of namesBySimpleName([...result.keys()])) {
        const full = `${scope.name}.${simpleName}`;
        if (result.has(full)) continue;
        const chosen =
            names.find((other) => own.has(other)) ??
            names.find((other) => prefixOf(other) === parent) ??
            names.find((other) => ofParent.has(other)) ??
            names[0];
        const value = result.get(chosen ?? '');
        if (chosen === undefined || value === undefined) continue;
        const isOpen = (other: string): boolean => own.has(chosen) || !ofParent.has(other);
        const rivals = names.filter((other) => isOpen(other) && !isSame(result.get(other), value));
        if (rivals.length > 0) {
            scope.ambiguities.push({
                type: scope.name,
                variable: full,
                candidates: [chosen, ...rivals],
                kind: 'inherited',
            });
        }
        result.set(full, value);
    }
    return result;
}

function namesBySimpleName(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
    const groups = new Map<string, string[]>();
    for (const name of names) {
        const group = groups.get(simpleNameOf(name));
        if (group === undefined) groups.set(simpleNameOf(name), [name]);
        else group.push(name);
    }
    return groups;
}

function isSame(a: ResolvedVariable | undefined, b: ResolvedVariable): boolean {
    return a !== undefined && a.value === b.value && a.random === b.random;
}

function prefixed(type: string, written: string): string {
    return written.startsWith(`${type}.`) ? written : `${type}.${written}`;
}

function addAll(target: Map<string, ResolvedVariable>, source: ResolvedVariables | undefined): void {
    for (const [name, variable] of source ?? []) target.set(name, variable);
}
