/** A file system made of texts: another state of an application, which is not on any disk. */
import { type DirectoryEntry, type FileSystem, MAX_FILE_BYTES } from '../../language/index.ts';
import { pathIn } from './locations.ts';

/** Texts by path within `directory`. Paths that leave it, or name no file in it, are left out. */
export function textFiles(directory: string, texts: Readonly<Record<string, string>>): FileSystem {
    const files = new Map<string, string>();
    const entries = new Map<string, Map<string, DirectoryEntry>>();
    for (const [path, text] of Object.entries(texts)) {
        const segments = path.split('/');
        if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) continue;
        files.set(pathIn(directory, path), text);
        for (const [i, name] of segments.entries()) {
            const parent = [directory, ...segments.slice(0, i)].join('/');
            const siblings = entries.get(parent) ?? new Map<string, DirectoryEntry>();
            siblings.set(name, { name, kind: i === segments.length - 1 ? 'file' : 'directory' });
            entries.set(parent, siblings);
        }
    }
    return {
        read: (path) => {
            const text = files.get(path);
            if (text === undefined) return undefined;
            const bytes = Buffer.byteLength(text);
            return bytes > MAX_FILE_BYTES ? { tooLarge: true, bytes } : { text };
        },
        list: (path) => {
            const found = entries.get(path);
            return found === undefined ? undefined : [...found.values()];
        },
    };
}
