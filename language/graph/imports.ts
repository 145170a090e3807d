/** Imports as edges: who takes which variables from whom. */
import type { GraphEdge, GraphNode } from '../graph-view.ts';
import type { ComponentModel, ImportedVariable } from '../model/application-model.ts';
import { bareNode, edge, joined, outsideId } from './parts.ts';

/** Ids of those that export something under a prefix, in the order of the model. */
export type Exporters = ReadonlyMap<string, ReadonlySet<string>>;

/** Indexes exporters by prefix. `of` gives the id of an item and the full names it exports. */
export function exportersOf<T>(
    items: readonly T[],
    of: (item: T) => { readonly id: string; readonly variables: readonly string[] },
): Exporters {
    const exporters = new Map<string, Set<string>>();
    for (const item of items) {
        const { id, variables } = of(item);
        for (const name of variables) {
            if (!name.includes('.')) continue;
            const prefix = prefixOf(name);
            const known = exporters.get(prefix);
            if (known === undefined) exporters.set(prefix, new Set([id]));
            else known.add(id);
        }
    }
    return exporters;
}

export interface Importer {
    readonly id: string;
    readonly imports: readonly ImportedVariable[];
}

/** More imports than this are no picture: then every importer is shown with some of its exporters, and one edge stands for all the others. */
const MOST_EDGES = 50_000;

/** One edge for each importer and exporter; `mayImportItself` says whether they may be the same. */
export function importEdgesOf(
    importers: readonly Importer[],
    exporters: Exporters,
    mayImportItself: boolean,
): readonly GraphEdge[] {
    const groupsIn = createGrouping();
    const most = mostEach(importers, exporters, groupsIn);
    const edges = new Map<string, GraphEdge>();
    for (const { id, imports } of importers) {
        for (const { prefix, ...facts } of groupsIn(imports)) {
            const all = facts.external ? new Set([outsideId(prefix)]) : (exporters.get(prefix) ?? NOBODY);
            const own = mayImportItself || !all.has(id) ? null : id;
            for (const { target, count } of targetsAmong(all, own, most)) {
                const made = edge('import', id, target, { ...facts, count });
                const known = edges.get(made.id);
                edges.set(made.id, known === undefined ? made : { ...joined(known, made), count: known.count });
            }
        }
    }
    return [...edges.values()];
}

const NOBODY: ReadonlySet<string> = new Set();

/** At most `most` exporters that are not the importer itself. The last one stands for those that are left out. */
function targetsAmong(
    all: ReadonlySet<string>,
    own: string | null,
    most: number,
): readonly { readonly target: string; readonly count: number }[] {
    const total = own === null ? all.size : all.size - 1;
    const targets: { readonly target: string; readonly count: number }[] = [];
    for (const target of all) {
        if (targets.length === most) break;
        if (target === own) continue;
        targets.push({ target, count: targets.length === most - 1 ? total - most + 1 : 1 });
    }
    return targets;
}

/** Instances of one component share their imports: they are grouped once. */
function createGrouping(): (imports: readonly ImportedVariable[]) => readonly ImportGroup[] {
    const known = new Map<readonly ImportedVariable[], readonly ImportGroup[]>();
    return (imports) => {
        const groups = known.get(imports) ?? groupsOf(imports);
        known.set(imports, groups);
        return groups;
    };
}

/**
 * How many exporters each importer is shown with, at least 1, so that there are at most `MOST_EDGES` if that can be. A power of two: so a small
 * edit seldom shows other imports than before.
 */
function mostEach(
    importers: readonly Importer[],
    exporters: Exporters,
    groupsIn: ReturnType<typeof createGrouping>,
): number {
    let total = 0;
    let groupCount = 0;
    for (const { imports } of importers) {
        for (const { prefix, external } of groupsIn(imports)) {
            total += external ? 1 : (exporters.get(prefix)?.size ?? 0);
            groupCount += 1;
        }
    }
    return total <= MOST_EDGES ? Infinity : Math.max(1, 2 ** Math.floor(Math.log2(MOST_EDGES / groupCount)));
}

/** Nodes of what is imported from other applications, one a prefix. */
export function outsideNodes(importers: readonly Pick<ComponentModel, 'imports'>[]): readonly GraphNode[] {
    const prefixes = importers.flatMap(({ imports }) =>
        groupsOf(imports)
            .filter(({ external }) => external)
            .map(({ prefix }) => prefix),
    );
    return [...new Set(prefixes)].map((prefix) =>
        bareNode({ id: outsideId(prefix), kind: 'outside', label: prefix, range: null }),
    );
}

interface ImportGroup {
    readonly prefix: string;
    readonly optional: boolean;
    readonly external: boolean;
    readonly variables: readonly string[];
}

/** One entry a prefix and kind of import: the variables an importer takes from whoever exports the prefix. */
function groupsOf(imports: readonly ImportedVariable[]): readonly ImportGroup[] {
    const groups = new Map<string, ImportGroup & { readonly variables: string[] }>();
    for (const { name, optional, external } of imports) {
        if (!name.includes('.')) continue;
        const prefix = prefixOf(name);
        const key = `${prefix} ${String(optional)} ${String(external)}`;
        const group = groups.get(key) ?? { prefix, optional, external, variables: [] };
        group.variables.push(name);
        groups.set(key, group);
    }
    return [...groups.values()];
}

function prefixOf(name: string): string {
    return name.slice(0, name.indexOf('.'));
}
