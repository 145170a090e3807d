/** The page docs/reliability.md: what may go wrong, what holds then, and what was counted when that was last looked at. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownValue, type BenchRecord } from './benchmark-page.ts';
import { allFaults, FAULT_GROUPS, fixedPart, type Fault } from './reliability-faults.ts';

/** What was counted of one fault. */
export interface Observation {
    readonly commit: string;
    readonly node: string;
    /** Tests that passed and failed; both 0 for what no test shows. */
    readonly passed: number;
    readonly failed: number;
    /** As people read them. */
    readonly figures: readonly string[];
}

/** By the id of the fault. */
export type Observations = Readonly<Record<string, Observation>>;

/** Where `npm run reliability` and `npm run campaign` leave what they counted. */
export function observationsFile(root: string): string {
    return join(root, 'bench', 'reliability.json');
}

/** What was left there; nothing when there is no such file. */
export function readObservations(root: string): Observations {
    const file = observationsFile(root);
    // The file is written by this project's scripts alone.
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Observations) : {};
}

/** Tests that the table of faults names and that do not exist. */
export function missingFaultTests(root: string): readonly string[] {
    return allFaults()
        .flatMap(({ shownBy }) => shownBy)
        .filter(([file, test]) => !textOf(join(root, 'test', file)).includes(fixedPart(test)))
        .map(([file, test]) => `${file}: ${test}`);
}

function textOf(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The whole page. */
export function reliabilityPage(observations: Observations, benches: ReadonlyMap<string, BenchRecord>): string {
    const groups = FAULT_GROUPS.map(({ title, faults }) => {
        const rows = faults.map((fault) => rowOf(fault, observations[fault.id], benches));
        return [`## ${title}`, [HEAD, ...rows].join('\n')].join('\n\n');
    });
    return [INTRODUCTION, ...groups, ''].join('\n\n');
}

const INTRODUCTION = `# Reliability

Written by \`npm run generate\` from what \`npm run reliability\`, \`npm run campaign\` and \`npm run bench\` counted last. Do not edit.

\`npm run reliability\` looks at all of it again, \`npm run reliability -- ID…\` at some; the tests are part of \`npm test\` too.
What the rows rest on is in [the journal's promises](journal.md#promises).`;

const HEAD = '| what happens | what holds | counted last | by |\n| --- | --- | --- | --- |';

function rowOf(fault: Fault, observation: Observation | undefined, benches: ReadonlyMap<string, BenchRecord>): string {
    const { id, what, holds, shownBy, benched = [] } = fault;
    const measured = benched.map(([bench, name]) => {
        const figure = benches.get(bench)?.figures.find((each) => each.name === name);
        return figure === undefined ? `${name}: not measured` : `${name}: ${shownValue(figure)}`;
    });
    const commands = [
        fault.command ?? `npm run reliability -- ${id}`,
        ...new Set(benched.map(([bench]) => `npm run bench -- ${bench}`)),
    ];
    const tests = shownBy.map(([file, test]) => `[${fixedPart(test)}](../test/${file})`);
    const by = [...commands.map((command) => `\`${command}\``), ...tests].join('<br>');
    return `| ${what} | ${holds} | ${[...countedOf(observation), ...measured].join('<br>')} | ${by} |`;
}

function countedOf(observation: Observation | undefined): readonly string[] {
    if (observation === undefined) return ['not counted yet'];
    const { commit, figures, passed, failed } = observation;
    const tests = passed === 0 ? [] : [`${passed} ${passed === 1 ? 'test' : 'tests'} passed`];
    const failures = failed === 0 ? [] : [`**${failed} failed**`];
    return [...figures, ...tests, ...failures, `commit ${commit}`];
}
