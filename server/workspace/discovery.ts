/** Finds the applications of workspace folders, without reading any model file. */
import { readdir } from 'node:fs/promises';
import { pathIn } from './locations.ts';

/** How far a search goes before it stops looking; what was found until then is answered. */
export interface DiscoveryLimits {
    readonly directories: number;
    readonly depth: number;
    readonly applications: number;
}

export const DISCOVERY_LIMITS: DiscoveryLimits = { directories: 20_000, depth: 16, applications: 1_000 };

/** Directories that hold what tools make, never what people write. */
const SKIPPED = new Set(['node_modules', 'target']);

interface Search {
    readonly limits: DiscoveryLimits;
    readonly found: string[];
    readonly signal: AbortSignal;
    visited: number;
}

/**
 * Directories with a `descriptor/` and a `graph/` or `instances/` directory beside it, below the given ones; sorted.
 * Directories that cannot be read are passed over. Stops early, with what was found, when the signal is aborted.
 */
export async function findApplications(
    folders: readonly string[],
    limits: DiscoveryLimits,
    signal: AbortSignal,
): Promise<readonly string[]> {
    const search: Search = { limits, found: [], signal, visited: 0 };
    let level: readonly string[] = folders;
    for (let depth = 0; level.length > 0 && depth <= limits.depth; depth += 1) level = await visitLevel(search, level);
    return [...new Set(search.found)].sort();
}

/** Breadth first, one directory at a time: a large workspace neither exhausts file handles nor holds up requests. */
async function visitLevel(search: Search, level: readonly string[]): Promise<readonly string[]> {
    const next: string[] = [];
    for (const directory of level) {
        if (isOver(search)) return [];
        search.visited += 1;
        next.push(...(await visit(search, directory)));
    }
    return next;
}

function isOver(search: Search): boolean {
    const { limits, found, visited, signal } = search;
    return signal.aborted || visited >= limits.directories || found.length >= limits.applications;
}

async function visit(search: Search, directory: string): Promise<readonly string[]> {
    const names = await directoriesIn(directory);
    const isApplication = names.includes('descriptor') && (names.includes('graph') || names.includes('instances'));
    if (isApplication) {
        search.found.push(directory);
        return [];
    }
    return names.filter((name) => !SKIPPED.has(name) && !name.startsWith('.')).map((name) => pathIn(directory, name));
}

async function directoriesIn(directory: string): Promise<readonly string[]> {
    try {
        const entries = await readdir(directory, { withFileTypes: true });
        return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    } catch {
        // Unreadable, or gone since its parent was listed: nothing to find there.
        return [];
    }
}
