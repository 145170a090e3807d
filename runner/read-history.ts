/** The runs of a deployment and of those before it under its name, from their journals alone. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CoreEvent } from './core/event.ts';
import { readJournal, type ReadJournal } from './journal/read.ts';
import { runSummaryOf } from './projection.ts';
import type { PastRun, PastStep } from './runner.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf, type DeploymentPaths } from './state-directory.ts';

const RUNS_AT_MOST = 200;

/** The newest 200 runs, newest first. Empty when there are none; a journal that cannot be read is left out. */
export function readHistory(directory: string, deployment: string, stateDirectory?: string): readonly PastRun[] {
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
    const runs: PastRun[] = [];
    for (const file of journalsOf(paths)) {
        const journal = readJournal(file);
        if (journal.kind === 'read') runs.push(...runsOf(journal).toReversed());
        if (runs.length >= RUNS_AT_MOST) break;
    }
    return runs.slice(0, RUNS_AT_MOST);
}

/** Newest first: the names of the retired ones begin with their dates. */
function journalsOf({ journal, historyDirectory }: DeploymentPaths): readonly string[] {
    const retired = namesIn(historyDirectory).toSorted(byDateAndNumber).toReversed();
    return [journal, ...retired.map((name) => join(historyDirectory, name, 'journal.jsonl'))];
}

function byDateAndNumber(left: string, right: string): number {
    const order = (name: string): readonly [string, number] => {
        const dash = name.lastIndexOf('-');
        return [name.slice(0, dash), Number(name.slice(dash + 1))];
    };
    const [[leftDate, leftNumber], [rightDate, rightNumber]] = [order(left), order(right)];
    return leftDate === rightDate ? leftNumber - rightNumber : leftDate < rightDate ? -1 : 1;
}

function namesIn(directory: string): readonly string[] {
    try {
        return readdirSync(directory);
    } catch {
        // No deployment of this name is over yet.
        return [];
    }
}

interface OpenRun {
    summary: Omit<PastRun, 'stepCount' | 'steps'>;
    readonly steps: PastStep[];
}

/** Oldest first. */
function runsOf({ openedAt, events }: ReadJournal): readonly PastRun[] {
    const runs = new Map<string, OpenRun>();
    const places = new Map<string, { readonly run: OpenRun; readonly index: number }>();
    for (const event of events) applyToRuns(runs, event, openedAt);
    for (const event of events) applyToSteps(runs, places, event);
    return [...runs.values()].map(({ summary, steps }) => ({ ...summary, stepCount: steps.length, steps }));
}

function applyToRuns(runs: Map<string, OpenRun>, event: CoreEvent, deploymentBegunAt: number): void {
    const about = { deploymentBegunAt, unreached: [], unreachedCount: 0 };
    if (event.kind === 'runBegun') {
        const run = { id: event.run, order: event.order, begunAt: event.time, endedAt: null, outcome: null };
        runs.set(event.run, { summary: { ...runSummaryOf(run, false), ...about }, steps: [] });
    }
    if (event.kind === 'cancelRequested')
        for (const run of runs.values())
            if (run.summary.endedAt === null) run.summary = { ...run.summary, cancelling: true };
    const ended = event.kind === 'runEnded' ? runs.get(event.run) : undefined;
    if (event.kind !== 'runEnded' || ended === undefined) return;
    const { time, outcome, unreached, unreachedCount } = event;
    ended.summary = { ...ended.summary, endedAt: time, outcome, unreached, unreachedCount, cancelling: false };
}

function applyToSteps(
    runs: ReadonlyMap<string, OpenRun>,
    places: Map<string, { readonly run: OpenRun; readonly index: number }>,
    event: CoreEvent,
): void {
    if (event.kind === 'stepBegun') {
        const run = runs.get(event.run);
        if (run === undefined) return;
        const { path, phase, attempt, time } = event;
        const index = run.steps.push({ path, phase, attempt, begunAt: time, endedAt: null, outcome: null }) - 1;
        places.set(attempt, { run, index });
    }
    const place = event.kind === 'stepEnded' ? places.get(event.attempt) : undefined;
    const step = place?.run.steps[place.index];
    if (event.kind === 'stepEnded' && place !== undefined && step !== undefined)
        place.run.steps[place.index] = { ...step, endedAt: event.time, outcome: event.result.kind };
}
