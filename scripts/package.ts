/**
 * `npm run package`: makes `roboconf-VERSION.vsix` from a production build and the files the manifest allows, with the notices of what is
 * bundled. The packager is fetched when it is needed, and kept in npm's cache: it is larger than all else the project installs.
 *
 * --out=FILE   where the VSIX is written
 */
import { statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { noticesOf } from './notices.ts';
import { contentFaults, extensionFiles } from './package/content.ts';
import { readManifest, stageExtension } from './package/stage.ts';
import { report, root, runStep, type Step } from './steps.ts';

const PACKAGER = '@vscode/vsce@4.1.0';
const LIMIT_BYTES = 3 * 1024 * 1024;

const stage = join(root, '.cache', 'package', 'extension');
const bundles = join(stage, 'dist');
const chosen = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length);
const vsix = resolve(root, chosen ?? `roboconf-${readManifest(root).version}.vsix`);

const build: Step = {
    name: 'build for production',
    command: 'node',
    args: ['scripts/build.ts', '--production', `--out=${bundles}`],
};
const pack: Step = {
    name: 'package',
    command: 'npx',
    args: ['--yes', '--prefer-offline', PACKAGER, 'package', '--no-dependencies', '--out', vsix],
    directory: stage,
};

process.exitCode = (await make()) ? 0 : 1;

async function make(): Promise<boolean> {
    stageExtension(root, stage);
    if (!(await succeeds(build))) return false;
    writeFileSync(join(bundles, 'NOTICES.txt'), noticesOf(root, bundles));
    if (!(await succeeds(pack))) return false;
    const files = extensionFiles(vsix);
    const { size } = statSync(vsix);
    console.log(`${vsix}: ${String(files.length)} files, ${(size / 1024 / 1024).toFixed(2)} MB`);
    const tooLarge = size > LIMIT_BYTES ? [`has more than ${String(LIMIT_BYTES / 1024 / 1024)} MB`] : [];
    const faults = [...contentFaults(files), ...tooLarge];
    for (const fault of faults) console.error(fault);
    return faults.length === 0;
}

async function succeeds(step: Step): Promise<boolean> {
    const result = await runStep(step);
    report(result);
    return result.exitCode === 0;
}
