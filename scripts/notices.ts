/** Notices of the third-party packages that are in the bundles: taken from what the bundler read, never from a list kept by hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One text: name, version, licence and licence text of every package some bundle holds a part of. `root`: the project's folder; `bundles`: where it was built. */
export function noticesOf(root: string, bundles: string): string {
    const inputs: unknown = JSON.parse(readFileSync(join(bundles, 'inputs.json'), 'utf8'));
    const paths = Array.isArray(inputs) ? inputs.filter((input) => typeof input === 'string') : [];
    const packages = new Set(paths.map(packageFolderOf).filter((folder) => folder !== undefined));
    const head = 'This product contains parts of the following packages.\n';
    return [
        head,
        ...[...packages]
            .toSorted((one, other) => one.localeCompare(other))
            .map((folder) => noticeOf(join(root, folder))),
    ].join('\n');
}

/** `node_modules/@scope/name/…` → `node_modules/@scope/name`, the innermost one. */
function packageFolderOf(path: string): string | undefined {
    return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function noticeOf(folder: string): string {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const field = (name: string): string => {
        const value: unknown =
            typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, name) : undefined;
        return typeof value === 'string' ? value : '';
    };
    const licence = readdirSync(folder).find((name) => /^licen[sc]e/i.test(name));
    const text =
        licence !== undefined && existsSync(join(folder, licence))
            ? readFileSync(join(folder, licence), 'utf8').trim()
            : '';
    return `${'='.repeat(80)}\n${field('name')} ${field('version')} (${field('license')})\n\n${text}\n`;
}
