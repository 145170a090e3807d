/** `roboconf history`: past runs, and the steps of one of them. */
import { readHistory, readStatus, type PastRun, type PastStep } from '../runner/index.ts';
import type { Arguments } from './arguments.ts';
import { namedDeployment } from './deployment-words.ts';
import { dateText, durationText } from './durations.ts';
import type { Output, Style } from './output.ts';
import { table } from './table.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const history: Verb = {
    group: 'looking',
    summary: 'lists past runs, the latest first; with a run its steps',
    operands: '[DIR] [RUN]',
    operandKinds: ['application', 'run'],
    examples: [
        ['roboconf history my-app', 'the runs, 1 being the latest'],
        ['roboconf history my-app 1', 'the steps of the latest run, with their durations'],
    ],
    options: { ...NAME, ...FORMAT },
    run: printHistory,
};

async function printHistory(args: Arguments, output: Output): Promise<ExitCode> {
    const [, word, surplus] = args.positionals;
    if (surplus !== undefined) return usageFault(output, 'history', `'${surplus}' is one word too many`);
    const words = await namedDeployment(args, []);
    if ('fault' in words) return usageFault(output, 'history', words.fault);
    const runs = readHistory(words.directory, words.deployment);
    const status = await readStatus(words.directory, words.deployment);
    if (status.kind === 'damaged') output.fault(`roboconf history: ${status.message}`);
    if (word !== undefined) return one(runs, word, args, output);
    if (wantsJson(args)) runs.forEach((run, index) => output.json(recordOf(run, index + 1)));
    else for (const line of listLines(runs, output)) output.line(line);
    if (runs.length === 0) output.note(`Nothing was ever ordered of '${words.deployment}'.`);
    return 0;
}

function one(runs: readonly PastRun[], word: string, args: Arguments, output: Output): ExitCode {
    const index = /^\d+$/.test(word) ? Number(word) - 1 : runs.findIndex(({ id }) => id === word);
    const run = runs[index];
    if (run === undefined)
        return usageFault(
            output,
            'history',
            `there is no run '${word}': 'roboconf history' lists the numbers from 1, the latest`,
        );
    if (wantsJson(args)) output.json({ ...recordOf(run, index + 1), steps: run.steps });
    else for (const line of runLines(run, output)) output.line(line);
    return 0;
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
