/** The runs of a deployment and of those before it under its name, from their journals alone. */
import type { CoreEvent } from './core/event.ts';
import { readJournal, readRecentJournal, type ReadJournal } from './journal/read.ts';
import { runSummaryOf } from './projection.ts';
import type { DeploymentKey } from './protocol.ts';
import { logsOf } from './read-status.ts';
import type { PastRun, PastStep, StepLog } from './runner.ts';
import {
    defaultStateDirectory,
    deploymentKeyOf,
    deploymentPathsOf,
    namesIn,
    retiredPathsOf,
    type DeploymentPaths,
} from './state-directory.ts';

const RUNS_AT_MOST = 200;

/** The newest 200 runs, newest first. Empty when there are none; a journal that cannot be read is left out. */
export function readHistory(directory: string, deployment: string, stateDirectory?: string): readonly PastRun[] {
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
    const runs: PastRun[] = [];
    for (const place of placesOf(paths)) {
        const journal = readJournal(place.journal);
        if (journal.kind === 'read') runs.push(...runsOf(journal).toReversed());
        if (runs.length >= RUNS_AT_MOST) break;
    }
    return runs.slice(0, RUNS_AT_MOST);
}

/**
 * Output of the steps of the deployment that was begun at `begunAt` (milliseconds since 1970, as past runs say it), oldest first, whether it
 * is over or not. Empty when nothing of it is kept.
 */
export function readPastLogs(
    { directory, deployment }: DeploymentKey,
    begunAt: number,
    stateDirectory?: string,
): readonly StepLog[] {
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
    const isMeant = ({ journal }: DeploymentPaths): boolean => {
        const read = readRecentJournal(journal);
        return read.kind === 'read' && read.openedAt === begunAt;
    };
    const place = placesOf(paths).find(isMeant);
    return place === undefined ? [] : logsOf(place, []);
}

/** Where the deployments of a folder are, the one under way and those that are over. Newest first: the names of the retired ones begin with their dates. */
export function placesOf(paths: DeploymentPaths): readonly DeploymentPaths[] {
    const retired = namesIn(paths.historyDirectory).toSorted(byDateAndNumber).toReversed();
    return [paths, ...retired.map((name) => retiredPathsOf(paths, name))];
}

function byDateAndNumber(left: string, right: string): number {
    const order = (name: string): readonly [string, number] => {
        const dash = name.lastIndexOf('-');
        return [name.slice(0, dash), Number(name.slice(dash + 1))];
    };
    const [[leftDate, leftNumber], [rightDate, rightNumber]] = [order(left), order(right)];
    return leftDate === rightDate ? leftNumber - rightNumber : leftDate < rightDate ? -1 : 1;
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
