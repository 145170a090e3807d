/** The state of a run in a few lines that change in place: instances by status, steps under way with their time, waits. */
import type { InstanceSnapshot, InstanceStatus, Runner, RunnerEvent, RunSummary } from '../runner/index.ts';
import { durationText } from './durations.ts';
import type { Output } from './output.ts';

export interface Progress {
    /** Shows the lines from now on, where there is a terminal. */
    readonly begin: () => Promise<void>;
    readonly end: () => void;
}

const REFRESH_MS = 200;
const MOST_STEPS = 6;

/** Follows the runner's events until `end`; without live lines it does nothing. */
export function createProgress(runner: Runner, { live }: Pick<Output, 'live'>, signal: AbortSignal): Progress {
    if (live === null) return { begin: () => Promise.resolve(), end: () => undefined };
    const instances = new Map<string, InstanceSnapshot>();
    let run: RunSummary | null = null;
    let timer: NodeJS.Timeout | null = null;
    const list = (all: readonly InstanceSnapshot[]): void => {
        instances.clear();
        for (const instance of all) instances.set(instance.path, instance);
    };
    const take = (event: RunnerEvent): void => {
        if (event.kind === 'instancesListed') list(event.instances);
        if (event.kind === 'instancesForgotten') for (const path of event.paths) instances.delete(path);
        if (event.kind === 'instanceChanged') instances.set(event.instance.path, event.instance);
        if (event.kind === 'runBegun' || event.kind === 'runCancelling' || event.kind === 'runEnded') run = event.run;
    };
    const show = (): void => live.show(progressLines(run, [...instances.values()], Date.now()));
    const stopEvents = runner.onEvent(take);
    return {
        begin: async () => {
            const snapshot = await runner.snapshot(signal);
            run = snapshot.run;
            list(snapshot.instances);
            timer = setInterval(show, REFRESH_MS);
            show();
        },
        end: () => {
            if (timer !== null) clearInterval(timer);
            stopEvents();
            live.clear();
        },
    };
}

/** The lines for a moment (`now` in milliseconds since 1970); none when no run is under way. */
export function progressLines(
    run: RunSummary | null,
    instances: readonly InstanceSnapshot[],
    now: number,
): readonly string[] {
    if (run === null || run.endedAt !== null) return [];
    const steps = instances.flatMap((instance) => stepLine(instance, now));
    const shown = steps.length > MOST_STEPS ? steps.slice(0, MOST_STEPS - 1) : steps;
    const more = steps.length > shown.length ? [`    and ${steps.length - shown.length} more`] : [];
    const what = run.cancelling ? `cancelling the ${run.order}` : run.order;
    return [`  ${what}  ${durationText(now - run.begunAt)}  ${countsText(instances)}`, ...shown, ...more];
}

/** `2 started, 1 starting, 6 not deployed`, in the order of the life cycle. */
export function countsText(instances: readonly { readonly status: InstanceStatus }[]): string {
    const counts = Object.entries(WORDS).map(([status, word]) => ({
        word,
        count: instances.filter((instance) => instance.status === status).length,
    }));
    return counts
        .filter(({ count }) => count > 0)
        .map(({ word, count }) => `${count} ${word}`)
        .join(', ');
}

const WORDS: Readonly<Record<InstanceStatus, string>> = {
    DEPLOYED_STARTED: 'started',
    STARTING: 'starting',
    UNRESOLVED: 'unresolved',
    WAITING_FOR_ANCESTOR: 'waiting',
    DEPLOYED_STOPPED: 'stopped',
    STOPPING: 'stopping',
    DEPLOYING: 'deploying',
    UNDEPLOYING: 'undeploying',
    NOT_DEPLOYED: 'not deployed',
    PROBLEM: 'with a problem',
};

function stepLine({ path, step, retryAt, retries }: InstanceSnapshot, now: number): readonly string[] {
    if (step !== null) {
        const again = retries.used === 0 ? '' : `  ${tryText(retries)}`;
        return [`    ${path}  ${step.phase}  ${durationText(now - step.begunAt)}${again}`];
    }
    if (retryAt === null) return [];
    return [`    ${path}  ${tryText(retries)} in ${durationText(retryAt - now)}`];
}

/** `try 2 of 4`: the first try is no retry. */
export function tryText({ used, allowed }: InstanceSnapshot['retries']): string {
    return `try ${used + 1} of ${allowed + 1}`;
}
