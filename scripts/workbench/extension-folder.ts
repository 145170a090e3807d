/** Puts the built extension into a workbench the way an installed one lies there: an unpacked folder. */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { failed, type Outcome, success } from './outcome.ts';

const shippedPaths = [
    'package.json',
    'dist',
    'media',
    'syntaxes',
    'snippets',
    'docs/findings',
    'l10n',
    'package.nls.json',
    'package.nls.fr.json',
    'examples',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
] as const;

type Manifest = { readonly publisher: string; readonly name: string; readonly version: string; readonly main: string };

const readManifest = (repository: string): Manifest =>
    // The manifest is ours and the editor refuses one without these four fields.
    JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as Manifest;

/**
 * Copies the extension built in `repository` below the extensions directory. The value is the folder it lies in.
 * A copy, not a link: a build that runs meanwhile must not change the extension under a running editor.
 */
export const installExtensionFolder = (repository: string, extensionsDirectory: string): Outcome<string> => {
    const manifest = readManifest(repository);
    if (!existsSync(path.join(repository, manifest.main))) {
        return failed(`${manifest.main} is not built. Run: npm run build`);
    }
    const folder = path.join(extensionsDirectory, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
    mkdirSync(folder, { recursive: true });
    for (const name of shippedPaths.filter((shipped) => existsSync(path.join(repository, shipped)))) {
        cpSync(path.join(repository, name), path.join(folder, name), { recursive: true });
    }
    return success(folder);
};
