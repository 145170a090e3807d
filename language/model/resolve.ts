/** From what files declare to what they mean. Everything that checks and the ApplicationModel need is computed here, once. */
import type {
    ComponentModel,
    ExportedVariable,
    FacetModel,
    ImportedVariable,
    InstanceModel,
    VariableValues,
} from './application-model.ts';
import { containmentOf, type Containment } from './containment.ts';
import type { FileDeclarations, ImportDeclaration, TypeDeclaration } from './declarations.ts';
import { exportsOf, ownVariables, type Exports, type ResolvedVariables } from './exported-variables.ts';
import { exportIndexOf, importsOf, type ExportIndex, type ResolvedImport } from './imported-variables.ts';
import {
    applyOverrides,
    recordOf,
    simpleNamesOf,
    type AppliedOverrides,
    type SimpleNames,
} from './instance-exports.ts';
import { instanceTreeOf, type InstanceNode, type InstanceTree } from './instance-tree.ts';
import { memo, typeGraphOf, unique, type TypeGraph } from './type-graph.ts';

/**
 * So many variables the instances that override some may have together: each has all those of its component, with values of its own.
 * Beyond, overrides are left out.
 */
export const MAX_OVERRIDDEN = 1_000_000;

/** The types of a set of files, resolved. Functions answer for names of `graph`; for unknown names they answer nothing. */
export interface ResolvedGraph {
    readonly graph: TypeGraph;
    readonly containment: Containment;
    readonly exports: Exports;
    readonly exportIndex: ExportIndex;
    readonly importsOf: (component: string) => readonly ResolvedImport[];
    /** The nearest installer along the extended components. */
    readonly installerOf: (component: string) => string | null;
    /** Components without ancestor. */
    readonly roots: readonly string[];
    /** The short names of what a component exports. */
    readonly simpleNamesOf: (component: string) => SimpleNames;
    /** What an instance of a component exports that overrides nothing: the same object for all of them. */
    readonly plainExportsOf: (component: string) => AppliedOverrides;
}

/** A graph with the instances of a set of files. */
export interface ResolvedFiles extends ResolvedGraph {
    /** The same object as long as the graph files are the same. */
    readonly types: ResolvedGraph;
    readonly tree: InstanceTree;
    readonly overridesOf: (node: InstanceNode) => AppliedOverrides;
    /** Whether the overrides of an instance are left out: see MAX_OVERRIDDEN. */
    readonly isTooMuch: (declaration: InstanceNode['declaration']) => boolean;
    readonly isAnyTooMuch: boolean;
}

/** Resolves the types of graph files (reference: language, sections 3.1 to 3.5). */
export function resolveGraph(graphFiles: readonly FileDeclarations[]): ResolvedGraph {
    const graph = typeGraphOf(graphFiles.flatMap((file) => file.types));
    const containment = containmentOf(graph);
    const exports = exportsOf(graph);
    const simpleNames = memo((component) => simpleNamesOf(exports.ofComponent(component)));
    const plainExportsOf = memo((component) =>
        applyOverrides(exports.ofComponent(component), simpleNames(component), []),
    );
    return {
        graph,
        containment,
        exports,
        exportIndex: exportIndexOf(graph, exports),
        importsOf: memo((component) => importsOf(graph, component)),
        installerOf: (component) => installerOf(graph, component),
        roots: [...graph.components.keys()].filter((name) => containment.ancestorsOf(name).length === 0),
        simpleNamesOf: simpleNames,
        plainExportsOf,
    };
}

/** Resolves instance files against a graph (reference: language, section 3.6). */
export function resolveFiles(resolved: ResolvedGraph, instanceFiles: readonly FileDeclarations[]): ResolvedFiles {
    const { exports, plainExportsOf, simpleNamesOf: simpleNames } = resolved;
    const tree = instanceTreeOf(instanceFiles.flatMap((file) => file.instances));
    const overrides = new Map<InstanceNode['declaration'], AppliedOverrides>();
    const tooMuch = unaffordable(tree, exports);
    return {
        ...resolved,
        types: resolved,
        tree,
        isTooMuch: (declaration) => tooMuch.has(declaration),
        isAnyTooMuch: tooMuch.size > 0,
        overridesOf: ({ declaration, component }) => {
            if (declaration.overrides.length === 0 || tooMuch.has(declaration)) return plainExportsOf(component);
            const known = overrides.get(declaration);
            if (known !== undefined) return known;
            const applied = applyOverrides(
                exports.ofComponent(component),
                simpleNames(component),
                declaration.overrides,
            );
            overrides.set(declaration, applied);
            return applied;
        },
    };
}

