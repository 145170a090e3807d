/** What is kept of an application from one analysis to the next. */
import type { CheckOptions } from '../application.ts';
import type { FileDeclarations } from '../model/declarations.ts';
import { createKnownBlocks, type KnownBlocks } from '../model/known-blocks.ts';
import { resolveGraph, type ResolvedGraph } from '../model/resolve.ts';

export interface ApplicationMemory {
    readonly known: KnownBlocks;
    /** The graph of these files: the one of before when all of them are the objects of before. */
    readonly resolvedGraphOf: (files: readonly FileDeclarations[]) => ResolvedGraph;
    readonly resolvedGraphCount: () => number;
}

/** A memory of nothing. */
export function createMemory(): ApplicationMemory {
    let last: { readonly files: readonly FileDeclarations[]; readonly graph: ResolvedGraph } | null = null;
    let resolvedGraphCount = 0;
    return {
        known: createKnownBlocks(),
        resolvedGraphCount: () => resolvedGraphCount,
        resolvedGraphOf: (files) => {
            if (last?.files.length === files.length && last.files.every((file, i) => file === files[i]))
                return last.graph;
            resolvedGraphCount++;
            last = { files, graph: resolveGraph(files) };
            return last.graph;
        },
    };
}

export interface Memories {
    /** The memory of a directory analysed with some options, the least recently used one given up beyond MOST_MEMORIES. */
    readonly of: (directory: string, options: CheckOptions) => ApplicationMemory;
    readonly checkedBlockCount: () => number;
    readonly resolvedGraphCount: () => number;
    /** Gives up the memories of a directory, whatever the options they are asked for with. */
    readonly forget: (directory: string) => void;
}

/** So many applications are remembered. */
const MOST_MEMORIES = 64;

/** No memory yet. */
export function createMemories(): Memories {
    const memories = new Map<string, ApplicationMemory>();
    const given = { checked: 0, resolved: 0 };
    const giveUp = (name: string, { known, resolvedGraphCount }: ApplicationMemory): void => {
        memories.delete(name);
        given.checked += known.checkedBlockCount;
        given.resolved += resolvedGraphCount();
    };
    const sum = (count: (memory: ApplicationMemory) => number): number =>
        [...memories.values()].reduce((total, memory) => total + count(memory), 0);
    return {
        of: (directory, options) => {
            const name = prefixOf(directory) + JSON.stringify(options);
            const memory = memories.get(name) ?? createMemory();
            // Asked for last, given up last.
            memories.delete(name);
            memories.set(name, memory);
            const [oldest] = memories;
            if (memories.size > MOST_MEMORIES && oldest !== undefined) giveUp(...oldest);
            return memory;
        },
        forget: (directory) => {
            for (const [name, memory] of memories) if (name.startsWith(prefixOf(directory))) giveUp(name, memory);
        },
        checkedBlockCount: () => given.checked + sum(({ known }) => known.checkedBlockCount),
        resolvedGraphCount: () => given.resolved + sum((memory) => memory.resolvedGraphCount()),
    };
}

/** What the names of all memories of a directory begin with. */
function prefixOf(directory: string): string {
    return `${JSON.stringify(directory)} `;
}
