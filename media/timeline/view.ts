/** What the page of a run draws, as plain data. Every time is in milliseconds since the run began, on the clock of the run. */

export const RUN_STATES = ['running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const STEP_OUTCOMES = ['succeeded', 'failed', 'timedOut', 'cancelled', 'unknown', 'open'] as const;
/** How a step ended; `open`: its run is over and nobody can tell. */
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

export const WAIT_KINDS = ['imports', 'parent', 'retry'] as const;

export interface RunHead {
    /** `Deploy · LAMP`. */
    readonly title: string;
    readonly state: RunState;
    /** The state in words. */
    readonly stateWord: string;
    /** When it began, where it ran: a short sentence each. */
    readonly facts: readonly string[];
    /** `12 steps`, `1 failed`: a few words each. */
    readonly counts: readonly string[];
    /** Milliseconds since 1970; null = a clock that has nothing to do with ours. */
    readonly begunAt: number | null;
    /** How long it took; null while it is under way, and when nobody knows its end. */
    readonly tookMs: number | null;
    readonly clock: {
        /** What the clock showed when this was told. */
        readonly nowMs: number;
        /** It goes on by itself, as the clock on the wall does. */
        readonly isRunning: boolean;
    };
}

/** A host, with the instances on it that the run did something with. What was done with the machine itself stands in the lane's own line. */
export interface TimelineLane {
    /** Path of the machine, or of what stands alone. */
    readonly path: string;
    readonly name: string;
    /** Its address or its component. */
    readonly detail: string;
    readonly rows: readonly TimelineRow[];
}

export interface TimelineRow {
    readonly path: string;
    readonly name: string;
    readonly component: string;
    /** How deep below the machine: 1 for what is right on it. */
    readonly depth: number;
}

export interface TimelineStep {
    readonly id: string;
    /** Of its instance. */
    readonly path: string;
    readonly phase: string;
    readonly beginMs: number;
    /** Null while it is under way. */
    readonly endMs: number | null;
    /** Null while it is under way. */
    readonly outcome: StepOutcome | null;
    readonly tryNumber: number;
    /** Id of the step that let it go; empty for the first ones. */
    readonly before: string;
    /** How many steps had to end one after the other before it could begin, and itself. */
    readonly wave: number;
    readonly because: string;
    readonly exporter: string;
    /** Why it failed. */
    readonly message: string;
    readonly exitCode: number | null;
    readonly lastLines: readonly string[];
    readonly hasOutput: boolean;
    readonly hasRecipe: boolean;
}

export interface TimelineWait {
    readonly path: string;
    readonly kind: (typeof WAIT_KINDS)[number];
    readonly beginMs: number;
    readonly endMs: number | null;
    readonly missing: readonly string[];
}

/** Something that kept the run from where it was to go. */
export interface FailureView {
    readonly path: string;
    /** Of the step that failed; empty for what was only not reached. */
    readonly step: string;
    /** `start failed`, in the editor's language. */
    readonly word: string;
    readonly cause: string;
    /** The last lines of output. */
    readonly lines: readonly string[];
    /** The place that the output names; null when it names none. */
    readonly place: { readonly file: string; readonly line: number } | null;
}

export interface RunView {
    readonly head: RunHead;
    readonly lanes: readonly TimelineLane[];
    /** In the order in which they were begun. */
    readonly steps: readonly TimelineStep[];
    readonly waits: readonly TimelineWait[];
    /** Ids of the steps of the critical path. */
    readonly critical: readonly string[];
    readonly failures: readonly FailureView[];
    readonly moreFailureCount: number;
}

/** A run as it goes on: steps that are new or changed, everything else as a whole. */
export type RunProgress = RunView;

export interface ComparedRow {
    readonly path: string;
    readonly phase: string;
    readonly left: ComparedSide | null;
    readonly right: ComparedSide | null;
    readonly differenceMs: number | null;
    readonly isOutcomeChanged: boolean;
}

interface ComparedSide {
    readonly tookMs: number | null;
    readonly outcome: StepOutcome | null;
    readonly attemptCount: number;
}

export interface ComparisonView {
    readonly left: RunHead;
    readonly right: RunHead;
    /** The greatest difference first. */
    readonly rows: readonly ComparedRow[];
}