/** Instances whose overrides would make more than MAX_OVERRIDDEN variables. */
function unaffordable({ nodes }: InstanceTree, exports: Exports): ReadonlySet<InstanceNode['declaration']> {
    const tooMuch = new Set<InstanceNode['declaration']>();
    let total = 0;
    for (const { declaration, component, isFirst } of nodes) {
        const count = declaration.overrides.length;
        if (count === 0 || !isFirst) continue;
        const size = count + exports.ofComponent(component).size;
        if (total + size > MAX_OVERRIDDEN) tooMuch.add(declaration);
        else total += size;
    }
    return tooMuch;
}

/** Components, facets and instances in the shape of the ApplicationModel. */
export interface ModelParts {
    readonly rootComponents: readonly string[];
    readonly components: readonly ComponentModel[];
    readonly facets: readonly FacetModel[];
    readonly instances: readonly InstanceModel[];
}

/** `recipeDirectoryOf` answers the recipe directory of a component, own or inherited, or null. */
export function modelPartsOf(
    files: ResolvedFiles,
    recipeDirectoryOf: (component: string) => string | null,
): ModelParts {
    return {
        rootComponents: files.roots,
        components: [...files.graph.components.values()].map((type) => componentModel(files, type, recipeDirectoryOf)),
        facets: [...files.graph.facets.values()].map((type) => facetModel(files, type)),
        instances: files.tree.nodes.map((node) => instanceModel(files, node)),
    };
}

function installerOf(graph: TypeGraph, component: string): string | null {
    for (const name of graph.lineageOf(component)) {
        const installer = graph.components.get(name)?.installer ?? null;
        if (installer !== null) return installer.text;
    }
    return null;
}

function componentModel(
    files: ResolvedFiles,
    type: TypeDeclaration,
    recipeDirectoryOf: (component: string) => string | null,
): ComponentModel {
    const name = type.name.text;
    const exports = files.exports.ofComponent(name);
    return {
        name,
        extends: type.extends[0]?.text ?? null,
        installer: type.installer?.text ?? null,
        resolvedInstaller: files.installerOf(name),
        facets: unique(type.facets.map((word) => word.text)),
        allFacets: files.graph.allFacetsOf(name),
        children: unique(type.children.map((word) => word.text)),
        resolvedChildren: files.containment.childrenOf(name),
        resolvedAncestors: files.containment.ancestorsOf(name),
        ownExports: ownExportsOf(type),
        exports: files.plainExportsOf(name).exports,
        randomPorts: [...exports].filter(([, variable]) => isRandomPort(variable.random)).map(([variable]) => variable),
        ownImports: [...lastImports(type).values()].map(importModel),
        imports: files.importsOf(name).map((item) => importModel(item.declaration)),
        recipeDirectory: recipeDirectoryOf(name),
        description: type.description,
        range: type.name.range,
    };
}

/** Imports by name; the last declaration of a name counts, at the place of the first. */
function lastImports(type: TypeDeclaration): ReadonlyMap<string, ImportDeclaration> {
    return new Map(type.imports.map((item) => [item.text, item]));
}

function importModel({
    text,
    optional,
    external,
}: {
    text: string;
    optional: boolean;
    external: boolean;
}): ImportedVariable {
    return { name: text, optional, external };
}

function isRandomPort(kind: string | null): boolean {
    return kind?.toLowerCase() === 'port';
}

function facetModel(files: ResolvedFiles, type: TypeDeclaration): FacetModel {
    return {
        name: type.name.text,
        extends: unique(type.extends.map((word) => word.text)),
        children: unique(type.children.map((word) => word.text)),
        ownExports: ownExportsOf(type),
        exports: valuesOf(files.exports.ofFacet(type.name.text)),
        description: type.description,
        range: type.name.range,
    };
}

function ownExportsOf(type: TypeDeclaration): Readonly<Record<string, ExportedVariable>> {
    return recordOf(
        [...ownVariables(type)].map(
            ([name, { value, random }]) => [name, random === null ? { value } : { value, random }] as const,
        ),
    );
}

function valuesOf(variables: ResolvedVariables): VariableValues {
    return recordOf([...variables].map(([name, variable]) => [name, variable.value] as const));
}

function instanceModel(files: ResolvedFiles, node: InstanceNode): InstanceModel {
    const { declaration, isFirst } = node;
    const applied = files.overridesOf(node);
    return {
        path: node.path,
        name: node.name,
        component: node.component,
        channels: declaration.channels,
        status: isFirst ? declaration.status : 'NOT_DEPLOYED',
        data: recordOf(isFirst ? declaration.data : []),
        overriddenExports: applied.overridden,
        exports: applied.exports,
        range: declaration.name?.range ?? declaration.block,
    };
}
