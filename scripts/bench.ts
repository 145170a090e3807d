/**
 * `npm run bench [-- NAME…]`: measures the product beside a floor in the same run and writes `bench/results/NAME.json`.
 * Figures are medians of several rounds; what counts is the ratio to the floor and the growth from n to 10 n, not the milliseconds.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';

export interface Figure {
    readonly name: string;
    readonly value: number;
    readonly unit: string;
}

interface Bench {
    readonly measure: () => Promise<readonly Figure[]>;
}

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'test', 'bench');
const known = readdirSync(folder)
    .filter((name) => name.endsWith('.bench.ts'))
    .map((name) => name.replace('.bench.ts', ''));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
    console.error(`There is no bench '${unknown.join("', '")}'. Known: ${known.join(', ')}.`);
    process.exitCode = 2;
} else for (const name of wanted.length === 0 ? known : wanted) await run(name);

async function run(name: string): Promise<void> {
    // The file is one of this folder, whose modules all export `measure`.
    const bench = (await import(join(folder, `${name}.bench.ts`))) as Bench;
    const load = loadavg()[0] ?? 0;
    const figures = await bench.measure();
    for (const figure of figures)
        console.log(`${name.padEnd(10)} ${figure.name.padEnd(58)} ${shown(figure.value)} ${figure.unit}`);
    mkdirSync(join(root, 'bench', 'results'), { recursive: true });
    const record = {
        command: `npm run bench -- ${name}`,
        commit: commit(),
        node: process.version,
        load: Number(load.toFixed(2)),
        figures,
    };
    writeFileSync(join(root, 'bench', 'results', `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

function commit(): string {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
}

function shown(value: number): string {
    return (value >= 100 ? value.toFixed(0) : value.toPrecision(3)).padStart(9);
}
