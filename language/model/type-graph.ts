/**
 * The types of a set of files and how they inherit (reference: language, section 3.1).
 *
 * Invariants:
 * 1. The first declaration of a name counts; the others are only reported.
 * 2. Links have no loop: those of the types in one are cut. What goes from type to type still goes round a loop, until it meets itself.
 * 3. Inheritance is at most MAX_INHERITANCE deep: deeper links are cut and listed in `tooDeep`.
 */
import { loopsOf } from './cycles.ts';
import type { TypeDeclaration } from './declarations.ts';

/** How many types may extend one another in a chain. */
export const MAX_INHERITANCE = 256;
/** Loops are gone round while so many types at most stand in one: what a type builds on has to stay small. */
const MAX_LOOPED = 32;

export interface TypeGraph {
    readonly declarations: readonly TypeDeclaration[];
    readonly components: ReadonlyMap<string, TypeDeclaration>;
    readonly facets: ReadonlyMap<string, TypeDeclaration>;
    /** The component a component extends; null when there is none, it is unknown, or the link is cut. */
    readonly superOf: (component: string) => string | null;
    /** The facets a facet extends, without unknown ones and cut links. */
    readonly superFacetsOf: (facet: string) => readonly string[];
    /** As `superFacetsOf`, but the links of facets in a loop are there as well. */
    readonly writtenSuperFacetsOf: (facet: string) => readonly string[];
    /** As `superOf`, but the link is there in a loop as well. */
    readonly writtenSuperOf: (component: string) => string | null;
    /** The component, then what it extends, nearest first, each once. */
    readonly lineageOf: (component: string) => readonly string[];
    /** The facet and all it extends, each once. */
    readonly facetClosureOf: (facet: string) => readonly string[];
    /** Facets of the component and of all it extends, with the facets those extend, each once. */
    readonly allFacetsOf: (component: string) => readonly string[];
    /** Components in an order in which every component follows what it extends. */
    readonly componentsSuperFirst: readonly string[];
    readonly facetsSuperFirst: readonly string[];
    /** Groups of components that extend one another in a loop. */
    readonly componentLoops: readonly (readonly string[])[];
    readonly facetLoops: readonly (readonly string[])[];
    /** Types whose link to what they extend was cut because the chain is too long. */
    readonly tooDeep: ReadonlySet<string>;
}

/** Indexes the types of all files, in the order the files were reached. */
export function typeGraphOf(declarations: readonly TypeDeclaration[]): TypeGraph {
    const components = firstByName(declarations.filter((type) => type.kind === 'component'));
    const facets = firstByName(declarations.filter((type) => type.kind === 'facet'));
    const componentLinks = linksOf(components, (type) => type.extends.slice(0, 1));
    const facetLinks = linksOf(facets, (type) => type.extends);
    const superOf = (name: string): string | null => componentLinks.supersOf(name)[0] ?? null;
    const writtenSuperOf = (name: string): string | null => componentLinks.around.get(name)?.[0] ?? superOf(name);
    const writtenSuperFacetsOf = (name: string): readonly string[] =>
        facetLinks.around.get(name) ?? facetLinks.supersOf(name);
    const facetClosureOf = memo((name) => closureOf([name], writtenSuperFacetsOf));
    const lineageOf = memo((name) =>
        closureOf([name], (other) => {
            const parent = writtenSuperOf(other);
            return parent === null ? [] : [parent];
        }),
    );
    const ownFacetsOf = (name: string): string[] =>
        (components.get(name)?.facets ?? []).map((word) => word.text).filter((facet) => facets.has(facet));
    return {
        declarations,
        components,
        facets,
        superOf,
        writtenSuperOf,
        superFacetsOf: facetLinks.supersOf,
        writtenSuperFacetsOf,
        lineageOf,
        facetClosureOf,
        allFacetsOf: memo((name) => unique(lineageOf(name).flatMap(ownFacetsOf).flatMap(facetClosureOf))),
        componentsSuperFirst: componentLinks.superFirst,
        facetsSuperFirst: facetLinks.superFirst,
        componentLoops: componentLinks.loops,
        facetLoops: facetLinks.loops,
        tooDeep: new Set([...componentLinks.tooDeep, ...facetLinks.tooDeep]),
    };
}

/** The values once each, in the order of their first occurrence. */
export function unique<T>(values: Iterable<T>): readonly T[] {
    return [...new Set(values)];
}

/** Remembers what a pure function of a name answered. */
export function memo<T>(compute: (name: string) => T): (name: string) => T {
    const known = new Map<string, T>();
    return (name) => {
        const value = known.get(name);
        if (value !== undefined) return value;
        const computed = compute(name);
        known.set(name, computed);
        return computed;
    };
}

/** `starts` and all that `next` leads to from them, each once, nearest first. */
export function closureOf(starts: readonly string[], next: (name: string) => readonly string[]): readonly string[] {
    const reached = new Set(starts);
    for (const name of reached) for (const other of next(name)) reached.add(other);
    return [...reached];
}

function firstByName(types: readonly TypeDeclaration[]): ReadonlyMap<string, TypeDeclaration> {
    const byName = new Map<string, TypeDeclaration>();
    for (const type of types)
        if (type.name.text !== '' && !byName.has(type.name.text)) byName.set(type.name.text, type);
    return byName;
}

interface Links {
    readonly supersOf: (name: string) => readonly string[];
    /** What each type in a loop extends, as it is written; nothing when more than MAX_LOOPED types stand in one. */
    readonly around: ReadonlyMap<string, readonly string[]>;
    readonly superFirst: readonly string[];
    readonly loops: readonly (readonly string[])[];
    readonly tooDeep: readonly string[];
}

type Written = (type: TypeDeclaration) => TypeDeclaration['extends'];

function linksOf(types: ReadonlyMap<string, TypeDeclaration>, written: Written): Links {
    const links = new Map<string, readonly string[]>();
    for (const [name, type] of types)
        links.set(
            name,
            unique(written(type).map((word) => word.text)).filter((other) => types.has(other)),
        );
    const successors = (name: string): readonly string[] => links.get(name) ?? [];
    const loops = loopsOf(types.keys(), successors);
    const looped = loops.flat();
    const around = new Map(looped.length > MAX_LOOPED ? [] : looped.map((member) => [member, successors(member)]));
    for (const member of looped) links.set(member, []);
    return { supersOf: successors, around, loops, ...cutDepth(links) };
}

/** Orders the acyclic links, cutting those that would make a chain longer than MAX_INHERITANCE. */
function cutDepth(links: Map<string, readonly string[]>): {
    superFirst: readonly string[];
    tooDeep: readonly string[];
} {
    const depths = new Map<string, number>();
    const tooDeep: string[] = [];
    for (const start of links.keys()) {
        const stack = [start];
        for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
            const pending = depths.has(name) ? [] : (links.get(name) ?? []).filter((other) => !depths.has(other));
            stack.push(...pending);
            if (pending.length === 0) settle(name);
            if (pending.length === 0) stack.pop();
        }
    }
    return { superFirst: [...depths.keys()], tooDeep };

    function settle(name: string): void {
        if (depths.has(name)) return;
        const depth = 1 + Math.max(0, ...(links.get(name) ?? []).map((other) => depths.get(other) ?? 0));
        depths.set(name, depth > MAX_INHERITANCE ? 1 : depth);
        if (depth <= MAX_INHERITANCE) return;
        links.set(name, []);
        tooDeep.push(name);
    }
}
