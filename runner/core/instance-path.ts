/** Paths of instances: `/machine/part` is below `/machine`. */

/** Whether an instance is the one at `root` or below it. */
export function isWithin(path: string, root: string): boolean {
    return path === root || path.startsWith(`${root}/`);
}

/** Whether the paths of an order name an instance: each names a sub-tree, and none at all names everything. */
export function isNamedBy(path: string, paths: readonly string[]): boolean {
    return paths.length === 0 || paths.some((root) => isWithin(path, root));
}
