/** Two runs side by side: what each step took in one and in the other. Pure. */
import type { RecordedPhase, RecordedStep, RunRecord } from './run-record.ts';

/** What became of one phase of one instance in a run; several attempts count together. */
export interface StepSum {
    /** Milliseconds; null when one of them has not ended. */
    readonly tookMs: number | null;
    /** Of the last attempt; null = not ended. */
    readonly outcome: string | null;
    readonly attemptCount: number;
}

export interface ComparedStep {
    readonly path: string;
    readonly phase: RecordedPhase;
    /** Null = the run had no such step. */
    readonly left: StepSum | null;
    readonly right: StepSum | null;
    /** How much longer it took on the right, in milliseconds; null when one of the two is not known. */
    readonly differenceMs: number | null;
    /** Both had it, and it ended otherwise. */
    readonly isOutcomeChanged: boolean;
}

/** The greatest difference first; a step that one of them did not have counts with all it took. */
export function compareRuns(left: Pick<RunRecord, 'steps'>, right: Pick<RunRecord, 'steps'>): readonly ComparedStep[] {
    const [one, other] = [sumsOf(left.steps), sumsOf(right.steps)];
    const keys = new Map([...keysOf(left.steps), ...keysOf(right.steps)]);
    const steps = [...keys].map(([key, { path, phase }]) =>
        comparedStep({ path, phase }, one.get(key) ?? null, other.get(key) ?? null),
    );
    return steps.sort((before, after) => weightOf(after) - weightOf(before) || order(before, after));
}

function keysOf(steps: readonly RecordedStep[]) {
    return steps.map(({ path, phase }) => [`${phase} ${path}`, { path, phase }] as const);
}

function sumsOf(steps: readonly RecordedStep[]): ReadonlyMap<string, StepSum> {
    const sums = new Map<string, StepSum>();
    for (const step of steps) {
        const key = `${step.phase} ${step.path}`;
        const before = sums.get(key) ?? { tookMs: 0, outcome: null, attemptCount: 0 };
        const took = step.endedAt === null ? null : step.endedAt - step.begunAt;
        const tookMs = took === null || before.tookMs === null ? null : before.tookMs + took;
        sums.set(key, { tookMs, outcome: step.outcome, attemptCount: before.attemptCount + 1 });
    }
    return sums;
}

function comparedStep(
    about: Pick<ComparedStep, 'path' | 'phase'>,
    left: StepSum | null,
    right: StepSum | null,
): ComparedStep {
    const [before, after] = [left?.tookMs ?? null, right?.tookMs ?? null];
    const differenceMs = before === null || after === null ? null : after - before;
    const isOutcomeChanged = left !== null && right !== null && left.outcome !== right.outcome;
    return { ...about, left, right, differenceMs, isOutcomeChanged };
}

function weightOf({ left, right, differenceMs }: ComparedStep): number {
    if (differenceMs !== null) return Math.abs(differenceMs);
    return Math.max(left?.tookMs ?? 0, right?.tookMs ?? 0);
}

function order(left: ComparedStep, right: ComparedStep): number {
    const [one, other] = [`${left.path} ${left.phase}`, `${right.path} ${right.phase}`];
    return one < other ? -1 : one > other ? 1 : 0;
}
