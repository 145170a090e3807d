/**
 * `npm run mutants [-- WORD…]`: takes one rule of the runner away at a time, in a copy of the sources, and says whether the unit tests
 * notice; five failed tests are enough. Ends with 1 when a mutant survives. With words, only the mutants whose name holds one of them.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MUTANTS, mutated, type Mutant } from '../test/mutants/mutants.ts';

const root = resolve(import.meta.dirname, '..');
const words = process.argv.slice(2);
const wanted = MUTANTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const copy = mkdtempSync(join(tmpdir(), 'roboconf-mutants-'));
try {
    process.exitCode = run();
} finally {
    rmSync(copy, { recursive: true, force: true });
}

function run(): number {
    for (const name of [
        'bin',
        'bench',
        'cli',
        'client',
        'docs',
        'examples',
        'l10n',
        'language',
        'media',
        'runner',
        'scripts',
        'server',
        'test',
    ])
        cpSync(join(root, name), join(copy, name), { recursive: true });
    for (const name of ['package.json', 'vitest.config.ts', 'tsconfig.json', 'tsconfig.base.json'])
        cpSync(join(root, name), join(copy, name));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const survivors = wanted.filter((mutant) => !isKilled(mutant));
    console.log(
        `${String(wanted.length)} mutants, ${String(wanted.length - survivors.length)} killed, ${String(survivors.length)} survived`,
    );
    return survivors.length === 0 && wanted.length > 0 ? 0 : 1;
}

/** The tests are those of the folders the mutant names; they fail when they notice. */
function isKilled(mutant: Mutant): boolean {
    const file = join(copy, mutant.file);
    const source = readFileSync(file, 'utf8');
    writeFileSync(file, mutated(mutant, source));
    const report = join(copy, 'report.json');
    const { status } = spawnSync(
        join(root, 'node_modules', '.bin', 'vitest'),
        ['run', ...mutant.tests, '--bail=5', '--reporter=json', `--outputFile=${report}`],
        { cwd: copy, stdio: 'ignore' },
    );
    writeFileSync(file, source);
    const failures = failuresIn(report);
    console.log(
        `${failures.length > 0 ? 'killed  ' : 'SURVIVED'}  ${mutant.name}: ${String(failures.length)} tests failed in ${String(new Set(failures).size)} files`,
    );
    return status !== 0 && failures.length > 0;
}

/** The file of each failed test. */
function failuresIn(path: string): readonly string[] {
    // The reporter's own format.
    const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as {
        readonly testResults: readonly {
            readonly name: string;
            readonly assertionResults: readonly { readonly status: string }[];
        }[];
    };
    return testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.filter(({ status }) => status === 'failed').map(() => name),
    );
}
