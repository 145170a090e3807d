/**
 * `npm run test:hosts [-- FILE…]`: the tests on real machines over SSH. Where there can be none they are left out, and the reason is
 * printed; but in continuous integration (`CI` is set) that is a failure.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whyNoHosts } from '../test/support/hosts/hosts.ts';
import { root, runStep } from './steps.ts';

const RESULTS = '.cache/results/hosts.json';

const reason = await whyNoHosts();
if (reason === null) process.exitCode = await runTests();
else leaveOut(reason);

async function runTests(): Promise<number> {
    const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${RESULTS}`];
    const args = ['run', '--config', 'vitest.hosts.config.ts', ...reporters, ...process.argv.slice(2)];
    return (await runStep({ name: 'real hosts', command: 'vitest', args, loud: true })).exitCode;
}

function leaveOut(why: string): void {
    const refused = (process.env['CI'] ?? '') !== '';
    console.log(`Tests on real hosts are ${refused ? 'refused' : 'left out'}: ${why}.`);
    mkdirSync(join(root, dirname(RESULTS)), { recursive: true });
    writeFileSync(join(root, RESULTS), JSON.stringify({ numPassedTests: 0, numFailedTests: refused ? 1 : 0 }));
    process.exitCode = refused ? 1 : 0;
}
