/** Which application a file belongs to. */
import type { FileSystem } from '../file-system.ts';
import { baseNameOf, joinPath, parentOf } from './paths.ts';

const PARTS: ReadonlySet<string> = new Set([
    'descriptor',
    'graph',
    'instances',
    'commands',
    'rules.autonomic',
    'probes',
]);
const IMPORT_ROOTS: ReadonlySet<string> = new Set(['graph', 'instances']);

/**
 * The innermost directory above the file that has a `descriptor/` and in whose parts the file stands;
 * else the innermost one with a descriptor file; else the one above the innermost `graph/` or `instances/`, or
 * above another part beside a `graph/`; else null.
 */
export function directoryOf(fileSystem: FileSystem, file: string): string | null {
    const above = ancestorsOf(file);
    const isDirectory = (path: string): boolean => fileSystem.list(path) !== undefined;
    const asPart = above.find(({ path, below }) => PARTS.has(below) && isDirectory(joinPath(path, 'descriptor')));
    if (asPart !== undefined) return asPart.path;
    const asStray = above.find(
        ({ path }) => fileSystem.read(joinPath(path, 'descriptor/application.properties')) !== undefined,
    );
    if (asStray !== undefined) return asStray.path;
    const asRecipe = above.find(
        ({ path, below }) => IMPORT_ROOTS.has(below) || (PARTS.has(below) && isDirectory(joinPath(path, 'graph'))),
    );
    return asRecipe?.path ?? null;
}

/** Directories above a file, innermost first, with the name of the step below each. */
function ancestorsOf(file: string): readonly { path: string; below: string }[] {
    const found: { path: string; below: string }[] = [];
    let below = baseNameOf(file);
    for (let path = parentOf(file); path !== ''; path = parentOf(path)) {
        found.push({ path, below });
        if (path === '/') break;
        below = baseNameOf(path);
    }
    return found;
}
