/** Everything that can be checked without an editor: generated files, types, lint, format, unused code, unit tests. Prints `N passed, N failed` last. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSummary } from './results.ts';
import { report, root, runStep, type StepResult } from './steps.ts';

const unit = '.cache/results/unit.json';

const before = generatedDigest();
const results: StepResult[] = [
    await finished(runStep({ name: 'generate', command: 'npm', args: ['run', '--silent', 'generate'] })),
];
results.push(staleness(before));
report(results[1] ?? staleness(before));
results.push(
    ...(await Promise.all(
        [
            { name: 'build', command: 'node', args: ['scripts/build.ts'] },
            { name: 'types', command: 'tsc', args: ['-b'] },
            { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
            { name: 'format', command: 'prettier', args: ['--check', '--log-level=warn', '.'] },
            { name: 'unused code', command: 'knip', args: ['--no-progress'] },
        ].map(async (step) => finished(runStep(step))),
    )),
);
results.push(
    await finished(
        runStep({
            name: 'unit tests',
            command: 'vitest',
            args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`],
            loud: true,
        }),
    ),
);
const failedSteps = results.filter((result) => result.exitCode !== 0 && result.name !== 'unit tests').length;
printSummary([unit], { passed: results.length - 1 - failedSteps, failed: failedSteps });
process.exitCode = results.every((result) => result.exitCode === 0) ? 0 : 1;

async function finished(running: Promise<StepResult>): Promise<StepResult> {
    const result = await running;
    report(result);
    return result;
}

/** The generated files are committed: generating again must change nothing. */
function staleness(digest: string): StepResult {
    const fresh = digest === generatedDigest();
    return {
        name: 'generated files are fresh',
        exitCode: fresh ? 0 : 1,
        seconds: 0,
        output: fresh ? '' : 'Generated files were stale and have been written again: commit them.',
    };
}

function generatedDigest(): string {
    const hash = createHash('sha256');
    for (const folder of ['language/generated', 'syntaxes', 'snippets'])
        for (const name of readdirSync(join(root, folder)).sort())
            hash.update(name).update(readFileSync(join(root, folder, name)));
    hash.update(readFileSync(join(root, 'docs', 'user-guide.md')));
    return hash.digest('hex');
}
