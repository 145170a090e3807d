/** Paths with `/`. Purely textual: no link is followed. */

/** `directory` + `/` + `path`; an empty path is the directory itself. */
export function joinPath(directory: string, path: string): string {
    if (path === '') return directory;
    return directory === '/' ? `/${path}` : `${directory}/${path}`;
}

/** The path without its last segment; `/` for paths right under the root, empty for a bare name. */
export function parentOf(path: string): string {
    const slash = path.lastIndexOf('/');
    return slash === 0 ? '/' : path.slice(0, Math.max(slash, 0));
}

/** The last segment. */
export function baseNameOf(path: string): string {
    return path.slice(path.lastIndexOf('/') + 1);
}

/** Without trailing slashes, `.`, `..` and doubled slashes, so that one file has one spelling. Relative paths that climb out become null. */
export function normalizePath(path: string): string | null {
    const isAbsolute = path.startsWith('/');
    const segments: string[] = [];
    for (const segment of path.split('/')) {
        if (segment === '' || segment === '.') continue;
        if (segment !== '..') segments.push(segment);
        else if (segments.pop() === undefined && !isAbsolute) return null;
    }
    return (isAbsolute ? '/' : '') + segments.join('/');
}

/** `path` relative to `directory`; null when it is not below it. */
export function relativePath(directory: string, path: string): string | null {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}

/** Whether a path is this one, or stands below it. */
export function isAtOrBelow(path: string, other: string): boolean {
    return path === other || relativePath(path, other) !== null;
}
