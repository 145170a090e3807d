/** What the names of an application mean, for those who look up what a word refers to. */
import type { Declaration, DeclarationKind, Reference } from '../application.ts';
import type { TypeGraph } from '../model/type-graph.ts';

/** What one part of an application introduces and uses. Ranges cover exactly the simple name, so that it can be renamed there. */
export interface Names {
    readonly declarations: readonly Declaration[];
    readonly references: readonly Reference[];
}

/**
 * Finds declarations by name; what is not known has none.
 *
 * Parts of an application are asked for their names one after the other: model, descriptor, measures, targets, commands, rules. A list holds
 * at once what earlier parts declare, and is filled with what the asked part itself and later ones declare: it may be handed on as the
 * `targets` of a reference before it is complete.
 */
export interface NameIndex {
    readonly graph: TypeGraph;
    /** Components and facets. */
    readonly typesCalled: (name: string) => readonly Declaration[];
    /** Declarations of a variable a type exports, by its simple name: the type's own, else the nearest inherited ones. */
    readonly variablesOf: (type: string, variable: string) => readonly Declaration[];
    /** Model files, relative to the application. */
    readonly filesCalled: (file: string) => readonly Declaration[];
    /** Written instances by the path of an instance as it is deployed: `/vm2/db` leads to the block that `count` copies. */
    readonly instancesAt: (path: string) => readonly Declaration[];
    /** Command files by their bare name. */
    readonly commandsCalled: (name: string) => readonly Declaration[];
    /** Variables of command files, as `<command>.<name>`. */
    readonly definitionsCalled: (name: string) => readonly Declaration[];
    readonly rulesCalled: (name: string) => readonly Declaration[];
    /** Events of probes. */
    readonly eventsCalled: (name: string) => readonly Declaration[];
    /** Targets by their id. */
    readonly targetsCalled: (id: string) => readonly Declaration[];
    /** Keys of `.measures.properties`, as `<component>.<key>`. */
    readonly valuesCalled: (name: string) => readonly Declaration[];
}

/** A NameIndex that is being filled. */
export interface GrowingNameIndex extends NameIndex {
    readonly add: (declarations: readonly Declaration[]) => void;
}

/** Where more than so many declarations have one name, a reference leads to the first ones: each use of a name refers to all of these. */
export const MOST_NAMESAKES = 100;

/** An index of nothing but the instances, which are found by their paths. */
export function createNameIndex(graph: TypeGraph, instancesAt: NameIndex['instancesAt']): GrowingNameIndex {
    const byKind = new Map<DeclarationKind, Map<string, Declaration[]>>();
    const called = (kind: DeclarationKind, name: string): Declaration[] => entryOf(entryMap(byKind, kind), name);
    const typesByName = new Map<string, Declaration[]>();
    const index: NameIndex = {
        graph,
        typesCalled: (name) => entryOf(typesByName, name),
        variablesOf: (type, variable) => variablesOf(graph, (name) => called('variable', name), type, variable),
        filesCalled: (file) => called('file', file),
        instancesAt,
        commandsCalled: (name) => called('command', name),
        definitionsCalled: (name) => called('definition', name),
        rulesCalled: (name) => called('rule', name),
        eventsCalled: (name) => called('event', name),
        targetsCalled: (id) => called('target', id),
        valuesCalled: (name) => called('value', name),
    };
    return {
        ...index,
        add: (declarations) => {
            for (const declaration of declarations) {
                const { kind, name } = declaration;
                addNamesake(called(kind, name), declaration);
                if (kind === 'component' || kind === 'facet') addNamesake(entryOf(typesByName, name), declaration);
            }
        },
    };
}

function addNamesake(namesakes: Declaration[], declaration: Declaration): void {
    if (namesakes.length < MOST_NAMESAKES) namesakes.push(declaration);
}

function entryMap(
    byKind: Map<DeclarationKind, Map<string, Declaration[]>>,
    kind: DeclarationKind,
): Map<string, Declaration[]> {
    const known = byKind.get(kind) ?? new Map<string, Declaration[]>();
    byKind.set(kind, known);
    return known;
}

function entryOf(byName: Map<string, Declaration[]>, name: string): Declaration[] {
    const known = byName.get(name) ?? [];
    byName.set(name, known);
    return known;
}

function variablesOf(
    graph: TypeGraph,
    called: (name: string) => readonly Declaration[],
    type: string,
    variable: string,
): readonly Declaration[] {
    const owners = graph.components.has(type)
        ? [...graph.lineageOf(type), ...graph.allFacetsOf(type)]
        : graph.facetClosureOf(type);
    const full = owners.map((owner) => `${owner}.${variable}`).find((name) => called(name).length > 0);
    return full === undefined ? [] : called(full);
}

/** Declarations of what a variable of a type overrides: those of the types it inherits from. */
export function overriddenBy(index: NameIndex, type: string, variable: string): readonly Declaration[] {
    const { graph } = index;
    const parent = graph.components.has(type) ? graph.superOf(type) : null;
    const facets = graph.components.has(type)
        ? (graph.components.get(type)?.facets ?? []).map(({ text }) => text)
        : graph.superFacetsOf(type);
    const owners = [...(parent === null ? [] : [parent]), ...facets].filter((owner) => owner !== type);
    return [...new Set(owners.flatMap((owner) => index.variablesOf(owner, variable)))];
}
