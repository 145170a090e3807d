/** What components import (reference: language, sections 3.1 and 3.4). */
import type { ImportDeclaration } from './declarations.ts';
import { prefixOf, type Exports } from './exported-variables.ts';
import type { TypeGraph } from './type-graph.ts';

/** An import and the component whose text holds it. */
export interface ResolvedImport {
    readonly declaration: ImportDeclaration;
    readonly owner: string;
}

/** Imports of a component and of all it extends, farthest first; the nearest declaration of a name wins, within one component the last. */
export function importsOf(graph: TypeGraph, component: string): readonly ResolvedImport[] {
    const byName = new Map<string, ResolvedImport>();
    for (const owner of graph.lineageOf(component).toReversed()) {
        for (const declaration of graph.components.get(owner)?.imports ?? [])
            byName.set(declaration.text, { declaration, owner });
    }
    return [...byName.values()];
}

/** Answers whether a component of the graph exports what an import names. */
export interface ExportIndex {
    readonly variables: ReadonlySet<string>;
    readonly prefixes: ReadonlySet<string>;
}

/** All that the components of a graph export. */
export function exportIndexOf(graph: TypeGraph, exports: Exports): ExportIndex {
    const variables = new Set<string>();
    for (const name of graph.components.keys())
        for (const variable of exports.ofComponent(name).keys()) variables.add(variable);
    return { variables, prefixes: new Set([...variables].map(prefixOf)) };
}

/** Whether `P.n` or `P.*` is exported. */
export function isResolved(name: string, index: ExportIndex): boolean {
    const wildcard = wildcardPrefix(name);
    return wildcard === null ? index.variables.has(name) : index.prefixes.has(wildcard);
}

/** The prefix of `P.*`; null for other names. `P.x.*` is a wildcard nobody can meet. */
export function wildcardPrefix(name: string): string | null {
    return name.endsWith('.*') ? name.slice(0, -2) : null;
}
