/** The page docs/benchmarks.md, from the records that `npm run bench` left in bench/results. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was measured. Figures named `THIS: THAT` of several THIS are shown as one table: a row each, a column for each THAT. */
export interface Figure {
    readonly name: string;
    readonly value: number;
    readonly unit: string;
    /** What it is to be, in the same unit. */
    readonly goal?: Goal;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** One file of bench/results. */
export interface BenchRecord {
    readonly command: string;
    readonly commit: string;
    /** Load average of the machine when it began. */
    readonly load: number;
    /** Of Node.js and of peers, by name. */
    readonly versions: Readonly<Record<string, string>>;
    readonly figures: readonly Figure[];
}

/** All records, by the name of the bench. Throws when a file is none. */
export function readBenchRecords(root: string): ReadonlyMap<string, BenchRecord> {
    const folder = join(root, 'bench', 'results');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
    return new Map(
        names.sort().map((name) => {
            const value: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
            if (!isRecord(value)) throw new Error(`bench/results/${name} is no record of a bench`);
            return [name.replace('.json', ''), value];
        }),
    );
}

/** Whether a figure is as it is to be; true when nothing was said. `tolerance`: the part of the goal by which it may be missed. */
export function isMet({ value, goal }: Figure, tolerance = 0): boolean {
    if (goal === undefined) return true;
    return 'atMost' in goal ? value <= goal.atMost * (1 + tolerance) : value >= goal.atLeast * (1 - tolerance);
}

/** With three digits that count, and the unit. */
export function shownValue({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
    const digits = value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
    return unit === 'x' ? `${digits}x` : `${digits} ${unit}`;
}

/** The whole page. */
export function benchmarkPage(records: ReadonlyMap<string, BenchRecord>): string {
    const parts = [...records].map(([name, record]) => partOf(name, record));
    return `${HEAD}\n${parts.join('\n')}`;
}

const HEAD = `# Benchmarks

Written by \`npm run generate\` from \`bench/results\`, where \`npm run bench\` leaves what it measured. Do not edit.

What counts is the ratio to the floor or the peer in the same run, and the growth from n to 10 n: milliseconds are those of one machine with two cores.
Figures are medians of several rounds.
In parentheses: what a figure is to be; **bold**: it is not.
`;

function partOf(name: string, record: BenchRecord): string {
    const versions = Object.entries(record.versions).map(([what, version]) => `${what} ${version}`);
    const about = `\`${record.command}\`, commit ${record.commit}, load ${String(record.load)}, ${versions.join(', ')}.`;
    return [`## ${name}`, about, ...tablesOf(record.figures)].map((text) => `${text}\n`).join('\n');
}

function tablesOf(figures: readonly Figure[]): readonly string[] {
    const subjects = subjectsOf(figures);
    const rest = figures.filter(({ name }) => !subjects.has(subjectOf(name)));
    const together = subjects.size === 0 ? [] : [comparison(figures, [...subjects])];
    const list = table(
        ['what', 'figure'],
        rest.map((figure) => [figure.name, cell(figure)]),
    );
    return rest.length === 0 ? together : [...together, list];
}

/** What stands before a colon in the names of several figures, where another one has the same measure. */
function subjectsOf(figures: readonly Figure[]): ReadonlySet<string> {
    const subjects = [...new Set(figures.map(({ name }) => subjectOf(name)).filter((subject) => subject !== ''))];
    const measures = new Map(subjects.map((subject) => [subject, measuresOf(figures, subject)]));
    return new Set(
        subjects.filter((subject) =>
            subjects.some(
                (other) =>
                    other !== subject && measures.get(other)?.some((name) => measures.get(subject)?.includes(name)),
            ),
        ),
    );
}

function subjectOf(name: string): string {
    return /^(.*?): /.exec(name)?.[1] ?? '';
}

function measuresOf(figures: readonly Figure[], subject: string): readonly string[] {
    return figures.filter(({ name }) => subjectOf(name) === subject).map(({ name }) => name.slice(subject.length + 2));
}

function comparison(figures: readonly Figure[], subjects: readonly string[]): string {
    const measures = [...new Set(subjects.flatMap((subject) => measuresOf(figures, subject)))];
    const cellAt = (subject: string, measure: string): string => {
        const found = figures.find(({ name }) => name === `${subject}: ${measure}`);
        return found === undefined ? '' : cell(found);
    };
    const rows = measures.map((measure) => [measure, ...subjects.map((subject) => cellAt(subject, measure))]);
    return table(['', ...subjects], rows);
}

function cell(figure: Figure): string {
    const { goal, unit } = figure;
    const value = isMet(figure) ? shownValue(figure) : `**${shownValue(figure)}**`;
    if (goal === undefined) return value;
    const wanted =
        'atMost' in goal
            ? `≤ ${shownValue({ value: goal.atMost, unit })}`
            : `≥ ${shownValue({ value: goal.atLeast, unit })}`;
    return `${value} (${wanted})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function isRecord(value: unknown): value is BenchRecord {
    const texts = ['command', 'commit'].every((key) => typeof field(value, key) === 'string');
    const figures = field(value, 'figures');
    const versions = field(value, 'versions');
    return (
        texts &&
        typeof field(value, 'load') === 'number' &&
        typeof versions === 'object' &&
        versions !== null &&
        Object.values(versions).every((version) => typeof version === 'string') &&
        Array.isArray(figures) &&
        figures.every(isFigure)
    );
}

function isFigure(value: unknown): value is Figure {
    return (
        ['name', 'unit'].every((key) => typeof field(value, key) === 'string') &&
        typeof field(value, 'value') === 'number' &&
        ['undefined', 'object'].includes(typeof field(value, 'goal'))
    );
}

function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
