/** How a run ended, in lines for people, and why an instance is not where it should be. */
import type { DeploymentSnapshot, InstanceSnapshot, RunSummary } from '../runner/index.ts';
import { plainLine } from '../runner/terminal-text.ts';
import { durationText } from './durations.ts';
import type { Output } from './output.ts';

/** Recipes are the ones copied when the instance was deployed. */
const NEXT_STEP =
    'When the cause is gone, `roboconf retry` tries again. After a change of a recipe, `roboconf deploy` applies it first.';

const UNKNOWN_STEP =
    'Of a step marked "unknown" nobody can tell how it ended: look at what it was to do, then say `roboconf settle DIR PATH --succeeded` or `--failed`, or have it run again by `roboconf resume --retry-unknown`.';

const LOST_MACHINE =
    'A machine that does not answer is taken back by itself when it answers again. When it is gone for good, `roboconf undeploy DIR PATH --force` gives it up.';

/**
 * The run an order is told by. A later order of somebody else may have taken over: what counts is whether what this one wanted has come
 * about. One that is still under way has no end to tell. `own`: the order's run once it has ended; `last`: the latest run known.
 */
export function toldRun(own: RunSummary | undefined, last: RunSummary | null, isReached: boolean): RunSummary | null {
    const hasTakenOver = own !== undefined && last !== null && last.id !== own.id && last.outcome !== null;
    return hasTakenOver && isReached ? last : (own ?? last);
}

/** How a run ended, with the cause of every instance that is not where it should be. */
export function summaryLines(
    run: RunSummary | null,
    snapshot: DeploymentSnapshot,
    { paint }: Pick<Output, 'paint'>,
): readonly string[] {
    if (run === null) return ['Nothing to do: everything is as ordered.'];
    const seconds = run.endedAt === null ? '' : ` in ${durationText(run.endedAt - run.begunAt)}`;
    if (run.outcome === 'succeeded')
        return [paint('success', `${run.order} succeeded${seconds}`), ...restingLines(run, snapshot)];
    const behind = snapshot.instances.filter(isBehind);
    const head =
        run.order === 'settle' && run.outcome === 'failed'
            ? 'Recorded. What is not where it should be:'
            : `${run.order} ${run.outcome ?? 'was interrupted: `roboconf resume` goes on with it'}${run.outcome === null ? '' : seconds}`;
    return [paint('error', head), ...behind.flatMap((instance) => causeLines(instance)), ...nextSteps(behind)];
}

const RESTING_AT_MOST = 5;

/** Applying a changed model does not start what was stopped or undeployed before: that would surprise who hears of a success alone. */
function restingLines({ order, paths }: RunSummary, { instances }: DeploymentSnapshot): readonly string[] {
    if (order !== 'deploy' || paths.length > 0) return [];
    const resting = instances.filter(({ desired }) => desired !== 'DEPLOYED_STARTED').map(({ path }) => path);
    if (resting.length === 0) return [];
    const more = resting.length > RESTING_AT_MOST ? ` and ${resting.length - RESTING_AT_MOST} more` : '';
    const named = `${resting.slice(0, RESTING_AT_MOST).join(', ')}${more}`;
    return [`Left as ordered before, not started: ${named}. To start all of it: \`roboconf deploy\` once more.`];
}

/** What a user can do about instances that are not where they should be; a sentence each. */
export function nextSteps(instances: readonly InstanceSnapshot[]): readonly string[] {
    const lost = instances.some(({ failure }) => failure?.phase === 'reachMachine');
    const others = instances.filter(({ failure }) => failure?.phase !== 'reachMachine');
    const kinds = new Set(others.map(({ failure }) => failure?.kind));
    return [
        ...(lost ? [LOST_MACHINE] : []),
        ...(kinds.has('failed') || kinds.has('timedOut') ? [NEXT_STEP] : []),
        ...(kinds.has('unknown') ? [UNKNOWN_STEP] : []),
        ...(kinds.has('cancelled') ? ['`roboconf resume` goes on with what was cancelled.'] : []),
    ];
}

/** Whether an instance is not where it was asked to be. */
function isBehind({ failure, status, desired }: InstanceSnapshot): boolean {
    return failure !== null || status !== desired;
}

/** Why an instance is not where it was asked to be: the cause, then the last lines its recipe wrote. */
export function causeLines(instance: InstanceSnapshot): readonly string[] {
    const { path, status, desired, failure, missing } = instance;
    if (failure !== null) {
        const mark = failure.kind === 'unknown' ? ' [unknown]' : '';
        return [
            `  ${path}: ${plainLine(failure.message)}${mark}`,
            ...failure.lastLines.map((line) => `    | ${plainLine(line)}`),
        ];
    }
    if (status === 'UNRESOLVED') return [`  ${path} waits: nothing that is started exports ${missing.join(', ')}`];
    if (status === 'WAITING_FOR_ANCESTOR') return [`  ${path} waits for what it is placed on`];
    return status === desired ? [] : [`  ${path} is ${status}, wanted ${desired}`];
}
