/** Between the URIs of editors and the paths of the language: absolute, with `/`. */
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The URIs an editor uses, by path: an editor's spelling of a URI is kept, whatever this machine would write. */
export interface Locations {
    /** The path of a URI. A URI that names no file of this machine gets a path of its own, where no file is found. */
    readonly pathOf: (uri: string) => string;
    readonly uriOf: (path: string) => string;
}

/** Makes an empty table of locations. */
export function createLocations(): Locations {
    const uris = new Map<string, string>();
    const pathOf = (uri: string): string => {
        const path = filePathOf(uri) ?? `/${uri.replace(/^([^:]*:)\/*/, '$1/')}`;
        uris.set(path, uri);
        return path;
    };
    return { pathOf, uriOf: (path) => uris.get(path) ?? pathToFileURL(path).href };
}

/** The directory a path lies in; `/` for those at the top. */
export function parentOf(path: string): string {
    const end = path.lastIndexOf('/');
    if (end <= 0) return '/';
    return path.slice(0, end);
}

/** The path below a directory, or undefined when it lies elsewhere. */
export function relativeTo(directory: string, path: string): string | undefined {
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The last segment of a path. */
export function baseNameOf(path: string): string {
    return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a directory and a path relative to it. */
export function pathIn(directory: string, relative: string): string {
    return directory.endsWith('/') ? directory + relative : `${directory}/${relative}`;
}

function filePathOf(uri: string): string | undefined {
    if (!uri.startsWith('file:')) return undefined;
    try {
        return withoutTrailingSlash(fileURLToPath(uri).replaceAll('\\', '/'));
    } catch {
        // A file URI of another machine, or with an escaped slash, names nothing that could be read here.
        return undefined;
    }
}

function withoutTrailingSlash(path: string): string {
    return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
