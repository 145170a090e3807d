/** `roboconf history`: past runs, the steps of one of them, and two of them side by side. */
import { readHistory, readStatus, type PastRun, type PastStep } from '../runner/index.ts';
import type { DeploymentKey } from '../runner/protocol.ts';
import type { Arguments } from './arguments.ts';
import { namedDeployment } from './deployment-words.ts';
import { dateText, durationText } from './durations.ts';
import { comparedSteps, comparisonLines } from './history-comparison.ts';
import type { Output, Style } from './output.ts';
import { table } from './table.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const history: Verb = {
    group: 'looking',
    summary: 'lists past runs, the latest first; with a run its steps, with two what differs',
    operands: '[DIR] [RUN [RUN]]',
    operandKinds: ['application', 'run'],
    examples: [
        ['roboconf history my-app', 'the runs, 1 being the latest'],
        ['roboconf history my-app 1', 'the steps of the latest run, with their durations'],
        ['roboconf history my-app --compare 2 1', 'what the latest run did in another time than the one before it'],
    ],
    options: {
        compare: { type: 'boolean', help: 'compares two runs step by step, the greatest difference first' },
        ...NAME,
        ...FORMAT,
    },
    run: printHistory,
};

async function printHistory(args: Arguments, output: Output): Promise<ExitCode> {
    const [, word, other, surplus] = args.positionals;
    if (surplus !== undefined || (other !== undefined && !args.flag('compare')))
        return usageFault(output, 'history', `'${surplus ?? other}' is one word too many`);
    const words = await namedDeployment(args, []);
    if ('fault' in words) return usageFault(output, 'history', words.fault);
    const runs = readHistory(words.directory, words.deployment);
    const status = await readStatus(words.directory, words.deployment);
    if (status.kind === 'damaged') output.fault(`roboconf history: ${status.message}`);
    if (args.flag('compare')) return two(words, runs, [word, other], { args, output });
    if (word !== undefined) return one(runs, word, args, output);
    if (wantsJson(args)) runs.forEach((run, index) => output.json(recordOf(run, index + 1)));
    else for (const line of listLines(runs, output)) output.line(line);
    if (runs.length === 0) output.note(`Nothing was ever ordered of '${words.deployment}'.`);
    return 0;
}

function one(runs: readonly PastRun[], word: string, args: Arguments, output: Output): ExitCode {
    const index = indexOf(runs, word);
    const run = runs[index];
    if (run === undefined) return usageFault(output, 'history', missingText(word));
    if (wantsJson(args)) output.json({ ...recordOf(run, index + 1), steps: run.steps });
    else for (const line of runLines(run, output)) output.line(line);
    return 0;
}

/** What differs between two runs: JSON has one object a step, `left` being the run named first. */
function two(
    words: DeploymentKey,
    runs: readonly PastRun[],
    [first, second]: readonly [string | undefined, string | undefined],
    { args, output }: { readonly args: Arguments; readonly output: Output },
): ExitCode {
    if (first === undefined || second === undefined)
        return usageFault(output, 'history', '--compare needs the directory and two runs');
    const [left, right] = [runs[indexOf(runs, first)], runs[indexOf(runs, second)]];
    if (left === undefined) return usageFault(output, 'history', missingText(first));
    if (right === undefined) return usageFault(output, 'history', missingText(second));
    const steps = comparedSteps(words, { left, right });
    if (steps === null) {
        output.fault('roboconf history: the journal of one of the runs cannot be read.');
        return 1;
    }
    if (wantsJson(args)) for (const step of steps) output.json(step);
    else for (const line of comparisonLines({ left, right }, steps, output)) output.line(line);
    return 0;
}

/** Of a run by its number in the list or by its id; -1 when there is none. */
function indexOf(runs: readonly PastRun[], word: string): number {
    return /^\d+$/.test(word) ? Number(word) - 1 : runs.findIndex(({ id }) => id === word);
}

function missingText(word: string): string {
    return `there is no run '${word}': 'roboconf history' lists the numbers from 1, the latest`;
}

/** The record of the public contract: the run as it is, its steps counted. */
function recordOf(run: PastRun, number: number): object {
    const { steps: _, ...rest } = run;
    return { number, ...rest };
}

const OUTCOME_STYLES: Readonly<Record<string, Style>> = { succeeded: 'success', failed: 'error', cancelled: 'warning' };

function listLines(runs: readonly PastRun[], { paint }: Pick<Output, 'paint'>): readonly string[] {
    const rows = runs.map((run, index) => [
        { text: String(index + 1), align: 'right' as const },
        { text: dateText(run.begunAt) },
        { text: durationOf(run), align: 'right' as const },
        { text: run.order },
        { text: outcomeOf(run), style: OUTCOME_STYLES[run.outcome ?? ''] },
        { text: run.unreachedCount === 0 ? run.paths.join(' ') : `${run.paths.join(' ')} ${missed(run)}`.trim() },
    ]);
    return table(rows, paint);
}

function missed({ unreachedCount }: PastRun): string {
    return `(${unreachedCount} instance${unreachedCount === 1 ? '' : 's'} not where wanted)`;
}

function runLines(run: PastRun, { paint }: Pick<Output, 'paint'>): readonly string[] {
    const paths = run.paths.length === 0 ? 'the whole application' : run.paths.join(' ');
    const head = `${run.order} of ${paths}, begun ${dateText(run.begunAt)}: ${outcomeOf(run)}${run.endedAt === null ? '' : ` after ${durationOf(run)}`}`;
    const rows = run.steps.map((step) => [
        { text: `+${durationText(step.begunAt - run.begunAt)}`, align: 'right' as const },
        { text: step.path },
        { text: step.phase },
        { text: durationOf(step), align: 'right' as const },
        { text: outcomeOf(step), style: step.outcome === 'succeeded' ? 'success' : 'error' } as const,
    ]);
    const more = run.unreachedCount - run.unreached.length;
    return [
        paint('strong', head),
        ...table(rows, paint),
        ...(run.unreachedCount === 0 ? [] : [paint('error', 'Not where they were wanted:')]),
        ...run.unreached.map(({ path, reason }) => `  ${path}: ${reason}`),
        ...(more > 0 ? [`  and ${more} more`] : []),
    ];
}

function durationOf({ begunAt, endedAt }: PastRun | PastStep): string {
    return endedAt === null ? '' : durationText(endedAt - begunAt);
}

function outcomeOf({ outcome }: PastRun | PastStep): string {
    return outcome ?? 'not ended';
}
