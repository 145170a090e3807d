/** What one run panel shows: a run as it goes on, or two runs side by side. */
import * as vscode from 'vscode';
import type { PageRun } from '../../media/timeline/page.ts';
import type { ComparisonView, RunView, TimelineStep, ToTimeline } from '../../media/timeline/protocol.ts';
import { compareRuns, type RunRecord, type StepSum } from '../../runner/runs.ts';
import { keyOfDeployment } from '../deployments/deployment-view.ts';
import type { Boundary } from '../ui/boundary.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { clockWords } from '../deployments/time-words.ts';
import { DONE } from '../ui/outcome.ts';
import { createSingleFlight } from '../ui/single-flight.ts';
import { outcomeOf } from './run-parts.ts';
import type { ShownRuns } from './run-panels.ts';
import type { RunRecords } from './run-records.ts';
import { runHeadOf, runTitle, runViewOf, type RunContext } from './run-view.ts';

export interface RunSession {
    /** The page listens. */
    readonly start: () => void;
    /** Looks again, and tells what is new. */
    readonly refresh: () => void;
    readonly dispose: () => void;
}

export interface RunSessionConfig {
    readonly runs: ShownRuns;
    readonly records: Pick<RunRecords, 'open'>;
    readonly deployments: Pick<Deployments, 'find'>;
    readonly boundary: Pick<Boundary, 'background'>;
    readonly now: () => number;
    readonly post: (message: ToTimeline) => void;
    /** Gives the panel its title. */
    readonly name: (title: string) => void;
}

/** Tells nothing until it is started. */
export function createRunSession(config: RunSessionConfig): RunSession {
    const { runs, post } = config;
    let isStarted = false;
    let shown: RunView | null = null;
    /** What is shown stays as it is. */
    let isSettled = false;
    const look = createSingleFlight(async (signal) => {
        const record = await config.records.open(runs.run);
        const other = runs.other === null ? null : await config.records.open(runs.other);
        if (signal.aborted) return;
        if (record === null || (runs.other !== null && other === null)) return post({ kind: 'empty' });
        isSettled = record.run.endedAt !== null && (other === null || other.run.endedAt !== null);
        if (runs.other !== null && other !== null) return showComparison(config, record, other);
        const view = runViewOf(record, contextOf(config, runs.run));
        config.name(
            vscode.l10n.t('Run: {0} · {1}', runTitle(record, contextOf(config, runs.run)), timeOf(config, record)),
        );
        post(messageFor(shown, view));
        shown = view;
    });
    const request = (): void => {
        if (!isStarted) return;
        config.boundary.background('Show a run', async () => {
            await look.request();
            return DONE;
        });
    };
    return {
        start: () => {
            isStarted = true;
            // A page that was loaded again knows nothing.
            shown = null;
            isSettled = false;
            request();
        },
        refresh: () => {
            if (!isSettled) request();
        },
        dispose: () => look.dispose(),
    };
}

/** The whole view at first, and when lines were added; else the steps that changed. */
function messageFor(before: RunView | null, view: RunView): ToTimeline {
    if (before === null) return { kind: 'run', view };
    const known = new Map(before.steps.map((step) => [step.id, step]));
    const steps = view.steps.filter((step) => !isSame(known.get(step.id), step));
    return { kind: 'progress', progress: { ...view, steps } };
}

function isSame(before: TimelineStep | undefined, step: TimelineStep): boolean {
    return (
        before !== undefined &&
        before.endMs === step.endMs &&
        before.outcome === step.outcome &&
        before.message === step.message &&
        before.lastLines.length === step.lastLines.length &&
        before.before === step.before &&
        before.wave === step.wave
    );
}

function showComparison(config: RunSessionConfig, left: RunRecord, right: RunRecord): void {
    const { run, other } = config.runs;
    const [one, another] = [contextOf(config, run), contextOf(config, other ?? run)];
    const view: ComparisonView = {
        left: headWithTime(config, left, one),
        right: headWithTime(config, right, another),
        rows: compareRuns(left, right).map((row) => ({ ...row, left: sideOf(row.left), right: sideOf(row.right) })),
    };
    config.name(vscode.l10n.t('Runs: {0} and {1}', view.left.title, view.right.title));
    config.post({ kind: 'comparison', view });
}

function headWithTime(config: RunSessionConfig, record: RunRecord, context: RunContext): ComparisonView['left'] {
    const head = runHeadOf(record, context);
    return { ...head, title: `${head.title} · ${timeOf(config, record)}` };
}

function sideOf(sum: StepSum | null): ComparisonView['rows'][number]['left'] {
    return sum === null ? null : { ...sum, outcome: sum.outcome === null ? null : outcomeOf(sum.outcome) };
}

function contextOf({ deployments, now }: RunSessionConfig, { deployment, run }: PageRun): RunContext {
    const view = deployments.find(deployment);
    const key = view?.key ?? keyOfDeployment(deployment) ?? { deployment: '', directory: '' };
    return {
        deployment: key.deployment,
        directory: vscode.workspace.asRelativePath(key.directory),
        simulated: view?.simulated ?? false,
        isDriven: view?.link.kind === 'live' && view.snapshot.run?.id === run,
        now: now(),
    };
}

/** When a run began by the clock on the wall; a simulation has a clock of its own. */
function timeOf({ now }: RunSessionConfig, { run }: RunRecord): string {
    // Virtual time begins with 0: no run on the wall's clock is that old.
    return run.begunAt < YEAR_2000 ? vscode.l10n.t('simulation') : clockWords(run.begunAt, now());
}

const YEAR_2000 = Date.UTC(2000, 0, 1);
