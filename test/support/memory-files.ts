/** A file system made of texts, for tests of the language. */
import type { DirectoryEntry, FileSystem } from '../../language/index.ts';

/** Absolute path to text. Directories are those the paths need. */
export function memoryFiles(files: Readonly<Record<string, string>>): FileSystem {
    const texts = new Map(Object.entries(files));
    return {
        read: (path) => {
            const text = texts.get(path);
            return text === undefined ? undefined : { text };
        },
        list: (path) => {
            const prefix = path.endsWith('/') ? path : `${path}/`;
            const entries = new Map<string, DirectoryEntry>();
            for (const file of texts.keys()) {
                if (!file.startsWith(prefix)) continue;
                const [name = '', ...rest] = file.slice(prefix.length).split('/');
                entries.set(name, { name, kind: rest.length === 0 ? 'file' : 'directory' });
            }
            return entries.size === 0 ? undefined : [...entries.values()];
        },
    };
}
