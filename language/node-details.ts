/** What there is to say about each node of a picture beyond its name: what it exports, and what it imports from whom. */
import type { ApplicationModel, ComponentModel, ImportedVariable, VariableValues } from './model/application-model.ts';
import type { GraphView } from './graph-view.ts';
import { shownValue } from './shown-value.ts';

export interface NodeDetail {
    /** The comment above the declaration of the component; null when there is none. */
    readonly description: string | null;
    readonly exports: readonly DetailedExport[];
    /** Exports that are not listed. */
    readonly moreExports: number;
    readonly imports: readonly DetailedImport[];
    readonly moreImports: number;
}

export interface DetailedExport {
    /** `Prefix.name`. */
    readonly name: string;
    /** Null when the model gives none: it is set when the instance runs, or left out. */
    readonly value: string | null;
    readonly isRandom: boolean;
}

export interface DetailedImport {
    /** `Prefix.name` or `Prefix.*`. */
    readonly name: string;
    readonly optional: boolean;
    readonly external: boolean;
    /** Labels of those who satisfy it: components, or paths of instances. */
    readonly from: readonly string[];
    readonly moreFrom: number;
}

const MAX_VARIABLES = 12;
const MAX_EXPORTERS = 5;

/** By node id, for the nodes of a view; what lies outside the application has no entry. */
export function nodeDetailsOf(model: ApplicationModel, view: GraphView): Readonly<Record<string, NodeDetail>> {
    const wanted = new Set(view.nodes.map(({ id }) => id));
    const sources = view.perspective === 'components' ? componentSources(model) : instanceSources(model);
    const exporters = exportersOf(sources);
    const told = [...sources, ...(view.perspective === 'components' ? facetSources(model) : [])];
    return Object.fromEntries(
        told.filter(({ id }) => wanted.has(id)).map((source) => [source.id, detailOf(source, exporters)]),
    );
}

interface Source {
    readonly id: string;
    /** How others name it. */
    readonly name: string;
    readonly description: string | null;
    readonly exports: VariableValues;
    readonly randomPorts: readonly string[];
    readonly imports: readonly ImportedVariable[];
    /** Whether it may satisfy its own imports: the type of an instance may, the instance may not. */
    readonly mayImportItself: boolean;
}

function componentSources({ components }: ApplicationModel): readonly Source[] {
    return components.map(({ name, description, exports, randomPorts, imports }) => ({
        ...{ id: `component:${name}`, name, description, exports, randomPorts, imports },
        mayImportItself: true,
    }));
}

/** What a facet exports is imported from the components that have it. */
function facetSources({ facets }: ApplicationModel): readonly Source[] {
    return facets.map(({ name, description, exports }) => ({
        ...{ id: `facet:${name}`, name, description, exports, randomPorts: [], imports: [] },
        mayImportItself: true,
    }));
}

function instanceSources({ components, instances }: ApplicationModel): readonly Source[] {
    const byName = new Map<string, ComponentModel>(components.map((component) => [component.name, component]));
    return instances.map(({ path, component, exports }) => {
        const { description = null, randomPorts = [], imports = [] } = byName.get(component) ?? {};
        return {
            ...{ id: `instance:${path}`, name: path, description, exports, randomPorts, imports },
            mayImportItself: false,
        };
    });
}

type Exporters = ReadonlyMap<string, readonly string[]>;

/** Names of those that export a prefix. */
function exportersOf(sources: readonly Source[]): Exporters {
    const exporters = new Map<string, string[]>();
    for (const { name, exports } of sources) {
        for (const prefix of new Set(Object.keys(exports).map(prefixOf))) {
            const known = exporters.get(prefix);
            if (known === undefined) exporters.set(prefix, [name]);
            else known.push(name);
        }
    }
    return exporters;
}

function detailOf(source: Source, exporters: Exporters): NodeDetail {
    const exports = Object.entries(source.exports);
    const random = new Set(source.randomPorts);
    return {
        description: source.description,
        exports: exports.slice(0, MAX_VARIABLES).map(([name, value]) => ({
            name,
            value: value === null ? null : shownValue(name, value),
            isRandom: value === null && random.has(name),
        })),
        moreExports: Math.max(0, exports.length - MAX_VARIABLES),
        imports: source.imports.slice(0, MAX_VARIABLES).map((variable) => importOf(source, variable, exporters)),
        moreImports: Math.max(0, source.imports.length - MAX_VARIABLES),
    };
}

function importOf(
    source: Source,
    { name, optional, external }: ImportedVariable,
    exporters: Exporters,
): DetailedImport {
    const all = external ? [] : (exporters.get(prefixOf(name)) ?? []);
    const from: string[] = [];
    for (const exporter of all) {
        if (from.length === MAX_EXPORTERS) break;
        if (exporter !== source.name || source.mayImportItself) from.push(exporter);
    }
    const ownCount =
        !source.mayImportItself && Object.keys(source.exports).map(prefixOf).includes(prefixOf(name)) ? 1 : 0;
    return { name, optional, external, from, moreFrom: external ? 0 : all.length - ownCount - from.length };
}

function prefixOf(name: string): string {
    return name.includes('.') ? name.slice(0, name.indexOf('.')) : '';
}
