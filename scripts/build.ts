/**
 * Bundles what ships into dist/: the extension, the language server, the runner process, the layout worker, the command line (all CommonJS, which
 * every extension host loads) and the graph panel's page. `--watch` rebuilds on change, `--production` minifies, `--out=DIR` bundles elsewhere.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, context, type BuildOptions } from 'esbuild';
import { styleSheet } from './style-sheets.ts';

const root = resolve(import.meta.dirname, '..');
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const chosen = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length);
const outdir = resolve(root, chosen ?? 'dist');

const shared: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    sourcemap: production ? false : 'linked',
    minify: production,
    keepNames: !production,
    logLevel: 'warning',
    metafile: true,
    define: { 'import.meta.dirname': '__dirname' },
};

/**
 * Node bundles. `vscode` exists only inside the extension host. The native parts of the SSH library are left out, built or not: it goes on
 * without them.
 */
const node: BuildOptions = {
    ...shared,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'cpu-features', '*.node'],
    outExtension: { '.js': '.cjs' },
    outdir,
    // The browser-style entry of the languageserver packages would be taken otherwise.
    mainFields: ['module', 'main'],
    conditions: ['node', 'require'],
};

const page: BuildOptions = { ...shared, platform: 'browser', format: 'iife', target: 'es2022', outdir };

const bundles: readonly BuildOptions[] = [
    {
        ...node,
        entryPoints: {
            extension: 'client/extension.ts',
            server: 'server/main.ts',
            runner: 'runner/main.ts',
            'layout-worker': 'server/layout/worker.ts',
            'raster-worker': 'server/raster/worker.ts',
            cli: 'cli/main.ts',
        },
    },
    { ...page, entryPoints: { graph: 'media/graph/main.ts', timeline: 'media/timeline/main.ts' } },
];

await mkdir(outdir, { recursive: true });
if (watch) await watchAll();
else await buildAll();

async function buildAll(): Promise<void> {
    const results = await Promise.all(bundles.map((options) => build(options)));
    const inputs = results.flatMap((result) => Object.keys(result.metafile?.inputs ?? {}));
    await writeFile(join(outdir, 'inputs.json'), JSON.stringify([...new Set(inputs)].sort(), null, 2));
    await copyAssets();
}

async function watchAll(): Promise<void> {
    await copyAssets();
    for (const options of bundles) await (await context(options)).watch();
}

async function copyAssets(): Promise<void> {
    await writeFile(join(outdir, 'graph.css'), await styleSheet('graph.css'));
    await writeFile(join(outdir, 'timeline.css'), await styleSheet('timeline.css'));
    await packRenderer();
}

/** The renderer of images is the largest file of the package: it is kept packed until it is needed. */
async function packRenderer(): Promise<void> {
    const renderer = await readFile(join(root, 'node_modules', '@resvg', 'resvg-wasm', 'index_bg.wasm'));
    // The last fifth of its size takes seconds, which only what ships is worth.
    const quality = production ? constants.BROTLI_MAX_QUALITY : constants.BROTLI_MIN_QUALITY;
    const packed = brotliCompressSync(renderer, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
    await writeFile(join(outdir, 'resvg.wasm.br'), packed);
}
