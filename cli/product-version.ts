/** The version of the product this command line belongs to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Read from the manifest; `unknown` when that has none. */
export function productVersion(): string {
    const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
    const found: unknown =
        typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
    return typeof found === 'string' ? found : 'unknown';
}
