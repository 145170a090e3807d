/**
 * `npm run bench [-- NAME…] [--OPTION]`: measures the product beside a floor in the same run and writes `bench/results/NAME.json`;
 * with an option it measures a part, and writes nothing. `runner` stands for everything of the runner, its journal and hosts included.
 * Figures are medians of several rounds; what counts is the ratio to the floor and the growth from n to 10 n, not the milliseconds.
 * A figure that misses its goal by more than a fifth fails the run.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { isMet, shownValue, type BenchRecord, type Figure } from './benchmark-page.ts';

export type { Figure, Goal } from './benchmark-page.ts';

interface Bench {
    /** Gets the words that begin with `--`. */
    readonly measure: (options: readonly string[]) => Promise<readonly Figure[]>;
    /** Of the peers it measured beside. */
    readonly versions?: () => Readonly<Record<string, string>>;
}

const TOLERANCE = 0.2;
const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'test', 'bench');
const known = readdirSync(folder)
    .filter((name) => name.endsWith('.bench.ts'))
    .map((name) => name.replace('.bench.ts', ''));
const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith('--'));
const names = words.filter((word) => !word.startsWith('--'));
const wanted = names.flatMap((name) => (name === 'runner' ? ['runner', 'engine', 'journal', 'hosts'] : [name]));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
    console.error(`There is no bench '${unknown.join("', '")}'. Known: ${known.join(', ')}.`);
    process.exitCode = 2;
} else {
    // Some benches start the built product: it is to be what the sources say.
    execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root, stdio: 'ignore' });
    for (const name of wanted.length === 0 ? known : wanted) await run(name);
}

async function run(name: string): Promise<void> {
    // The file is one of this folder, whose modules all export `measure`.
    const bench = (await import(join(folder, `${name}.bench.ts`))) as Bench;
    const load = loadavg()[0] ?? 0;
    const figures = await bench.measure(options);
    for (const figure of figures) tell(name, figure);
    if (!figures.every((figure) => isMet(figure, TOLERANCE))) process.exitCode = 1;
    if (options.length > 0) return;
    const record: BenchRecord = {
        command: `npm run bench -- ${name}`,
        commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
        load: Number(load.toFixed(2)),
        versions: { node: process.version, ...bench.versions?.() },
        figures,
    };
    mkdirSync(join(root, 'bench', 'results'), { recursive: true });
    writeFileSync(join(root, 'bench', 'results', `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

function tell(bench: string, figure: Figure): void {
    const missed = isMet(figure) ? '' : '  (missed)';
    console.log(`${bench.padEnd(10)} ${figure.name.padEnd(58)} ${shownValue(figure).padStart(12)}${missed}`);
}
