/** `roboconf history --compare`: two runs side by side, step by step, the greatest difference first. */
import { readRun, type PastRun } from '../runner/index.ts';
import type { DeploymentKey } from '../runner/protocol.ts';
import { compareRuns, type ComparedStep, type StepSum } from '../runner/runs.ts';
import { dateText, durationText } from './durations.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

/** The runs that are compared, as the history lists them. */
export interface ComparedRuns {
    readonly left: PastRun;
    readonly right: PastRun;
}

/** The steps of both; null when the journal of one of them is gone meanwhile. */
export function comparedSteps(key: DeploymentKey, { left, right }: ComparedRuns): readonly ComparedStep[] | null {
    const [one, other] = [left, right].map(({ id, deploymentBegunAt }) => readRun(key, { run: id, deploymentBegunAt }));
    if (one === null || one === undefined || other === null || other === undefined) return null;
    return compareRuns(one, other);
}

/** What differs, in lines. */
export function comparisonLines(
    { left, right }: ComparedRuns,
    steps: readonly ComparedStep[],
    { paint }: Pick<Output, 'paint'>,
): readonly string[] {
    const rows = steps.map((step) => [
        { text: step.path },
        { text: step.phase },
        { text: sumText(step.left), align: 'right' as const },
        { text: sumText(step.right), align: 'right' as const },
        { text: differenceText(step), style: styleOf(step) },
        { text: step.isOutcomeChanged ? `was ${outcomeOf(step.left)}, is ${outcomeOf(step.right)}` : '' },
    ]);
    return [paint('strong', `A  ${runText(left)}`), paint('strong', `B  ${runText(right)}`), ...table(rows, paint)];
}

function runText({ order, paths, begunAt, endedAt, outcome }: PastRun): string {
    const what = [order, ...paths].join(' ');
    const took = endedAt === null ? '' : ` after ${durationText(endedAt - begunAt)}`;
    return `${what}, begun ${dateText(begunAt)}: ${outcome ?? 'not ended'}${took}`;
}

function sumText(sum: StepSum | null): string {
    if (sum === null) return '-';
    const took = sum.tookMs === null ? 'not ended' : durationText(sum.tookMs);
    return sum.attemptCount > 1 ? `${took} (${sum.attemptCount} tries)` : took;
}

function differenceText({ left, right, differenceMs }: ComparedStep): string {
    if (left === null) return 'only in B';
    if (right === null) return 'only in A';
    if (differenceMs === null) return '';
    return `${differenceMs < 0 ? '-' : '+'}${durationText(Math.abs(differenceMs))}`;
}

function styleOf({ differenceMs, isOutcomeChanged }: ComparedStep): 'error' | 'success' | undefined {
    if (isOutcomeChanged) return 'error';
    return differenceMs !== null && differenceMs < 0 ? 'success' : undefined;
}

function outcomeOf(sum: StepSum | null): string {
    return sum?.outcome ?? 'not ended';
}
