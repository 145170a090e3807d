/**
 * `npm run reliability [-- ID…]`: runs the tests behind the rows of docs/reliability.md, all of them or those of some faults, and keeps what
 * they counted in bench/reliability.json. The built product is used: `npm run build` first.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { keepObservation } from './observations.ts';
import { allFaults, fixedPart, type Fault } from './reliability-faults.ts';
import { root, runStep } from './steps.ts';

interface Seen {
    /** Below `test/`. */
    readonly file: string;
    readonly title: string;
    readonly status: string;
    readonly figures: readonly string[];
}

const RESULTS = join(root, '.cache', 'results', 'reliability.json');
const CONFIGS: readonly (readonly [string, string])[] = [
    ['system/', 'vitest.system.config.ts'],
    ['hosts/', 'vitest.hosts.config.ts'],
    ['', 'vitest.config.ts'],
];

const words = process.argv.slice(2);
const tested = allFaults().filter(({ shownBy }) => shownBy.length > 0);
const unknown = words.filter((word) => tested.every(({ id }) => id !== word));
if (unknown.length > 0) {
    console.error(
        `There is no row '${unknown.join("', '")}' with tests. Known: ${tested.map(({ id }) => id).join(', ')}.`,
    );
    process.exitCode = 2;
} else await observe(tested.filter(({ id }) => words.length === 0 || words.includes(id)));

async function observe(faults: readonly Fault[]): Promise<void> {
    const seen: Seen[] = [];
    for (const [folder, config] of CONFIGS) seen.push(...(await runTests(faults, folder, config)));
    for (const fault of faults) await keep(fault, seen);
}

/** Runs the tests that belong to a configuration: those in its folder, the last one's are all others. */
async function runTests(faults: readonly Fault[], folder: string, config: string): Promise<readonly Seen[]> {
    const own = faults
        .flatMap(({ shownBy }) => shownBy)
        .filter(([file]) => CONFIGS.find(([start]) => file.startsWith(start))?.[0] === folder);
    if (own.length === 0) return [];
    const files = [...new Set(own.map(([file]) => `test/${file}`))];
    const names = own.map(([, test]) => fixedPart(test).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    mkdirSync(dirname(RESULTS), { recursive: true });
    rmSync(RESULTS, { force: true });
    const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${RESULTS}`];
    const args = ['run', '--config', config, ...reporters, ...files, '-t', names.join('|')];
    const { exitCode } = await runStep({ name: config, command: 'vitest', args, loud: true });
    if (exitCode !== 0) process.exitCode = 1;
    return readSeen();
}

interface Report {
    readonly testResults: readonly {
        readonly name: string;
        readonly assertionResults: readonly {
            readonly title: string;
            readonly status: string;
            readonly meta?: { readonly figures?: readonly string[] };
        }[];
    }[];
}

function readSeen(): readonly Seen[] {
    // The report of Vitest, which is that of Jest with the tests' own notes.
    const report = JSON.parse(readFileSync(RESULTS, 'utf8')) as Report;
    return report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ title, status, meta }) => ({
            file: relative(join(root, 'test'), name),
            ...{ title, status, figures: meta?.figures ?? [] },
        })),
    );
}

/** What could not be looked at here, as real hosts, stays as it was counted elsewhere. A test that did not even begin has failed. */
async function keep({ id, shownBy }: Fault, seen: readonly Seen[]): Promise<void> {
    const own = shownBy.map(([where, test]) =>
        seen.filter(({ file, title }) => where === file && title.includes(fixedPart(test))),
    );
    const passed = own.flat().filter(({ status }) => status === 'passed');
    const failed = own.flat().filter(({ status }) => status === 'failed').length;
    const missing = own.filter((found) => found.length === 0).length;
    if (passed.length + failed + missing === 0) {
        console.log(`${id}: nothing could be looked at here`);
        return;
    }
    const figures = passed.flatMap((each) => each.figures);
    await keepObservation(id, { passed: passed.length, failed: failed + missing, figures });
}
