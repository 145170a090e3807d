/** The folder a VSIX is made from: the files the manifest allows, and nothing beside them. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What packagers take whether or not the manifest names it. */
const ALWAYS = ['package.json', 'package.nls*.json'];

/** Files below `root` that the manifest allows, sorted, with `/`. Bundles are only there once they are built. */
export function allowedFiles(root: string, patterns: readonly string[]): readonly string[] {
    const found = [...ALWAYS, ...patterns].flatMap((pattern) => globSync(pattern, { cwd: root }));
    const files = found.flatMap((path) =>
        statSync(join(root, path)).isDirectory()
            ? globSync(`${path}/**`, { cwd: root }).filter((file) => statSync(join(root, file)).isFile())
            : [path],
    );
    return [...new Set(files)].toSorted();
}

/** Copies the allowed files, without bundles, into an empty folder, with a manifest that names nothing only developers use. */
export function stageExtension(root: string, folder: string): void {
    rmSync(folder, { recursive: true, force: true });
    const manifest = readManifest(root);
    const patterns = manifest.files.filter((pattern) => !pattern.startsWith('dist/'));
    for (const file of allowedFiles(root, patterns)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(root, file), join(folder, file));
    }
    const shipped = Object.fromEntries(Object.entries(manifest).filter(([key]) => !DEVELOPMENT.has(key)));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
}

const DEVELOPMENT = new Set(['scripts', 'devDependencies', 'allowScripts', 'bin', 'private']);

interface Manifest {
    readonly version: string;
    readonly files: readonly string[];
}

/** Reads the manifest of the project. It is ours: a missing field shows at once. */
export function readManifest(root: string): Manifest {
    return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}
