/** Everything continuous integration runs: the checks, then the end-to-end tests in a real workbench. Ends with `N passed, N failed`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { printSummary } from './results.ts';
import { report, root, runStep } from './steps.ts';

const SYSTEM = '.cache/results/system.json';

rmSync(join(root, '.cache', 'results'), { recursive: true, force: true });
const check = await runStep({ name: 'check', command: 'node', args: ['scripts/check.ts'], loud: true });
const system = await runStep({
    name: 'real processes',
    command: 'vitest',
    args: [
        'run',
        '--config',
        'vitest.system.config.ts',
        '--reporter=verbose',
        '--reporter=json',
        `--outputFile.json=${SYSTEM}`,
    ],
    loud: true,
});
const hosts = await runStep({ name: 'real hosts', command: 'node', args: ['scripts/test-hosts.ts'], loud: true });
const endToEnd = await runStep({ name: 'end to end', command: 'node', args: ['scripts/end-to-end.ts'], loud: true });
const steps = [check, system, hosts, endToEnd];
for (const step of steps) report(step);
const failed = steps.filter((step) => step.exitCode !== 0).length;
printSummary(['.cache/results/unit.json', SYSTEM, '.cache/results/hosts.json', '.cache/results/e2e.json'], {
    passed: steps.length - failed,
    failed,
});
process.exitCode = failed === 0 ? 0 : 1;
