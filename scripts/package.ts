/**
 * `npm run package`: builds for production and makes `roboconf-VERSION.vsix` from the files the manifest allows, with the notices of what is bundled.
 * The packager is fetched when it is needed: it is larger than everything else the project installs.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noticesOf } from './notices.ts';
import { report, root, runStep, type Step } from './steps.ts';

const PACKAGER = '@vscode/vsce@4.1.0';
const LIMIT_BYTES = 3 * 1024 * 1024;

const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const version = typeof manifest === 'object' && manifest !== null ? String(Reflect.get(manifest, 'version')) : '';
const vsix = `roboconf-${version}.vsix`;

const steps: readonly Step[] = [
    { name: 'build for production', command: 'node', args: ['scripts/build.ts', '--production'] },
    {
        name: 'package',
        command: 'npx',
        args: [
            '--yes',
            PACKAGER,
            'package',
            '--no-dependencies',
            '--allow-missing-repository',
            '--no-rewrite-relative-links',
            '--out',
            vsix,
        ],
    },
];

let failed = false;
for (const step of steps) {
    if (failed) break;
    const result = await runStep(step);
    report(result);
    failed = result.exitCode !== 0;
    if (!failed && step === steps[0]) writeFileSync(join(root, 'dist', 'NOTICES.txt'), noticesOf(root));
}
if (!failed) {
    const { size } = statSync(join(root, vsix));
    console.log(`${vsix}: ${(size / 1024 / 1024).toFixed(2)} MB`);
    failed = size > LIMIT_BYTES;
    if (failed) console.error(`The extension may have at most ${LIMIT_BYTES / 1024 / 1024} MB.`);
}
process.exitCode = failed ? 1 : 0;
