/** What of a run page survives a reload of the page or of the whole window. */
import { isOneOf, moment, recordOf, text, truth } from '../protocol/fields.ts';

/** Which run: the id of its deployment's view, when that was begun (null = the one under way), and the run's own id. */
export interface PageRun {
    readonly deployment: string;
    readonly begunAt: number | null;
    readonly run: string;
}

const SHOWN = ['chart', 'table'] as const;

export interface TimelineState {
    readonly run: PageRun;
    /** The run it is compared with; null = it is looked at alone. */
    readonly other: PageRun | null;
    readonly shown: (typeof SHOWN)[number];
    readonly isCriticalShown: boolean;
}

/** Reads a remembered state; what is not understood takes its default, the runs are those of the page. */
export function parseTimelineState(value: unknown, runs: Pick<TimelineState, 'run' | 'other'>): TimelineState {
    const { shown, isCriticalShown } = recordOf(value) ?? {};
    return {
        ...runs,
        shown: isOneOf(SHOWN, shown) ? shown : 'chart',
        isCriticalShown: truth(isCriticalShown) ?? true,
    };
}

/** The runs a remembered state is about; undefined when it names none. For the host, which finds its panels by them. */
export function runsOf(state: unknown): Pick<TimelineState, 'run' | 'other'> | undefined {
    const fields = recordOf(state);
    const run = parsePageRun(fields?.['run']);
    return run === undefined ? undefined : { run, other: parsePageRun(fields?.['other']) ?? null };
}

function parsePageRun(value: unknown): PageRun | undefined {
    const fields = recordOf(value);
    const deployment = text(fields?.['deployment']);
    const run = text(fields?.['run']);
    if (deployment === undefined || run === undefined) return undefined;
    return { deployment, run, begunAt: moment(fields?.['begunAt']) ?? null };
}
