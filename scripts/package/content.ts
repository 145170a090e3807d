/** What a VSIX holds, and what it must not hold. */
import { readFileSync } from 'node:fs';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** Names of the entries of a zip file. Throws when it is none. */
export function entriesOf(zip: Buffer): readonly string[] {
    let end = zip.length - 22;
    while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
    if (end < 0) throw new Error('This is no zip file');
    const names: string[] = [];
    let offset = zip.readUInt32LE(end + 16);
    while (zip.readUInt32LE(offset) === DIRECTORY_ENTRY) {
        const nameLength = zip.readUInt16LE(offset + 28);
        names.push(zip.toString('utf8', offset + 46, offset + 46 + nameLength));
        offset += 46 + nameLength + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
    }
    return names;
}

/** Names of the files of a VSIX, as they lie in the extension's folder. */
export function extensionFiles(vsix: string): readonly string[] {
    const entries = entriesOf(readFileSync(vsix)).filter((name) => name.startsWith('extension/'));
    return entries.map((name) => name.slice('extension/'.length)).toSorted();
}

/** Sources, tests, maps and what only developers need. Samples hold programs: they are meant to be read; codes of findings lead to their pages. */
const UNWANTED =
    /\.(?:ts|map|tsbuildinfo|langium)$|^(?:client|server|language|runner|cli|test|scripts|bench|docs(?!\/findings\/\w+\.md$)|node_modules|\.)/;

const NEEDED = [
    'package.json',
    'package.nls.json',
    'package.nls.fr.json',
    'l10n/bundle.l10n.fr.json',
    'l10n/findings.fr.json',
    'readme.md',
    'changelog.md',
    'LICENSE.txt',
    'dist/NOTICES.txt',
    'dist/extension.cjs',
    'dist/server.cjs',
    'dist/runner.cjs',
    'dist/layout-worker.cjs',
    'dist/raster-worker.cjs',
    'dist/resvg.wasm.br',
    'dist/cli.cjs',
    'dist/graph.js',
    'dist/graph.css',
    'dist/timeline.js',
    'dist/timeline.css',
    'examples/starter/descriptor/application.properties',
    'examples/hello-cluster/descriptor/application.properties',
    'media/walkthrough/open.svg',
    'snippets/roboconf-graph.json',
    'syntaxes/roboconf-rules.tmLanguage.json',
    'docs/findings/CO_INEXISTING_CHILD.md',
];

/** What is wrong with the content of a VSIX, a sentence each; empty when all is well. */
export function contentFaults(files: readonly string[]): readonly string[] {
    const there = new Set(files);
    return [
        ...files.filter((file) => UNWANTED.test(file)).map((file) => `must not be in it: ${file}`),
        ...NEEDED.filter((file) => !there.has(file)).map((file) => `is missing: ${file}`),
    ];
}
