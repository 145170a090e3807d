/** The applications that come with the extension, in its folder `examples`. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PlannedFile } from './planned-file.ts';

/** The example that applications are made from; it is not offered as a sample. */
export const STARTER = 'starter';

export const DESCRIPTOR = 'descriptor/application.properties';

export interface Sample {
    /** Name of its folder. */
    readonly name: string;
    readonly description: string;
}

/** The samples in a folder of applications, sorted by name. */
export async function samplesIn(folder: string): Promise<readonly Sample[]> {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && entry.name !== STARTER).map(({ name }) => name);
    return Promise.all(
        names.toSorted().map(async (name) => {
            const descriptor = await readFile(join(folder, name, DESCRIPTOR), 'utf8');
            return { name, description: /^description\s*=\s*(.*)$/m.exec(descriptor)?.[1]?.trim() ?? '' };
        }),
    );
}

/** All files of a packaged application. They are texts, every one. */
export async function filesOf(application: string): Promise<readonly PlannedFile[]> {
    const entries = await readdir(application, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Promise.all(
        paths.toSorted().map(async (path) => ({
            path: relative(application, path).split(sep).join('/'),
            content: await readFile(path, 'utf8'),
        })),
    );
}
